"""Geography: places in their countries, lines where their legs may run, lengths beside the published ones."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from shapely import LineString, get_coordinates, segmentize

from routes.cells import write_number
from routes.checking.homonyms import check_homonyms
from routes.checking.lengths import check_lengths
from routes.findings import Finding, fault, warning
from routes.frames import records
from routes.geometry import countries_of, drawn_line, geod, geometry_stem, length_m
from routes.routing import ROUTED_BASES
from routes.straying import SAMPLE_DEGREES, kept_stray

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from routes.case import Case
    from routes.folder import RawCase

FAR_FROM_COUNTRY_M: Final = 25_000.0
"""A place farther than this (and than its own uncertainty) from the country it claims is asked about."""
FAR_FROM_STOP_M: Final = 5_000.0
RAIL_RATIO: Final = (0.70, 1.03)
"""Drawn over published length of a rail leg; outside it the line or the figure is wrong."""


def check_geography(raw: RawCase, case: Case, *, faults_only: bool = False) -> list[Finding]:
    """Return the findings on places and lines; cells and references must be sound.

    Legs that fell back to a straight line are warned of, and their country, land and length checks are not run.
    """
    findings = [*_geometry_files(raw, case)]
    if any(finding.is_fault for finding in findings):
        return findings
    legs = records(case.legs)
    for leg, line in zip(legs, raw.tables["legs"].lines, strict=True):
        if leg["problem"]:
            # the path of an inferred leg is ours in any case; a network leg claims to be where the track is
            kind = warning if leg["basis"] == "inferred" else fault
            findings.append(kind("legs.csv", line, "to", leg["to"], leg["problem"], leg["remedy"]))
        elif not leg["fallback"]:
            findings += _line(case, leg, line)
    findings += _swapped(raw, case)
    if not faults_only:
        findings += _fallbacks(raw, case)
        findings += _far_places(raw, case)
        findings += check_homonyms(raw, case)
        findings += check_lengths(raw, case)
    return findings


def _geometry_files(raw: RawCase, case: Case) -> Iterator[Finding]:
    """Yield findings on the files of `geometry/`: missing, unreadable, or belonging to no leg."""
    used = set()
    places = case.places.set_index("id")
    for leg, line in zip(records(case.leg_table), raw.tables["legs"].lines, strict=True):
        if leg["basis"] != "drawn":
            continue
        stem = geometry_stem(case, leg)
        used.add(stem)
        file = f"geometry/{stem}.geojson"
        if stem not in case.geometry:
            remedy = f"draw it into {file} as one LineString"
            yield fault("legs.csv", line, "basis", "drawn", "has no line", remedy)
            continue
        try:
            with np.errstate(invalid="ignore"):  # what is no number is a fault here, not a message of numpy's
                coordinates = drawn_line(case.geometry[stem])
        except ValueError as err:
            yield fault(file, None, "", "", str(err), "save one LineString in lon, lat degrees")
            continue
        for column, end in (("from", coordinates[0]), ("to", coordinates[-1])):
            stop = places.loc[leg[column]]
            _, _, away_m = geod().inv(stop["lon"], stop["lat"], end[0], end[1])
            if away_m > max(FAR_FROM_STOP_M, np.nan_to_num(stop["precision_m"])):
                problem = f"lies {away_m / 1000:.1f} km from the line of {file}"
                yield fault("legs.csv", line, column, leg[column], problem, "draw the line from stop to stop, in order")
    for stem in sorted(set(case.geometry) - used):
        remedy = "name it <route>.<seq>.geojson after a leg with basis drawn, or remove it"
        yield warning(f"geometry/{stem}.geojson", None, "", "", "belongs to no drawn leg", remedy)


def _line(case: Case, leg: Mapping[str, Any], line: int) -> Iterator[Finding]:
    """Yield faults of a line that claims to be where the goods went."""
    if leg["basis"] == "notional" or leg["mode"] == "air":
        return
    coordinates = np.asarray(leg["geometry"].coords)
    routed = leg["basis"] in ROUTED_BASES  # these are held to water and countries where they are made
    if leg["mode"] == "sea" and not routed:
        yield from _land(leg, line, coordinates)
    elif leg["basis"] != "great-circle" and not routed:
        yield from _countries(case, leg, line, coordinates)
    published, drawn = leg["published_km"], length_m(coordinates) / 1000
    if leg["mode"] == "rail" and published == published:  # noqa: PLR0124 - NaN differs from itself
        low, high = RAIL_RATIO
        if not low <= drawn / published <= high:
            figure = write_number(published)
            problem = f"is published as {figure} km, but drawn {drawn:.1f} km long ({drawn / published:.2f})"
            remedy = f"mend the line or the figure; drawn over published must be {low} to {high}"
            yield fault("legs.csv", line, "published_km", figure, problem, remedy)


def _land(leg: Mapping[str, Any], line: int, coordinates: np.ndarray[Any, Any]) -> Iterator[Finding]:
    """Yield a fault for a line at sea that crosses land, with the first place where it does."""
    from geodata.countries import country_at, metres_on_land  # noqa: PLC0415 - only lines at sea need land polygons

    on_land_m = metres_on_land(leg["geometry"])
    if on_land_m <= 0:
        return
    points = get_coordinates(segmentize(LineString(coordinates), SAMPLE_DEGREES / 4))
    lon = (points[:, 0] + 180.0) % 360.0 - 180.0
    ashore = np.flatnonzero(country_at(lon, points[:, 1]) != "")
    where = f", first near {lon[ashore[0]]:.3f}, {points[ashore[0], 1]:.3f}" if len(ashore) else ""
    problem = f"crosses {on_land_m / 1000:.1f} km of land{where}"
    remedy = "move the line into the water (1:10m shores), or let the sea network route it (basis network)"
    yield fault("legs.csv", line, "mode", "sea", problem, remedy)


def _countries(case: Case, leg: Mapping[str, Any], line: int, coordinates: np.ndarray[Any, Any]) -> Iterator[Finding]:
    allowed = countries_of(case, leg["route"])
    problem = kept_stray(coordinates, allowed)
    if problem:
        remedy = f"keep the line inside {', '.join(allowed)}, or add the country to the route"
        yield fault("legs.csv", line, "to", leg["to"], problem, remedy)


def _fallbacks(raw: RawCase, case: Case) -> Iterator[Finding]:
    for leg, line in zip(records(case.legs), raw.tables["legs"].lines, strict=True):
        if leg["fallback"] and not leg["problem"]:
            problem = f"is drawn as a straight line from {leg['from']} to {leg['to']}"
            remedy = "draw the leg by hand, or take the map as a sketch of it"
            yield warning("legs.csv", line, "basis", leg["basis"], problem, remedy)


def _swapped(raw: RawCase, case: Case) -> Iterator[Finding]:
    """Yield a fault for a place that lies in its country only when longitude and latitude change places."""
    from geodata.countries import country_at, distance_to_country_m  # noqa: PLC0415 - as above

    rows = [
        (place, line)
        for place, line in zip(records(case.places), raw.tables["places"].lines, strict=True)
        if place["country"] and abs(place["lon"]) <= 90
    ]
    candidates = [(place, line) for place, line in rows if _may_be_swapped(place)]
    if not candidates:
        return
    turned = country_at([place["lat"] for place, _ in candidates], [place["lon"] for place, _ in candidates])
    for (place, line), found in zip(candidates, turned, strict=True):
        if found in place["country"]:
            away_m = min(float(distance_to_country_m(place["lon"], place["lat"], code)) for code in place["country"])
            if away_m > FAR_FROM_COUNTRY_M:
                lon, lat = write_number(place["lon"]), write_number(place["lat"])
                problem = "longitude and latitude look swapped"
                yield fault("places.csv", line, "lat", lat, problem, f"write lon = {lat} and lat = {lon}")


def _may_be_swapped(place: Mapping[str, Any]) -> bool:
    """Return whether a place lies off the box of its country and would lie in it with its numbers swapped.

    Boxes of coarse borders tell in no time that next to no place is a candidate; fine borders cost more to read than
    all other checks together.
    """
    boxes = [box for box in map(_country_box, place["country"]) if box is not None]
    inside = [_in_box(box, place["lon"], place["lat"]) for box in boxes]
    swapped = [_in_box(box, place["lat"], place["lon"]) for box in boxes]
    return len(boxes) < len(place["country"]) or (any(swapped) and not all(inside))


@cache
def _country_boxes() -> dict[str, tuple[float, float, float, float]]:
    from geodata.countries import countries  # noqa: PLC0415 - as above

    frame = countries("110m")
    return {code: tuple(box) for code, box in zip(frame["country"], frame.geometry.bounds.to_numpy(), strict=True)}


def _country_box(code: str) -> tuple[float, float, float, float] | None:
    return _country_boxes().get(code)


def _in_box(box: tuple[float, float, float, float], lon: float, lat: float) -> bool:
    west, south, east, north = box
    return west - 0.5 <= lon <= east + 0.5 and south - 0.5 <= lat <= north + 0.5


def _far_places(raw: RawCase, case: Case) -> Iterator[Finding]:
    from geodata.countries import distance_to_country_m  # noqa: PLC0415 - as above

    for place, line in zip(records(case.places), raw.tables["places"].lines, strict=True):
        for code in place["country"]:
            if place["lon"] != place["lon"]:
                continue
            away_m = float(distance_to_country_m(place["lon"], place["lat"], code))
            if away_m > max(FAR_FROM_COUNTRY_M, np.nan_to_num(place["precision_m"])):
                problem = f"{place['id']} lies {away_m / 1000:.0f} km from {code}"
                yield warning("places.csv", line, "country", code, problem, "check the point, or the country")
