"""What helps to read a map: scale bar, north, and where in the world it lies."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geodata.basemap import decoded
from maps.figure.canvas import LINE_HEIGHT, PT_PER_MM, Ink
from maps.figure.frame import Box
from maps.figure.style import colour
from maps.figure.texts import figures, say
from routes.geometry import geod

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maps.figure.canvas import Canvas
    from maps.figure.frame import Frame
    from maps.figure.room import Room

    Points = NDArray[np.float64]

KM_PER_NMI: Final = 1.852
_BAR_SHARE: Final = 0.2  # of the frame's width, at most
_EVEN: Final = 0.08
"""A scale that differs by more within the frame is said to hold at the centre."""
NORTH_SPREAD_DEG: Final = 12.0
"""Where north differs by more from corner to corner an arrow would mislead, and there is none."""
WORLD_SHARE_DEG: Final = 120.0  # a map wider than this is the world itself and needs no locator
_PAPER: Final = "#ffffff"


def scale_at(frame: Frame, x: float, y: float) -> float:
    """Return the metres on the ellipsoid that a millimetre means at a point of the paper, from west to east."""
    ends = frame.to_degrees(np.array([(x - 0.5, y), (x + 0.5, y)]))
    return float(geod().inv(*ends[0], *ends[1])[2])


def _corners(frame: Frame) -> list[tuple[float, float]]:
    box = frame.box
    return [(box.x + box.w * a, box.y + box.h * b) for a in (0.08, 0.5, 0.92) for b in (0.08, 0.5, 0.92)]


def is_even(frame: Frame) -> bool:
    """Return whether one scale bar is right all over the frame."""
    scales = [scale for at in _corners(frame) if math.isfinite(scale := scale_at(frame, *at))]
    middle = scale_at(frame, frame.box.x + frame.box.w / 2, frame.box.y + frame.box.h / 2)
    return all(abs(scale / middle - 1) <= _EVEN for scale in scales)


def round_down(value: float) -> float:
    """Return the largest of 1, 2 and 5 times a power of ten that is not greater."""
    power = 10.0 ** math.floor(math.log10(value))
    lead = value / power
    return power * (5 if lead >= 5 else 2 if lead >= 2 else 1)


def scale_bar(canvas: Canvas, frame: Frame, room: Room, *, language: str, size: float) -> None:
    """Draw a bar in kilometres and one in nautical miles, true where the map's middle is."""
    box = frame.box
    metres = scale_at(frame, box.x + box.w / 2, box.y + box.h / 2)
    ink = Ink(size, halo=0.3, halo_colour=colour("label-halo"))
    line = size * LINE_HEIGHT / PT_PER_MM
    bars = []
    for unit_m, key in ((1000.0, "figure-km"), (1000.0 * KM_PER_NMI, "figure-nmi")):
        value = round_down(_BAR_SHARE * box.w * metres / unit_m)
        bars.append((value * unit_m / metres, f"{figures(value, language)} {say(key, language)}"))
    note = "" if is_even(frame) else say("figure-scale-centre", language)
    widths = [width + 1 + canvas.size_of(text, ink)[0] for width, text in bars]
    if note:
        widths.append(canvas.size_of(note, ink)[0])
    place = corner(
        room, (max(widths) + 1.2, line * (2 + bool(note)) + 0.6), ("lower left", "lower right", "upper left")
    )
    y = place.y + 0.3
    if note:
        canvas.write(note, Box(place.x + 0.4, y, widths[-1], line), ink, role="scale")
        y += line
    for width, text in reversed(bars):
        middle = y + line / 2
        points = [(0, 0.7), (0, -0.3), (width, -0.3), (width, 0.7)]
        shape = np.array(points) + np.array([place.x + 0.4, middle])
        canvas.line([shape], colour("label-halo"), 0.8, cap="square")
        canvas.line([shape], colour("label-place"), 0.3, cap="square")
        canvas.write(text, Box(place.x + 1.4 + width, y, 0, line), ink, role="scale")
        y += line


def corner(room: Room, size: tuple[float, float], corners: tuple[str, ...]) -> Box:
    """Take room in the first of some corners that is free and covers no line; if all are taken, in the first."""
    inside, (w, h), edge = room.inside, size, 1.8
    boxes = [
        Box(
            inside.x + edge if "left" in one else inside.right - edge - w,
            inside.y + edge if "lower" in one else inside.top - edge - h,
            w,
            h,
        )
        for one in corners
    ]
    found = room.best(boxes)
    return room.take(found[0] if found else boxes[0])


