"""The second built-in case: another theatre, told with the same format, with statuses that follow from its claims."""

from __future__ import annotations

import csv
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

import routes
from routes import dates
from routes.folder import find_case
from routes.formats import export_case
from routes.measures import measure_case

VECTORS = Path(__file__).parents[2] / "vectors"
with (VECTORS / "second_case_status.csv").open(encoding="utf-8", newline="") as file:
    EXPECTED = list(csv.DictReader(file))

ASPECTS = ("occurrence", "movement", "cargo", "destination")
COUNTS = {"places": 16, "route_table": 13, "events": 26, "claims": 86, "parties": 34, "sources": 70}


@pytest.fixture(scope="module")
def case():
    return routes.read_case("arctic-lng-2")


def known_on(case, day, **lens):
    return {row["event"]: row for row in routes.View(case, known=day, **lens).events().to_dict("records")}


def routes_on(case, day=None, **lens):
    return {row["route"]: row for row in routes.View(case, known=day, **lens).routes().to_dict("records")}


def test_the_record_is_there_nothing_less(case):
    assert {name: len(getattr(case, name)) for name in COUNTS} == COUNTS


def test_check_finds_neither_fault_nor_anything_to_explain():
    assert routes.check_case("arctic-lng-2") == []


@pytest.mark.parametrize("row", EXPECTED, ids=[f"{row['event']} {row['known']}" for row in EXPECTED])
def test_status_is_what_a_reader_of_the_sources_expects_on_that_day(case, row):
    derived = known_on(case, row["known"])[row["event"]]
    assert {aspect: derived[aspect] or "" for aspect in ASPECTS} == {aspect: row[aspect] for aspect in ASPECTS}
    assert ";".join(derived["denied_by"]) == row["denied_by"]
    assert row["why"]


def test_every_claim_can_be_read_up_and_is_no_older_than_its_source_allows(case):
    ids = set(case.sources["id"])
    for claim in case.claims.to_dict("records"):
        assert claim["sources"], claim["id"]
        assert set(claim["sources"]) <= ids
        assert dates.parse(claim["asserted_on"]).latest <= case.meta["updated"], claim["id"]


def test_every_denial_on_record_stands_beside_what_it_denies(case):
    denials = case.claims[case.claims["stance"] == "denies"]
    assert set(denials["party"]) == {"eikland", "novatek", "yamal-lng", "india-oil"}
    for denial in denials.to_dict("records"):
        for event in denial["event"]:
            beside = case.claims[[event in events for events in case.claims["event"]]]
            assert {"asserts", "observes"} & set(beside["stance"]), denial["id"]


def test_a_declared_end_stands_beside_the_actual_one(case):
    events = case.events.set_index("id")
    ends = {name: tuple(events.loc[name, ["declared_destination", "asserted_destination"]]) for name in ("e02", "e23")}
    assert ends == {"e02": (("barents-signalled",), ("utrenny",)), "e23": (("petropavlovsk",), ("beihai-lng",))}


def test_what_was_seen_never_makes_a_false_signal_stronger(case):
    """The declared route takes its status from the signals alone, however many saw the ship elsewhere."""
    assert routes_on(case)["d-pioneer"]["status"] == "alleged"
    assert routes_on(case)["d-pioneer"]["denied_by"] == ("eikland",)


def test_a_list_that_was_taken_down_counts_only_until_then(case):
    assert routes_on(case, "2025-08-20")["d-list"]["status"] == "evidenced"
    assert routes_on(case, "2025-08-29")["d-list"]["status"] == "none"


def test_no_voyage_is_drawn_before_somebody_spoke_of_its_end(case):
    assert "n-mulan" not in routes_on(case, "2025-08-27")
    assert "n-metagaz" not in routes_on(case, "2025-09-18")
    assert "w-sputnik" not in routes_on(case, "2025-06-29")


