"""The document that the page shows."""

from __future__ import annotations

import pytest
from builders import case
from projection import projected

import routes
from maps.payload import payload
from maps.route_map import RouteMap


@pytest.fixture(scope="module")
def document():
    return payload(routes.read_case("dprk-russia"))


def test_a_line_that_is_no_path_has_no_length(document):
    for route in document["routes"]:
        pathless = route["kind"] == "illustration" or any(leg["basis"] == "notional" for leg in route["legs"])
        assert (route.get("length_km") is None) == pathless, route["id"]


def test_routes_on_one_track_have_lanes_of_their_own(document):
    bridge = {"kr-friendship-bridge", "khasan-stn"}
    legs = {
        route["id"]: leg
        for route in document["routes"]
        for leg in route["legs"]
        if {leg["from"], leg["to"]} == bridge and route["kind"] != "infrastructure"
    }
    assert len(legs) > 5
    for name, leg in legs.items():
        assert name in leg["beside"]
        assert len(set(leg["beside"])) >= len(legs)


def test_gauge_changes_are_told(document):
    breaks = {route["id"]: route.get("gauge_breaks", []) for route in document["routes"]}
    assert breaks["r-wagner-2022"] == []
    assert breaks["r-ru-rail"] == []


def test_the_view_names_only_layers_that_are_shown():
    then = payload(routes.read_case("dprk-russia"), known="2022-10-01")
    assert set(then["view"]["on"]) <= {layer["id"] for layer in then["layers"]}


def test_a_published_length_of_a_later_source_is_not_told_early():
    (then,) = projected(payload(routes.read_case("dprk-russia")), {"known": "2010-01-01"})
    issued = {source["id"] for source in then["sources"]}
    for route in then["routes"]:
        for leg in route["legs"]:
            assert (leg["published_source"] or {}).get("source") in {None, *issued}


def test_the_page_of_the_built_in_case_is_under_one_and_a_half_megabytes():
    page = RouteMap(routes.read_case("dprk-russia")).get_root().render()
    assert len(page.encode()) < 1_500_000


def test_the_sources_of_figures_on_a_place_are_there_too(document):
    known = {source["id"] for source in document["sources"]}
    named = {name for place in document["places"] for one in place.get("measures", ()) for name in one["sources"]}
    assert named
    assert named <= known


def test_what_is_said_of_a_route_itself_has_a_status_by_aspect():
    claim = {"id": "c1", "route": "r", "party": "us", "stance": "asserts", "asserted_on": "2022-11-02"}
    built = case(
        places=[
            {"id": p, "name": p, "kind": "waypoint", "lon": lon, "lat": "0"} for p, lon in (("a", "1"), ("b", "2"))
        ],
        routes=[{"id": "r", "title": "R", "layer": "all", "kind": "movement"}],
        legs=[{"route": "r", "seq": "1", "from": "a", "to": "b", "mode": "air", "basis": "great-circle"}],
        claims=[{**claim, "about": "cargo", "statement": "S", "sources": "s1"}],
        parties=[{"id": "us", "name": "US", "kind": "state"}],
    )
    assert projected(payload(built), {})[0]["routes"][0]["statuses"] == {"cargo": "asserted"}
