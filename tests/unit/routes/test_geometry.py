"""Lines: on the ellipsoid, continuous in memory, split in files."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from builders import case
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, get_coordinates

from routes.geometry import MAX_SEGMENT_M, continuous, for_files, geod, great_circle, length_m

points = st.tuples(st.floats(-180, 180), st.floats(-85, 85))


def apart_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(geod().inv(*one, *other)[2])


@given(points, points)
def test_a_great_circle_is_as_long_as_its_ends_are_apart_and_dense(start, end):
    direct_m = apart_m(start, end)
    assume(1 < direct_m < 19_000_000)  # between antipodes there is no one shortest line
    line = great_circle([start, end])
    assert length_m(line) == pytest.approx(direct_m, rel=1e-6)
    for before, after in pairwise(line):
        assert apart_m(tuple(before), tuple(after)) <= MAX_SEGMENT_M * 1.001


@given(st.lists(points, min_size=2, max_size=5))
def test_longitude_never_jumps_and_the_stops_are_passed(stops):
    line = great_circle(stops)
    assert np.abs(np.diff(line[:, 0])).max() <= 180 + 1e-9
    assert tuple(line[0]) == stops[0]
    turns = (line[-1, 0] - stops[-1][0]) / 360
    assert turns == pytest.approx(round(turns), abs=1e-9)


def test_a_line_over_the_antimeridian_goes_on_past_180():
    line = great_circle([(178.4, -18.1), (-171.8, -13.8)])
    assert line[:, 0].max() > 180
    assert line[-1, 0] == pytest.approx(188.2)


def test_for_files_a_line_is_split_at_the_antimeridian_within_180():
    line = LineString(great_circle([(178.4, -18.1), (-171.8, -13.8)]))
    split = for_files(line)
    assert isinstance(split, MultiLineString)
    assert len(split.geoms) == 2
    lon = get_coordinates(split)[:, 0]
    assert lon.min() >= -180
    assert lon.max() <= 180
    assert [abs(split.geoms[0].coords[-1][0]), abs(split.geoms[1].coords[0][0])] == [180, 180]
    parts_m = sum(length_m(get_coordinates(part)) for part in split.geoms)
    assert parts_m == pytest.approx(length_m(get_coordinates(line)), rel=1e-4)


def test_for_files_a_line_that_stays_within_180_is_left_alone():
    line = LineString([(130.3, 42.2), (132.3, 42.9)])
    assert for_files(line) is line


@given(st.lists(points, min_size=2, max_size=6))
def test_continuous_only_adds_whole_turns(stops):
    line = np.array(stops)
    turns = (continuous(line) - line)[:, 0] / 360
    assert np.allclose(turns, np.round(turns))
    assert np.array_equal(continuous(line)[:, 1], line[:, 1])


def test_the_legs_of_a_route_go_on_where_the_leg_before_ended():
    places = [
        {"id": "a", "name": "A", "kind": "waypoint", "lon": "170", "lat": "0"},
        {"id": "b", "name": "B", "kind": "waypoint", "lon": "-170", "lat": "0"},
        {"id": "c", "name": "C", "kind": "waypoint", "lon": "-150", "lat": "0"},
    ]
    leg = {"route": "r", "mode": "air", "basis": "great-circle"}
    legs = [{**leg, "seq": "1", "from": "a", "to": "b"}, {**leg, "seq": "2", "from": "b", "to": "c"}]
    built = case(places=places, routes=[{"id": "r", "title": "R", "layer": "all", "kind": "movement"}], legs=legs)
    first, second = built.legs.geometry
    assert first.coords[-1] == pytest.approx((190, 0))
    assert second.coords[0] == pytest.approx((190, 0))
    assert built.routes.loc[0, "length_km"] == pytest.approx(built.legs["length_km"].sum())


def test_a_link_between_regions_runs_from_area_to_area():
    places = [
        {"id": "dprk", "name": "DPRK", "kind": "region", "members": "KP"},
        {"id": "russia", "name": "Russia", "kind": "region", "members": "RU"},
    ]
    leg = {"route": "r", "seq": "1", "from": "dprk", "to": "russia", "mode": "unknown", "basis": "notional"}
    built = case(places=places, routes=[{"id": "r", "title": "R", "layer": "all", "kind": "declared"}], legs=[leg])
    line = built.legs.geometry.iloc[0]
    assert 124 < line.coords[0][0] < 131
    assert line.coords[-1][1] > 50
    assert not built.legs["fallback"].any()
