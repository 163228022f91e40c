"""Legs on networks: where they may go, how they say they were made, and the cache that saves routing twice."""

from __future__ import annotations

import json
import math
from itertools import pairwise

import numpy as np
import pytest
from builders import case, raw_case

import routes
import routes.folder
from geodata.countries import country_at, distance_to_country_m, metres_on_land
from routes import cache, routing
from routes.checking import check_raw
from routes.geometry import gauge_breaks, geod, network_credits
from routes.measures import measure_case

PYONGYANG, SINUIJU = (125.7361, 39.0053), (124.4033, 40.1067)
RAJIN, DUNAI = (130.295, 42.235), (132.345, 42.868)
KILJU = (129.32778, 40.96417)


def test_the_packaged_lines_are_those_of_the_built_in_cases(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.FOLDER_VARIABLE, str(tmp_path))
    for name in routes.folder.built_in_cases():
        routes.read_case(name)
    assert list(tmp_path.iterdir()) == [], "run `make lines`"


def test_the_packaged_lines_are_what_routing_gives(monkeypatch):
    packaged = routes.read_case("dprk-russia").legs
    monkeypatch.setenv(cache.FOLDER_VARIABLE, cache.OFF)
    routed = routes.read_case("dprk-russia").legs
    assert packaged.geometry.geom_equals(routed.geometry).all()
    assert list(packaged["made_by"]) == list(routed["made_by"])


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty cache of its own."""
    monkeypatch.setenv(cache.FOLDER_VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def counted(monkeypatch):
    """Counts how often the networks are asked."""
    asked = []
    real = routing._rail
    monkeypatch.setattr(routing, "_rail", lambda *given: asked.append(given) or real(*given))
    return asked


def test_a_rail_leg_says_how_it_was_made():
    routed = routing.route_rail([[(129.7986, 41.7931), (130.28917, 42.24972)]], ["KP"])[0]
    assert "OpenStreetMap" in routed.in_words()
    assert "2.0.0" in routed.in_words()
    assert "stops moved" in routed.in_words()
    assert "1 break of the source bridged" in routed.in_words()


def test_a_leg_that_cannot_be_routed_names_what_is_near():
    routed = routing.route_rail([[DUNAI, (132.456, 43.288)]], ["RU"])[0]
    assert routed.coordinates is None
    assert "no track within 10 km" in routed.problem
    assert "nearest reachable" in routed.remedy


def test_a_second_time_nothing_is_routed_and_the_line_is_the_same(folder, counted):
    first = routing.route_rail([[PYONGYANG, SINUIJU]], ["KP"])[0]
    second = routing.route_rail([[PYONGYANG, SINUIJU]], ["KP"])[0]
    assert len(counted) == 1
    assert np.array_equal(first.coordinates, second.coordinates)
    assert (first.track_km, first.in_words()) == (second.track_km, second.in_words())
    assert len(list(folder.iterdir())) == 1


def test_legs_that_follow_each_other_meet_on_the_track():
    first, second = routing.route_rail([[PYONGYANG, (127.53639, 39.91833)], [(127.53639, 39.91833), KILJU]], ["KP"])
    assert np.array_equal(first.coordinates[-1], second.coordinates[0])
    assert first.snaps_m[-1] == second.snaps_m[0]


def test_of_legs_that_follow_each_other_only_the_one_at_fault_is_at_fault():
    good, bad = routing.route_rail(
        [[(131.9458, 43.8029), (132.45586, 43.28801)], [(132.45586, 43.28801), DUNAI]], ["RU"]
    )
    assert good.coordinates is not None
    assert bad.coordinates is None


@pytest.mark.usefixtures("folder")
def test_another_request_is_another_entry(counted):
    routing.route_rail([[PYONGYANG, SINUIJU]], ["KP"])[0]
    routing.route_rail([[PYONGYANG, SINUIJU]], ["KP", "CN"])
    routing.route_rail([[PYONGYANG, (124.4033, 40.1068)]], ["KP"])
    assert len(counted) == 3


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"line": 3}', '{"line": [["a", 1], [2, 3]]}', "\x00\xff"])
def test_a_broken_entry_is_made_anew(folder, counted, content):
    routing.route_rail([[PYONGYANG, SINUIJU]], ["KP"])[0]
    entry = next(folder.iterdir())
    whole = entry.read_text(encoding="utf-8")
    kept = json.loads(whole)["key"]
    entry.write_text(content.replace("{", f'{{"key": "{kept}", ', 1) if content.startswith('{"') else content, "utf-8")

    again = routing.route_rail([[PYONGYANG, SINUIJU]], ["KP"])[0]

    assert len(counted) == 2
    assert again.track_km == pytest.approx(225.1, rel=0.03)
    assert entry.read_text(encoding="utf-8") == whole


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(cache.FOLDER_VARIABLE, str(tmp_path / "file" / "cache"))
    assert routing.route_rail([[PYONGYANG, SINUIJU]], ["KP"])[0].coordinates is not None


def test_the_cache_can_be_switched_off(monkeypatch, counted):
    monkeypatch.setenv(cache.FOLDER_VARIABLE, "off")
    for _ in range(2):
        routing.route_rail([[PYONGYANG, SINUIJU]], ["KP"])[0]
    assert len(counted) == 2
    assert cache.cache_folder() is None


def test_a_sea_leg_goes_through_the_passage_it_names_and_not_through_the_one_it_avoids():
    suez = routing.route_sea([(32.55, 29.93), "Suez Canal", (32.2861, 31.2653)])
    assert suez.exempt == ("Suez Canal",)
    cape = routing.route_sea([(43.35, 12.6), (29.8955, 31.1991)], ["Suez Canal"])
    assert "Suez Canal" not in cape.passages
    assert len(cape.coordinates) > 10


def test_a_short_hop_is_a_short_hop():
    routed = routing.route_sea([RAJIN, DUNAI])
    length_km = geod().line_length(*routed.coordinates.T) / 1000
    assert 182 <= length_km <= 215


def test_a_passage_that_nobody_knows_is_a_fault_with_a_hint():
    places = [
        {"id": "a", "name": "A", "kind": "port", "lon": "32.55", "lat": "29.93"},
        {"id": "b", "name": "B", "kind": "port", "lon": "32.2861", "lat": "31.2653"},
    ]
    leg = {"route": "r", "seq": "1", "from": "a", "to": "b", "mode": "sea", "basis": "network"}
    tables = {"places": places, "routes": [{"id": "r", "title": "R", "layer": "all", "kind": "movement"}]}
    wrong = [f for f in check_raw(raw_case(**tables, legs=[{**leg, "via": "suez-cannal"}])) if f.is_fault]
    assert [(f.column, "'suez-canal'" in f.remedy) for f in wrong] == [("via", True)]
    assert not [f for f in check_raw(raw_case(**tables, legs=[{**leg, "via": "suez-canal"}])) if f.is_fault]
    far = [f for f in check_raw(raw_case(**tables, legs=[{**leg, "avoid": "a"}])) if f.is_fault]
    assert [f.column for f in far] == ["avoid"]


def test_a_leg_off_the_network_is_a_fault_of_the_case():
    places = [
        {"id": "dunai", "name": "Dunai", "kind": "port", "lon": "132.345", "lat": "42.868"},
        {"id": "smolyaninovo", "name": "Smolyaninovo", "kind": "junction", "lon": "132.456", "lat": "43.288"},
    ]
    route = {"id": "r", "title": "R", "layer": "all", "kind": "movement", "countries": "RU"}
    leg = {"route": "r", "seq": "1", "from": "dunai", "to": "smolyaninovo", "mode": "rail", "basis": "network"}
    faults = [f for f in check_raw(raw_case(places=places, routes=[route], legs=[leg])) if f.is_fault]
    assert len(faults) == 1
    assert "no track within 10 km" in faults[0].problem
    assert "draw the leg by hand" in faults[0].remedy


def test_a_way_that_needs_a_country_which_is_not_allowed_is_a_fault():
    places = [
        {"id": "quetta", "name": "Quetta", "kind": "station", "lon": "66.99", "lat": "30.19"},
        {"id": "zahedan", "name": "Zahedan", "kind": "station", "lon": "60.86", "lat": "29.49"},
    ]
    route = {"id": "r", "title": "R", "layer": "all", "kind": "infrastructure", "countries": "PK;IR"}
    leg = {"route": "r", "seq": "1", "from": "quetta", "to": "zahedan", "mode": "rail", "basis": "network"}
    faults = [f for f in check_raw(raw_case(places=places, routes=[route], legs=[leg])) if f.is_fault]
    assert len(faults) == 1
    assert "cannot be reached by rail" in faults[0].problem
    assert "change its via or countries" in faults[0].remedy


def test_gauge_breaks_are_where_no_gauge_goes_on():
    legs = [
        {"from": "a", "gauge_mm": "1435"}, {"from": "b", "gauge_mm": None}, {"from": "c", "gauge_mm": "1435;1520"},
        {"from": "d", "gauge_mm": "1520"}, {"from": "e", "gauge_mm": "1435"},
    ]  # fmt: skip
    assert gauge_breaks(legs) == ["e"]


@pytest.fixture(scope="module")
def built_in():
    return routes.read_case("dprk-russia")


@pytest.fixture(scope="module")
def table(built_in):
    return measure_case(built_in).set_index("id")


TRACK = {  # published lengths that the network meets within 3 %, by the length along its track
    "rajin-khasan": 54, "baranovsky-khasan": 238, "khasan-ussuriysk": 260, "pyongra-line": 781.1, "pyongui-line": 225.1,
    "moscow-vladivostok": 9288, "moscow-pyongyang": 10272, "tsr-km-khabarovsk": 8493, "pukbunaeryuk-line": 249.2,
    "baranovsky-vladivostok": 89, "moscow-baranovsky": 9200,
}  # fmt: skip


@pytest.mark.parametrize("name", TRACK)
def test_published_lengths_are_met_along_the_track(table, name):
    assert table.loc[name, "published_km"] == TRACK[name]
    assert 0.97 <= table.loc[name, "track_ratio"] <= 1.03


def test_what_is_not_met_says_why(table):
    rail = table[(table["what"] == "length") & table["track_ratio"].notna()]
    off = rail[(rail["track_ratio"] < 0.97) | (rail["track_ratio"] > 1.03)]
    assert off["note"].notna().all(), list(off.index[off["note"].isna()])


@pytest.mark.parametrize(("route", "low_km", "high_km"), [("r-sea-dunai", 182, 215), ("r-sea-vostochny", 235, 265)])
def test_ships_from_rajin_take_no_detour(built_in, route, low_km, high_km):
    assert low_km <= built_in.routes.set_index("id").loc[route, "length_km"] <= high_km


def test_legs_of_the_built_in_case_meet_where_they_follow_each_other(built_in):
    legs = built_in.legs[(built_in.legs["mode"] == "rail") & ~built_in.legs["fallback"]]
    legs = legs[legs["basis"].isin(["network", "inferred"])]
    for _, group in legs.groupby("route"):
        rows = group.sort_values("seq").to_dict("records")
        for before, after in pairwise(rows):
            if before["to"] == after["from"]:
                assert before["geometry"].coords[-1] == after["geometry"].coords[0], (after["route"], after["seq"])


def test_no_sea_leg_of_the_built_in_case_lies_on_land(built_in):
    sea = built_in.legs[(built_in.legs["mode"] == "sea") & built_in.legs["basis"].isin(["network", "inferred"])]
    assert len(sea) > 5
    for leg in sea.to_dict("records"):
        canals = "Canal" in leg["made_by"].partition("through")[2]
        assert metres_on_land(leg["geometry"]) == 0 or canals, (leg["route"], leg["seq"])


def test_every_leg_of_the_built_in_case_stays_in_its_countries(built_in):
    countries = dict(zip(built_in.route_table["id"], built_in.route_table["countries"], strict=True))
    for leg in built_in.legs.to_dict("records"):
        if leg["mode"] != "rail" or leg["fallback"] or leg["basis"] == "notional" or not countries[leg["route"]]:
            continue
        lon, lat = np.asarray(leg["geometry"].coords).T
        found = country_at(lon, lat)
        for index in np.flatnonzero(~np.isin(found, [*countries[leg["route"]], ""])):
            away = min(distance_to_country_m(lon[index], lat[index], code) for code in countries[leg["route"]])
            assert float(away) < 2500, (leg["route"], leg["seq"], found[index])


def test_drawn_is_never_shorter_than_straight_nor_longer_than_the_track(built_in):
    for leg in built_in.legs.to_dict("records"):
        if leg["mode"] == "rail" and not math.isnan(leg["track_km"]):
            assert leg["length_km"] <= leg["track_km"] + 0.001


def test_a_case_without_networks_credits_none():
    assert network_credits([{"mode": "rail", "basis": "network", "fallback": True}]) == []
    shown = network_credits([{"mode": "rail", "basis": "network", "fallback": False}])
    assert any("OpenStreetMap" in text and "ODbL" in text for text in shown)


def test_measures_of_an_empty_case_are_an_empty_table():
    assert measure_case(case()).empty