def test_titles_and_notes_of_events_tell_nothing_later_than_their_first_claim(case):
    """Sentences of notes that name a later day are withheld until then; titles and cargoes have no such rule."""
    for event in case.events.to_dict("records"):
        first = min(
            dates.parse(claim["asserted_on"]).latest
            for claim in case.claims.to_dict("records")
            if event["id"] in claim["event"]
        )
        for year in re.findall(r"\b20\d\d\b", " ".join(filter(None, (event["title"], event["cargo"])))):
            assert int(year) <= first.year, event["id"]


def test_novatek_a_year_apart(case):
    """Denied in 2024 what its deputy head spoke of in 2025: both are the company's, told by it alone."""
    told = known_on(case, "2025-12-31", by="russian")
    assert told["e09"]["denied_by"] == ("novatek",)
    assert told["e17"]["movement"] == "confirmed"


def test_figures_of_different_counters_stand_side_by_side(case):
    counted = case.claims[case.claims["unit"] == "cargoes"]
    at_saam = {row["party"]: row["quantity"] for row in counted.to_dict("records") if "e07" in row["event"]}
    at_beihai = {row["quantity"] for row in counted.to_dict("records") if "e24" in row["event"]}
    assert at_saam == {"ft": 1, "icis": 2}
    assert at_beihai == {3, 9, 10, 11, 23}


@pytest.mark.parametrize("name", ["n-way", "n-koryak", "n-beihai", "n-metagaz", "d-metagaz", "d-list"])
def test_lines_by_the_bering_strait_run_on_past_180_degrees(case, name):
    """A line that jumped back to -180 would cross the whole map."""
    for line in case.legs[case.legs["route"] == name].geometry:
        longitudes = [lon for lon, _ in line.coords]
        assert max(longitudes) > 180
        assert max(abs(a - b) for a, b in pairwise(longitudes)) < 90


def test_no_leg_fell_back_to_a_straight_line(case):
    assert not case.legs["fallback"].any()


def test_published_lengths_stand_beside_the_lines(case):
    rows = measure_case(case).set_index("id")
    assert rows.loc["nsr-length", "drawn_ratio"] == pytest.approx(0.88, abs=0.03)  # lanes, not tracks in ice
    assert rows.loc["ob-bering", "drawn_ratio"] == pytest.approx(0.91, abs=0.03)


def test_a_distance_is_not_measured_round_half_the_world(case):
    """No route joins the store and the town 80 km away, and legs that do so by way of the Arctic measure nothing."""
    row = measure_case(case).set_index("id").loc["koryak-petropavlovsk"]
    assert row["straight_km"] == pytest.approx(80.8, abs=0.1)
    assert row["drawn_km"] != row["drawn_km"]


@pytest.mark.parametrize("suffix", ["gpkg", "xlsx"])
def test_the_case_comes_back_byte_for_byte(case, tmp_path, suffix):
    export_case(case, tmp_path / f"case.{suffix}")
    routes.read_case(tmp_path / f"case.{suffix}").write(tmp_path / "back")
    folder = find_case("arctic-lng-2")
    for path in folder.iterdir():
        assert (tmp_path / "back" / path.name).read_bytes() == path.read_bytes(), path.name


def test_lines_are_split_at_180_degrees_in_files_that_others_read(case, tmp_path):
    """RFC 7946 asks for it: other programs draw a line from 179 to 181 across the whole map."""
    export_case(case, tmp_path / "case.geojson")
    features = json.loads((tmp_path / "case.geojson").read_text(encoding="utf-8"))["features"]
    lines = {one["properties"]["id"]: one["geometry"] for one in features if one["geometry"]}
    parts = lines["n-koryak"]["coordinates"]
    assert lines["n-koryak"]["type"] == "MultiLineString"
    assert len(parts) == 3  # over the line to the Bering Strait, and back to Kamchatka
    assert all(abs(lon) <= 180 for part in parts for lon, *_ in part)


def test_a_part_told_by_some_keeps_the_titles_of_their_groups_alone(case, tmp_path):
    export_case(case, tmp_path / "part.xlsx", by=["trackers"])
    assert routes.read_case(tmp_path / "part.xlsx").meta["groups"] == {"trackers": "Trackers and analysts"}
