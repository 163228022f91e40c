"""The routes on the paper: runs of one look, side by side on a shared track, with arrows for the direction."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from maps.figure.style import Look, colour, resolve, style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from maps.figure.canvas import Canvas
    from maps.figure.frame import Box, Frame
    from maps.figure.scene import Leg, Route

    Points = NDArray[np.float64]

_HALO_STEPS: Final = ((1.0, 0.05), (0.72, 0.06), (0.42, 0.07))  # share of the width, opacity: a soft edge
_ARROW: Final = np.array([(1.3, 0.0), (-0.9, 0.95), (-0.45, 0.0), (-0.9, -0.95), (1.3, 0.0)])
_ARROW_PX: Final = 4.8
_ARROW_EVERY_PX: Final = 240.0
_ARROWS_AT_MOST: Final = 5
_ARROW_ROOM_PX: Final = 46.0
_MITRE_LIMIT: Final = 2.0
_THIN_PX: Final = 0.4


@dataclass(frozen=True)
class Run:
    """Legs of one route that look alike, as lines on the paper in millimetres."""

    route: Route
    mode: str
    fallback: bool
    look: Look
    parts: tuple[Points, ...]


def runs(frame: Frame, routes: Sequence[Route], unit: float) -> list[Run]:
    """Return what of the routes lies in a frame.

    Parameters
    ----------
    frame
        The map's window.
    routes
        In the order of the case.
    unit
        Millimetres a pixel of the line language.

    Returns
    -------
    list of Run
        Only those of which something can be seen; `parts` go a little beyond the frame.
    """
    found: list[Run] = []
    for route in routes:
        by_look: dict[tuple[Look, str, bool], list[Points]] = {}
        for leg in route.legs:
            look = resolve(kind=route.kind, status=route.status, mode=leg.mode, basis=leg.basis, fallback=leg.fallback)
            lines = [line for line in _leg_lines(frame, leg, look, unit) if _touches(line, frame.box)]
            by_look.setdefault((look, leg.mode, leg.fallback), []).extend(lines)
        for (look, mode, fallback), lines in by_look.items():
            if lines:
                found.append(Run(route, mode, fallback, look, tuple(_joined(lines))))
    return found


def _leg_lines(frame: Frame, leg: Leg, look: Look, unit: float) -> list[Points]:
    """Return the lines of a leg in its lane."""
    whole = [shapely.get_coordinates(shapely.LineString(p).simplify(_THIN_PX * unit)) for p in frame.lines_mm(leg.line)]
    lines = []
    for line in whole:
        gap = _spacing(look, frame.zoom, leg.lanes, length(line) / unit) * unit
        by = 0.0 if look.under or leg.lanes < 2 else (leg.lane - (leg.lanes - 1) / 2) * gap
        thin = shapely.get_coordinates(shapely.LineString(line).simplify(abs(by) * 0.3)) if by else line
        lines.append(offset(thin, by))
    return lines


def _spacing(look: Look, zoom: float, lanes: int, length_px: float) -> float:
    """Return how far lanes stand apart, in pixels: less on a small scale, never a bundle wider than half its length."""
    if look.halo:
        return look.width + 3
    by_zoom = style()["lane"] * max(0.2, min(1.0, (zoom - 3) / 6))
    return float(min(by_zoom, length_px / (2 * lanes)))


def offset(line: Points, by: float) -> Points:
    """Return a line moved to the right of its direction by so many millimetres, corners mitred."""
    steps = np.diff(line, axis=0)
    kept = np.concatenate([[True], np.hypot(*steps.T) > 1e-9])
    line = line[kept]
    if not by or len(line) < 2:
        return line
    steps = np.diff(line, axis=0)
    # on paper y points up, so the right-hand side is (dy, -dx)
    side = np.column_stack([steps[:, 1], -steps[:, 0]]) / np.hypot(*steps.T)[:, None]
    before, after = np.vstack([side[:1], side]), np.vstack([side, side[-1:]])
    both = before + after
    size = np.hypot(*both.T)
    turns_back = size < 1e-6
    grow = np.minimum(2 / np.where(turns_back, 1, size), _MITRE_LIMIT)
    out = np.where(turns_back[:, None], before, both / np.where(turns_back, 1, size)[:, None] * grow[:, None])
    moved: Points = line + out * by
    return moved


def length(line: Points) -> float:
    """Return the length of a line in its own unit."""
    return float(np.hypot(*np.diff(line, axis=0).T).sum())


def point_at(line: Points, along: float) -> tuple[float, float, float]:
    """Return a point on a line and the direction there in radians."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    ends = np.cumsum(steps)
    number = min(int(np.searchsorted(ends, along)), len(steps) - 1)
    a, b = line[number], line[number + 1]
    share = 0.0 if not steps[number] else (along - (ends[number] - steps[number])) / steps[number]
    x, y = a + (b - a) * max(0.0, min(1.0, share))
    return float(x), float(y), math.atan2(b[1] - a[1], b[0] - a[0])


