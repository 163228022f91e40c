"""From degrees to millimetres of paper, and back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from maps.figure.projection import Extent, Projection, choose

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

AIR: Final = 1.12
"""How much wider than the lines the map is at least."""
FINEST_M_PER_MM: Final = 850.0
"""A page fits no closer than zoom 9 (306 m a pixel of 0.2646 mm at the equator); borders know no more."""
PIXEL_MM: Final = 25.4 / 96
_EARTH_M: Final = 40_075_016.7  # equator of WGS 84
_SAMPLES: Final = 41


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the paper in millimetres from its lower left corner."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.w

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.y + self.h

    def holds(self, other: Box) -> bool:
        """Return whether the other lies inside."""
        return self.x <= other.x and other.right <= self.right and self.y <= other.y and other.top <= self.top

    def grown(self, by: float) -> Box:
        """Return it with so many millimetres more on each side."""
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def has(self, x: float, y: float) -> bool:
        """Return whether a point lies inside."""
        return self.x <= x <= self.right and self.y <= y <= self.top


@dataclass(frozen=True)
class Frame:
    """The window of a map on the paper.

    Attributes
    ----------
    box
        Where it lies.
    projection
        How the globe is flattened.
    centre_m
        Point of the projected plane at the middle of the box.
    m_per_mm
        Scale at the projection's true places.
    """

    box: Box
    projection: Projection
    centre_m: tuple[float, float]
    m_per_mm: float

    def to_mm(self, lonlat: Points) -> Points:
        """Return paper coordinates of points in degrees; not finite where the projection does not reach."""
        return self._from_plane(self.projection.forward(np.asarray(lonlat, dtype=np.float64)))

    def _from_plane(self, metres: Points) -> Points:
        middle = np.array([self.box.x + self.box.w / 2, self.box.y + self.box.h / 2])
        paper: Points = (metres - np.array(self.centre_m)) / self.m_per_mm + middle
        return paper

    def to_degrees(self, mm: Points) -> Points:
        """Return longitude and latitude of points on the paper."""
        middle = np.array([self.box.x + self.box.w / 2, self.box.y + self.box.h / 2])
        return self.projection.inverse((np.asarray(mm) - middle) * self.m_per_mm + np.array(self.centre_m))

    @cached_property
    def window(self) -> Extent:
        """What the frame shows, in degrees, with a little around it; not beyond half a turn from the centre."""
        xs, ys = np.meshgrid(
            np.linspace(self.box.x, self.box.right, _SAMPLES), np.linspace(self.box.y, self.box.top, _SAMPLES)
        )
        found = self.to_degrees(np.column_stack([xs.ravel(), ys.ravel()]))
        found = found[np.isfinite(found).all(axis=1)]
        if self.projection.kind == "equal-earth" or not len(found):
            return Extent(self.projection.lon - 179.99, -89.9, self.projection.lon + 179.99, 89.9)
        (west, south), (east, north) = found.min(axis=0), found.max(axis=0)
        pad = max(0.2, 0.03 * (east - west))
        return Extent(
            max(west - pad, self.projection.lon - 179.99),
            max(south - pad, -89.9),
            min(east + pad, self.projection.lon + 179.99),
            min(north + pad, 89.9),
        )

    @property
    def zoom(self) -> float:
        """Zoom level of a page on which the same lies at the same size."""
        scale = _EARTH_M * math.cos(math.radians(self.centre[1]))
        return math.log2(scale / (256 * self.m_per_mm * PIXEL_MM))

    @cached_property
    def centre(self) -> tuple[float, float]:
        """Longitude and latitude in the middle of the frame."""
        middle = self.projection.inverse(np.array([self.centre_m]))[0]
        return (float(middle[0]), float(middle[1]))

    def turned(self, lonlat: Points) -> list[Points]:
        """Return points as often as whole turns bring a part of them into the window."""
        west, east = lonlat[:, 0].min(), lonlat[:, 0].max()
        first = math.ceil((self.window.west - east) / 360.0)
        last = math.floor((self.window.east - west) / 360.0)
        return [lonlat + np.array([360.0 * turn, 0.0]) for turn in range(first, last + 1)]

    def lines_mm(self, lonlat: Points, margin_mm: float = 4.0) -> list[Points]:
        """Return the parts of a line that the frame shows, in millimetres.

        Parameters
        ----------
        lonlat
            Vertices in degrees; longitudes may pass 180.
        margin_mm
            How far the parts go on beyond the frame.
        """
        window = self.window
        edge = self.box.grown(margin_mm)
        found = []
        for points in self.turned(lonlat):
            if len(points) < 2:
                continue
            for part in _within(points, window.west, window.south, window.east, window.north):
                mm = self.to_mm(shapely.get_coordinates(shapely.segmentize(shapely.LineString(part), 1.0)))
                mm = mm[np.isfinite(mm).all(axis=1)]
                if len(mm) > 1:
                    found += _within(mm, edge.x, edge.y, edge.right, edge.top)
        return found


def _within(line: Points, west: float, south: float, east: float, north: float) -> list[Points]:
    """Return the parts of a line inside a box, in order. Unlike an intersection it does not cut lines at crossings."""
    if ((line >= (west, south)) & (line <= (east, north))).all():
        return [line]
    cut = shapely.clip_by_rect(shapely.LineString(line), west, south, east, north)
    parts = (shapely.get_coordinates(part) for part in shapely.get_parts(cut) if part.geom_type == "LineString")
    return [part for part in parts if len(part) > 1]


def fit(extent: Extent, box: Box) -> Frame:
    """Return the frame that shows an extent as large as a box allows.

    Parameters
    ----------
    extent
        Degrees.
    box
        Millimetres.

    Raises
    ------
    None
        Every extent fits some scale.
    """
    projection = choose(extent)
    lon, lat = np.meshgrid(
        np.linspace(extent.west, extent.east, _SAMPLES), np.linspace(extent.south, extent.north, _SAMPLES)
    )
    whole = np.column_stack([lon.ravel(), lat.ravel()])
    if projection.kind == "lambert-azimuthal" and extent.points is not None:
        whole = extent.points
    plane = projection.forward(whole)
    plane = plane[np.isfinite(plane).all(axis=1)]
    low, high = plane.min(axis=0), plane.max(axis=0)
    width, height = np.maximum(high - low, 1.0) * AIR
    scale = max(width / box.w, height / box.h, FINEST_M_PER_MM * math.cos(math.radians(extent.lat)))
    middle = (low + high) / 2
    return Frame(box, projection, (float(middle[0]), float(middle[1])), float(scale))
