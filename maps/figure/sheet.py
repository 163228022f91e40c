"""The sheet: title on top, map, legend beside or beneath it, credits at the foot."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from maps.figure import basemap, furniture, marks
from maps.figure.canvas import LINE_HEIGHT, PT_PER_MM, Canvas, Ink
from maps.figure.credit import credits_of
from maps.figure.frame import Box, Frame, fit
from maps.figure.legend import Legend, Shown, entries
from maps.figure.lines import runs
from maps.figure.mapping import draw_map

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maps.figure.projection import Extent
    from maps.figure.scene import Scene

GREY: Final = "#5c5a56"
LEAST_MM: Final = (60.0, 50.0)
MOST_MM: Final = 1200.0
_BESIDE: Final = 1.3
"""From this ratio of width to height on the legend stands beside the map."""
_BESIDE_MM: Final = 120.0
_UNIT_MM: Final = 0.15  # a pixel of the line language on a sheet of 170 mm: a line of 3 is 0.45 mm or 1.3 pt
_SMALL: Final = 0.8  # of the line language on small maps
_TRIES: Final = 6  # the legend grows with the map it leaves room for, and soon no more
_LEAST_MAP_MM: Final = 24.0
_GLOBE_MM: Final = 9.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes on a sheet: letters in points, the rest in millimetres."""

    margin: float
    title: float
    dateline: float
    label: float
    legend: float
    credit: float
    unit: float


def sizes_of(width: float, height: float) -> Sizes:
    """Return the sizes that suit a sheet: those of 170 mm by its smaller and larger relatives' square root."""
    factor = max(0.84, min(1.5, math.sqrt(min(width, height * 1.5) / 165.0)))
    return Sizes(
        margin=4.0 * factor,
        title=max(7.6, 9.0 * factor),
        dateline=max(5.6, 6.4 * factor),
        label=max(5.0, 5.6 * factor),
        legend=max(5.0, 5.7 * factor),
        credit=max(4.3, 4.5 * factor),
        unit=_UNIT_MM * factor,
    )


@dataclass(frozen=True, slots=True)
class Panel:
    """One map of a sheet, and its heading if there are several."""

    scene: Scene
    heading: str = ""


def head(canvas: Canvas, title: str, dateline: str, sizes: Sizes) -> float:
    """Write title and dateline on top; give the height at which they end."""
    width = canvas.width - 2 * sizes.margin
    y = canvas.height - sizes.margin * 0.8
    bold, plain = Ink(sizes.title, bold=True), Ink(sizes.dateline, GREY)
    y = canvas.paragraph(canvas.wrap(title, width, bold, 3), sizes.margin, y, bold, role="title")
    y = canvas.paragraph(canvas.wrap(dateline, width, plain, 3), sizes.margin, y - 0.4, plain, role="dateline")
    return y - 1.4


def foot(canvas: Canvas, sentences: Sequence[str], sizes: Sizes) -> float:
    """Write the credits at the foot; give the height at which they begin."""
    ink = Ink(sizes.credit, GREY)
    found = canvas.wrap(" ".join(sentences), canvas.width - 2 * sizes.margin, ink)
    height = len(found) * ink.size * LINE_HEIGHT / PT_PER_MM
    top = sizes.margin * 0.8 + height
    canvas.paragraph(found, sizes.margin, top, ink, role="credits")
    return top + 1.6


