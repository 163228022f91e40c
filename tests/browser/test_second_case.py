"""The second built-in case: lines over the antimeridian, ends declared beside ends seen, what was taken back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

import maps

pytestmark = pytest.mark.browser

WIDE, NARROW = (1280, 800), (390, 844)
PANEL_PX = 344


@pytest.fixture(scope="session")
def map_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("second") / "map.html"
    maps.render("arctic-lng-2", path)
    return path


@pytest.fixture
def open_at(page, map_file):
    def go(state="", size=WIDE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(f"{map_file.as_uri()}{state}")
        expect(lines(page).first).to_be_attached()
        return page

    return go


def lines(page):
    return page.locator("svg [role=button]:visible")


def line(page, name):
    return lines(page).and_(page.get_by_role("button", name=name))


def inside(box, left, width):
    return box["x"] >= left and box["x"] + box["width"] <= width


def test_the_way_over_the_antimeridian_is_one_line_and_its_card_says_who_denies(open_at):
    page = open_at()
    route = line(page, "Utrenny–Koryak by the Northern Sea Route").first
    box = route.bounding_box()
    assert inside(box, PANEL_PX, WIDE[0])  # beside the panel, and not drawn across the whole map
    assert box["width"] > 300
    route.focus()
    route.press("Enter")
    card = page.get_by_role("dialog", name=re.compile("Utrenny"))
    expect(card).to_contain_text("Denied by Novatek")
    expect(card).to_contain_text("Movement confirmed")
    expect(card).to_contain_text("takes part in loading the products of Arctic LNG 2 is untrue")


def test_the_declared_end_stands_beside_the_actual_one(open_at):
    page = open_at("#sel=e23")
    card = page.get_by_role("dialog", name=re.compile("Arctic Metagaz"))
    row = card.get_by_role("row").filter(has_text="Destination").get_by_role("cell")
    expect(row.nth(0)).to_have_text("Petropavlovsk-Kamchatsky")
    expect(row.nth(1)).to_have_text("Beihai LNG terminal, Tieshan")
    expect(line(page, re.compile("Arctic Metagaz as signalled")).first).to_be_attached()
    expect(line(page, re.compile("Arctic Metagaz, Murmansk–Beihai")).first).to_be_attached()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_half_a_world_is_whole_on_a_screen_and_on_a_telephone(open_at, size):
    page = open_at(size=size)
    left = PANEL_PX if size is WIDE else 0
    for name in ("Utrenny–Koryak", "Utrenny–Beihai by", "Arctic Metagaz, Murmansk–Beihai", "Utrenny–Saam"):
        assert inside(line(page, re.compile(name)).first.bounding_box(), left, size[0]), name


def test_a_link_to_the_other_side_of_180_degrees_shows_the_lines_there(open_at):
    page = open_at("#c=62,-170&z=4")
    box = line(page, "Utrenny–Koryak by the Northern Sea Route").first.bounding_box()
    assert PANEL_PX < box["x"] + box["width"] < WIDE[0]  # its eastern end, in the Bering Strait


def test_a_place_beyond_180_degrees_is_found_on_its_line(open_at):
    page = open_at()
    page.get_by_role("combobox", name=re.compile("^Search")).fill("Provideniya")
    page.get_by_role("option", name=re.compile("^Provideniya")).click()
    box = line(page, "Northern Sea Route, Kara Strait–Provideniya").first.bounding_box()
    assert box["x"] < WIDE[0]
    assert box["x"] + box["width"] > PANEL_PX


def test_where_a_ship_was_seen_is_in_view_with_where_it_signalled(open_at):
    page = open_at("#sel=e02")
    signalled = line(page, re.compile("Pioneer as signalled")).first.bounding_box()
    assert inside(signalled, PANEL_PX, WIDE[0])
    seen = page.get_by_role("button", name=re.compile("events here: Second carrier")).bounding_box()  # at Utrenny
    assert inside(seen, PANEL_PX, WIDE[0])
    assert seen["x"] > signalled["x"] + signalled["width"]  # 1,300 km to the east


def test_what_was_taken_back_is_neither_denied_nor_repeated(open_at):
    card = open_at("#sel=e18").get_by_role("dialog", name=re.compile("listed for Beihai"))
    expect(card.get_by_role("heading", name="Taken back", exact=True)).to_be_visible()
    expect(card.get_by_role("heading", name="Denied", exact=True)).to_have_count(0)
    expect(card).not_to_contain_text("repeats")


def test_groups_bear_the_titles_that_the_case_gives_them(open_at):
    page = open_at()
    page.get_by_role("button", name="As told by").click()
    page.get_by_role("button", name="Russia and its companies", exact=True).click()
    expect(line(page, re.compile("Arctic Mulan, Koryak–Beihai")).first).to_be_attached()
    expect(line(page, re.compile("Utrenny–Beihai by the Northern Sea Route"))).to_have_count(0)
    expect(page.get_by_role("button", name="As told by: Russia and its companies")).to_be_visible()
