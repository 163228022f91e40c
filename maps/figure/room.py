"""Who stands where on the paper: boxes already taken, and lines that labels should rather not cover."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from maps.figure.frame import Box

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_STEP_MM: Final = 0.9


class Room:
    """Keeps account of the room inside a box; the same rules as the page's `static/collide.js`."""

    def __init__(self, inside: Box) -> None:
        self.inside = inside
        self._taken = np.empty((16, 4))  # x, y, right, top; only the first `_count` rows count
        self._count = 0
        self._points: list[NDArray[np.float64]] = []

    def take(self, box: Box) -> Box:
        """Mark a box as taken."""
        if self._count == len(self._taken):
            self._taken = np.concatenate([self._taken, np.empty_like(self._taken)])
        self._taken[self._count] = box.x, box.y, box.right, box.top
        self._count += 1
        return box

    def is_free(self, box: Box) -> bool:
        """Return whether a box lies inside and over no other."""
        if not self.inside.holds(box):
            return False
        x, y, right, top = self._taken[: self._count].T
        return not ((x < box.right) & (box.x < right) & (y < box.top) & (box.y < top)).any()

    def add_line(self, line: NDArray[np.float64]) -> None:
        """Mark a line that labels should rather not cover."""
        steps = np.hypot(*np.diff(line, axis=0).T)
        along = np.concatenate([[0.0], np.cumsum(steps)])
        at = np.arange(0.0, along[-1] + _STEP_MM, _STEP_MM)
        self._points.append(np.column_stack([np.interp(at, along, line[:, axis]) for axis in (0, 1)]))
        self.__dict__.pop("_under", None)

    @cached_property
    def _under(self) -> NDArray[np.float64]:
        """Points of all lines, one every millimetre or so."""
        return np.concatenate(self._points) if self._points else np.empty((0, 2))

    def crossings(self, box: Box) -> int:
        """Return how many millimetres of line lie under a box, about."""
        x, y = self._under.T
        return int(np.count_nonzero((x > box.x) & (x < box.right) & (y > box.y) & (y < box.top)))

    def best(self, candidates: Iterable[Box], later: float = 0.0) -> tuple[Box, int] | None:
        """Return the free box that covers the least of lines, and how much; earlier boxes win ties.

        Parameters
        ----------
        candidates
            Best place first.
        later
            How many millimetres of line each step down that list weighs.
        """
        free = [(rank, box, self.crossings(box)) for rank, box in enumerate(candidates) if self.is_free(box)]
        found = min(free, key=lambda one: one[2] + one[0] * later, default=None)
        return (found[1], found[2]) if found else None


def around(x: float, y: float, size: tuple[float, float], gap: float) -> list[Box]:
    """Return boxes about a point for a label of a size (width, height), best place first."""
    w, h = size
    near = gap * 0.75
    corners = [
        (x + gap, y - h / 2),
        (x - gap - w, y - h / 2),
        (x + near, y + near),
        (x + near, y - near - h),
        (x - near - w, y + near),
        (x - near - w, y - near - h),
        (x - w / 2, y + gap),
        (x - w / 2, y - gap - h),
    ]
    return [Box(left, low, w, h) for left, low in corners]
