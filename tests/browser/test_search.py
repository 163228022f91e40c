"""The search box of the page: what is found, in which language, and by which keys it is chosen."""

from __future__ import annotations

import dataclasses
import re

import pytest
from playwright.sync_api import expect

import maps
import routes

pytestmark = pytest.mark.browser

LABEL = "Search places, routes, events, parties, sources"
HOSTILE = "<img src=x onerror=window.bad=1></script><script>window.bad=1</script>{{ 7*7 }}"


@pytest.fixture(scope="session")
def map_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("search") / "map.html"
    maps.render("dprk-russia", path)
    return path


@pytest.fixture
def opened(page, map_file):
    page.goto(map_file.as_uri())
    expect(box(page)).to_be_visible()
    return page


def box(page):
    return page.get_by_role("combobox", name=LABEL)


def options(page):
    return page.get_by_role("listbox", name="What was found").get_by_role("option")


def open_ledger(page):
    toggle = page.get_by_role("button", name="Ledger", exact=True)
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()


@pytest.mark.parametrize("query", ["tumangang", "Tuman", "두만강", "Туман"])
def test_the_border_station_is_found_in_every_script(opened, query):
    box(opened).fill(query)
    places = opened.get_by_role("group", name="Places")
    expect(places.get_by_role("option", name=re.compile("^Tumangang"))).to_have_count(1)
    expect(places.get_by_role("option").first).to_contain_text("Station")


def test_what_is_found_is_grouped_by_kind(opened):
    box(opened).fill("khasan")
    for kind in ("Places", "Routes", "Events"):
        assert opened.get_by_role("group", name=kind).get_by_role("option").count() > 0
    box(opened).fill("united states")
    assert opened.get_by_role("group", name="Parties").get_by_role("option").count() > 0
    box(opened).fill("guardian")
    assert opened.get_by_role("group", name="Sources").get_by_role("option").count() > 0


def test_arrows_move_through_the_list_and_the_field_keeps_the_focus(opened):
    box(opened).fill("khasan")
    expect(box(opened)).to_have_attribute("aria-expanded", "true")
    expect(box(opened)).not_to_have_attribute("aria-activedescendant", re.compile("."))
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("ArrowDown")
    expect(options(opened).nth(1)).to_have_attribute("aria-selected", "true")
    expect(box(opened)).to_have_attribute("aria-activedescendant", options(opened).nth(1).get_attribute("id"))
    expect(box(opened)).to_be_focused()
    opened.keyboard.press("ArrowUp")
    opened.keyboard.press("ArrowUp")
    expect(options(opened).last).to_have_attribute("aria-selected", "true")


def test_enter_chooses_and_the_ledger_follows(opened):
    box(opened).fill("trotters crossed from Khasan")
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("Enter")
    expect(box(opened)).to_have_attribute("aria-expanded", "false")
    open_ledger(opened)
    entry = opened.get_by_role("tabpanel").get_by_role("button", name=re.compile("Train with 30 Orlov trotters")).first
    expect(entry).to_have_attribute("aria-expanded", "true")


def test_a_press_on_a_result_chooses_it(opened):
    box(opened).fill("trotters crossed from Khasan")
    options(opened).first.click()
    expect(options(opened)).to_have_count(0)
    open_ledger(opened)
    entry = opened.get_by_role("tabpanel").get_by_role("button", name=re.compile("Train with 30 Orlov trotters")).first
    expect(entry).to_have_attribute("aria-expanded", "true")


def test_escape_closes_the_list_and_then_empties_the_field(opened):
    box(opened).fill("khasan")
    opened.keyboard.press("Escape")
    expect(box(opened)).to_have_attribute("aria-expanded", "false")
    expect(box(opened)).to_have_value("khasan")
    opened.keyboard.press("Escape")
    expect(box(opened)).to_have_value("")


def test_that_nothing_was_found_is_said(opened):
    box(opened).fill("zzzz")
    expect(opened.get_by_role("status").filter(has_text="Nothing found for “zzzz”.")).to_be_visible()
    expect(box(opened)).to_have_attribute("aria-expanded", "false")
    box(opened).fill("")
    expect(opened.get_by_role("status").filter(has_text="Nothing found")).to_have_count(0)


def test_nothing_said_later_than_known_is_found(page, map_file):
    page.goto(map_file.as_uri() + "#v=1&known=2022-11-10")
    box(page).fill("angara")
    expect(page.get_by_role("status").filter(has_text="Nothing found")).to_be_visible()
    box(page).fill("trotters")
    expect(options(page).first).to_contain_text("Orlov trotters")


def test_hostile_names_are_text_and_are_found_as_such(page, tmp_path):
    case = routes.read_case("dprk-russia")
    texts = {"events": "title", "places": "name", "route_table": "title", "parties": "name", "sources": "title"}
    frames = {}
    for name, column in texts.items():
        frames[name] = getattr(case, name).copy()
        frames[name][column] = [f"{value or 'x'} {HOSTILE}" for value in frames[name][column]]
    maps.RouteMap(dataclasses.replace(case, **frames)).save(tmp_path / "map.html")
    page.goto((tmp_path / "map.html").as_uri())
    for query in ("onerror", HOSTILE, "khasan onerror", "((", "\\d+"):
        box(page).fill(query)
    box(page).fill("onerror")
    expect(options(page).first).to_be_visible()
    for text in options(page).all_text_contents():
        assert HOSTILE in " ".join(text.split())
    assert not page.locator("[role=listbox] :is(img, script)").count()
    assert page.evaluate("window.bad") is None


def test_the_focus_goes_back_to_the_search_when_the_card_is_closed(opened):
    opened.set_viewport_size({"width": 1280, "height": 800})
    close = opened.get_by_role("button", name="Ledger", exact=True)
    if close.get_attribute("aria-expanded") == "true":
        close.click()
    box(opened).fill("Khasan")
    box(opened).press("Enter")
    expect(opened.get_by_role("dialog")).to_be_visible()
    opened.keyboard.press("Escape")
    expect(opened.get_by_role("dialog")).to_have_count(0)
    expect(box(opened)).to_be_focused()
