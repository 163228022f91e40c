"""The map of the built-in case, as the person who opens the file meets it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

import maps

pytestmark = pytest.mark.browser

GROUPS = {
    "Russia–DPRK rail link": re.compile("Railway Rajin–Tumangang–Khasan"),
    "China crossings": re.compile("Railway Pyongyang–Sin.*–Beijing"),
    "Alleged Middle East / North Africa cover routes": re.compile("by way of the Middle East or North Africa"),
}
VIEWPORTS = {"wide": (1280, 800), "narrow": (480, 800)}


@pytest.fixture(scope="session")
def map_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "map.html"
    maps.render("dprk-russia", path)
    return path


@pytest.fixture(params=VIEWPORTS, ids=list(VIEWPORTS))
def width(request):
    return request.param


@pytest.fixture
def opened(page, map_file, width):
    wide, high = VIEWPORTS[width]
    page.set_viewport_size({"width": wide, "height": high})
    page.goto(map_file.as_uri())
    expect(lines(page).first).to_be_attached()
    return page


def lines(page):
    """Return the lines of routes: each is a button that opens its card."""
    return page.locator("svg [role=button]:visible")


def line(page, name):
    return page.locator("svg [role=button]:visible").and_(page.get_by_role("button", name=name))


def panel(page, width):
    """Open the layer panel where the page begins without it."""
    if width == "narrow":
        page.get_by_role("button", name="Layers", exact=True).click()


def card(page, name):
    return page.get_by_role("dialog", name=name)


def test_the_file_opens_from_disk_without_one_request(opened, watch):
    assert watch.requests == []
    expect(opened).to_have_title(re.compile("DPRK–Russia"))


def test_the_three_groups_are_on_at_first(opened, width):
    panel(opened, width)
    for group in GROUPS:
        expect(opened.get_by_role("checkbox", name=group, exact=True)).to_be_checked()
    expect(opened.get_by_role("checkbox", name="Sea shipments since 2023", exact=True)).not_to_be_checked()


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_takes_its_lines_away_and_brings_them_back(opened, width, group):
    panel(opened, width)
    box = opened.get_by_role("checkbox", name=group, exact=True)
    before = lines(opened).count()
    expect(line(opened, GROUPS[group]).first).to_be_attached()

    box.uncheck()
    expect(line(opened, GROUPS[group])).to_have_count(0)
    assert lines(opened).count() < before

    box.check()
    expect(line(opened, GROUPS[group]).first).to_be_attached()
    expect(lines(opened)).to_have_count(before)


def test_a_group_with_a_part_switched_off_says_so(opened, width):
    panel(opened, width)
    group = opened.get_by_role("checkbox", name="China crossings", exact=True)
    opened.get_by_role("checkbox", name="Road", exact=True).uncheck()
    assert group.evaluate("box => box.indeterminate")
    opened.get_by_role("checkbox", name="Road", exact=True).check()
    assert not group.evaluate("box => box.indeterminate")


def test_the_card_of_rajin_dunai_says_who_asserts_who_denies_and_where_to_read_it(opened, width):
    panel(opened, width)
    opened.get_by_role("checkbox", name="Sea shipments since 2023", exact=True).check()
    if width == "narrow":
        opened.get_by_role("button", name="Layers", exact=True).click()
    route = line(opened, "Ships Rajin–Dunai").first
    route.focus()
    route.press("Enter")
    shown = card(opened, re.compile("Rajin"))
    expect(shown).to_be_visible()
    expect(shown).to_contain_text("United States")
    expect(shown).to_contain_text("Denied by")
    expect(shown).to_contain_text("Russia")
    expect(shown).to_contain_text("containers")
    assert shown.get_by_role("link").first.get_attribute("href").startswith("http")


def test_the_card_of_the_cover_route_shows_declared_beside_asserted(opened):
    route = line(opened, GROUPS["Alleged Middle East / North Africa cover routes"]).first
    route.focus()
    route.press("Enter")
    shown = card(opened, re.compile("Middle East"))
    expect(shown).to_contain_text("United States")
    expect(shown).to_contain_text(re.compile("Denied by .*DPRK"))
    expect(shown).to_contain_text("Declared")
    expect(shown).to_contain_text("Middle East and North Africa")
    expect(shown).to_contain_text("Yonhap")
    expect(shown).to_contain_text("None was found")
    opened.keyboard.press("Escape")
    expect(shown).to_have_count(0)


def test_an_event_at_a_place_follows_the_checkbox_of_its_layer(opened, width):
    seizure = opened.get_by_role("button", name=re.compile("Thailand seized"))
    expect(seizure).to_have_count(0)
    panel(opened, width)
    opened.get_by_role("checkbox", name="Precedents and comparisons", exact=True).check()
    expect(seizure).to_have_count(1)


def test_statements_and_decisions_are_listed_with_their_cards(opened, width):
    panel(opened, width)
    opened.get_by_role("button", name=re.compile("^Open Statements and decisions")).click()
    opened.get_by_role("button", name=re.compile("called the US claim a lie")).first.click()
    expect(card(opened, re.compile("Russia"))).to_contain_text("Denied")


def test_a_line_says_how_it_was_made_and_shows_two_lengths(opened):
    route = line(opened, GROUPS["Russia–DPRK rail link"]).first
    route.focus()
    route.press("Enter")
    shown = card(opened, re.compile("Railway"))
    expect(shown).to_contain_text("railways of OpenStreetMap")
    expect(shown).to_contain_text("stops moved")
    expect(shown).to_contain_text(re.compile(r"Line as drawn here\s*46"))
    expect(shown).to_contain_text(re.compile(r"Along the track, by the network\s*53"))
    expect(shown).to_contain_text("54 km length")


def test_a_straight_line_says_that_it_is_not_the_track(opened):
    route = line(opened, re.compile("Horses from Suzdal")).first
    route.focus()
    route.press("Enter")
    expect(card(opened, re.compile("Horses"))).to_contain_text("road is not routed")


def test_the_networks_are_credited(opened):
    expect(opened.get_by_text("© OpenStreetMap contributors (ODbL)").first).to_be_attached()


def test_the_page_says_what_it_is_and_is_not(opened):
    expect(opened.get_by_text("not for navigation or targeting").first).to_be_visible()
    expect(opened.get_by_text("Natural Earth").first).to_be_attached()


def test_known_on_a_day_hides_what_was_said_later(page, tmp_path):
    maps.render("dprk-russia", tmp_path / "then.html", known="2022-11-10")
    page.goto((tmp_path / "then.html").as_uri())
    expect(page.get_by_text("As known on 10 November 2022").first).to_be_visible()
    expect(page.get_by_role("checkbox", name=re.compile("Sea shipments"))).to_have_count(0)
    assert "Dunai" not in page.content()


def test_on_paper_the_map_takes_one_sheet_and_afterwards_all_is_as_before(page, map_file):
    page.goto(map_file.as_uri())
    box = page.locator(".folium-map")
    before = box.bounding_box()
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    sheet = box.bounding_box()
    assert (round(sheet["width"]), round(sheet["height"])) == (1047, 711)  # 277 by 188 mm at 96 dots an inch
    for route in page.locator("svg [role=button]:visible").all():
        line_box = route.bounding_box()
        assert line_box["x"] >= sheet["x"] - 5
        assert line_box["x"] + line_box["width"] <= sheet["x"] + sheet["width"] + 5
    expect(page.get_by_text("not for navigation or targeting").first).to_be_visible()
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert box.bounding_box() == before


def test_a_layer_counts_statuses_and_measures_only_what_follows_a_network(page, map_file):
    page.goto(map_file.as_uri())
    trains = page.get_by_role("treeitem", name="Trains seen or announced", exact=True)
    expect(trains).to_contain_text("Movement: 3 confirmed · 2 evidenced")
    # the horses came 7 313 km by a path that nobody published, and 4.5 km over the border
    expect(trains).to_contain_text(re.compile(r"(?<!\d)\d\d\s?km on a mapped network"))
    expect(trains.get_by_title(re.compile("inferred, notional, drawn or straight are left out"))).to_have_count(1)


def test_the_word_for_a_movement_is_not_that_for_its_cargo(page, map_file):
    page.goto(map_file.as_uri() + "#sel=r-wagner-2022")
    apart = "Movement evidenced, cargo asserted"
    arms = page.get_by_role("treeitem", name="Munitions by rail, as claimed", exact=True)
    expect(arms).to_contain_text("Cargo: 2 asserted")
    arms.press("ArrowRight")
    expect(page.get_by_role("treeitem", name=re.compile("^Railcars for Wagner.*" + apart))).to_be_visible()
    expect(page.get_by_role("dialog", name=re.compile("^Railcars for Wagner"))).to_contain_text(apart)
    line = page.locator("svg").get_by_role("button", name=re.compile("^Railcars for Wagner.*" + apart))
    line.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("tooltip").or_(page.locator(".wb-tip"))).to_contain_text(apart)


def test_figures_on_a_card_say_of_what_they_are_and_which_routes_they_cover(page, map_file):
    page.goto(map_file.as_uri() + "#sel=r-sea-dunai&on=sea-shipments")
    card = page.get_by_role("dialog", name="Ships Rajin–Dunai")
    figures = card.get_by_role("region").or_(card.locator("section")).filter(has_text="Figures side by side").first
    expect(figures).to_contain_text("The flow of containers from Russia to the DPRK is about 30 percent larger")
    expect(figures).to_contain_text("Covers 2 routes: Ships Rajin–Dunai; Ships Rajin–Vostochny")


def test_one_figure_alone_is_not_called_figures_side_by_side(page, map_file):
    page.goto(map_file.as_uri() + "#sel=r-wagner-2022")
    card = page.get_by_role("dialog", name=re.compile("^Railcars for Wagner"))
    expect(card).to_contain_text("5 railcars")
    expect(card.get_by_role("heading", name="Figure", exact=True)).to_be_visible()
    expect(card).not_to_contain_text("not to be added up")


def test_published_lengths_keep_their_notes(page, map_file):
    page.goto(map_file.as_uri() + "#sel=r-cn-rail-w")
    card = page.get_by_role("dialog")
    expect(card.get_by_role("listitem").filter(has_text="10.6 km")).to_contain_text("Double track Sukch'ŏn–Ŏp'a")
    page.goto(map_file.as_uri() + "#sel=tumen-road-bridge")
    expect(card.get_by_role("listitem").filter(has_text="424 m length")).to_contain_text("Russian part of the 1005 m")


def test_an_illustration_has_no_length_of_its_own(page, map_file):
    page.goto(map_file.as_uri() + "#sel=c-cover-hyp-sea")
    card = page.get_by_role("dialog")
    expect(card).to_contain_text("Illustration")
    expect(card).not_to_contain_text("Line as drawn here")


def test_the_focus_goes_back_to_the_badge_from_which_a_route_was_chosen(page, map_file):
    page.goto(map_file.as_uri())
    badge = page.get_by_role("button", name=re.compile("^Denied by .*; Denied by ")).first
    name = badge.get_attribute("aria-label")
    badge.press("Enter")
    page.get_by_role("dialog").get_by_role(
        "button", name=re.compile("Evidenced|evidenced|Asserted|asserted")
    ).first.click()
    # the badges are made anew while the card is open
    page.evaluate("window.dispatchEvent(new Event('resize'))")
    page.get_by_role("dialog").press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("document.activeElement !== document.body")
    expect(
        page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("main")).and_(page.locator(":focus"))
    ).to_have_count(1)


def test_a_chosen_track_lies_above_what_runs_on_it(page, map_file):
    page.goto(map_file.as_uri() + "#sel=r-ru-rail")
    topmost = """() => [...document.querySelectorAll('[data-route] > .wb-line')].at(-1).parentNode.dataset.route"""
    page.wait_for_function(f"() => ({topmost})() === 'r-ru-rail'")
    page.get_by_role("dialog").press("Escape")
    page.wait_for_function(f"() => ({topmost})() !== 'r-ru-rail'")


def test_a_short_route_is_shown_close_enough_to_be_seen_beside_its_marks(page, map_file):
    page.goto(map_file.as_uri() + "#sel=r-horses-2024")
    line = page.locator("svg [data-route=r-horses-2024] > .wb-line").first
    expect(line).to_be_attached()
    page.wait_for_function("""() => {
        const box = document.querySelector('[data-route=r-horses-2024] > .wb-line').getBoundingClientRect();
        return Math.hypot(box.width, box.height) > 90;
    }""")


def test_a_badge_that_stands_beside_its_line_is_tied_to_it(page, map_file):
    page.goto(map_file.as_uri() + "#z=8&c=42.42,130.63")
    expect(page.locator(".wb-badge-leader line").first).to_be_attached()
    farthest_px = page.evaluate("""() => {
        const points = [...document.querySelectorAll('.wb-route .wb-line')].flatMap((line) => {
            const matrix = line.getScreenCTM();
            const length = line.getTotalLength();
            const at = (i) => line.getPointAtLength((length * i) / 199).matrixTransform(matrix);
            return Array.from({length: 200}, (_, i) => at(i));
        });
        return Math.max(...[...document.querySelectorAll('.wb-badge-leader line')].map((leader) => {
            const tip = new DOMPoint(leader.x2.baseVal.value, leader.y2.baseVal.value);
            const end = tip.matrixTransform(leader.getScreenCTM());
            return Math.min(...points.map((p) => Math.hypot(p.x - end.x, p.y - end.y)));
        }));
    }""")
    assert farthest_px < 8