def north_at(frame: Frame, x: float, y: float) -> float:
    """Return the direction of north on the paper, in degrees clockwise from up."""
    lon, lat = frame.to_degrees(np.array([(x, y)]))[0]
    there = frame.to_mm(np.array([(lon, min(89.99, lat + 0.05))]))[0]
    return math.degrees(math.atan2(there[0] - x, there[1] - y))


def north_makes_sense(frame: Frame) -> bool:
    """Return whether north is about the same direction all over the frame."""
    angles = [north_at(frame, *at) for at in _corners(frame)]
    return frame.projection.kind != "equal-earth" and max(angles) - min(angles) <= NORTH_SPREAD_DEG


def north(canvas: Canvas, frame: Frame, room: Room, *, language: str, size: float) -> bool:
    """Draw an arrow to the north where it makes sense; give whether there is one."""
    if not north_makes_sense(frame):
        return False
    line = size * LINE_HEIGHT / PT_PER_MM
    place = corner(room, (4.4, 5.6 + line), ("upper right", "upper left", "lower right"))
    x, y = place.x + 2.2, place.y + 2.4
    angle = -math.radians(north_at(frame, x, y))
    turn = np.array([(math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))])
    arrow = np.array([(0, 3.0), (1.15, -1.6), (0, -0.7), (-1.15, -1.6), (0, 3.0)]) @ turn + (x, y)
    canvas.area([arrow], colour("label-place"), edge=colour("label-halo"), width=0.2)
    ink = Ink(size, bold=True, halo=0.3, halo_colour=colour("label-halo"))
    canvas.write(say("figure-north", language), Box(x - 2, y + 3.1, 4, line), ink, role="north", align="center")
    return True


def needs_locator(frame: Frame) -> bool:
    """Return whether a reader may ask where in the world this is."""
    return frame.projection.kind != "equal-earth" and frame.window.east - frame.window.west < WORLD_SHARE_DEG


def locator(canvas: Canvas, frame: Frame, page: dict[str, Any], centre: tuple[float, float], radius: float) -> None:
    """Draw the half of the globe about the map, and the map's frame on it."""
    lon, lat = frame.centre
    middle = np.array(centre)
    angles = np.linspace(0, 2 * np.pi, 91)
    disc = np.column_stack([np.cos(angles), np.sin(angles)]) * radius + middle
    canvas.area([disc], colour("sea"))
    land = []
    for ring in decoded(page["levels"][0])["land"]:
        points, hidden = _orthographic(ring, lon, lat)
        if not hidden.all():
            land.append(points * radius + middle)
    canvas.area(land, "#cfc8ba")
    canvas.area([disc], "none", edge=colour("coast"), width=0.2)
    box = frame.box
    at = np.linspace(0, 1, 25)
    edge = np.concatenate(
        [
            np.column_stack([box.x + at * box.w, np.full(25, box.y)]),
            np.column_stack([np.full(25, box.right), box.y + at * box.h]),
            np.column_stack([box.right - at * box.w, np.full(25, box.top)]),
            np.column_stack([np.full(25, box.x), box.top - at * box.h]),
        ]
    )
    degrees = frame.to_degrees(edge)
    outline, _ = _orthographic(degrees[np.isfinite(degrees).all(axis=1)], lon, lat)
    spread = np.ptp(outline, axis=0).max() * radius
    if spread < 1.2:  # a frame too small to see is pointed at
        cross = [np.array([(-1.6, 0), (1.6, 0)]) + middle, np.array([(0, -1.6), (0, 1.6)]) + middle]
        canvas.line(cross, "#a30f2e", 0.35)
    else:
        canvas.area([np.vstack([outline, outline[:1]]) * radius + middle], "none", edge="#a30f2e", width=0.4)


def _orthographic(lonlat: Points, lon: float, lat: float) -> tuple[Points, NDArray[np.bool_]]:
    """Return points on a globe of radius 1 seen from above a place, those behind it on its rim, and which they are."""
    rest, phi = np.radians(lonlat[:, 0] - lon), np.radians(lonlat[:, 1])
    centre = math.radians(lat)
    x = np.cos(phi) * np.sin(rest)
    y = math.cos(centre) * np.sin(phi) - math.sin(centre) * np.cos(phi) * np.cos(rest)
    depth = math.sin(centre) * np.sin(phi) + math.cos(centre) * np.cos(phi) * np.cos(rest)
    hidden = depth < 0
    reach = np.hypot(x, y)
    factor = np.where(hidden, 1 / np.maximum(reach, 1e-9), 1.0)
    return np.column_stack([x * factor, y * factor]), hidden
