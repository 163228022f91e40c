"""Nothing said after the chosen day, in no corner of what the page is given."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from projection import projected

import routes
from maps.known import as_known, dated_as_known, source_is_known
from maps.payload import payload
from routes import dates

DAY = date(2022, 11, 10)


@pytest.fixture(scope="module")
def case():
    return routes.read_case("dprk-russia")


@pytest.fixture(scope="module", params=["cut", "lens"])
def then(case, request):
    """Return what a page shows that was cut to the day, and one that holds everything and is set to it."""
    if request.param == "cut":
        return projected(payload(case, known=DAY), {})[0]
    return projected(payload(case), {"known": DAY.isoformat()})[0]


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ("Four rails. Opened in 2013.", "Four rails. Opened in 2013."),
        ("Four rails. Closed in 2024.", "Four rails."),
        ("Rebuilt until December 2022. Four rails.", "Four rails."),
        ("Seen on 4 Nov 2022.", "Seen on 4 Nov 2022."),
        ("Counted 2022-12-01.", None),
        ("2,300 t of ore.", "2,300 t of ore."),
        ("Denied on 8 November 2022.", "Denied on 8 November 2022."),
        ("Denied on 11 November 2022. Four rails.", "Four rails."),
        ("Denied on November 11, 2022. Four rails.", "Four rails."),
        ("Denied on Nov. 8, 2022.", "Denied on Nov. 8, 2022."),
        ("Denied 2022-11-11. Four rails.", "Four rails."),
        ("Denied on Nov. 11, 2022. Four rails.", "Four rails."),
        ("Opened in 2013; closed in 2024. Four rails.", "Four rails."),
        ("Opened in 2013; four rails.", "Opened in 2013; four rails."),
        ("Bombed in December 2022. It named no country. They kept silent. Four rails.", "Four rails."),
        ("Opened in 2013. It has four rails.", "Opened in 2013. It has four rails."),
        ("This opened in 2023. This case stays.", "This case stays."),
        (None, None),
    ],
)
def test_sentences_that_mention_a_later_month_are_left_out_of_notes(note, kept):
    assert as_known(note, DAY) == kept
    assert as_known(note, None) == note


@pytest.mark.parametrize(
    ("text", "shown"), [("2022-10: nothing", True), ("2022-11: nothing", False), ("nothing", False)]
)
def test_what_was_not_found_is_shown_from_its_date(text, shown):
    assert (dated_as_known(text, DAY) is not None) == shown


def test_a_source_of_a_later_day_is_not_yet_there():
    assert not source_is_known({"issued": {"date-parts": [[2022, 11, 11]]}}, DAY)
    assert source_is_known({"issued": {"date-parts": [[2022, 11]]}}, DAY)
    assert source_is_known({}, DAY)


def test_no_claim_of_the_page_was_made_later(then):
    assert all(dates.parse(claim["asserted_on"]).latest <= DAY for claim in then["claims"])


def test_no_source_of_the_page_was_published_later(then, case):
    issued = {row["id"]: row["issued"] for row in case.sources.to_dict("records")}
    for source in then["sources"]:
        year, *rest = (issued[source["id"]] or {"date-parts": [[2000]]})["date-parts"][0]
        assert (year, *rest) <= (2022, 11, 10), source


def test_no_text_of_the_page_mentions_a_later_year(then):
    shown = {key: value for key, value in then.items() if key not in {"case", "generator"}}
    for route in shown["routes"]:
        text = json.dumps({**route, "legs": None}, ensure_ascii=False)
        assert not re.search(r"\b202[3-9]\b", text), route["id"]
    for key in ("layers", "places", "events", "claims", "parties", "sources"):
        for row in shown[key]:
            assert not re.search(r"\b202[3-9]\b", json.dumps(row, ensure_ascii=False)), row


def test_a_party_that_had_not_spoken_yet_is_not_named(then, case):
    spoken = {claim["party"] for claim in then["claims"]}
    above = dict(zip(case.parties["id"], case.parties["part_of"], strict=True))
    for party in then["parties"]:
        assert party["id"] in spoken or party["id"] in {above[name] for name in spoken}


def test_layers_with_nothing_to_show_are_not_named(then):
    ids = {layer["id"] for layer in then["layers"]}
    assert {"rail-link", "china-crossings", "cover-routes"} <= ids
    assert "sea-shipments" not in ids


def test_everything_is_there_when_no_day_is_chosen(case):
    whole = payload(case)
    assert len(whole["routes"]) == len(case.route_table)
    assert len(whole["claims"]) == len(case.claims)
    assert len(whole["layers"]) == len(case.layers)
    assert whole["cut"] == {"known": None, "by": None}


def test_references_inside_the_page_lead_somewhere(then, case):
    for document in (then, *projected(payload(case), {}, {"by": ["dprk"]}), *projected(payload(case, by=["dprk"]), {})):
        keys = ("layers", "routes", "places", "events", "claims", "parties", "sources")
        ids = {key: {row["id"] for row in document[key]} for key in keys}
        for route in document["routes"]:
            assert route["layer"] in ids["layers"]
            assert {leg[end] for leg in route["legs"] for end in ("from", "to")} <= ids["places"]
            assert set(route["events"]) <= ids["events"]
            assert set(route["denied_by"]) <= ids["parties"]
        for event in document["events"]:
            assert set(event["claims"]) <= ids["claims"]
            assert set(event["routes"]) <= ids["routes"]
            assert set(event["related"]) <= ids["events"]
            assert {event.get("place")} - {None} <= ids["places"]
        for claim in document["claims"]:
            assert set(claim["sources"]) <= ids["sources"]
            assert claim["party"] in ids["parties"]


def test_a_cut_file_holds_nothing_that_was_said_later(case):
    text = json.dumps({**payload(case, known=DAY), "case": None}, ensure_ascii=False)
    assert "Dunai" not in text
    assert not re.search(r'"asserted_on": "202[3-9]', text)
    assert not re.search(r"\b202[3-9]\b", text)


def test_the_document_is_plain_json_and_the_same_every_time(case):
    first, second = (json.dumps(payload(case), allow_nan=False) for _ in range(2))
    assert first == second


def test_figures_stay_apart_with_their_starts(case):
    (document,) = projected(payload(case), {})
    counts = {
        (claim["quantity_text"], claim["counted_from_text"])
        for claim in document["claims"]
        if claim["quantity_text"] and "containers" in claim["quantity_text"]
    }
    assert ("6,700 containers", "Aug 2023") in counts or ("about 6,700 containers", "Aug 2023") in counts
    assert any(text.startswith("at least 10,000") or "10,000" in text for text, _ in counts)
    assert any(text == "15,809 containers" for text, _ in counts)
