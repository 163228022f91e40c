"""A case that a stranger wrote: every text of it is shown as text, and none of it runs."""

from __future__ import annotations

import dataclasses
import json

import pytest
from playwright.sync_api import expect

import maps
import routes

pytestmark = pytest.mark.browser

PAYLOADS = [
    "<img src=x onerror=window.bad=1>",
    "</script><script>window.bad=1</script>",
    "<svg onload=window.bad=1>",
    "{{ 7*7 }}{% raise %}{# note",
    "${window.bad=1}`;window.bad=1;`",
    r"C:\users\u2028 \' \" ",
    "javascript:window.bad=1",
    "line\u2028separator\u2029 \u202eright-to-left",
]
TEXTS = {
    "layers": ["title", "note"],
    "places": ["name", "origin", "note"],
    "route_table": ["title", "note"],
    "leg_table": ["note", "published_source", "gauge_mm"],
    "events": ["title", "carrier", "cargo", "declared_cargo", "not_found", "note"],
    "claims": ["statement", "unit", "note"],
    "parties": ["name"],
    "sources": ["title", "publisher", "note"],
}


def poisoned(case: routes.Case) -> routes.Case:
    """Return the case with a payload behind every text of every table, a different one each time."""
    frames = {}
    number = 0
    for name, columns in TEXTS.items():
        frame = getattr(case, name).copy()
        for column in columns:
            values = []
            for value in frame[column]:
                number += 1
                values.append(f"{value or 'x'} {PAYLOADS[number % len(PAYLOADS)]}")
            frame[column] = values
        frame["own column <b>"] = PAYLOADS[0]
        frames[name] = frame
    meta = {
        **case.meta,
        **{key: f"{case.meta[key]} {PAYLOADS[1]}" for key in ("title", "summary", "disclaimer", "licence")},
        "groups": {name: f"{name} {PAYLOADS[0]} {PAYLOADS[3]}" for names in case.parties["groups"] for name in names},
    }
    return dataclasses.replace(case, meta=meta, **frames)


def plain(text: str) -> str:
    """Return a text with its white space folded, as a browser may fold it."""
    return " ".join(text.split())


def test_no_text_of_a_case_runs_and_all_of_it_is_shown_as_it_is(page, tmp_path):
    case = poisoned(routes.read_case("dprk-russia"))
    maps.RouteMap(case).save(tmp_path / "map.html")
    page.goto((tmp_path / "map.html").as_uri())
    page.get_by_role("button", name="Show all layers").click()
    buttons = page.locator("svg [role=button]:visible")
    expect(buttons.first).to_be_attached()
    ids = buttons.evaluate_all("found => found.map(one => one.dataset.route)")
    assert len(ids) > 30
    titles = case.route_table.set_index("id")
    for route in ids:
        line = page.locator(f"svg [data-route='{route}']")
        line.focus()
        line.press("Enter")
        card = page.get_by_role("dialog")
        shown = plain(card.text_content())
        for column in ("title", "note"):
            assert plain(titles.loc[route, column]) in shown
        assert not card.locator("img, script, svg[onload]").count()
        links = card.get_by_role("link").evaluate_all("found => found.map(one => one.href)")
        assert all(link.startswith(("http://", "https://")) for link in links)
        page.keyboard.press("Escape")
    for event in page.locator(".wb-event").all():
        event.press("Enter")
        page.keyboard.press("Escape")
    assert page.evaluate("window.bad") is None


def test_the_data_block_holds_the_texts_unchanged(page, tmp_path):
    case = poisoned(routes.read_case("dprk-russia"))
    maps.RouteMap(case).save(tmp_path / "map.html")
    page.goto((tmp_path / "map.html").as_uri())
    data = json.loads(page.locator("#waybill-data").text_content())
    statements = {claim["id"]: claim["statement"] for claim in data["claims"]}
    assert statements == dict(zip(case.claims["id"], case.claims["statement"], strict=True))
    assert [party["name"] for party in data["parties"]] == list(
        case.parties.set_index("id").loc[[p["id"] for p in data["parties"]], "name"]
    )
