"""Lines that leave the countries in which they may run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from shapely import LineString, get_coordinates, segmentize

from geodata.polyline import encode
from routes import cache as kept
from routes.cache import data_version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

OUTSIDE_COUNTRY_M: Final = 5_000.0
"""A line may run this far outside its countries: 1:10m borders and hand-drawn lines are no better."""
SAMPLE_DEGREES: Final = 0.02
"""A line is looked at every 2 km or so; a foray shorter than that is below the precision of the borders."""


def kept_stray(coordinates: NDArray[np.float64], countries: Sequence[str]) -> str:
    """Return what `stray` returns, from the cache if the same line was looked at before.

    Reading the borders costs more than all other checks of a case; a drawn line seldom changes.
    """
    if not countries:
        return ""
    line = encode(coordinates, precision=6)
    request = {"check": "stray", "line": line, "countries": sorted(countries), "data": data_version("pieces_10m")}
    name = kept.key(request)
    answer = kept.load(name)
    if answer is not None and isinstance(answer.get("strays"), str):
        return str(answer["strays"])
    found = stray(coordinates, countries)
    kept.keep(name, {"strays": found})
    return found


def stray(coordinates: NDArray[np.float64], countries: Sequence[str]) -> str:
    """Return where a line first runs too far outside its countries, in words; "" if it does not.

    Parameters
    ----------
    coordinates
        (n, 2) lon, lat in degrees; longitudes may pass 180.
    countries
        ISO 3166-1 alpha-2; empty means anywhere.
    """
    if not countries:
        return ""
    from geodata.countries import country_at, distance_to_country_m  # noqa: PLC0415 - only lines need country polygons

    points = get_coordinates(segmentize(LineString(coordinates), SAMPLE_DEGREES))
    lon = (points[:, 0] + 180.0) % 360.0 - 180.0
    found = country_at(lon, points[:, 1])
    for index in np.flatnonzero(~np.isin(found, [*countries, ""])):
        here = (float(lon[index]), float(points[index, 1]))
        away_m = min(float(distance_to_country_m(*here, code)) for code in countries)
        if away_m > OUTSIDE_COUNTRY_M:
            return f"runs {away_m / 1000:.0f} km into {found[index]} at {here[0]:.3f}, {here[1]:.3f}"
    return ""
