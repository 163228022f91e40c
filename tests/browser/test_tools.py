"""The tools around the map: measuring, full screen, print, scale, and events that unfold."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
import subprocess
from collections import Counter

import pytest
from PIL import Image
from playwright.sync_api import expect
from pyproj import Geod

import maps
import routes

pytestmark = pytest.mark.browser

VIEWPORTS = {"wide": (1280, 800), "narrow": (480, 800)}
HOSTILE = "<img src=x onerror=window.bad=1>"
DISTANCE = re.compile(r"^Distance: ([\d,.]+) km \(([\d,.]+) nmi\)$")
PAPER_PX = (1047, 711)
NO_FULL_SCREEN = "fullscreen 'none'"


@pytest.fixture(scope="session")
def map_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("tools") / "map.html"
    maps.render("dprk-russia", path)
    return path


@pytest.fixture
def opened(page, map_file):
    page.goto(map_file.as_uri())
    expect(page.locator("svg [role=button]:visible").first).to_be_attached()
    return page


@pytest.fixture(params=VIEWPORTS, ids=list(VIEWPORTS))
def sized(request, opened):
    wide, high = VIEWPORTS[request.param]
    opened.set_viewport_size({"width": wide, "height": high})
    return opened


def measure_button(page):
    return page.get_by_role("button", name="Measure", exact=True)


def distance(page):
    """Return the status that gives the length, and the length as kilometres and nautical miles."""
    status = page.get_by_role("status").filter(has_text="Distance")
    expect(status).to_have_text(DISTANCE)
    return [float(figure.replace(",", "")) for figure in DISTANCE.match(status.text_content()).groups()]


def show_all(page):
    page.get_by_role("button", name="Show all layers").click()
    # dots are arranged a picture later
    expect(
        page.get_by_role("button", name=re.compile("Thailand seized|events here: .*Thailand seized"))
    ).to_be_attached()


def group(page):
    """Return the first group of events whose dots fit around it."""
    return page.get_by_role("button", name=re.compile(r"^\d+ events here: ")).first


def begin_printing(page):
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER_PX[0], "height": PAPER_PX[1]})


def test_measuring_by_keyboard_alone(sized):
    more = sized.get_by_role("button", name="Tools", exact=True)
    if sized.viewport_size["width"] < 900:
        more.press("Enter")
    button = measure_button(sized)
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(sized.get_by_role("status").filter(has_text="arrow keys")).to_contain_text("Space")

    sized.keyboard.press("Space")
    for _ in range(4):
        sized.keyboard.press("Shift+ArrowRight")
    sized.keyboard.press("Space")
    first = distance(sized)
    sized.keyboard.press("Shift+ArrowUp")
    sized.keyboard.press("Space")
    assert distance(sized) > first
    expect(sized.get_by_role("list", name="Stretches").get_by_role("listitem")).to_have_count(2)
    sized.keyboard.press("Backspace")
    assert distance(sized) == first
    assert first[0] == pytest.approx(first[1] * 1.852, rel=0.01)

    sized.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "false")
    remove = sized.get_by_role("button", name="Remove measurement")
    expect(remove).to_be_focused()
    remove.press("Enter")
    expect(sized.get_by_role("status").filter(has_text="Distance")).to_have_count(0)
    expect(button).to_be_focused()


def test_clicks_measure_and_a_double_click_ends_the_line(opened):
    measure_button(opened).click()
    opened.mouse.click(700, 300)
    opened.mouse.dblclick(1000, 500)
    expect(measure_button(opened)).to_have_attribute("aria-pressed", "false")
    km, _ = distance(opened)
    # Two clicks on the map as it opens are some thousand kilometres apart: across Asia.
    assert 1000 < km < 15000
    expect(opened.get_by_role("list", name="Stretches")).to_be_hidden()


def test_while_measuring_a_click_on_a_line_adds_a_point_and_opens_no_card(opened):
    badge = opened.locator(".wb-badge:visible").first
    box = badge.bounding_box()
    at = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    measure_button(opened).click()
    opened.mouse.click(*at)
    expect(opened.get_by_role("status").filter(has_text="First point set")).to_be_visible()
    expect(opened.get_by_role("dialog")).to_have_count(0)

    opened.keyboard.press("Escape")
    expect(measure_button(opened)).to_have_attribute("aria-pressed", "false")
    opened.mouse.click(*at)
    expect(opened.get_by_role("dialog")).to_be_visible()


def test_dragging_the_map_sets_no_point(opened):
    measure_button(opened).click()
    opened.mouse.move(700, 400)
    opened.mouse.down()
    opened.mouse.move(760, 430, steps=4)
    opened.mouse.up()
    expect(opened.get_by_role("status").filter(has_text="First point set")).to_have_count(0)
    opened.mouse.click(700, 400)
    expect(opened.get_by_role("status").filter(has_text="First point set")).to_be_visible()


def test_the_arithmetic_in_the_page_is_that_of_proj(opened):
    start, end = (130.30, 42.23), (37.62, 55.75)
    found = opened.evaluate(
        "([a, b]) => Waybill.geodesic.inverse({lon: a[0], lat: a[1]}, {lon: b[0], lat: b[1]}).metres", [start, end]
    )
    assert found == pytest.approx(Geod(ellps="WGS84").inv(*start, *end)[2], abs=0.001)


def test_full_screen_and_back(opened):
    opened.get_by_role("button", name="Full screen", exact=True).click()
    leave = opened.get_by_role("button", name="Leave full screen")
    expect(leave).to_be_visible()
    leave.click()
    expect(opened.get_by_role("button", name="Full screen", exact=True)).to_be_visible()


def test_a_frame_that_forbids_full_screen_has_no_button_for_it(page, map_file, tmp_path):
    frame = tmp_path / "frame.html"
    frame.write_text(
        f'<iframe src="{map_file.as_uri()}" width="1000" height="700" allow="{NO_FULL_SCREEN}"></iframe>',
        encoding="utf-8",
    )
    page.goto(frame.as_uri())
    inside = page.frame_locator("iframe")
    expect(inside.get_by_role("button", name="Measure", exact=True)).to_be_visible()
    expect(inside.get_by_role("button", name="Full screen", exact=True)).to_have_count(0)


def test_the_scale_is_said_in_both_units(opened):
    expect(opened.get_by_role("img", name=re.compile(r"^Scale: [0-9]+ km . [0-9]+ nmi$"))).to_be_visible()


def test_the_print_button_lays_out_the_sheet_prints_and_takes_it_away(opened):
    opened.evaluate("""window.print = () => {
        window.dispatchEvent(new Event('beforeprint'));
        window.printed = document.querySelectorAll('.wb-print').length;
        window.dispatchEvent(new Event('afterprint'));
    }""")
    opened.get_by_role("button", name="Print", exact=True).click()
    opened.wait_for_function("window.printed === 1")
    expect(opened.locator(".wb-print")).to_have_count(0)


def test_where_printing_is_forbidden_the_sheet_goes_again(opened):
    opened.evaluate("window.print = () => { window.asked = true; }")
    opened.get_by_role("button", name="Print", exact=True).click()
    opened.wait_for_function("window.asked")
    expect(opened.locator(".wb-print")).to_have_count(0)


@pytest.mark.parametrize("way", ["button", "browser"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_land_and_lines_are_on_the_paper(opened, tmp_path, way, scheme):
    """A canvas redrawn while Chromium prints lay over the map as a white sheet."""
    opened.emulate_media(color_scheme=scheme)
    style = json.loads(opened.locator("#waybill-style").text_content())
    if way == "button":
        opened.evaluate("window.print = () => { window.dispatchEvent(new Event('beforeprint')); window.asked = true; }")
        opened.get_by_role("button", name="Print", exact=True).click()
        opened.wait_for_function("window.asked")
    counts = colours_on_paper(opened.pdf(prefer_css_page_size=True, print_background=True), tmp_path)
    assert counts[style["palette"]["light"]["land"]] > 5_000
    assert counts[style["palette"]["light"]["sea"]] > 5_000
    assert counts[style["modes"]["rail"]["light"]] > 5


def colours_on_paper(pdf, folder):
    """Return how often each colour, as #rrggbb, is on the map's part of a printed sheet, at 72 dots an inch."""
    (folder / "sheet.pdf").write_bytes(pdf)
    subprocess.run(
        [shutil.which("pdftoppm"), "-r", "72", "-singlefile", folder / "sheet.pdf", folder / "sheet"], check=True
    )
    with Image.open(folder / "sheet.ppm") as sheet:
        column_px = 220
        part = sheet.convert("RGB").crop((column_px, 0, *sheet.size))
        found = part.getcolors(part.width * part.height)
    return Counter({f"#{red:02x}{green:02x}{blue:02x}": n for n, (red, green, blue) in found})