def _touches(line: Points, box: Box) -> bool:
    return bool(shapely.box(box.x, box.y, box.right, box.top).intersects(shapely.LineString(line)))


def _joined(lines: list[Points]) -> list[Points]:
    """Return lines in order, those that go on from one another as one, so that dashes run through."""
    found = [lines[0]]
    for line in lines[1:]:
        if np.hypot(*(found[-1][-1] - line[0])) < 0.01:
            found[-1] = np.vstack([found[-1], line[1:]])
        else:
            found.append(line)
    return found


def draw(canvas: Canvas, frame: Frame, shown: Sequence[Run]) -> None:
    """Draw runs: infrastructure beneath, then all halos and rims, then all lines, then the arrows."""
    below = [run for run in shown if run.look.under]
    above = [run for run in shown if not run.look.under]
    for run in below:
        _under(canvas, run.look, run.parts, frame.box)
        _over(canvas, run.look, run.parts, frame.box)
    for run in above:
        _under(canvas, run.look, run.parts, frame.box)
    for run in above:
        _over(canvas, run.look, run.parts, frame.box)
    for run in above:
        if run.look.arrows:
            canvas.area(
                _arrows(run, frame.box, canvas.unit), run.look.colour, edge=colour("casing"), width=0.9 * canvas.unit,
                clip=frame.box,
            )  # fmt: skip


def sample(canvas: Canvas, look: Look, line: Points, clip: Box) -> None:
    """Draw a piece of a line as the legend shows it."""
    _under(canvas, look, [line], clip)
    _over(canvas, look, [line], clip)


def _under(canvas: Canvas, look: Look, parts: Sequence[Points], clip: Box) -> None:
    unit = canvas.unit
    if look.halo:
        for share, opacity in _HALO_STEPS:
            width = look.halo * share * unit
            canvas.line(parts, look.colour, width, cap="round", opacity=opacity, clip=clip)
    if look.casing:
        canvas.line(parts, colour("casing"), (look.width + 2 * look.casing) * unit, cap="round", opacity=0.9, clip=clip)


def _over(canvas: Canvas, look: Look, parts: Sequence[Points], clip: Box) -> None:
    unit = canvas.unit
    if look.tick:
        ticks = [one * unit for one in look.tick[0]]
        canvas.line(parts, look.colour, look.tick[1] * unit, dash=ticks, opacity=look.opacity, clip=clip)
    dash = [one * unit for one in look.dash]
    canvas.line(parts, look.colour, look.width * unit, dash=dash, cap=look.cap, opacity=look.opacity, clip=clip)
    if look.hollow:
        canvas.line(parts, colour("casing"), look.hollow * unit, cap=look.cap, clip=clip)


def visible(run: Run, box: Box) -> list[Points]:
    """Return the parts of a run inside a box."""
    paper = shapely.box(box.x, box.y, box.right, box.top)
    cut = [shapely.intersection(shapely.LineString(part), paper) for part in run.parts]
    pieces = [piece for one in cut for piece in shapely.get_parts(one) if piece.geom_type == "LineString"]
    return [shapely.get_coordinates(piece) for piece in pieces]


def _arrows(run: Run, box: Box, unit: float) -> list[Points]:
    found = []
    for part in visible(run, box):
        room = length(part) / unit
        if room < _ARROW_ROOM_PX:
            continue
        count = max(1, min(_ARROWS_AT_MOST, round(room / _ARROW_EVERY_PX)))
        for number in range(count):
            x, y, angle = point_at(part, length(part) * (number + 0.68) / count)
            turn = np.array([(math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))])
            found.append(_ARROW * _ARROW_PX * unit @ turn + np.array([x, y]))
    return found
