"""Breaks of the rail network: the packaged bridges and the rule that finds them."""

import numpy as np
import pytest
from pyproj import Geod

from geodata.build.rail_gaps import GAP_M, SEAM_M, find_bridges
from geodata.build.rail_source import Lines, drop_shortcuts
from geodata.networks import rail

GEOD = Geod(ellps="WGS84")
ONE_COUNTRY = np.ones(20, dtype=np.uint8)
NOWHERE = np.empty(0, dtype=np.int64)


def lines(*chains):
    """Lay chains of (lon, lat) out as lines; the track is as long as the chords."""
    points = [point for chain in chains for point in chain]
    firsts = np.cumsum([0, *(len(chain) for chain in chains)])
    tails = [n for first, chain in zip(firsts, chains, strict=False) for n in range(first, first + len(chain) - 1)]
    lon, lat = np.array(points).T
    tail = np.array(tails, dtype=np.int32)
    head = tail + 1
    track_m = np.asarray(GEOD.inv(lon[tail], lat[tail], lon[head], lat[head])[2])
    return Lines(lon, lat, tail, head.astype(np.int32), track_m)


WEST = [(30.0, 50.0), (30.1, 50.0), (30.2, 50.0)]


def gap_east_of(step_deg):
    return [(30.2 + step_deg, 50.0), (30.3, 50.0), (30.4, 50.0)]


def test_table_lists_ends_length_country_and_rule():
    table = rail().bridges()
    assert list(table) == ["id", "lon_from", "lat_from", "lon_to", "lat_to", "length_m", "countries", "rule"]
    assert table["id"].is_unique
    assert (table["id"].str.fullmatch(r"[a-z0-9][a-z0-9-]*")).all()
    ends = [table[name].to_numpy() for name in ("lon_from", "lat_from", "lon_to", "lat_to")]
    assert np.allclose(GEOD.inv(*ends)[2], table["length_m"], atol=1)


def test_no_bridge_is_longer_than_its_rule_allows():
    table = rail().bridges()
    assert set(table["rule"]) == {"seam", "gap"}
    assert (table["length_m"] <= table["rule"].map({"seam": SEAM_M, "gap": GAP_M})).all()


def test_no_bridge_joins_two_countries():
    graph = rail().graph
    edges = np.flatnonzero(graph.bridge >= 0)
    assert (graph.country[graph.tail[edges]] == graph.country[graph.head[edges]]).all()
    assert (graph.bridge[edges] == np.arange(len(edges))).all()
    assert (rail().bridges()["countries"].str.len() == 2).all()


@pytest.mark.parametrize("key", ["kp-40170n-128553e", "kp-42208n-130256e", "ru-43298n-132455e"])
def test_known_breaks_are_bridged(key):
    assert rail().bridges()["id"].str.startswith(key).sum() == 1


def test_line_at_the_korean_border_stays_broken():
    table = rail().bridges()
    near = (table["lon_from"] - 126.70).abs().lt(0.05) & (table["lat_from"] - 37.90).abs().lt(0.05)
    assert not near.any()


def test_changing_the_table_changes_nothing():
    table = rail().bridges()
    del table["id"]
    assert "id" in rail().bridges()


def test_break_in_a_line_is_bridged_once():
    found = find_bridges(lines(WEST, gap_east_of(0.02)), ONE_COUNTRY, NOWHERE)
    assert [(bridge.tail, bridge.head, bridge.rule) for bridge in found] == [(2, 3, "gap")]
    assert found[0].length_m == pytest.approx(1434, abs=2)


def test_break_of_a_grid_step_is_a_seam():
    found = find_bridges(lines(WEST, gap_east_of(0.002)), ONE_COUNTRY, NOWHERE)
    assert [bridge.rule for bridge in found] == ["seam"]


def test_wide_break_stays():
    assert find_bridges(lines(WEST, gap_east_of(0.05)), ONE_COUNTRY, NOWHERE) == []


def test_break_between_countries_stays():
    country = np.array([1, 1, 1, 2, 2, 2], dtype=np.uint8)
    assert find_bridges(lines(WEST, gap_east_of(0.002)), country, NOWHERE) == []


def test_break_beside_a_border_stays_unless_it_is_a_seam():
    assert find_bridges(lines(WEST, gap_east_of(0.02)), ONE_COUNTRY, np.array([3])) == []
    assert len(find_bridges(lines(WEST, gap_east_of(0.002)), ONE_COUNTRY, np.array([3]))) == 1


def test_terminus_that_points_elsewhere_stays():
    northward = [(30.22, 50.0), (30.22, 49.9), (30.22, 49.8)]
    assert find_bridges(lines(WEST, northward), ONE_COUNTRY, NOWHERE) == []


def test_dead_end_with_a_short_way_round_stays():
    loop = [(30.2, 50.0), (30.19, 50.003), (30.21, 50.004), (30.202, 50.001)]
    assert find_bridges(lines([(30.1, 50.0), *loop]), ONE_COUNTRY, NOWHERE) == []


def test_edge_past_vertices_goes_and_its_chain_stays():
    neighbours = [{1: 1.0, 2: 2.001}, {0: 1.0, 2: 1.0}, {0: 2.001, 1: 1.0}]
    assert drop_shortcuts(neighbours) == 1
    assert neighbours == [{1: 1.0}, {0: 1.0, 2: 1.0}, {1: 1.0}]


def test_second_track_of_another_length_stays():
    neighbours = [{1: 1.0, 2: 1.9}, {0: 1.0, 2: 1.0}, {0: 1.9, 1: 1.0}]
    assert drop_shortcuts(neighbours) == 0
