"""The page's own view of the record is that of `routes.View`, whatever lens is chosen."""

from __future__ import annotations

import pytest
from projection import projected

import routes
from maps.payload import payload
from routes.frames import records

LENSES = [
    {},
    {"known": "2022-09-05"},
    {"known": "2022-11-02"},
    {"known": "2022-11-10"},
    {"known": "2023-10-13"},
    {"known": "2024-02-29"},
    {"known": "1999-01-01"},
    {"by": ["dprk"]},
    {"by": ["russia"]},
    {"by": ["us-allies"]},
    {"by": ["international", "independent"]},
    {"by": ["us", "kcna"]},
    {"from": "2022-09-01", "to": "2022-12-31"},
    {"from": "2023-08-01"},
    {"to": "2012-12-31"},
    {"known": "2024-05-01", "by": ["us-allies"], "from": "2022-11-01", "to": "2023-12-31"},
]
ASPECTS = ("occurrence", "movement", "cargo", "destination")


@pytest.fixture(scope="module")
def case():
    return routes.read_case("dprk-russia")


@pytest.fixture(scope="module")
def shown(case):
    return projected(payload(case), *LENSES)


@pytest.mark.parametrize("number", range(len(LENSES)), ids=[str(lens) for lens in LENSES])
def test_routes_and_events_have_the_status_that_python_gives_them(case, shown, number):
    lens = LENSES[number]
    view = routes.View(case, known=lens.get("known"), by=lens.get("by"), start=lens.get("from"), end=lens.get("to"))

    routes_in_python = [
        (row["route"], row["status"], set(row["denied_by"]), list(row["events"])) for row in records(view.routes())
    ]
    routes_in_page = [
        (row["id"], row["status"], set(row["denied_by"]), row["events"]) for row in shown[number]["routes"]
    ]
    assert routes_in_page == routes_in_python

    events_in_python = [
        (row["event"], *(row[aspect] for aspect in ASPECTS), row["origins"], list(row["claims"]))
        for row in records(view.events())
    ]
    events_in_page = [
        (row["id"], *(row["statuses"].get(aspect) for aspect in ASPECTS), row["origins"], row["claims"])
        for row in shown[number]["events"]
    ]
    assert events_in_page == events_in_python


def test_the_lenses_differ(shown):
    """Else the comparison above would prove little."""
    assert len({len(document["events"]) for document in shown}) > 8
    assert shown[6]["events"] == []


def test_with_the_dprk_alone_the_cover_routes_are_only_denied(shown):
    told = {row["id"]: row for row in shown[LENSES.index({"by": ["dprk"]})]["routes"]}
    assert told["c-cover-region"]["status"] == "unsupported"
    assert told["c-cover-region"]["denied_by"] == ["dprk"]


def test_a_cut_document_and_the_whole_one_through_a_lens_say_the_same(case):
    (cut,) = projected(payload(case, known="2022-11-10"), {})
    (through,) = projected(payload(case), {"known": "2022-11-10"})
    for key in ("layers", "routes", "events", "claims", "parties", "sources", "places"):
        assert _plain(cut[key]) == _plain(through[key]), key


def _plain(rows: list[dict]) -> list[dict]:
    # with the whole record at hand a note may stand in parts, and lanes count routes that come later
    dropped = {"beside", "mirrored", "line", "since", "status", "statuses"}
    return [
        {key: value for key, value in row.items() if key not in dropped and key != "legs"}
        | {"legs": len(row.get("legs", ()))}
        for row in rows
    ]
