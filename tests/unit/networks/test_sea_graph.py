"""The sea network as arrays, and its passages."""

import numpy as np
import pytest
import shapely

from geodata.networks import SeaRoutingError
from geodata.networks.sea_graph import Links, SeaGraph, read_graph, write_graph
from geodata.networks.sea_passages import Passage, Passages
from geodata.networks.sea_sphere import continued, directions, geodesic, lon_lat_of
from geodata.networks.sea_taut import tauten
from geodata.networks.sea_water import Walled, Water

SQUARE = shapely.box(-1, -1, 1, 1)
LAND = np.array([shapely.orient_polygons(SQUARE)], dtype=object)
DIAMOND = np.array([[-2.0, 0.0], [0.0, 2.0], [2.0, 0.0], [0.0, -4.0]])
GATE = Passage("North Gate", "strait", closed=False, gates=(np.array([[0.0, 0.5], [0.0, 9.0]]),))


@pytest.fixture
def graph():
    """Two ways around a square: a short one north of it, a long one south."""
    return SeaGraph(
        lon_lat=DIAMOND,
        tail=np.array([0, 0, 1, 2], dtype=np.int32),
        head=np.array([1, 3, 2, 3], dtype=np.int32),
        canal=np.array([-1, 0, -1, -1], dtype=np.int32),
        gate_edges=(np.array([0], dtype=np.int32),),
        closed=frozenset(),
        landmarks=np.zeros((1, 4), dtype=np.int32),
        carved=np.array([[5.0, 5.0], [6.0, 5.0], [5.0, 6.0], [5.0, 5.0]]),
        carved_rings=np.array([[0, 4]], dtype=np.int32),
    )


def at(node):
    return Links(np.array([node]), np.array([0.0]), (np.empty((0, 2)),))


def test_shortest_way_is_found_unless_its_gate_is_shut(graph):
    ends = tuple(directions(DIAMOND[[0, 2]]))
    assert graph.path(at(0), at(2), ends, frozenset()).tolist() == [0, 1, 2]
    assert graph.path(at(0), at(2), ends, frozenset({0})).tolist() == [0, 3, 2]


def test_network_survives_writing_and_reading(graph, tmp_path):
    write_graph(graph, tmp_path / "sea.npz")
    back = read_graph(tmp_path / "sea.npz")
    for name in ("lon_lat", "tail", "head", "canal", "landmarks", "carved", "carved_rings"):
        np.testing.assert_array_equal(getattr(back, name), getattr(graph, name))
    np.testing.assert_array_equal(back.gate_edges[0], graph.gate_edges[0])


def test_slack_line_is_pulled_onto_the_corners_of_the_land():
    taut = tauten(np.array([[-3.0, 0.0], [-1.5, 4.0], [1.5, 4.0], [3.0, 0.0]]), Water(LAND))
    assert len(taut) == 4
    np.testing.assert_allclose(taut[1:3], [[-1, 1], [1, 1]], atol=0.003)


def test_line_across_open_water_is_straight():
    assert len(tauten(np.array([[3.0, 0.0], [4.0, 7.0], [5.0, 0.0]]), Water(LAND))) == 2


def test_line_does_not_jump_over_a_shut_gate():
    shut = Walled(Water(LAND), np.array([shapely.LineString([(0, 0), (0, 9)])], dtype=object))
    assert not shut.sees(np.array([-1.0, 5.0]), np.array([1.0, 5.0]))
    assert shut.sees(np.array([-3.0, -5.0]), np.array([3.0, -5.0]))


def test_land_is_seen_across_the_antimeridian():
    water = Water(np.array([shapely.orient_polygons(shapely.box(-179, -1, -178, 1))], dtype=object))
    assert not water.is_clear(np.array([[179.0, 0.0], [183.0, 0.0]]))
    assert water.is_clear(np.array([[179.0, 2.0], [183.0, 2.0]]))


def test_directions_turn_back_into_degrees():
    places = np.array([[0.0, 0.0], [130.295, 42.235], [-179.9, -78.0]])
    np.testing.assert_allclose(lon_lat_of(directions(places)), places, atol=1e-9)


def test_longitudes_continue_past_180():
    line = continued(np.array([[170.0, 0.0], [179.0, 0.0], [-172.0, 0.0], [-160.0, 0.0], [175.0, 0.0]]))
    assert line[:, 0].tolist() == [170.0, 179.0, 188.0, 200.0, 175.0]


def test_straight_edges_stay_close_to_the_geodesic():
    line = geodesic(np.array([140.0, 40.0]), np.array([-122.0, 48.0]))
    middle = (line[:-1] + line[1:]) / 2
    finer = geodesic(np.array([140.0, 40.0]), np.array([-122.0, 48.0]))
    assert len(line) > 50
    assert shapely.distance(shapely.linestrings(finer), shapely.points(middle)).max() < 0.01


def test_passage_is_crossed_once_or_not_at_all():
    across, around = np.array([[-1.0, 3.0], [1.0, 3.0]]), np.array([[-1.0, 3.0], [1.0, 3.0], [1.0, 4.0], [-1.0, 4.0]])
    assert GATE.crossings(across) == 1
    assert GATE.crossings(around) == 2
    assert GATE.crossings(across + [360.0, 0.0]) == 1  # noqa: RUF005 - an array
    assert Passages([GATE], []).crossed(around, [0]) == []


def test_passage_is_found_by_any_spelling_of_its_case():
    assert Passages([GATE], []).numbers(" north gate") == (0,)
    with pytest.raises(SeaRoutingError, match="no passage 'South Gate'; there are"):
        Passages([GATE], []).numbers("South Gate")
