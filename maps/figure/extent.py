"""The part of the world that a figure shows: what the page would show at the same state."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from maps.figure.projection import Extent
from maps.figure.scene import lens_of
from maps.state import State
from routes.frames import records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maps.figure.scene import Route, Scene

PAGE_PX: Final = (1280, 800)
PANEL_PX: Final = 332
"""Size of the page whose view a state names, and what its panel hides of the left side."""
_TILE_PX: Final = 256
_MERCATOR_LAT: Final = 85.05112878
_SELECTED_DEG: Final = 0.5  # a place alone is shown with this much around it


def extent_of(scene: Scene, state: State) -> Extent:
    """Return what a page of 1280 x 800 pixels would show at a state beside its panel.

    Without centre and zoom that is the selected thing, else the lines that the case opens with, else what is shown.
    """
    if state.centre is not None and state.zoom is not None:
        return _of_page(state.centre, state.zoom)
    home = _bounds_of(_opening(scene)) or _bounds_of(scene.routes) or Extent(-180, -60, 180, 80)
    if state.zoom is None and state.centre is None:
        chosen = _selected(scene, state.selected)
        if chosen:
            return chosen
        mine = _bounds_of(scene.routes)
        return mine if mine and not _meet(home, mine) else home
    if state.centre is None:
        return _of_page((home.lat, (home.west + home.east) / 2), state.zoom or 0.0)
    lat, lon = state.centre
    half = ((home.east - home.west) / 2, (home.north - home.south) / 2)
    return Extent(lon - half[0], max(-89.0, lat - half[1]), lon + half[0], min(89.0, lat + half[1]))


def _of_page(centre: tuple[float, float], zoom: float) -> Extent:
    """Return the part of the page's Mercator map beside the panel."""
    lat, lon = centre
    world = _TILE_PX * 2.0**zoom
    per_px = 360.0 / world
    lat = max(-_MERCATOR_LAT, min(_MERCATOR_LAT, lat))
    y = math.asinh(math.tan(math.radians(lat))) / (2 * math.pi) * world
    half = PAGE_PX[1] / 2
    south, north = (
        math.degrees(math.atan(math.sinh(2 * math.pi * max(-0.5, min(0.5, at / world))))) for at in (y - half, y + half)
    )
    west, east = lon - (PAGE_PX[0] / 2 - PANEL_PX) * per_px, lon + PAGE_PX[0] / 2 * per_px
    if east - west > 360.0:
        west, east = (west + east) / 2 - 180.0, (west + east) / 2 + 180.0
    return Extent(west, south, east, north)


def _opening(scene: Scene) -> list[Route]:
    """Return the routes with which the page opens, whatever the state has switched on."""
    opening = lens_of(scene.case, State(), scene.language)
    if opening == scene.lens:
        return scene.routes
    known = scene.lens.known or opening.known
    return scene.through(on=opening.on, known=known, start=None, end=None).routes


def _selected(scene: Scene, name: str | None) -> Extent | None:
    if name is None:
        return None
    events = {event["id"]: event for event in records(scene.case.events)}
    wanted = {name, *(events[name]["routes"] if name in events else ())}
    found = _bounds_of([route for route in scene.routes if route.id in wanted])
    place = events[name]["place"] if name in events else name
    if place not in scene.places:
        return found
    lon, lat = scene.places[place][1]
    if found:
        return _with_point(found, lon, lat)
    return Extent(lon - _SELECTED_DEG, lat - _SELECTED_DEG, lon + _SELECTED_DEG, lat + _SELECTED_DEG)


def _with_point(extent: Extent, lon: float, lat: float) -> Extent:
    """Return an extent that holds a point too, at the turn of the globe where the extent lies."""
    lon += 360.0 * round(((extent.west + extent.east) / 2 - lon) / 360.0)
    if extent.west <= lon <= extent.east and extent.south <= lat <= extent.north:
        return extent
    points = None if extent.points is None else np.vstack([extent.points, [[lon, lat]]])
    return Extent(min(extent.west, lon), min(extent.south, lat), max(extent.east, lon), max(extent.north, lat), points)


def _bounds_of(routes: Sequence[Route]) -> Extent | None:
    lines = [leg.line for route in routes for leg in route.legs if len(leg.line)]
    if not lines:
        return None
    points = np.concatenate(lines)
    (west, south), (east, north) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return Extent(west, south, east, north, points)


def _meet(one: Extent, other: Extent) -> bool:
    return one.west <= other.east and other.west <= one.east and one.south <= other.north and other.south <= one.north
