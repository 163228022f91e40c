"""Routes on one track lie beside each other, and those apart do not move."""

from __future__ import annotations

from shapely import LineString

from maps.lanes import MOST, stretches, turns

TRACK = [(130.0, 42.0), (130.5, 42.2), (131.0, 42.5)]


def leg(route: str, coordinates: list[tuple[float, float]]) -> dict:
    return {"route": route, "geometry": LineString(coordinates)}


def lanes(legs: list[dict], order: list[str], shown: str = "abc") -> list[tuple[int, int]]:
    return [one.lane(leg["route"], shown) for one, leg in zip(stretches(legs, order), legs, strict=True)]


def test_two_routes_on_one_track_take_two_lanes_in_the_order_of_the_case():
    assert lanes([leg("b", TRACK), leg("a", TRACK)], ["a", "b"]) == [(1, 2), (0, 2)]


def test_a_route_keeps_its_side_when_it_runs_the_other_way():
    assert lanes([leg("a", TRACK), leg("b", TRACK[::-1])], ["a", "b"]) == [(0, 2), (0, 2)]


def test_a_route_that_is_not_shown_leaves_no_gap():
    three = [leg("a", TRACK), leg("b", TRACK), leg("c", TRACK)]
    assert lanes(three, ["a", "b", "c"], shown="ac") == [(0, 2), (1, 3), (1, 2)]
    assert lanes(three, ["a", "b", "c"], shown="c")[2] == (0, 1)


def test_a_route_elsewhere_keeps_the_middle():
    apart = [(lon, lat + 1) for lon, lat in TRACK]
    assert lanes([leg("a", TRACK), leg("b", apart)], ["a", "b"]) == [(0, 1), (0, 1)]


def test_a_crossing_is_no_shared_stretch():
    across = [(130.5, 41.0), (130.5, 44.0)]
    assert lanes([leg("a", TRACK), leg("b", across)], ["a", "b"]) == [(0, 1), (0, 1)]


def test_a_short_route_on_a_long_one_moves_aside_and_the_long_one_stays():
    assert lanes([leg("a", TRACK), leg("b", TRACK[:2])], ["a", "b"])[1] == (1, 2)


def test_routes_go_around_the_globe_to_lie_nearest_to_the_first():
    pacific = [leg("a", [(170, 0), (190, 0)]), leg("b", [(-175, 0), (-170, 0)]), leg("c", [(150, 0), (160, 0)])]
    assert turns(pacific) == {"a": 0, "b": 1, "c": 0}


def test_of_very_many_legs_none_lies_beside_another():
    legs = [leg(f"r{n}", TRACK) for n in range(MOST + 1)]
    found = stretches(legs, [one["route"] for one in legs])
    assert [stretch.beside for stretch in found[:2]] == [("r0",), ("r1",)]
    assert stretches(legs[:2], ["r0", "r1"])[0].beside == ("r0", "r1")