def test_the_sheet_says_what_it_shows_and_leaves_the_tools_out(opened):
    opened.emulate_media(color_scheme="dark")
    expect(opened.locator(".waybill.wb-dark")).to_be_visible()
    begin_printing(opened)
    sheet = opened.get_by_role("region", name="Printed sheet")
    expect(sheet.get_by_role("heading", level=1)).to_have_text(re.compile("DPRK–Russia"))
    for text in (
        "claims on record",
        "Trains seen or announced",
        "Rail",
        "Evidenced",
        "not for navigation",
        "OpenStreetMap",
    ):
        expect(sheet).to_contain_text(text)
    expect(sheet).not_to_contain_text("Munitions by sea")
    expect(sheet).to_contain_text(re.compile(r"State of the record: \d+ \w+ \d{4}"))
    expect(opened.get_by_role("img", name=re.compile("^Scale: "))).to_be_visible()
    expect(opened.get_by_role("button", name="Print", exact=True)).to_have_count(0)
    expect(opened.get_by_role("checkbox")).to_have_count(0)
    expect(opened.locator(".waybill.wb-dark")).to_have_count(0)

    opened.evaluate("window.dispatchEvent(new Event('afterprint'))")
    opened.emulate_media(media="screen")
    expect(sheet).to_have_count(0)
    expect(opened.locator(".waybill.wb-dark")).to_be_visible()