def draw(canvas: Canvas, panels: Sequence[Panel], extent: Extent, sizes: Sizes, title: tuple[str, str]) -> Shown:
    """Draw a sheet with one map or several.

    Parameters
    ----------
    canvas
        Empty paper.
    panels
        The maps, all of one extent.
    extent
        What they show.
    sizes
        Of letters and margins.
    title
        Title and dateline.

    Raises
    ------
    ValueError
        If the paper leaves no room for the map.
    """
    scene = panels[0].scene
    top = head(canvas, *title, sizes)
    inner = Box(sizes.margin, 0, canvas.width - 2 * sizes.margin, 0)
    # the projection, which the credits name, depends on the extent alone, so any box gives it
    trial = fit(extent, Box(0, 0, 100, 100))
    page = basemap.select(trial)
    bottom = foot(canvas, credits_of(scene, trial, page), sizes)
    area = Box(inner.x, bottom, inner.w, top - bottom)
    beside = canvas.width >= _BESIDE * canvas.height and canvas.width >= _BESIDE_MM
    legend_width = max(36.0, min(62.0, 0.27 * inner.w)) if beside else 0.0
    canvas.unit = sizes.unit * (_SMALL if len(panels) > 1 else 1.0)
    reserve = 0.0 if beside else area.h / 3
    for _ in range(_TRIES):
        maps = Box(area.x, area.y + reserve, area.w - (legend_width + 3 if beside else 0), area.h - reserve)
        if maps.h < _LEAST_MAP_MM:
            break
        frames = [fit(extent, box) for box in grid(maps, len(panels), extent, sizes)]
        seen = survey(panels, frames, canvas.unit)
        legend = Legend(canvas, entries(seen, scene.language), legend_width or _column(inner.w), sizes, scene.language)
        columns = legend.columns(1 if beside else _count(inner.w))
        needed = legend.height(columns) + (0.0 if beside else 1.5)
        if needed > (maps.h if beside else reserve):
            if beside:
                break
            reserve = needed
            continue
        _draw_maps(canvas, panels, frames, page, seen, sizes)
        canvas.unit = sizes.unit
        if beside:
            legend.draw(columns, maps.right + 3, maps.top, 3)
            _globe(canvas, frames[0], page, Box(maps.right + 3, maps.y, legend_width, maps.h - needed), legend_width)
        else:
            legend.draw(columns, area.x, area.y + reserve - 1.5, 3)
        return seen
    msg = (
        f"{canvas.width:g} x {canvas.height:g} mm leaves no room for map and legend; give more height, or fewer layers"
    )
    raise ValueError(msg)


def _count(width: float) -> int:
    return max(1, min(4, int(width // 38)))


def _column(width: float) -> float:
    count = _count(width)
    return (width - 3 * (count - 1)) / count


def survey(panels: Sequence[Panel], frames: Sequence[Frame], unit: float) -> Shown:
    """Return what can be seen in all maps of a sheet."""
    maps = [runs(frame, panel.scene.routes, unit) for panel, frame in zip(panels, frames, strict=True)]
    denied = len({run.route.id for mine in maps for run in mine if run.route.denied_by})
    events = sum(
        marks.at_mm(frame, panel.scene.places[event["place"]][1]) is not None
        for panel, frame in zip(panels, frames, strict=True)
        for event in panel.scene.point_events
    )
    return Shown(tuple(tuple(mine) for mine in maps), denied, events)


def _draw_maps(
    canvas: Canvas, panels: Sequence[Panel], frames: Sequence[Frame], page: dict[str, Any], seen: Shown, sizes: Sizes
) -> None:
    several = len(panels) > 1
    ink = Ink(sizes.legend * 1.05, bold=True)
    line = ink.size * LINE_HEIGHT / PT_PER_MM
    for number, (panel, frame, mine) in enumerate(zip(panels, frames, seen.maps, strict=True)):
        size = sizes.label * (0.92 if several else 1.0)
        draw_map(canvas, panel.scene, frame, mine, page, size=size, helps=number == 0)
        if panel.heading:
            text = canvas.wrap(panel.heading, frame.box.w, ink, 1)[0]
            canvas.write(text, Box(frame.box.x, frame.box.top + 0.4, 0, line), ink, role="heading")


def grid(area: Box, count: int, extent: Extent, sizes: Sizes) -> list[Box]:
    """Return the windows of so many maps, in the arrangement that shows the extent largest."""
    if count == 1:
        return [area]
    gap = 2.0
    heading = sizes.legend * 1.05 * LINE_HEIGHT / PT_PER_MM + 0.6
    best: tuple[float, list[Box]] = (math.inf, [])
    for columns in range(1, count + 1):
        rows = math.ceil(count / columns)
        w = (area.w - gap * (columns - 1)) / columns
        h = (area.h - gap * (rows - 1)) / rows - heading
        if w < 12 or h < 10:
            continue
        boxes = [
            Box(area.x + (n % columns) * (w + gap), area.top - (n // columns) * (h + heading + gap) - heading - h, w, h)
            for n in range(count)
        ]
        scale = fit(extent, boxes[0]).m_per_mm * (1 + 0.05 * (rows * columns - count))
        if scale < best[0]:
            best = (scale, boxes)
    if not best[1]:
        msg = f"{count} maps do not fit on this sheet; give a larger --size, or narrow the window with from and to"
        raise ValueError(msg)
    return best[1]


def _globe(canvas: Canvas, frame: Frame, page: dict[str, Any], free: Box, width: float) -> None:
    """Draw the locator at the foot of the legend's column if it has room."""
    radius = min(_GLOBE_MM, (free.h - 3) / 2, width / 3)
    if radius >= 5 and furniture.needs_locator(frame):
        furniture.locator(canvas, frame, page, (free.x + radius + 0.5, free.y + radius + 0.5), radius)
