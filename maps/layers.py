"""Which layers of a tree are on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Layers:
    """The layer tree: groups and leaves, as in `static/tristate.js`.

    Parameters
    ----------
    rows
        Layers with `id`, `parent` and `on`, as a case or the page's document has them.
    """

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self._own_on = {row["id"]: bool(row["on"]) for row in rows}
        self._below: dict[str, list[str]] = {row["id"]: [] for row in rows}
        for row in rows:
            if row.get("parent") in self._below:
                self._below[row["parent"]].append(row["id"])

    def leaves(self, name: str) -> list[str]:
        """Return the layers without layers below, of a layer or group."""
        below = self._below.get(name, [])
        return [leaf for child in below for leaf in self.leaves(child)] if below else [name]

    def chosen(self, names: Sequence[str] | None) -> frozenset[str]:
        """Return the leaves of some layers; None takes those that are on by themselves."""
        if names is None:
            return frozenset(name for name, on in self._own_on.items() if on and not self._below[name])
        return frozenset(leaf for name in names if name in self._below for leaf in self.leaves(name))
