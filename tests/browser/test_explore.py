"""A frame of lines as a page: tree, legend, card, search and link work without a case."""

from __future__ import annotations

import re
import warnings

import geopandas as gpd
import pytest
from playwright.sync_api import expect
from shapely import LineString, MultiLineString

import maps

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=window.bad=1>{{ 7*7 }}"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("explore")
    gdf = gpd.GeoDataFrame(
        {
            "name": ["Khasan line", "Sea lane", HOSTILE],
            "how": ["rail", "sea", f"zeppelin {HOSTILE}"],
            "said": ["confirmed", None, "rumoured"],
            "grp": ["Land", "Water", f"Air {HOSTILE}"],
            f"own {HOSTILE}": ["1", None, HOSTILE],
            "tons": [1.5, None, 3.0],
        },
        geometry=[
            LineString([(130.6, 42.4), (131.9, 43.1)]),
            MultiLineString([[(131, 42), (135, 40)], [(135, 40), (140, 38)]]),
            LineString([(125, 40), (130, 42)]),
        ],
        crs="EPSG:4326",
    ).to_crs("EPSG:3857")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        maps.explore(gdf, layer="grp", mode="how", status="said", title="My lines").save(folder / "full.html")
        maps.explore(gdf[["geometry"]], title="Plain").save(folder / "plain.html")
    return {path.stem: path for path in folder.iterdir()}


@pytest.fixture
def open_lines(page, files):
    def go(name, fragment=""):
        page.goto(files[name].as_uri() + fragment)
        expect(page.locator("svg [role=button]").first).to_be_visible()
        return page

    return go


def test_the_page_has_layers_and_lines_and_no_lens(open_lines):
    page = open_lines("full")
    expect(page.get_by_role("heading", name="My lines")).to_be_visible()
    expect(page.locator("svg [role=button]:visible")).to_have_count(3)
    page.get_by_role("checkbox", name="Land", exact=True).uncheck()
    expect(page.locator("svg [role=button]:visible")).to_have_count(2)
    expect(page.locator(".wb-lens")).to_have_count(0)
    expect(page.get_by_text("claims on record")).to_have_count(0)
    assert page.evaluate("window.bad") is None


def test_the_legend_names_what_has_no_style_and_only_what_is_used(open_lines):
    page = open_lines("full")
    legend = page.locator(".wb-legend")
    expect(legend).to_contain_text("Drawn in a neutral style")
    expect(legend).to_contain_text("zeppelin <img src=x")
    expect(legend).to_contain_text("rumoured")
    expect(legend).to_contain_text("Confirmed")
    expect(legend).not_to_contain_text("Alleged")
    expect(legend).not_to_contain_text("Denied")


def test_plain_lines_say_nothing_of_status(open_lines):
    page = open_lines("plain", "#sel=line-2")
    expect(page.get_by_role("dialog", name="Line 2")).to_contain_text("890 km")
    expect(page.locator(".wb-legend")).to_be_visible()
    for word in ("Confirmed", "No claim", "Not denied", "undefined", "denied"):
        expect(page.get_by_text(word)).to_have_count(0)


def test_a_card_shows_the_other_columns_as_text(open_lines):
    page = open_lines("full", "#sel=line-3")
    card = page.get_by_role("dialog", name=re.compile("img src=x"))
    expect(card).to_contain_text("rumoured")
    expect(card.get_by_role("term").filter(has_text="own <img src=x")).to_have_count(1)
    expect(card).to_contain_text("3.0")
    expect(card).not_to_contain_text("undefined")
    assert page.evaluate("window.bad") is None


def test_search_finds_a_line_and_the_link_leads_back_to_it(open_lines, page):
    open_lines("full")
    page.get_by_role("combobox", name="Search").fill("sea lane")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Sea lane")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.get_by_role("dialog", name="Share this view").get_by_label("Link", exact=True)).to_have_value(
        re.compile("#v=1&z=.*on=land,water,air-img-src-x")
    )


def test_the_table_holds_the_lines_and_nothing_about_claims(open_lines):
    page = open_lines("full")
    page.get_by_role("button", name="Ledger", exact=True).click()
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(["Route", "Status", "Length, km"])
    expect(page.get_by_role("tab")).to_have_count(1)
    table.get_by_role("button", name="Sea lane").click()
    expect(table.get_by_role("button", name="Sea lane")).to_have_attribute("aria-pressed", "true")


def test_the_page_speaks_other_languages(open_lines):
    page = open_lines("full")
    page.locator(".wb-language-select").select_option("ko")
    expect(page.locator(".wb-legend")).to_contain_text("철도")
