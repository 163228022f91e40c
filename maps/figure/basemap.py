"""Land, water and borders of a figure, from the lines that the page carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geodata.basemap import basemap, decoded
from maps.figure.style import colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from maps.figure.canvas import Canvas
    from maps.figure.frame import Frame

    Points = NDArray[np.float64]

BUDGET_BYTES: Final = 40_000_000  # paper has no limit but the size of the data itself
_BEYOND: Final = "#ffffff"  # the paper around a map of the world
_FINER: Final = 0.6  # print shows more than a screen at the same scale
_STEP_DEG: Final = 0.5  # edges along parallels become curves


def select(frame: Frame) -> dict[str, Any]:
    """Return what `geodata.basemap` has for a frame: levels as fine as its scale shows, and names."""
    west, south, east, north = _bounds(frame)
    wide = east - west > 60.0
    return basemap([] if wide else [(west, south, east, north)], budget_bytes=BUDGET_BYTES)


def _bounds(frame: Frame) -> tuple[float, float, float, float]:
    window = frame.window
    return window.west, window.south, window.east, window.north


def draw(canvas: Canvas, frame: Frame, page: dict[str, Any]) -> None:
    """Draw water, land, shores and borders inside the frame."""
    if frame.projection.kind == "equal-earth":
        canvas.rectangle(frame.box, _BEYOND)
        canvas.area([_world(frame)], colour("sea"), edge=colour("coast"), width=0.2, clip=frame.box)
    else:
        canvas.rectangle(frame.box, colour("sea"))
    unit = canvas.unit
    for level in page["levels"]:
        if level["min_zoom"] > frame.zoom + _FINER:
            continue
        parts = decoded(near(level, frame))
        clip = frame.box
        canvas.area(rings(frame, [ring(box) for box in parts["boxes"]]), colour("sea"), clip=clip)
        canvas.area(rings(frame, parts["land"]), colour("land"), clip=clip)
        canvas.area(rings(frame, parts["lakes"]), colour("lake"), clip=clip)
        shores = lines(frame, [*parts["coast"], *parts["shores"]])
        canvas.line(shores, colour("coast"), 0.7 * unit, cap="round", clip=clip)
        canvas.line(lines(frame, parts["borders"]), colour("border"), 1.3 * unit, cap="round", clip=clip)
        dash = (4 * unit, 3 * unit)
        canvas.line(lines(frame, parts["disputed"]), colour("border"), 1.3 * unit, dash=dash, clip=clip)


def _world(frame: Frame) -> Points:
    """Return the rim of the world in millimetres."""
    lat = np.linspace(-90, 90, 91)
    west, east = frame.projection.lon - 179.999, frame.projection.lon + 179.999
    east_side = np.column_stack([np.full(91, east), lat])
    west_side = np.column_stack([np.full(91, west), lat[::-1]])
    return frame.to_mm(np.vstack([east_side, west_side, east_side[:1]]))


def near(level: dict[str, Any], frame: Frame) -> dict[str, Any]:
    """Return the level with the cells that the frame can show."""
    west, south, east, north = _bounds(frame)

    def seen(cell: dict[str, Any]) -> bool:
        left, low, right, high = cell["box"]
        if high < south or low > north:
            return False
        return any(left + turn <= east and right + turn >= west for turn in (-360.0, 0.0, 360.0))

    return {**level, "cells": [cell for cell in level["cells"] if seen(cell)]}


def ring(box: Points) -> Points:
    """Return a box (west, south, east, north) as a closed ring."""
    west, south, east, north = box
    return np.array([(west, south), (east, south), (east, north), (west, north), (west, south)])


def rings(frame: Frame, shapes: Sequence[Points]) -> list[Points]:
    """Return the parts of rings that the frame shows, in millimetres, each running the way it did."""
    window = _bounds(frame)
    found = []
    turned = [points for shape in shapes for points in frame.turned(shape)]
    if not turned:
        return []
    # clipping takes no ring that crosses itself
    polygons = shapely.make_valid([shapely.Polygon(points) for points in turned])
    cut = shapely.segmentize(shapely.clip_by_rect(polygons, *window), _STEP_DEG)
    for points, geometry in zip(turned, cut, strict=True):
        outward = area(points) > 0
        for part in shapely.get_parts(geometry):
            if part.geom_type != "Polygon" or part.is_empty:
                continue
            for edge in (part.exterior, *part.interiors):
                degrees = shapely.get_coordinates(edge)
                mm = frame.to_mm(degrees)
                if not np.isfinite(mm).all():
                    continue
                hole = edge is not part.exterior
                found.append(mm if (area(degrees) > 0) == (outward != hole) else mm[::-1])
    return found


def area(ring: Points) -> float:
    """Return the area inside a closed ring, positive if it runs counter-clockwise where y grows upwards."""
    x, y = ring.T
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2


def lines(frame: Frame, paths: Sequence[Points]) -> list[Points]:
    """Return the parts of lines that the frame shows, in millimetres."""
    west, south, east, north = _bounds(frame)
    found = []
    for path in paths:
        for points in frame.turned(path):
            low, high = points.min(axis=0), points.max(axis=0)
            if len(points) < 2 or high[0] < west or low[0] > east or high[1] < south or low[1] > north:
                continue
            cut = shapely.clip_by_rect(shapely.LineString(points), west, south, east, north)
            for part in shapely.get_parts(cut):
                mm = frame.to_mm(shapely.get_coordinates(part.segmentize(_STEP_DEG)))
                mm = mm[np.isfinite(mm).all(axis=1)]
                if len(mm) > 1:
                    found.append(mm)
    return found