def test_the_legend_of_a_full_sheet_is_not_cut_off(opened):
    show_all(opened)
    begin_printing(opened)
    marks = opened.get_by_role("region", name="Printed sheet").get_by_role("listitem")
    assert marks.count() > 20
    last = marks.last.bounding_box()
    footer = opened.get_by_role("region", name="Printed sheet").locator("footer").bounding_box()
    assert last["y"] + last["height"] <= footer["y"]


def test_the_map_fits_one_sheet(opened):
    text = opened.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", text)) == 1
    wide, high = (float(size) for size in re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", text).groups())
    assert (round(wide), round(high)) == (842, 595)


def test_events_on_one_spot_unfold_and_fold_by_keyboard(opened):
    show_all(opened)
    dot = group(opened)
    name = dot.get_attribute("aria-label")
    titles = name.split(": ", 1)[1].split("; ")
    dot.press("Enter")
    expect(opened.get_by_role("button", name=titles[0], exact=True)).to_be_focused()
    for title in titles:
        expect(opened.get_by_role("button", name=title, exact=True)).to_be_visible()
    expect(dot).to_have_attribute("aria-expanded", "true")

    opened.keyboard.press("Escape")
    expect(dot).to_be_focused()
    expect(dot).to_have_attribute("aria-expanded", "false")
    expect(opened.get_by_role("button", name=titles[0], exact=True)).to_have_count(0)


def test_an_unfolded_event_opens_its_card_and_gets_the_focus_back(opened):
    show_all(opened)
    group(opened).press("Enter")
    title = opened.evaluate("document.activeElement.getAttribute('aria-label')")
    opened.keyboard.press("Enter")
    expect(opened.get_by_role("dialog", name=title)).to_be_visible()
    opened.keyboard.press("Escape")
    expect(opened.get_by_role("button", name=title, exact=True)).to_be_focused()


def test_a_click_elsewhere_folds(opened):
    show_all(opened)
    dot = group(opened)
    dot.click()
    expect(dot).to_have_attribute("aria-expanded", "true")
    opened.mouse.click(700, 500)
    expect(dot).to_have_attribute("aria-expanded", "false")


def test_titles_of_gathered_events_and_of_the_sheet_are_only_text(page, tmp_path):
    case = routes.read_case("dprk-russia")
    events = case.events.assign(title=[f"{title} {HOSTILE}" for title in case.events["title"]])
    layers = case.layers.assign(title=[f"{title} {HOSTILE}" for title in case.layers["title"]])
    meta = {**case.meta, "title": HOSTILE, "disclaimer": HOSTILE}
    path = tmp_path / "map.html"
    maps.RouteMap(dataclasses.replace(case, events=events, layers=layers, meta=meta)).save(path)
    page.goto(path.as_uri())
    show_all(page)
    dot = group(page)
    assert HOSTILE in dot.get_attribute("aria-label")
    dot.hover()
    expect(page.locator(".wb-tip").get_by_text(HOSTILE).first).to_be_visible()
    dot.press("Enter")
    begin_printing(page)
    sheet = page.get_by_role("region", name="Printed sheet")
    expect(sheet.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    expect(sheet.locator("img")).to_have_count(0)
    assert page.evaluate("window.bad") is None
