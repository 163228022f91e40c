"""What stands on the lines: places, events and the badges of those who deny."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from maps.figure.canvas import Ink
from maps.figure.frame import Box
from maps.figure.lines import length, point_at, visible
from maps.figure.style import colour

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from maps.figure.canvas import Canvas
    from maps.figure.frame import Frame
    from maps.figure.lines import Run
    from maps.figure.room import Room
    from maps.figure.scene import Scene

    Points = NDArray[np.float64]

_SYMBOL_PX: Final = 14.0
_BADGE_PX: Final = 6.2
_BADGE_TRIES: Final = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.12, 0.88)
_SIDES: Final = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1))
_UNMARKED: Final = ("region", "waypoint")
_SOLID: Final = ("settlement", "other", "canal")
# Shapes on the page's square of 14 pixels, y downwards, as in static/places.js; a number is a circle's radius.
_SHAPES: Final[dict[str, tuple[Any, ...]]] = {
    "station": (((3, 3), (11, 3), (11, 11), (3, 11)),),
    "port": (5.0, 2.0),
    "bridge": (((7, 1.6), (12.4, 7), (7, 12.4), (1.6, 7)),),
    "crossing": (((7, 1.6), (12.4, 7), (7, 12.4), (1.6, 7)),),
    "airport": (((7, 1.8), (12.4, 11.6), (1.6, 11.6)),),
    "depot": (((2.5, 12), (2.5, 6), (7, 2), (11.5, 6), (11.5, 12)),),
    "junction": (4.0,),
    "canal": (((3.5, 2.5), (5.7, 2.5), (5.7, 11.5), (3.5, 11.5)), ((8.3, 2.5), (10.5, 2.5), (10.5, 11.5), (8.3, 11.5))),
    "settlement": (2.8,),
    "other": (2.8,),
}
_STAR: Final = ((7, 0.6), (8.7, 5.3), (13.4, 7), (8.7, 8.7), (7, 13.4), (5.3, 8.7), (0.6, 7), (5.3, 5.3))


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on the shown routes, and where it lies on the paper."""

    id: str
    row: Mapping[str, Any]
    x: float
    y: float
    end: bool
    weight: float


def at_mm(frame: Frame, point: tuple[float, float]) -> tuple[float, float] | None:
    """Return where a point lies on the paper if the frame shows it."""
    for turned in frame.turned(np.array([point], dtype=np.float64)):
        x, y = frame.to_mm(turned)[0]
        if frame.box.has(x, y):
            return float(x), float(y)
    return None


def stops(scene: Scene, frame: Frame) -> list[Stop]:
    """Return the places of the routes in the frame, those that matter most first: ends before stops."""
    found: dict[str, list[float | bool]] = {}
    for route in scene.routes:
        last = len(route.legs) - 1
        for number, leg in enumerate(route.legs):
            for place, end in zip(leg.ends, (number == 0, number == last), strict=True):
                item = found.setdefault(place, [0.0, False])
                item[0] += (10 if end else 1) * (0.5 if route.kind == "infrastructure" else 1)
                item[1] = item[1] or end
    made = []
    for name, (weight, is_end) in found.items():
        if name not in scene.places:
            continue
        row, point = scene.places[name]
        at = at_mm(frame, point)
        if at:
            made.append(Stop(name, row, *at, bool(is_end), float(weight)))
    return sorted(made, key=lambda stop: (-stop.weight, stop.id))


def draw_stops(canvas: Canvas, wanted: Sequence[Stop], room: Room, starred: Collection[str] = ()) -> list[Stop]:
    """Draw as many places as there is room for; give them, the regions and those under a star, for the labels."""
    marked: list[Stop] = []
    half = _SYMBOL_PX * canvas.unit / 2
    for stop in wanted:
        if stop.row["kind"] in _UNMARKED:
            if stop.row["kind"] == "region":
                marked.append(stop)
            continue
        if stop.id in starred:  # its sign is the star, and it has a name all the same
            marked.append(stop)
            continue
        box = Box(stop.x - half, stop.y - half, 2 * half, 2 * half)
        if not room.is_free(box):
            continue
        room.take(box)
        symbol(canvas, stop.row["kind"], stop.x, stop.y)
        marked.append(stop)
    return marked


def _placed(shape: Any, x: float, y: float, unit: float) -> Points:  # noqa: ANN401 - radius or corners
    if isinstance(shape, float):
        angles = np.linspace(0, 2 * np.pi, 25)
        return np.column_stack([np.cos(angles), np.sin(angles)]) * shape * unit + (x, y)
    corners = np.array([*shape, shape[0]], dtype=np.float64) - _SYMBOL_PX / 2
    return corners * (unit, -unit) + (x, y)


