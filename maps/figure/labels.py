"""Names of places, countries, seas and cities: none over another, few lines crossed. Rules of `static/labels.js`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from maps.figure.canvas import LINE_HEIGHT, PT_PER_MM, Ink
from maps.figure.frame import Box
from maps.figure.marks import at_mm
from maps.figure.room import around
from maps.figure.style import colour
from maps.figure.texts import clean, name_of, short, two_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from maps.figure.canvas import Canvas
    from maps.figure.frame import Frame
    from maps.figure.marks import Stop
    from maps.figure.room import Room

_CROSSED_AT_MOST: Final = 3.0  # millimetres of line under a name that could do without
_FINER: Final = 0.8  # letters on paper are smaller than on a screen, so names come a little earlier
_AIR_MM: Final = 0.35
_GAP_PX: Final = 7.5
_STAR_GAP_PX: Final = 10.8  # three quarters of it, at the corners, still clear the star
_STEPS: Final = (0.0, 1.2, -1.2, 2.4, -2.4)  # line heights by which a name may leave its point


def ink_of(kind: str, rank: float, size: float) -> Ink:
    """Return how a kind of name looks; `size` is that of a stop's name in points."""
    halo, place = colour("label-halo"), colour("label-place")
    if kind == "end":
        return Ink(size * 1.06, place, bold=True, halo=0.28, halo_colour=halo)
    if kind == "stop":
        return Ink(size, place, halo=0.28, halo_colour=halo)
    if kind == "region":
        return Ink(size * 1.12, place, bold=True, italic=True, halo=0.4, halo_colour=halo)
    if kind == "country":
        return Ink(
            size * (1.12 if rank <= 2 else 1.03 if rank <= 3 else 0.95), colour("label"), halo=0.25, halo_colour=halo
        )
    if kind == "sea":
        return Ink(size * (1.25 if rank <= 1 else 1.1 if rank <= 3 else 1.0), colour("label-sea"), italic=True)
    return Ink(size * 0.9, colour("label-city"), halo=0.25, halo_colour=halo)


class Labels:
    """Writes names while there is room.

    Parameters
    ----------
    canvas, frame, room
        Where, and what is taken there.
    language
        Of the names.
    size
        Size of a stop's name in points.
    """

    def __init__(self, canvas: Canvas, frame: Frame, room: Room, *, language: str, size: float) -> None:
        self.canvas, self.frame, self.room = canvas, frame, room
        self.language, self.size = language, size
        self.said: set[str] = set()

    def stops(self, marked: Iterable[Stop], starred: Collection[str] = ()) -> None:
        """Write the names of places on the routes, in their order; last and farther off those whose sign is a star."""
        for stop in sorted(marked, key=lambda stop: stop.id in starred):
            name = name_of(stop.row, self.language)
            if stop.row["kind"] == "region":
                self._centred(name, stop.x, stop.y, "region", 0, strict=False)
            elif short(name) not in self.said:
                gap = (_STAR_GAP_PX if stop.id in starred else _GAP_PX) * self.canvas.unit
                self._beside(short(name), (stop.x, stop.y), "end" if stop.end else "stop", gap)

    def base(self, page: dict[str, Any]) -> None:
        """Write the names that the basemap carries: seas and countries, then cities."""
        items = [("sea", one) for one in page["seas"]] + [("country", one) for one in page["countries"]]
        items.sort(key=lambda item: item[1]["min_zoom"])
        cities = sorted((("city", one) for one in page["cities"]), key=lambda item: item[1]["min_zoom"])
        for kind, one in [*items, *cities]:
            if one["min_zoom"] > self.frame.zoom + _FINER:
                continue
            at = at_mm(self.frame, (one["lon"], one["lat"]))
            name = clean(one["names"].get(self.language) or one["names"]["en"])
            if at is None or name in self.said:
                continue
            if kind == "city":
                self._city(name, at)
            else:
                self._centred(name.upper() if kind == "country" else name, *at, kind, one["min_zoom"], strict=True)

    def _city(self, name: str, at: tuple[float, float]) -> None:
        dot = Box(at[0] - 0.4, at[1] - 0.4, 0.8, 0.8)
        if not self.room.is_free(dot) or not self._beside(name, at, "city", 0.9):
            return
        self.room.take(dot)
        angles = np.linspace(0, 2 * np.pi, 17)
        self.canvas.area(
            [np.column_stack([np.cos(angles), np.sin(angles)]) * 0.32 + at], colour("label-city"), clip=self.frame.box
        )

    def _beside(self, name: str, at: tuple[float, float], kind: str, gap: float) -> bool:
        """Write a name beside a point, where it covers the least of lines."""
        ink = ink_of(kind, 0, self.size)
        width, height = self.canvas.size_of(name, ink)
        found = self.room.best(around(*at, (width + _AIR_MM, height), gap))
        if found is None or (kind != "end" and found[1] > _CROSSED_AT_MOST):
            return False
        self.room.take(found[0])
        self.canvas.write(name, found[0], ink, role="label")
        self.said.add(name)
        return True

    def _inside(self, box: Box) -> Box:
        """Return a box moved sideways into the frame."""
        inside = self.room.inside
        return Box(max(inside.x, min(inside.right - box.w, box.x)), box.y, box.w, box.h)

    def _centred(self, name: str, x: float, y: float, kind: str, rank: float, *, strict: bool) -> None:
        """Write a name about a point, on two lines if it is long; a region's name is moved into the frame."""
        ink = ink_of(kind, rank, self.size)
        lines = two_lines(name)
        line_height = ink.size * LINE_HEIGHT / PT_PER_MM
        width = max(self.canvas.size_of(line, ink)[0] for line in lines) + 2 * _AIR_MM
        height = line_height * len(lines)
        boxes = [Box(x - width / 2, y - height / 2 + step * line_height, width, height) for step in _STEPS]
        if kind == "region":  # must be named, near its point and inside the frame
            boxes = [self._inside(box) for box in [*boxes, *around(x, y, (width, height), 1.0)]]
        found = self.room.best(boxes, later=1.5 if kind == "region" else 0.0)
        if found is None or (strict and found[1] > _CROSSED_AT_MOST):
            return
        place = self.room.take(found[0])
        self.said.add(name)
        for number, line in enumerate(lines):
            row = Box(place.x, place.top - (number + 1) * line_height, width, line_height)
            self.canvas.write(line, row, ink, role="label", align="center")
