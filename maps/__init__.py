"""Drawing cases: a layered folium map, a page, a file.

Names are loaded when first used, so that the command answers at once (PEP 562).
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maps.embedding import embed as embed
    from maps.exploring import explore as explore
    from maps.figure.make import figure as figure
    from maps.payload import payload as payload
    from maps.render import render as render
    from maps.route_map import RouteMap as RouteMap
    from maps.state import State as State
    from maps.verifying import verify as verify

_HOME = {
    "RouteMap": "maps.route_map",
    "State": "maps.state",
    "embed": "maps.embedding",
    "explore": "maps.exploring",
    "figure": "maps.figure.make",
    "payload": "maps.payload",
    "render": "maps.render",
    "verify": "maps.verifying",
}

__all__ = ["RouteMap", "State", "embed", "explore", "figure", "payload", "render", "verify"]


def __getattr__(name: str) -> object:
    """Load a public name from the module that holds it."""
    if name not in _HOME:
        msg = f"module 'maps' has no attribute {name!r}"
        raise AttributeError(msg)
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__


class _Package(ModuleType):
    """Keeps public names that are names of modules too, such as `maps.render`, when such a module is imported."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
