"""A large frame on canvas: what can be pointed at, switched, searched, dated and printed is what the frame holds."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import warnings
from importlib.resources import files

import geopandas as gpd
import numpy as np
import pytest
from builders import case
from PIL import Image
from playwright.sync_api import expect
from pyproj import Geod
from shapely import LineString, MultiLineString

import maps

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=window.bad=1>{{ 7*7 }}</script>"
CENTRE = (150.0, 40.0)
"""Longitude and latitude of the middle of every map that is opened here; the named lines lie near it."""


def large_frame():
    """Six hundred parallels far from the lines that the tests look at, and those."""
    others = [LineString([(10, 60 - 0.1 * n), (60, 60 - 0.1 * n)]) for n in range(600)]
    lines = [
        LineString([(140, 40), (150, 40), (160, 40)]),
        MultiLineString([[(140, 42), (145, 42)], [(155, 42), (160, 42)]]),
        LineString([(140, 38), (160, 38)]),
        LineString([(175, 30), (-175, 30)]),
    ]
    return gpd.GeoDataFrame(
        {
            "name": [f"Parallel {n}" for n in range(600)] + [HOSTILE, "Two parts", "Late", "Over the line"],
            "grp": ["Far"] * 600 + [HOSTILE, "Near", "Near", "Near"],
            "how": ["sea"] * 600 + [f"zeppelin {HOSTILE}", "rail", "rail", "sea"],
            "said": ["asserted"] * 603 + [None],
            "since": ["2022-01-01"] * 602 + ["2024-06", None],
            f"own {HOSTILE}": [None] * 600 + [HOSTILE, None, None, None],
        },
        geometry=others + lines,
        crs="EPSG:4326",
    )


@pytest.fixture(scope="module")
def map_file(tmp_path_factory):
    file = tmp_path_factory.mktemp("many") / "many.html"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        route_map = maps.explore(
            large_frame(), layer="grp", mode="how", status="said", asserted_on="since", title="Many lines"
        )
    route_map.save(file)
    return file


def length_of(row):
    """The length of a line as the page writes it, as PROJ measures it."""
    metres = Geod(ellps="WGS84").geometry_length(large_frame().geometry[row])
    return re.compile(f"{metres / 1000:,.0f}.km".replace(",", "."))


@pytest.fixture
def open_map(page, map_file):
    def go(fragment="", centre=CENTRE, zoom=5):
        lon, lat = centre
        page.goto(f"{map_file.as_uri()}#z={zoom}&c={lat},{lon}{fragment}")
        expect(page.get_by_role("checkbox", name="Far", exact=True)).to_be_visible()
        page.wait_for_function("() => performance.getEntriesByName('waybill-lines-drawn').length > 0")
        return page

    return go


@pytest.fixture
def browser_context_args(browser_context_args):
    # wait_for_function is code made from text, which the page's own policy forbids
    return browser_context_args | {"bypass_csp": True}


def spot(lon, lat, centre=CENTRE, zoom=5):
    """Pixels of a place on a map of 1280 by 800 that shows a centre."""
    world = 256 * 2**zoom

    def project(lon, lat):
        sin = np.sin(np.radians(lat))
        return np.array([lon / 360 + 0.5, 0.5 - np.log((1 + sin) / (1 - sin)) / (4 * np.pi)]) * world

    x, y = project(lon, lat) - project(*centre) + np.array([640, 400])
    return {"x": float(x), "y": float(y)}


def point_at(page, lon, lat, **view):
    at = spot(lon, lat, **view)
    page.mouse.move(at["x"] + 3, at["y"] + 90)
    page.mouse.move(at["x"], at["y"])
    return at


def test_lines_are_on_a_few_canvases_and_none_is_an_element_of_its_own(open_map):
    page = open_map()
    assert page.locator(".leaflet-wb-routes-pane canvas").count() <= 9
    expect(page.locator("svg .wb-route")).to_have_count(0)
    assert page.evaluate("window.bad") is None


def test_pointing_at_a_line_names_it_and_a_click_opens_its_card_with_text_only(open_map):
    page = open_map()
    at = point_at(page, 150, 40)
    tip = page.get_by_role("tooltip")
    expect(tip).to_contain_text("<img src=x onerror=window.bad=1>{{ 7*7 }}")
    page.mouse.click(at["x"], at["y"])
    card = page.get_by_role("dialog", name=re.compile("img src=x"))
    expect(card).to_contain_text("zeppelin <img src=x")
    expect(card.get_by_role("term").filter(has_text="own <img src=x")).to_have_count(1)
    expect(card).to_contain_text(length_of(600))
    assert page.evaluate("window.bad") is None


def test_between_the_parts_of_a_line_there_is_nothing(open_map):
    page = open_map()
    point_at(page, 143, 42)
    expect(page.get_by_role("tooltip")).to_contain_text("Two parts")
    point_at(page, 150, 42)
    expect(page.get_by_role("tooltip")).to_have_count(0)


def test_a_layer_that_is_off_can_no_longer_be_pointed_at(open_map):
    page = open_map()
    page.get_by_role("checkbox", name="Near", exact=True).uncheck()
    point_at(page, 143, 42)
    expect(page.get_by_role("tooltip")).to_have_count(0)
    page.get_by_role("checkbox", name="Near", exact=True).check()
    point_at(page, 143, 42)
    expect(page.get_by_role("tooltip")).to_contain_text("Two parts")


def test_a_day_hides_what_was_said_later_or_is_undated(open_map):
    page = open_map("&known=2023-01-01")
    expect(page.get_by_text("As known on 1 January 2023")).to_be_visible()
    point_at(page, 150, 38)
    expect(page.get_by_role("tooltip")).to_have_count(0)
    point_at(page, 143, 42)
    expect(page.get_by_role("tooltip")).to_contain_text("Two parts")
    slider = page.get_by_role("slider", name="Known by")
    slider.press("End")
    expect(slider).to_have_attribute("aria-valuetext", "all dates")
    point_at(page, 150, 38)
    expect(page.get_by_role("tooltip")).to_contain_text("Late")


@pytest.mark.parametrize("lon", [178.0, -178.0])
def test_a_line_over_the_antimeridian_is_there_on_both_sides(open_map, lon):
    centre = (lon, 30.0)
    page = open_map(centre=centre)
    point_at(page, lon, 30, centre=centre)
    expect(page.get_by_role("tooltip")).to_contain_text("Over the line")


def test_what_is_chosen_stands_out_and_no_longer_once_its_card_is_closed(open_map):
    page = open_map()
    forward = page.locator(".leaflet-wb-routes-pane .wb-top")
    expect(forward).to_be_hidden()
    at = point_at(page, 143, 42)
    page.mouse.click(at["x"], at["y"])
    page.mouse.move(at["x"], at["y"] - 60)
    expect(forward).to_be_visible()
    inked = "node => node.getContext('2d').getImageData(0, 0, node.width, node.height).data.some((value) => value)"
    assert forward.evaluate(inked)
    page.keyboard.press("Escape")
    expect(forward).to_be_hidden()


def test_a_packed_view_says_that_it_has_no_dashes_and_its_layers_are_shared_out(page, tmp_path):
    # far from straight, so that no zoom can leave a vertex out
    zigzag = np.tile([0.0, 20.0], 60)
    lines = [LineString(np.column_stack([np.linspace(100, 160, 120), n / 100 + zigzag])) for n in range(3200)]
    gdf = gpd.GeoDataFrame({"grp": [f"L{n % 10}" for n in range(3200)]}, geometry=lines, crs="EPSG:4326")
    maps.explore(gdf, layer="grp", mode="sea", status="alleged", title="Packed").save(tmp_path / "packed.html")
    page.goto((tmp_path / "packed.html").as_uri() + "#z=3&c=20,130")
    page.wait_for_function("() => performance.getEntriesByName('waybill-lines-drawn').length > 0")
    note = page.get_by_text("drawn without dashes")
    expect(note).to_be_visible()
    shown = page.locator(".leaflet-wb-routes-pane canvas:not(.wb-top):visible")
    expect(shown).to_have_count(8)
    page.get_by_role("button", name="Hide all layers").click()
    expect(shown).to_have_count(0)
    expect(note).to_be_hidden()
    page.get_by_role("checkbox", name="L3", exact=True).check()
    expect(shown).to_have_count(1)
    point_at(page, 100 + 60 / 119, 20 + 3 / 100, centre=(130, 20), zoom=3)
    expect(page.get_by_role("tooltip")).to_contain_text("Line")


def test_a_link_to_a_line_opens_its_card_and_goes_there(open_map):
    page = open_map("&sel=line-604", centre=(20, 50))
    expect(page.get_by_role("dialog", name="Over the line")).to_contain_text(length_of(603))


def test_search_finds_a_line_among_many(open_map):
    page = open_map()
    page.get_by_role("combobox", name="Search").fill("parallel 599")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Parallel 599")).to_be_visible()


def test_long_lists_are_given_in_steps(open_map):
    page = open_map()
    page.get_by_role("treeitem", name="Far", exact=True).press("ArrowRight")
    expect(page.get_by_text("and 400 more, which the search")).to_have_count(1)
    page.get_by_role("button", name="Ledger", exact=True).click()
    table = page.get_by_role("table")
    expect(table.get_by_role("button")).to_have_count(300)
    page.get_by_role("button", name="Show 300 more").click()
    expect(table.get_by_role("button")).to_have_count(600)
    expect(table.get_by_role("button", name="Parallel 300", exact=True)).to_be_focused()


def test_the_legend_names_what_has_no_style(open_map):
    legend = open_map().locator(".wb-legend")
    expect(legend).to_contain_text("zeppelin <img src=x")
    expect(legend).to_contain_text("Asserted")
    expect(legend).not_to_contain_text("Confirmed")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (480, "light")])
def test_axe_finds_nothing_with_clock_long_list_and_table(open_map, width, scheme):
    page = open_map()
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    if width > 500:
        page.get_by_role("treeitem", name="Far", exact=True).press("ArrowRight")
        page.get_by_role("button", name="Ledger", exact=True).click()
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    assert [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"]] == []


def test_lines_are_on_paper_too(open_map, tmp_path):
    page = open_map()
    sheet = page.pdf(prefer_css_page_size=True, print_background=True)
    (tmp_path / "sheet.pdf").write_bytes(sheet)
    subprocess.run(
        [shutil.which("pdftoppm"), "-r", "72", "-singlefile", tmp_path / "sheet.pdf", tmp_path / "sheet"], check=True
    )
    style = json.loads(files("maps").joinpath("static/linestyle.json").read_text(encoding="utf-8"))
    with Image.open(tmp_path / "sheet.ppm") as picture:
        colours = {f"#{r:02x}{g:02x}{b:02x}": n for n, (r, g, b) in picture.convert("RGB").getcolors(2**24)}
    rail, land = style["modes"]["rail"]["light"], style["palette"]["light"]["land"]
    assert colours.get(rail, 0) > 50
    assert colours.get(land, 0) > 1000


def test_on_a_dense_screen_canvases_have_its_pixels(browser, browser_context_args, map_file):
    context = browser.new_context(**browser_context_args, device_scale_factor=2)
    page = context.new_page()
    lon, lat = CENTRE
    page.goto(f"{map_file.as_uri()}#z=5&c={lat},{lon}")
    page.wait_for_function("() => performance.getEntriesByName('waybill-lines-drawn').length > 0")
    canvas = page.locator(".leaflet-wb-routes-pane canvas").first
    assert canvas.evaluate("node => node.width === 2 * parseFloat(node.style.width) && node.width > 2 * 1280")
    point_at(page, 143, 42)
    expect(page.get_by_role("tooltip")).to_contain_text("Two parts")
    context.close()


def test_a_browser_that_cannot_inflate_says_so(page, map_file):
    page.add_init_script("delete window.DecompressionStream")
    page.goto(map_file.as_uri())
    expect(page.get_by_text("cannot be read")).to_be_visible()


def test_a_damaged_block_says_so(page, map_file, tmp_path):
    text = map_file.read_text(encoding="utf-8")
    damaged = tmp_path / "damaged.html"
    damaged.write_text(re.sub(r'("columns":")[^"]{40}', r"\1" + "A" * 40, text), encoding="utf-8")
    page.goto(damaged.as_uri())
    expect(page.get_by_text("cannot be read")).to_be_visible()


@pytest.mark.parametrize(("pattern", "other"), [(r'"vertices":\d+', '"vertices":3'), (r'"lines":\d+', '"lines":1e12')])
def test_a_block_whose_counts_are_wrong_says_so(page, map_file, tmp_path, pattern, other):
    text = map_file.read_text(encoding="utf-8")
    damaged = tmp_path / "damaged.html"
    damaged.write_text(re.sub(pattern, other, text), encoding="utf-8")
    page.goto(damaged.as_uri())
    expect(page.get_by_text("cannot be read")).to_be_visible()


@pytest.fixture(scope="module")
def large_case_file(tmp_path_factory):
    """Of 1,600 routes the last lies apart from the others and is denied by one who did not speak of them."""
    said = {"asserted_on": "2024-01-01", "about": "movement", "statement": "S", "sources": "s1"}
    count = 1600
    places = [
        {"id": f"p{n}{end}", "name": f"P {n} {end}", "kind": "other", "lon": lon, "lat": str(60 - n / 30)}
        for n in range(count)
        for end, lon in (("a", "10"), ("b", "30"))
    ]
    places[-2:] = [places[-2] | {"lon": "140", "lat": "40"}, places[-1] | {"lon": "160", "lat": "40"}]
    large = case(
        places=places,
        routes=[{"id": f"r{n}", "title": f"Route {n}", "layer": "all", "kind": "movement"} for n in range(count)],
        legs=[
            {"route": f"r{n}", "seq": "1", "from": f"p{n}a", "to": f"p{n}b", "mode": "air", "basis": "drawn"}
            for n in range(count)
        ],
        events=[{"id": f"e{n}", "title": f"E {n}", "routes": f"r{n}"} for n in range(count)],
        claims=[{"id": f"c{n}", "event": f"e{n}", "party": "us", "stance": "asserts", **said} for n in range(count)]
        + [{"id": "no", "event": f"e{count - 1}", "party": "dprk", "stance": "denies", **said}],
        parties=[
            {"id": "us", "name": "United States", "kind": "state"},
            {"id": "dprk", "name": "North Korea", "kind": "state"},
        ],
    )
    file = tmp_path_factory.mktemp("large") / "large.html"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        maps.RouteMap(large).save(file)
    return file


def test_a_large_case_has_its_evidence_badges_and_lens_on_canvas_too(page, large_case_file):
    lon, lat = CENTRE
    page.goto(f"{large_case_file.as_uri()}#z=5&c={lat},{lon}")
    page.wait_for_function("() => performance.getEntriesByName('waybill-lines-drawn').length > 0")
    expect(page.locator("svg .wb-route")).to_have_count(0)
    expect(page.get_by_role("button", name="Denied by North Korea: Route 1599")).to_be_visible()
    at = point_at(page, 145, 40)
    expect(page.get_by_role("tooltip")).to_contain_text("Route 1599")
    page.mouse.click(at["x"], at["y"])
    card = page.get_by_role("dialog", name="Route 1599")
    expect(card).to_contain_text("United States")
    expect(card).to_contain_text("Denied by North Korea")
    page.goto(f"{large_case_file.as_uri()}#z=5&c={lat},{lon}&by=dprk")
    expect(page.get_by_text("As told by North Korea").first).to_be_attached()
    expect(page.get_by_role("checkbox", name="All", exact=True)).to_have_count(1)


def test_without_scripts_the_lines_are_counted(browser, map_file):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(map_file.as_uri())
    expect(page.locator(".waybill-plain")).to_contain_text("On it are 604 lines")
    expect(page.locator(".waybill-plain")).to_contain_text("<img src=x onerror=window.bad=1>")
    context.close()
