"""Routing on the packaged rail network."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geodata.networks import RoutingError, rail

GEOD = Geod(ellps="WGS84")

PYONGYANG = (125.7361, 39.0053)
SINUIJU = (124.4033, 40.1067)
KIMCHAEK = (129.18972, 40.66889)
RAJIN = (130.28917, 42.24972)
HONGUI = (130.5366, 42.4255)
TUMANGANG = (130.6081, 42.4214)
KHASAN = (130.644917, 42.430056)
BARANOVSKY = (131.9272, 43.6456)
USSURIYSK = (131.94578, 43.80291)
VLADIVOSTOK = (131.8827, 43.1115)
SMOLYANINOVO = (132.45586, 43.28801)
VOSTOCHNY = (133.075, 42.735)
DUNAI = (132.345, 42.868)
MANPO = (126.28944, 41.15472)
HYESAN = (128.17778, 41.40167)
SEOUL = (126.9707, 37.5547)
TRANS_SIBERIAN = [
    USSURIYSK,
    (135.08379, 48.48271),  # Khabarovsk
    (132.92386, 48.79284),
    (128.47726, 50.91644),
    (123.94030, 53.98473),
    (114.35000, 51.61667),
    (113.50087, 52.03171),
    (107.60627, 51.82721),
    (104.29639, 52.29778),  # Irkutsk
    (98.00440, 55.93420),
    (92.86717, 56.01839),
    (82.93460, 55.04150),
    (73.36859, 54.99244),  # Omsk
    (65.52722, 57.15222),
    (60.61220, 56.85190),
    (56.25017, 58.01046),
    (49.66007, 58.59665),  # Kirov
    (40.92686, 57.76647),  # Kostroma
    (39.87368, 57.62987),  # Yaroslavl
]
MOSCOW = (37.6553, 55.7764)


@pytest.mark.parametrize(
    ("stops", "via", "countries", "published_km"),
    [
        ([RAJIN, KHASAN], [HONGUI], ["KP", "RU"], 54),
        ([KHASAN, BARANOVSKY], None, ["RU"], 238),
        ([KHASAN, USSURIYSK], None, ["RU"], 260),
        ([PYONGYANG, SINUIJU], None, ["KP"], 225.1),
        ([PYONGYANG, RAJIN], [KIMCHAEK], ["KP"], 781.1),
        ([MANPO, HYESAN], None, ["KP"], 249.2),
        ([VLADIVOSTOK, MOSCOW], TRANS_SIBERIAN, ["RU"], 9288),
    ],
)
def test_track_is_within_three_percent_of_the_published_length(stops, via, countries, published_km):
    route = rail().route(stops, via=via, countries=countries)
    assert 0.97 <= route.track_m / 1000 / published_km <= 1.03
    assert route.length_m <= route.track_m


def test_line_of_baranovsky_khasan_cuts_a_fifth_and_says_so():
    # the source keeps 30 vertices of this line; its recorded track length is what was measured before
    route = rail().route([BARANOVSKY, KHASAN], countries=["RU"])
    assert 0.80 <= route.length_m / 238_000 <= 0.84
    assert 0.97 <= route.track_m / 238_000 <= 0.98


def test_pyongyang_to_rajin_stays_in_the_country_over_two_bridges():
    # the unbridged source leaves at Manpo and runs 1,110 km, through China
    route = rail().route([PYONGYANG, RAJIN], countries=["KP"])
    assert route.countries == ("KP",)
    assert [round(bridge.length_m) for bridge in route.bridges] == [407, 2483]


def test_vladivostok_to_moscow_does_not_cut_through_manchuria():
    route = rail().route([VLADIVOSTOK, MOSCOW], countries=["RU"])
    assert route.countries == ("RU",)
    assert route.lon_lat[:, 1].max() > 53


def test_vostochny_is_no_island():
    route = rail().route([VOSTOCHNY, USSURIYSK], via=[SMOLYANINOVO], countries=["RU"])
    assert [bridge.length_m for bridge in route.bridges] == [1668]
    assert 240_000 < route.track_m < 265_000


def test_route_between_two_koreas_is_a_fault():
    with pytest.raises(RoutingError, match="cannot be reached") as caught:
        rail().route([PYONGYANG, SEOUL])
    assert caught.value.reason == "no-path"
    assert caught.value.stop == 1
    assert caught.value.nearest[0].country in {"KP", "KR"}


def test_stop_off_the_network_names_the_nearest_nodes():
    # the branch to Dunai is missing in the source
    with pytest.raises(RoutingError, match="no track within 10 km within RU") as caught:
        rail().route([USSURIYSK, DUNAI], countries=["RU"])
    fault = caught.value
    assert (fault.stop, fault.reason, fault.lon_lat, fault.countries) == (1, "off-network", DUNAI, ("RU",))
    distances = [node.distance_m for node in fault.nearest]
    assert len(distances) == 3
    assert distances == sorted(distances)
    assert distances[0] > fault.bound_m


def test_country_without_railway_has_no_nearest_node():
    with pytest.raises(RoutingError, match="nearest reachable nodes: none"):
        rail().route([PYONGYANG, SINUIJU], countries=["IS"])


def test_border_stations_are_reached_with_both_countries_and_gauges_break_there():
    route = rail().route(
        [PYONGYANG, TUMANGANG, KHASAN, USSURIYSK], countries=["KP", "RU"], gauges=[1435, (1435, 1520), 1520]
    )
    assert route.countries == ("KP", "RU")
    assert route.gauge_breaks == ()
    broken = rail().route([PYONGYANG, TUMANGANG, KHASAN], countries=["KP", "RU"], gauges=[1435, 1520])
    assert broken.gauge_breaks == (1,)
    assert rail().route([PYONGYANG, TUMANGANG, KHASAN], gauges=[1435, None]).gauge_breaks == ()


def test_line_starts_and_ends_at_the_reported_points():
    route = rail().route([PYONGYANG, SINUIJU])
    assert tuple(route.lon_lat[0]) == route.snaps[0][:2]
    assert tuple(route.lon_lat[-1]) == route.snaps[-1][:2]
    for stop, snap in zip((PYONGYANG, SINUIJU), route.snaps, strict=True):
        assert GEOD.inv(*stop, snap.lon, snap.lat)[2] == pytest.approx(snap.distance_m)
    assert route.network.startswith("railways of OpenStreetMap")
    assert route.version == "2.0.0"


def test_stop_twice_gives_a_route_of_no_length():
    route = rail().route([PYONGYANG, PYONGYANG])
    assert route.length_m == pytest.approx(0, abs=1e-6)
    assert route.lon_lat.shape == (2, 2)


@pytest.mark.parametrize(
    ("stops", "options", "message"),
    [
        ([PYONGYANG], {}, "at least two rows"),
        ([PYONGYANG, (200.0, 40.0)], {}, "longitude first"),
        ([PYONGYANG, (float("nan"), 40.0)], {}, "longitude first"),
        ([PYONGYANG, SINUIJU], {"countries": ["prk"]}, "alpha-2"),
        ([PYONGYANG, SINUIJU], {"countries": []}, "alpha-2"),
        ([PYONGYANG, SINUIJU], {"gauges": [1435, 1520]}, "one for each pair"),
        ([PYONGYANG, SINUIJU, RAJIN], {"via": [HYESAN]}, "among the stops"),
    ],
)
def test_malformed_request_is_refused(stops, options, message):
    with pytest.raises(ValueError, match=message):
        rail().route(stops, **options)


AREAS = {  # bounds that hold plenty of track, and the countries to stay in
    "korea": ((124.5, 38.5, 130.5, 42.3), ("KP",)),
    "primorye": ((131.0, 42.5, 135.0, 48.0), ("RU",)),
    "tumen": ((129.0, 41.5, 133.0, 44.0), ("KP", "RU")),
    "alps": ((7.0, 45.5, 12.0, 48.0), ("AT", "CH")),
}


@st.composite
def requests(draw):
    (west, south, east, north), countries = AREAS[draw(st.sampled_from(sorted(AREAS)))]
    graph = rail().graph
    inside = (graph.lon > west) & (graph.lon < east) & (graph.lat > south) & (graph.lat < north)
    nodes = np.flatnonzero(inside & graph.nodes_in(countries))
    chosen = draw(st.lists(st.sampled_from(nodes.tolist()), min_size=2, max_size=3))
    return [(float(graph.lon[node]), float(graph.lat[node])) for node in chosen], countries


def routed(stops, countries):
    try:
        return rail().route(stops, countries=countries)
    except RoutingError as fault:
        return fault


@settings(max_examples=60, deadline=None)
@given(requests())
def test_route_is_at_least_the_great_circle_and_the_same_backwards(request):
    stops, countries = request
    there, back = routed(stops, countries), routed(stops[::-1], countries)
    if isinstance(there, RoutingError):
        assert isinstance(back, RoutingError)
        return
    points = [snap[:2] for snap in there.snaps]
    least = sum(GEOD.inv(*a, *b)[2] for a, b in pairwise(points))
    assert there.length_m >= least - 0.01
    assert there.track_m >= there.length_m
    assert back.track_m == pytest.approx(there.track_m, rel=1e-9, abs=0.01)


@settings(max_examples=60, deadline=None)
@given(requests())
def test_route_never_leaves_its_countries(request):
    stops, countries = request
    route = routed(stops, countries)
    if isinstance(route, RoutingError):
        return
    assert set(route.countries) <= set(countries)
    graph = rail().graph
    allowed = graph.nodes_in(countries)
    places = {(lon, lat) for lon, lat in zip(graph.lon[allowed].tolist(), graph.lat[allowed].tolist(), strict=True)}
    snapped = {snap[:2] for snap in route.snaps}
    assert all(tuple(point) in places or tuple(point) in snapped for point in route.lon_lat.tolist())


def test_stages_are_the_parts_between_adjacent_stops():
    stops = [(125.7361, 39.0053), (127.53639, 39.91833), (129.32778, 40.96417), (130.28917, 42.24972)]
    route = rail().route(stops, countries=["KP"])
    assert len(route.stages) == len(stops) - 1
    assert [route.stages[0].start, route.stages[-1].stop] == [0, len(route.lon_lat) - 1]
    for before, after in pairwise(route.stages):
        assert before.stop == after.start
    for snap, stage in zip(route.snaps[1:], route.stages, strict=True):
        assert tuple(route.lon_lat[stage.stop]) == snap[:2]
    assert sum(stage.track_m for stage in route.stages) == pytest.approx(route.track_m, rel=1e-6)
    assert tuple(use for stage in route.stages for use in stage.bridges) == route.bridges


def test_a_stop_that_stands_twice_gives_an_empty_stage():
    stops = [(125.7361, 39.0053), (127.53639, 39.91833), (127.53639, 39.91833), (129.32778, 40.96417)]
    stages = rail().route(stops, countries=["KP"]).stages
    assert stages[1].track_m == pytest.approx(0)
