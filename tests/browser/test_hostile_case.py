"""A case that a stranger wrote, every text of the corpus in every field: all of it is shown, none of it runs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import hostile_case
import pytest
from corpus import LONG, SHORT, TEXTS, ran_in_python
from playwright.sync_api import expect

import maps
import routes

pytestmark = pytest.mark.browser

WALK = (Path(hostile_case.__file__).parent / "walk.js").read_text(encoding="utf-8")
SHOWN = {payload.id: payload.text for payload in SHORT}
EVEN = {name for name, text in SHOWN.items() if " ".join(text.split()) == text.strip() == text and ";" not in text}
"""Texts that names in other languages, notes of sources and headers of columns hold to the letter."""


@pytest.fixture(scope="module", autouse=True)
def _long_texts_allowed():
    with hostile_case.allowed():
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return hostile_case.write(tmp_path_factory.mktemp("case") / "short")


@pytest.fixture(scope="module")
def map_file(folder):
    path = folder.parent / "map.html"
    maps.render(routes.read_case(folder), path)
    assert not ran_in_python()
    return path


@pytest.fixture(scope="module")
def long_file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("long")
    maps.render(routes.read_case(hostile_case.write(folder / "case", LONG)), folder / "map.html")
    return folder / "map.html"


@pytest.fixture
def opened(page, map_file):
    yield from going_through(page, map_file)


def going_through(page, file):
    """Open a page; afterwards nothing ran, nothing was left, and nothing but text came from the case."""
    page.goto(file.as_uri())
    expect(page.locator("svg g[data-route]").first).to_be_attached()
    yield page
    assert page.evaluate("[window.bad, ({}).bad, Object.prototype.toString.call({})]") == [
        None,
        None,
        "[object Object]",
    ]
    assert walk(page, "intruders", "document.querySelector('.waybill')", None) == []
    assert page.url.split("#")[0] == file.as_uri()
    assert len(page.context.pages) == 1


def walk(page, what, argument="texts", texts=None):
    return page.evaluate(f"(texts) => ({WALK}).{what}({argument})", texts if texts is not None else SHOWN)


def open_ledger(page):
    page.get_by_role("button", name="Ledger", exact=True).click()
    expect(page.get_by_role("tab").first).to_be_visible()


def as_often_as_plain(found, key):
    """Return the texts that stand less often where an ordinary one stands in their place."""
    usual = found["plain"][key]
    assert usual > 0
    return [name for name, row in found.items() if row[key] < (usual if name in EVEN else usual * 0.8)]


def test_every_card_and_every_text_beside_the_pointer(opened):
    found = walk(opened, "lines")
    assert found.keys() == SHOWN.keys()
    for key in ("tip", "spoken", "title", "card"):
        assert as_often_as_plain(found, key) == []
    assert [name for name, row in found.items() if row["intruders"]] == []


def test_every_entry_of_the_ledger_every_claim_and_every_row(opened):
    open_ledger(opened)
    found = walk(opened, "events")
    assert found.keys() == SHOWN.keys()
    assert as_often_as_plain(found, "closed") == as_often_as_plain(found, "open") == []
    assert [name for name, row in found.items() if row["intruders"]] == []
    claims = walk(opened, "claims")
    assert claims.keys() == {"c", "d"}
    for rows in claims.values():
        assert rows.keys() == SHOWN.keys()
        assert as_often_as_plain(rows, "row") == []
    table = walk(opened, "table")
    assert table.keys() == SHOWN.keys()
    assert as_often_as_plain(table, "title") == as_often_as_plain(table, "group") == []


def test_every_result_of_a_search_for_how_a_text_begins(opened):
    found = walk(opened, "search")
    assert len([name for name, row in found.items() if row["askable"]]) > 120
    # places, routes, events, parties, sources
    assert [name for name, row in found.items() if row["askable"] and not row["cut"] and row["listed"] < 4] == []
    assert [name for name, row in found.items() if row["intruders"]] == []
    opened.get_by_role("combobox", name="Search places").fill("<img src=x onerror")
    opened.keyboard.press("Enter")
    expect(opened.get_by_role("dialog")).to_contain_text("<img src=x onerror=window.bad=1>")


def test_the_tools_around_the_map(opened):
    assert walk(opened, "spoken", "texts, '.wb-tree label'") == []
    for info in opened.locator(".wb-info").all()[:3]:
        info.evaluate("button => button.click()")
    assert walk(opened, "spoken", "texts, '.wb-row-note'") == []
    opened.get_by_role("button", name=re.compile("^As told by")).click()
    assert walk(opened, "spoken", "texts, '.wb-told, [role=group]'") == []
    opened.keyboard.press("Escape")
    opened.get_by_role("button", name="Share", exact=True).click()
    snippet = opened.get_by_role("dialog").get_by_label("HTML for a frame in another page").input_value()
    assert snippet.count("<") == 2
    opened.keyboard.press("Escape")
    opened.locator(".wb-time-bar").first.focus()
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")
    sheet = opened.get_by_role("region", name="Printed sheet")
    assert sheet.get_by_role("heading", level=1).evaluate("one => one.textContent") == hostile_case.joined()
    assert walk(opened, "spoken", "texts, '.wb-print li'") == []
    assert walk(opened, "spoken", "texts, '.wb-print footer'") == []


@pytest.mark.parametrize("size", [(1280, 800), (480, 800)], ids=["wide", "narrow"])
def test_long_texts_leave_the_map_and_its_tools_in_reach(page, map_file, long_file, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for file in (long_file, map_file):
        for opened in going_through(page, file):
            opened.get_by_role("button", name="Zoom in").click(trial=True)
            opened.get_by_role("button", name=re.compile("^(Ledger|Tools)$")).first.click(trial=True)
            opened.get_by_role("button", name=re.compile("^Layers")).first.click(trial=True)
            assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.goto("about:blank")


def test_a_text_of_any_length_is_shown_whole(page, long_file):
    for opened in going_through(page, long_file):
        texts = {payload.id: payload.text for payload in LONG}
        found = walk(opened, "lines", texts=texts)
        assert found.keys() == texts.keys()
        assert {row["title"] for row in found.values()} == {1}
        assert min(row["card"] for row in found.values()) >= 25


def test_the_data_block_holds_the_texts_unchanged(page, map_file):
    page.goto(map_file.as_uri())
    data = json.loads(page.locator("#waybill-data").text_content())
    assert {row["id"].removeprefix("c-"): row["statement"] for row in data["claims"] if row["id"][0] == "c"} == SHOWN
    assert {row["id"].removeprefix("p-"): row["name"] for row in data["parties"]} == SHOWN
    own = hostile_case.own_columns("events")
    for row in data["events"]:
        name = row["id"].removeprefix("e-")
        # a text that names a year stands with the day from which it was known
        said = row["attributes"][own.get(name, hostile_case.OWN)]
        assert (said if isinstance(said, str) else said[0][0]) == SHOWN[name]
    assert "constructor" in TEXTS.values()


def test_a_reader_without_scripts_gets_the_texts_too(browser, map_file):
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(map_file.as_uri())
        cells = (
            page.locator("noscript th[scope=row]").all_text_contents()
            or page.locator("tbody tr > :first-child").all_text_contents()
        )
        assert len(cells) == len(SHOWN)
        # an HTML file holds no NUL, and ends its lines with LF alone
        kept = {text.replace("\0", "\ufffd").replace("\r", "\n") for text in SHOWN.values()}
        assert kept - set(cells) == set()
        assert page.locator("img, iframe, object, form, base, math, svg a, details").count() == 0
        assert asked == [map_file.as_uri()]
    finally:
        context.close()
