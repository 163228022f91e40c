"""The projection of a figure, chosen by rule from its extent."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyproj import Transformer

    Points = NDArray[np.float64]

KM_PER_DEGREE: Final = 111.195  # of the sphere of 6371 km; good enough to choose by
WORLD_LON_DEG: Final = 130.0
HALF_WORLD_LON_DEG: Final = 200.0
ARCTIC_LAT_DEG: Final = 65.0
"""A wide map on one side of the equator that reaches farther is seen from above: Equal Earth makes the pole a line."""
SMALL_KM: Final = 1100.0
POLAR_LAT_DEG: Final = 72.0
LOW_LAT_DEG: Final = 18.0
TALL: Final = 2.0
CONIC_LAT_DEG: Final = 65.0
EQUAL_AREA_LAT_DEG: Final = 32.0
"""A conic map taller than this keeps areas (Albers): angles alone say little at the size of a continent."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What a figure shows. Degrees, EPSG:4326; `west` < `east`, which may pass 180.

    Attributes
    ----------
    west, south, east, north
        Bounds.
    points
        What lies within them, longitude and latitude, where that is known: seen from above, a voyage along the Arctic
        coast fills little of its bounds.
    """

    west: float
    south: float
    east: float
    north: float
    points: Points | None = field(default=None, compare=False, repr=False)

    @property
    def lon(self) -> float:
        """Middle longitude within -180 and 180."""
        return ((self.west + self.east) / 2 + 180.0) % 360.0 - 180.0

    @property
    def lat(self) -> float:
        """Middle latitude."""
        return (self.south + self.north) / 2

    @property
    def width_km(self) -> float:
        """Length of the middle parallel."""
        return (self.east - self.west) * KM_PER_DEGREE * math.cos(math.radians(self.lat))

    @property
    def height_km(self) -> float:
        """Length of a meridian."""
        return (self.north - self.south) * KM_PER_DEGREE


@dataclass(frozen=True)
class Projection:
    """A projection with its parameters.

    Attributes
    ----------
    kind
        `equal-earth`, `lambert-conformal`, `albers`, `transverse-mercator`, `azimuthal-equidistant` or
        `lambert-azimuthal`.
    lon, lat
        Centre in degrees.
    parallels
        Standard parallels in degrees; empty where there are none.
    """

    kind: str
    lon: float
    lat: float
    parallels: tuple[float, ...] = ()

    @property
    def proj(self) -> str:
        """The PROJ string."""
        at = f"+lon_0={self.lon:g}"
        centre = f"{at} +lat_0={self.lat:g}"
        both = " ".join(f"+lat_{number}={value:g}" for number, value in enumerate(self.parallels, 1))
        parts = {
            "equal-earth": f"+proj=eqearth {at}",
            "lambert-conformal": f"+proj=lcc {centre} {both}",
            "albers": f"+proj=aea {centre} {both}",
            "transverse-mercator": f"+proj=tmerc {centre}",
            "azimuthal-equidistant": f"+proj=aeqd {centre}",
            "lambert-azimuthal": f"+proj=laea {centre}",
        }
        return f"{parts[self.kind]} +datum=WGS84 +units=m"

    @cached_property
    def _transformer(self) -> Transformer:
        from pyproj import Transformer  # noqa: PLC0415 - only once something is drawn

        return Transformer.from_crs("EPSG:4326", self.proj, always_xy=True)

    def forward(self, lonlat: Points) -> Points:
        """Return points in metres; what the projection does not reach is not finite."""
        return np.column_stack(self._transformer.transform(lonlat[:, 0], lonlat[:, 1]))

    def inverse(self, metres: Points) -> Points:
        """Return longitudes (continuous about the centre) and latitudes; not finite beyond the edge of the world."""
        lon, lat = self._transformer.transform(metres[:, 0], metres[:, 1], direction="INVERSE")
        lon = np.asarray(lon)
        with np.errstate(invalid="ignore"):
            return np.column_stack([self.lon + (lon - self.lon + 180.0) % 360.0 - 180.0, lat])


def choose(extent: Extent) -> Projection:
    """Return the projection that suits an extent.

    Parameters
    ----------
    extent
        What will be shown.

    Returns
    -------
    Projection
        World-wide: Equal Earth; wide, but on one side of the equator and reaching beyond 65 degrees: Lambert azimuthal
        equal-area, as for a voyage along the Arctic coast. Near a pole: azimuthal equidistant. Up to about 1100 km, or
        at least twice as tall as wide: transverse Mercator. In the tropics, or spanning very many latitudes: Lambert
        azimuthal equal-area. Elsewhere: Lambert conformal conic, or Albers if taller than 32 degrees, with parallels a
        sixth from the edges.
        Always centred on the extent, so that one across the antimeridian is whole.

    Raises
    ------
    None
        Every extent has one.

    Examples
    --------
    >>> choose(Extent(120, 35, 140, 50)).kind
    'lambert-conformal'
    """
    lon, lat = round(extent.lon, 1), round(extent.lat, 1)
    height_deg = extent.north - extent.south
    if extent.east - extent.west >= WORLD_LON_DEG:
        return Projection("lambert-azimuthal", lon, lat) if _is_arctic(extent) else Projection("equal-earth", lon, 0.0)
    if abs(lat) >= POLAR_LAT_DEG:
        return Projection("azimuthal-equidistant", lon, lat)
    if max(extent.width_km, extent.height_km) <= SMALL_KM:
        return Projection("transverse-mercator", lon, lat)
    if extent.height_km >= TALL * extent.width_km and extent.width_km <= 2 * SMALL_KM:
        return Projection("transverse-mercator", lon, lat)
    if abs(lat) < LOW_LAT_DEG or height_deg > CONIC_LAT_DEG or extent.south < 0 < extent.north:
        return Projection("lambert-azimuthal", lon, lat)
    parallels = (round(extent.south + height_deg / 6, 1), round(extent.north - height_deg / 6, 1))
    return Projection("albers" if height_deg > EQUAL_AREA_LAT_DEG else "lambert-conformal", lon, lat, parallels)


def _is_arctic(extent: Extent) -> bool:
    """Return whether a wide extent lies on one side of the equator and reaches far towards that side's pole."""
    if extent.east - extent.west > HALF_WORLD_LON_DEG:
        return False
    near, far = sorted((abs(extent.south), abs(extent.north)))
    return extent.south * extent.north >= 0 and near < POLAR_LAT_DEG and far >= ARCTIC_LAT_DEG