def symbol(canvas: Canvas, kind: str, x: float, y: float) -> None:
    """Draw the sign of a place."""
    unit, ink, paper = canvas.unit, colour("label-place"), colour("casing")
    shapes = _SHAPES.get(kind, _SHAPES["other"])
    if kind in _SOLID or kind not in _SHAPES:
        for shape in shapes:
            canvas.area([_placed(shape, x, y, unit)], ink, edge=paper, width=1.2 * unit)
        return
    outline, *inner = (_placed(shape, x, y, unit) for shape in shapes)
    canvas.area([outline], paper, edge=ink, width=1.7 * unit)
    for shape in inner:
        canvas.area([shape], ink)


def star(canvas: Canvas, x: float, y: float) -> None:
    """Draw the sign of an event without a route."""
    shape = _placed(_STAR, x, y, canvas.unit * 1.15)
    canvas.area([shape], colour("label-place"), edge=colour("casing"), width=1.2 * canvas.unit)


def badge(canvas: Canvas, x: float, y: float) -> None:
    """Draw the badge of a denial: a ring with a stroke through it."""
    unit, ink = canvas.unit, colour("badge")
    ring = _placed(_BADGE_PX, x, y, unit)
    canvas.area([_placed(_BADGE_PX + 1.8, x, y, unit)], colour("casing"))
    canvas.area([ring], colour("badge-fill"), edge=ink, width=1.8 * unit)
    reach = 4.4 * unit
    canvas.line([np.array([(x - reach, y - reach), (x + reach, y + reach)])], ink, 1.8 * unit)


def draw_events(canvas: Canvas, scene: Scene, frame: Frame, room: Room) -> set[str]:
    """Draw a star where events without a route happened, with their number where several are.

    Gives the places that have a star of their own, not those whose events another's star counts too.
    """
    by_place: dict[str, int] = {}
    for event in scene.point_events:
        by_place[event["place"]] = by_place.get(event["place"], 0) + 1
    spots: list[list[float]] = []
    own: set[str] = set()
    near = 16 * canvas.unit
    for place in sorted(by_place):
        at = at_mm(frame, scene.places[place][1])
        if at is None:
            continue
        beside = next((spot for spot in spots if abs(spot[0] - at[0]) < near and abs(spot[1] - at[1]) < near), None)
        if beside:
            beside[2] += by_place[place]
        else:
            spots.append([*at, by_place[place]])
            own.add(place)
    for x, y, count in spots:
        half = 8 * canvas.unit
        room.take(Box(x - half, y - half, 2 * half, 2 * half))
        star(canvas, x, y)
        if count > 1:
            _number(canvas, room, (x, y), half, int(count))
    return own


def _number(canvas: Canvas, room: Room, at: tuple[float, float], half: float, count: int) -> None:
    """Write for how many a sign stands, at the first of its corners that is free."""
    ink = Ink(4.4, bold=True, halo=0.25, halo_colour=colour("casing"))
    width, height = canvas.size_of(str(count), ink)
    height *= 0.8
    x, y = at
    right, left = x + half, x - half - width
    corners = [Box(right, y, width, height), Box(right, y - height, width, height)]
    corners += [Box(left, y, width, height), Box(left, y - height, width, height)]
    place = next((box for box in corners if room.is_free(box)), corners[0])
    canvas.write(str(count), room.take(place), ink, role="count")


def _about(at: tuple[float, float], half: float) -> Box:
    return Box(at[0] - half, at[1] - half, 2 * half, 2 * half)


def draw_badges(canvas: Canvas, shown: Sequence[Run], box: Box, room: Room) -> None:
    """Draw a badge on each denied line, where there is no room one for several."""
    parts: dict[str, list[Points]] = {}
    for run in shown:
        if run.route.denied_by:
            parts.setdefault(run.route.id, []).extend(visible(run, box))
    half = (_BADGE_PX + 2.5) * canvas.unit
    spots: list[list[float]] = []
    for pieces in parts.values():
        longest = max(pieces, key=length, default=None)
        if longest is None:
            continue
        tries = [point_at(longest, length(longest) * share)[:2] for share in _BADGE_TRIES]
        first = tries[0]
        near = min(spots, key=lambda spot: np.hypot(spot[0] - first[0], spot[1] - first[1]), default=None)
        close = near is not None and np.hypot(near[0] - first[0], near[1] - first[1]) < 5 * half
        free = next((at for at in tries if room.is_free(_about(at, half))), None)
        if free is None and near is not None and close:
            near[2] += 1
            continue
        # a short line under other signs: beside it, rather than over what could then not be seen
        beside = [(first[0] + dx * 2 * half, first[1] + dy * 2 * half) for dx, dy in _SIDES]
        x, y = free or next((at for at in beside if room.is_free(_about(at, half))), first)
        room.take(_about((x, y), half))
        spots.append([x, y, 1])
    for x, y, count in spots:
        badge(canvas, x, y)
        if count > 1:
            _number(canvas, room, (x, y), half, int(count))
