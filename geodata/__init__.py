"""Facts about the world: land, countries, sea names, cities and the page's basemap.

Modules are loaded when first named; nothing is read from disk at import.
"""

from importlib import import_module
from types import ModuleType
from typing import Final

BOUNDARY_DISCLAIMER: Final = (
    "Boundaries and names are drawn for orientation only and imply no opinion on the legal "
    "status of any territory or on its frontiers. Dashed lines are disputed or undetermined. "
    "Crimea follows UN General Assembly resolution 68/262."
)
"""Sentence that every map made with these boundaries must show."""

_MODULES: Final = ("basemap", "countries", "gazetteer", "networks", "polyline", "registry")

__all__ = ["BOUNDARY_DISCLAIMER"]


def __getattr__(name: str) -> ModuleType:
    """Import a public submodule at its first use."""
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    msg = f"module {__name__!r} has no attribute {name!r}; modules are {', '.join(_MODULES)}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *_MODULES})
