"""The built-in case: the record, nothing less, with statuses that follow from its claims."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

import routes
from routes import dates
from routes.geometry import geod

VECTORS = Path(__file__).parents[2] / "vectors"
with (VECTORS / "record_status.csv").open(encoding="utf-8", newline="") as file:
    RECORD = list(csv.DictReader(file))

PUBLISHED_SOURCES = 170
GROUPS = {"rail-link", "china-crossings", "cover-routes", "sea-shipments", "onward", "other", "precedents", "context"}


@pytest.fixture(scope="module")
def case():
    return routes.read_case("dprk-russia")


@pytest.fixture(scope="module")
def events(case):
    return {row["event"]: row for row in routes.View(case).events().to_dict("records")}


def claims_of(case, event):
    return case.claims[[event in events for events in case.claims["event"]]]


def test_all_events_of_the_record_are_there(case):
    assert list(case.events["id"]) == [f"e{n:02d}" for n in range(1, 77)]


def test_the_table_covers_every_event():
    assert [row["event"] for row in RECORD] == [f"e{n:02d}" for n in range(1, 77)]


@pytest.mark.parametrize("row", RECORD, ids=[row["event"] for row in RECORD])
def test_status_follows_from_the_claims_and_differences_from_the_record_have_a_reason(row, events):
    derived = events.get(row["event"])
    found = {aspect: (derived and derived[aspect]) or "" for aspect in ("occurrence", "movement", "cargo")}
    assert found == {aspect: row[aspect] for aspect in found}
    assert ";".join(derived["denied_by"] if derived else ()) == row["denied_by"]
    recorded = re.match(r"confirmed|evidenced|asserted|alleged|", row["in_the_record"])[0]
    if recorded and recorded not in found.values():
        assert row["why_they_differ"], f"the record says {recorded}"


def test_the_layer_tree_has_the_groups_that_readers_look_for(case):
    top = case.layers[case.layers["parent"].isna()]
    assert set(top["id"]) == GROUPS
    assert case.meta["view"]["on"] == ["rail-link", "china-crossings", "cover-routes"]


def test_every_claim_that_counts_says_who_when_and_where_to_read_it(case):
    counted = case.claims[case.claims["verified"] != "no"]
    assert counted["asserted_on"].notna().all()
    assert counted["sources"].map(len).min() >= 1
    assert counted["statement"].map(len).min() > 10


def test_nothing_is_said_before_it_happened(case):
    when = dict(zip(case.events["id"], case.events["when"], strict=True))
    for claim in case.claims.to_dict("records"):
        if claim["stance"] in {"observes", "confirms"} and claim["asserted_on"]:
            for event in claim["event"]:
                begun = when[event] and dates.parse(when[event]).earliest
                assert not begun or dates.parse(claim["asserted_on"]).latest >= begun, claim["id"]


def test_what_was_known_when_the_story_broke(case):
    rows = {row["route"]: row for row in routes.View(case, known="2022-11-10").routes().to_dict("records")}
    assert rows["r-horses-2022"]["status"] == "confirmed"
    assert rows["r-cn-freight"]["status"] == "confirmed"
    assert rows["r-trains-2022"]["status"] == "evidenced"
    for cover in ("c-cover-label", "c-cover-region"):
        assert rows[cover]["status"] == "asserted"
        assert rows[cover]["denied_by"] == ("dprk", "russia")
    assert "r-wagner-2022" not in rows
    assert "r-ru-road" not in rows


def test_the_cover_claim_is_drawn_from_region_to_region(case):
    kinds = dict(zip(case.places["id"], case.places["kind"], strict=True))
    legs = case.leg_table[case.leg_table["route"].str.startswith("c-cover-") & (case.leg_table["basis"] == "notional")]
    assert len(legs) >= 3
    assert {kinds[name] for name in [*legs["from"], *legs["to"]]} == {"region"}


def test_the_two_readings_of_the_cover_claim_rest_on_the_same_origin(case):
    claims = claims_of(case, "e22").set_index("id")
    for reading, route in (("e22-ap", "c-cover-label"), ("e22-nbc", "c-cover-region")):
        assert claims.loc[reading, "derived_from"].startswith("e22-us")
        assert claims.loc[reading, "routes"] == (route,)


def test_what_was_searched_and_not_found_is_said(case):
    missing = dict(zip(case.events["id"], case.events["not_found"], strict=True))
    assert missing["e22"]
    assert missing["e62"]


def test_later_voyages_are_no_evidence_for_the_cover_claim(case):
    for route in ("x-jieshun-2016", "x-maia1-2025"):
        owners = case.events[[route in listed for listed in case.events["routes"]]]["id"]
        for event in owners:
            assert not any("e22" in listed for listed in claims_of(case, event)["event"])
    illustrations = case.route_table[case.route_table["kind"] == "illustration"]
    assert set(illustrations["illustrates"]) == {"e22"}


def test_conflicting_container_counts_stand_side_by_side(case):
    counts = case.claims[(case.claims["unit"] == "containers") & case.claims["quantity"].notna()]
    figures = dict.fromkeys(counts["quantity"])
    assert {1000, 5000, 10000, 6700, 11000, 13000, 15809, 20000, 28000} <= set(figures)
    shin = counts[counts["quantity"] == 6700].iloc[0]
    assert (shin["party"], shin["asserted_on"], shin["counted_from"]) == ("rok-mnd", "2024-02-26", "2023-08")


def test_thirty_horses_were_orlov_trotters(case):
    event = case.events.set_index("id").loc["e21"]
    assert "Orlov" in f"{event['title']} {event['cargo']} {event['note']}"
    assert "thoroughbred" in event["note"].lower()


def point(case, name):
    row = case.places.set_index("id").loc[name]
    return row["lon"], row["lat"]


def test_coordinate_traps_of_the_link(case):
    for name in ("rajin-stn", "rajin-port"):
        assert point(case, name)[1] < 42.30
    assert point(case, "tumangang-stn")[0] < 130.64
    assert point(case, "khasan-stn")[1] > point(case, "kr-friendship-bridge")[1]


@pytest.mark.parametrize(
    ("name", "country", "near", "within_km"),
    [
        ("tripoli-ly", "LY", (13.19, 32.89), 20),
        ("kirov", "RU", (49.66, 58.60), 20),
        ("jian", "CN", (126.19, 41.13), 20),
        ("nanping", "CN", (129.20, 42.26), 20),
        ("fengcheng", "CN", (124.07, 40.45), 20),
        ("vostochny", "RU", (133.07, 42.73), 20),
        ("dunai", "RU", (132.34, 42.87), 20),
    ],
)
def test_homonyms_are_the_right_ones(case, name, country, near, within_km):
    assert case.places.set_index("id").loc[name, "country"] == (country,)
    _, _, away_m = geod().inv(*point(case, name), *near)
    assert away_m < within_km * 1000


def test_published_lengths_close(case):
    def value(subject_from, subject_to, near):
        rows = case.measures[(case.measures["from"] == subject_from) & (case.measures["to"] == subject_to)]
        return min(rows["value"], key=lambda number: abs(number - near))

    link = value("rajin-stn", "khasan-stn", 54)
    north = value("khasan-stn", "ussuriysk", 260)
    south = value("pyongyang-stn", "rajin-stn", 781.1)
    assert 9288 - 112 + north + link + south == pytest.approx(10_271.1, abs=0.5)


def test_disputed_lengths_of_a_bridge_stand_side_by_side(case):
    bridge = case.measures[(case.measures["subject"] == "kr-friendship-bridge") & (case.measures["what"] == "length")]
    assert len(set(bridge["value"])) >= 3


def test_the_great_circle_is_never_longer_than_the_line(case):
    for leg in case.legs.to_dict("records"):
        start, *_, end = leg["geometry"].coords
        _, _, direct_m = geod().inv(*start, *end)
        assert direct_m / 1000 <= leg["length_km"] + 0.001, (leg["route"], leg["seq"])


def test_all_sources_are_there_with_their_publisher(case):
    assert len(case.sources) >= PUBLISHED_SOURCES
    named = case.sources["publisher"].notna() | case.sources["container-title"].notna() | case.sources["author"].notna()
    assert named.all()


def test_unverified_facts_count_for_nothing(case, events):
    unverified = set(case.claims.loc[case.claims["verified"] == "no", "id"])
    assert unverified
    only = [e for e in case.events["id"] if len(c := claims_of(case, e)) and set(c["id"]) <= unverified]
    assert only
    for event in only:
        assert not any(events[event][aspect] for aspect in ("occurrence", "movement", "cargo") if event in events)
