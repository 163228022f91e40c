"""The table of geodesics that the page's own arithmetic is held to agrees with PROJ."""

import json
from pathlib import Path

import pytest
from pyproj import Geod

TABLE = Path(__file__).parents[2] / "vectors" / "geodesics.json"
ROWS = json.loads(TABLE.read_text(encoding="utf-8"))
WGS84 = Geod(ellps="WGS84")
POLE_DEG = 90.0
PAIRS = {
    "Rajin-Dunai": ((130.30, 42.23), (132.35, 42.88)),
    "Pyongyang-Moscow": ((125.75, 39.03), (37.62, 55.75)),
    "Tumangang-Khasan": ((130.6136, 42.4153), (130.6449, 42.4283)),
    "Sinuiju-Dandong": ((124.398, 40.1), (124.395, 40.116)),
    "Nampo-Latakia": ((125.4, 38.7), (35.77, 35.52)),
    "Wonsan-Bandar Abbas": ((127.44, 39.18), (56.21, 27.14)),
    "Vladivostok-Murmansk": ((131.88, 43.11), (33.08, 68.97)),
    "London-New York": ((-0.1276, 51.5072), (-74.006, 40.7128)),
    "Sydney-Santiago": ((151.21, -33.87), (-70.67, -33.45)),
    "Flinders Peak-Buninyong": ((144.4248679, -37.9510334), (143.9264956, -37.6528211)),
    "one metre north": ((10.0, 50.0), (10.0, 50.000009)),
    "one metre east": ((10.0, 50.0), (10.000014, 50.0)),
    "coincident": ((130.3, 42.2), (130.3, 42.2)),
    "coincident at the antimeridian": ((180.0, 10.0), (-180.0, 10.0)),
    "coincident on the equator": ((0.0, 0.0), (0.0, 0.0)),
    "coincident at the north pole, two longitudes": ((10.0, 90.0), (100.0, 90.0)),
    "coincident at the south pole": ((0.0, -90.0), (0.0, -90.0)),
    "along the equator, one degree": ((0.0, 0.0), (1.0, 0.0)),
    "along the equator, a quarter": ((0.0, 0.0), (90.0, 0.0)),
    "along the equator, westward": ((10.0, 0.0), (-100.0, 0.0)),
    "along the equator over the antimeridian": ((170.0, 0.0), (-170.0, 0.0)),
    "along the equator, before it leaves it": ((0.0, 0.0), (179.0, 0.0)),
    "across the equator": ((20.0, -30.0), (60.0, 40.0)),
    "from the equator to the north pole": ((30.0, 0.0), (30.0, 90.0)),
    "from the equator to the south pole": ((30.0, 0.0), (30.0, -90.0)),
    "to the north pole": ((130.3, 42.2), (0.0, 90.0)),
    "from the south pole": ((0.0, -90.0), (44.0, -12.0)),
    "over the north pole": ((0.0, 80.0), (180.0, 80.0)),
    "over the south pole": ((45.0, -75.0), (-135.0, -60.0)),
    "near the north pole": ((0.0, 89.999), (120.0, 89.999)),
    "along a meridian, north": ((100.0, -20.0), (100.0, 65.0)),
    "along a meridian, south": ((100.0, 65.0), (100.0, -20.0)),
    "over the antimeridian, east": ((179.5, 50.0), (-179.5, 50.5)),
    "over the antimeridian, west": ((-175.0, 20.0), (165.0, -10.0)),
    "Anchorage-Petropavlovsk": ((-149.9, 61.22), (158.65, 53.02)),
    "from the antimeridian itself": ((180.0, 35.0), (140.0, 35.0)),
    "to the other name of the antimeridian": ((150.0, 35.0), (-180.0, 35.0)),
    "half round the globe": ((0.0, 45.0), (179.0, 40.0)),
    "nearly opposite, still found": ((0.0, 30.0), (178.0, -29.0)),
    "long, south to north": ((-70.0, -50.0), (100.0, 45.0)),
    "opposite on the equator": ((0.0, 0.0), (180.0, 0.0)),
    "opposite, both mid-latitudes": ((20.0, 40.0), (-160.0, -40.0)),
    "pole to pole": ((0.0, 90.0), (0.0, -90.0)),
    "nearly opposite on the equator": ((0.0, 0.0), (179.7, 0.0)),
    "nearly opposite, Vincenty's hard case": ((0.0, 0.0), (179.7, 0.5)),
    "nearly opposite, north": ((130.0, 42.0), (-50.2, -41.9)),
    "nearly opposite, south": ((-60.0, -35.0), (120.1, 35.1)),
    "nearly opposite, a hair": ((5.0, 10.0), (-175.0000001, -10.0)),
}


def row(name, start, end):
    """Solve one pair with PROJ; `azimuth2` is the direction of travel at the end, not back from there."""
    azimuth1, back, metres = WGS84.inv(*start, *end)
    if metres == 0:
        azimuth1, back = 0.0, 180.0
    return {
        "name": name,
        "from": list(start),
        "to": list(end),
        "metres": round(metres, 6),
        "azimuth1": round(azimuth1 % 360, 9),
        "azimuth2": round((back + 180) % 360, 9),
        "nearly_opposite": bool("opposite" in name and "still" not in name) or name == "pole to pole",
    }


def table():
    """Make the whole table; ``json.dumps`` of this, a row a line, is the file."""
    return [row(name, start, end) for name, (start, end) in PAIRS.items()]


@pytest.mark.parametrize(("kept", "made"), zip(ROWS, table(), strict=True), ids=lambda value: value["name"])
def test_a_row_is_what_proj_says(kept, made):
    assert (kept["name"], kept["from"], kept["to"], kept["nearly_opposite"]) == (
        made["name"],
        made["from"],
        made["to"],
        made["nearly_opposite"],
    )
    assert kept["metres"] == pytest.approx(made["metres"], abs=1e-4)
    if not made["nearly_opposite"]:
        assert kept["azimuth1"] == pytest.approx(made["azimuth1"], abs=1e-6)
        assert kept["azimuth2"] == pytest.approx(made["azimuth2"], abs=1e-6)


def test_the_table_has_the_places_where_formulas_fail():
    points = [point for row in ROWS for point in (row["from"], row["to"])]
    crossing = [row for row in ROWS if abs(row["to"][0] - row["from"][0]) > 180]

    assert len(ROWS) >= 40
    assert {-POLE_DEG, POLE_DEG} <= {lat for _, lat in points}
    assert crossing
    assert any(row["from"][1] == row["to"][1] == 0 and row["metres"] for row in ROWS)
    assert any(row["metres"] == 0 for row in ROWS)
    assert sum(row["nearly_opposite"] for row in ROWS) >= 5
