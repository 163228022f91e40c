"""Chains of rows that name the row above them: circles, and chains longer than anything reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from routes import limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from routes.limits import Limit

_SHOWN: Final = 8  # names of a circle in a message


def chain_faults(above: Mapping[str, str], limit: Limit = limits.CHAIN) -> Iterator[tuple[str, str, str]]:
    """Yield the name, problem and remedy of everything that is part of a circle, and of what begins a chain too long.

    Parameters
    ----------
    above
        What each names; a name that is no key is the end of a chain.
    limit
        How many steps a chain may have. The remedy of a circle is "": its table knows better.
    """
    circles, steps = _measured(above)
    most = limit.value
    for name in above:
        if name in circles:
            circle, at = circles[name]
            shown = [circle[(at + step) % len(circle)] for step in range(min(len(circle), _SHOWN))]
            dots = ["…"] if len(circle) > _SHOWN else []
            yield name, f"runs in a circle ({' → '.join([*shown, *dots, name])})", ""
        elif steps[name] == most + 1:  # the first that is too far down; those below it are for the same reason
            yield name, f"begins a chain of more than {limit}", limit.remedy("shorten it")


def _measured(above: Mapping[str, str]) -> tuple[dict[str, tuple[list[str], int]], dict[str, int]]:
    """Return the circle of each name that is in one, with its place there, and the steps from each name to its end."""
    circles: dict[str, tuple[list[str], int]] = {}
    steps: dict[str, int] = {}
    for start in above:
        path: dict[str, None] = {}
        current = start
        while current in above and current not in steps and current not in path:
            path[current] = None
            current = above[current]
        names = list(path)
        if current in path:
            first = names.index(current)
            circle = names[first:]
            circles |= {name: (circle, at) for at, name in enumerate(circle)}
            steps |= dict.fromkeys(circle, 0)
            names = names[:first]
        for name in reversed(names):
            steps[name] = steps.get(above[name], 0) + 1
    return circles, steps
