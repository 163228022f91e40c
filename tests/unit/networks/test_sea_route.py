"""Routing on the packaged sea network."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geodata.countries import metres_on_land
from geodata.networks import SeaRoutingError, sea

GEOD = Geod(ellps="WGS84")

RAJIN = (130.295, 42.235)
DUNAI = (132.345, 42.868)
VOSTOCHNY = (133.075, 42.735)
VLADIVOSTOK = (131.8833, 43.1167)
NAMPO = (125.4167, 38.7333)
HAEJU = (125.7, 38.0)
SUEZ = (32.55, 29.93)
PORT_SAID = (32.2861, 31.2653)
TARTUS = (35.8813, 34.887)
NOVOROSSIYSK = (37.782, 44.7416)
HODEIDAH = (42.9593, 14.7834)
SINGAPORE = (103.85, 1.26)
BUSAN = (129.05, 35.1)
LOS_ANGELES = (-118.25, 33.73)
SYDNEY = (151.2, -33.86)
VALPARAISO = (-71.62, -33.03)
ROTTERDAM = (4.05, 51.97)
SAINT_PETERSBURG = (30.2, 59.9)
BAKU = (49.88, 40.35)
ASTRAKHAN = (48.03, 46.35)
DULUTH = (-92.1, 46.77)
MONTREAL = (-73.55, 45.5)
MURMANSK = (33.05, 68.97)
YOKOHAMA = (139.63, 35.46)
MOSCOW = (37.6, 55.7)

PORTS = [
    RAJIN, DUNAI, VOSTOCHNY, VLADIVOSTOK, NAMPO, HAEJU, SUEZ, PORT_SAID, TARTUS, NOVOROSSIYSK, HODEIDAH, SINGAPORE,
    BUSAN, LOS_ANGELES, SYDNEY, VALPARAISO, ROTTERDAM, SAINT_PETERSBURG, BAKU, ASTRAKHAN, DULUTH, MONTREAL, MURMANSK,
    YOKOHAMA, (-8.6, 41.15), (18.43, -33.91), (-43.17, -22.9), (72.83, 18.93), (166.45, -22.27), (-21.9, 64.15),
]  # fmt: skip


def free_edges(route):
    """Mark the edges of a line that lie in no marked canal, river mouth or lake."""
    free = np.ones(len(route.lon_lat) - 1, dtype=bool)
    for part in route.exempt:
        free[part.start : part.stop] = False
    return free


def land_m(route):
    edges = [route.lon_lat[i : i + 2] for i in np.flatnonzero(free_edges(route))]
    return metres_on_land(shapely.MultiLineString(edges)) if edges else 0.0


def km(*stops, **kwargs):
    return sea().route(*stops, **kwargs).length_m / 1000


def test_short_hops_in_the_sea_of_japan_are_short():
    assert 182.1 <= km(RAJIN, DUNAI) <= 215
    assert 234.6 <= km(RAJIN, VOSTOCHNY) <= 265


def test_different_ports_get_different_lines():
    # searoute gave the same line for both: it starts at nodes, not at ports
    assert not np.allclose(sea().route(RAJIN, VLADIVOSTOK).lon_lat[0], sea().route(NAMPO, VLADIVOSTOK).lon_lat[0])


def test_line_starts_and_ends_at_the_water_of_its_ports():
    route = sea().route(RAJIN, VLADIVOSTOK)
    for snap, end, port in zip(route.snaps, route.lon_lat[[0, -1]], (RAJIN, VLADIVOSTOK), strict=True):
        assert (snap.lon, snap.lat) == pytest.approx(end)
        assert snap.distance_m == pytest.approx(GEOD.inv(*port, *end)[2], abs=0.1)
        assert snap.distance_m < 2_000


def test_long_way_from_korea_to_suez_passes_the_named_straits_and_no_land():
    route = sea().route(NAMPO, TARTUS)
    assert route.passages == ("Taiwan Strait", "Singapore Strait", "Strait of Malacca", "Bab-el-Mandeb", "Suez Canal")
    assert land_m(route) == 0.0
    (canal,) = route.exempt
    assert (canal.name, canal.kind) == ("Suez Canal", "canal")


def test_suez_canal_is_about_as_long_as_published():
    route = sea().route(SUEZ, PORT_SAID)
    canal = next(part for part in route.exempt if part.name == "Suez Canal")
    inside = route.lon_lat[canal.start : canal.stop + 1]
    assert 140 < GEOD.line_length(*inside.T) / 1000 < 193.3  # the published length counts the approaches


def test_turkish_straits_can_be_forbidden():
    assert {"Dardanelles", "Bosporus"} <= set(sea().route(TARTUS, NOVOROSSIYSK).passages)
    with pytest.raises(SeaRoutingError) as fault:
        sea().route(TARTUS, NOVOROSSIYSK, avoid=["Turkish Straits"])
    assert fault.value.reason == "no-path"
    assert {"Bosporus", "Dardanelles"} <= set(fault.value.passages)


def test_suez_canal_can_be_forbidden():
    route = sea().route(SINGAPORE, ROTTERDAM, avoid=["Suez Canal"])
    assert "Suez Canal" not in route.passages
    assert "Cape of Good Hope" in route.passages


@pytest.mark.parametrize("name", ["Bass Strait", "Sunda Strait", "Panama Canal", "Strait of Magellan"])
def test_passage_can_be_required(name):
    assert name in sea().route(SINGAPORE, ROTTERDAM, via=[name]).passages


def test_arctic_is_used_only_where_asked_for():
    assert km(MURMANSK, YOKOHAMA) > 20_000
    route = sea().route(MURMANSK, YOKOHAMA, via=["Northern Sea Route"])
    assert route.passages[:2] == ("Northern Sea Route", "Bering Strait")
    assert 9_500 < route.length_m / 1000 < 11_000


def test_unknown_passage_lists_the_known_ones():
    with pytest.raises(SeaRoutingError, match=r"no passage 'Sues'; there are .*Suez Canal") as fault:
        sea().route(NAMPO, TARTUS, via=["Sues"])
    assert fault.value.reason == "unknown-passage"


def test_place_to_pass_is_on_the_line():
    dondra = (80.6, 5.7)
    route = sea().route(SINGAPORE, HODEIDAH, via=[dondra])
    assert np.abs(route.lon_lat - dondra).max(axis=1).min() < 1e-9
    assert len(route.snaps) == 3


def test_place_far_from_water_is_a_fault_with_its_distance():
    with pytest.raises(SeaRoutingError, match=r"stop 0 at 37\.6000,55\.7000 has no water") as fault:
        sea().route(MOSCOW, ROTTERDAM)
    assert (fault.value.reason, fault.value.stop, fault.value.lon_lat) == ("off-water", 0, MOSCOW)


def test_swapped_coordinates_are_refused():
    with pytest.raises(ValueError, match="longitude first"):
        sea().route((42.235, 130.295), DUNAI)


def test_pacific_is_crossed_with_continuous_longitudes():
    east, west = sea().route(BUSAN, LOS_ANGELES), sea().route(LOS_ANGELES, BUSAN)
    assert east.lon_lat[-1, 0] == pytest.approx(360 - 118.25, abs=0.1)
    assert west.lon_lat[-1, 0] == pytest.approx(129.05 - 360, abs=0.1)
    for route in (east, west):
        assert np.abs(np.diff(route.lon_lat[:, 0])).max() < 5
        assert "Tsugaru Strait" in route.passages


def test_caspian_is_reached_from_itself_and_by_its_river():
    route = sea().route(BAKU, ASTRAKHAN)
    assert 600 < route.length_m / 1000 < 900
    assert {part.kind for part in route.exempt} == {"canal"}
    assert "Volga and Volga-Don Canal" in sea().route(BAKU, NOVOROSSIYSK).passages


def test_great_lakes_are_marked_as_lakes():
    route = sea().route(DULUTH, MONTREAL)
    assert {"lake", "canal", "strait", "river-mouth"} == {part.kind for part in route.exempt}
    assert 1_950 < route.length_m / 1000 < 2_250


def test_kiel_canal_shortens_the_way_into_the_baltic():
    assert "Kiel Canal" in sea().route(ROTTERDAM, SAINT_PETERSBURG).passages
    assert km(ROTTERDAM, SAINT_PETERSBURG, avoid=["Kiel Canal"]) > km(ROTTERDAM, SAINT_PETERSBURG) + 200


def test_rounded_coast_of_the_country_pieces_is_kept_off():
    # 349 m of this line lay on a sliver that only the cut country polygons have
    assert land_m(sea().route(HODEIDAH, SUEZ)) == 0.0


pairs = st.tuples(st.sampled_from(PORTS), st.sampled_from(PORTS)).filter(lambda pair: pair[0] != pair[1])
anywhere = st.tuples(st.floats(-180, 180), st.floats(-60, 70))


@settings(max_examples=25, deadline=None)
@given(pairs)
def test_no_line_touches_land_or_beats_the_great_circle(pair):
    route = sea().route(*pair)
    assert land_m(route) == 0.0
    assert route.length_m >= GEOD.inv(*route.lon_lat[0], *route.lon_lat[-1])[2] - 1.0


@settings(max_examples=15, deadline=None)
@given(pairs)
def test_line_is_as_long_backwards(pair):
    assert km(*pair) == pytest.approx(km(*pair[::-1]), rel=2e-3)


@settings(max_examples=15, deadline=None)
@given(pairs)
def test_no_vertex_can_be_left_out(pair):
    route = sea().route(*pair)
    free = free_edges(route)
    for i in np.flatnonzero(free[:-1] & free[1:]) + 1:
        before, here, after = route.lon_lat[i - 1 : i + 2]
        saved_m = GEOD.line_length(*np.array([before, here, after]).T) - GEOD.inv(*before, *after)[2]
        assert saved_m < 2.0 or not sea().water.sees(before, after)


@settings(max_examples=15, deadline=None)
@given(anywhere, anywhere)
def test_any_two_points_get_a_line_or_a_fault(start, end):
    try:
        route = sea().route(start, end)
    except SeaRoutingError:
        return
    assert np.isfinite(route.lon_lat).all()
    assert max(snap.distance_m for snap in route.snaps) <= 10_000
    assert all(np.hypot(*(b - a)) < 40 for a, b in pairwise(route.lon_lat[:, :2]))
