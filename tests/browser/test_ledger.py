"""The ledger beside the map: entries, claims and the table of routes, in step with the lines."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

import maps
import routes

pytestmark = pytest.mark.browser

COVER = re.compile("US said shells were hidden as cargo")
COVER_LINE = re.compile("by way of the Middle East or North Africa")
MAIA = re.compile("Maia-1 anchored south of the Suez Canal")
US_COUNT = re.compile("US put shipments to Russia above 10,000 containers")


@pytest.fixture(scope="session")
def map_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("ledger") / "map.html"
    maps.render("dprk-russia", path)
    return path


@pytest.fixture(params=[(1280, 800), (480, 800)], ids=["wide", "narrow"])
def size(request):
    return request.param


@pytest.fixture
def opened(page, map_file, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(map_file.as_uri())
    open_ledger(page)
    return page


@pytest.fixture
def wide(page, map_file):
    page.goto(map_file.as_uri())
    open_ledger(page)
    return page


def open_ledger(page):
    """Open the ledger, unless the page begins with it."""
    toggle = page.get_by_role("button", name="Ledger", exact=True)
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()
    expect(part(page, "Events")).to_be_visible()


def tab(page, name):
    return page.get_by_role("tab", name=re.compile(f"^{name}"))


def part(page, name):
    return page.get_by_role("tabpanel", name=re.compile(f"^{name}"))


def entry(page, name):
    """Return the button of an event, which its date and title name."""
    return part(page, "Events").get_by_role("button", name=name).and_(page.locator("[aria-controls]"))


def account(page, name):
    """Return the account that an event's button controls."""
    return page.locator(f"[id='{entry(page, name).get_attribute('aria-controls')}']")


def line(page, name):
    return page.locator("svg [role=button]:visible").and_(page.get_by_role("button", name=name))


def count(page, name):
    """Return the number that a tab's name ends with."""
    return int(tab(page, name).text_content().split()[-1])


def plain(text):
    return " ".join(text.split())


def test_choosing_an_entry_opens_it_and_lights_up_its_line(wide):
    entry(wide, COVER).click()
    expect(entry(wide, COVER)).to_have_attribute("aria-expanded", "true")
    expect(account(wide, COVER)).to_be_visible()
    expect(wide.locator("svg .is-hot:is([data-route=c-cover-label], [data-route=c-cover-region])")).not_to_have_count(0)


def test_one_entry_is_open_at_a_time_and_choosing_it_again_shuts_it(opened):
    entry(opened, COVER).click()
    entry(opened, "Three-car train was seen").click()
    expect(part(opened, "Events").get_by_role("button", expanded=True)).to_have_count(1)
    expect(entry(opened, COVER)).to_have_attribute("aria-expanded", "false")
    entry(opened, "Three-car train was seen").click()
    expect(part(opened, "Events").get_by_role("button", expanded=True)).to_have_count(0)


def test_an_entry_stays_under_the_hand_that_chose_it(wide):
    entry(wide, "Train with 30 Orlov trotters").click()
    entry(wide, COVER).scroll_into_view_if_needed()
    before = entry(wide, COVER).bounding_box()["y"]
    entry(wide, COVER).click()
    expect(account(wide, COVER)).to_be_visible()
    assert abs(entry(wide, COVER).bounding_box()["y"] - before) < 2


def test_choosing_a_line_marks_its_entries_and_brings_the_first_into_view(wide):
    line(wide, COVER_LINE).first.focus()
    wide.keyboard.press("Enter")
    expect(entry(wide, COVER)).to_have_attribute("aria-current", "true")
    expect(entry(wide, COVER)).to_be_in_viewport()
    expect(entry(wide, MAIA)).not_to_have_attribute("aria-current", "true")


def test_years_stand_in_order_and_every_event_under_one(wide):
    years = part(wide, "Events").get_by_role("heading", level=3).all_text_contents()
    assert years == sorted(years)
    assert "2022" in years
    buttons = part(wide, "Events").get_by_role("heading", level=4)
    assert buttons.count() == count(wide, "Events") == len(routes.read_case("dprk-russia").events)


def test_open_and_uncertain_dates_are_said_as_such(wide):
    expect(entry(wide, COVER)).to_have_accessible_name(re.compile("^up to 2 Nov"))
    expect(entry(wide, "Ships began to shuttle")).to_have_accessible_name(re.compile("^from Aug"))
    expect(entry(wide, "South Korea put shipments since mid-2022")).to_have_accessible_name(re.compile("^about Jul"))


def test_the_cover_claim_says_what_was_searched_and_not_found(opened):
    entry(opened, COVER).click()
    shown = account(opened, COVER)
    expect(shown).to_contain_text("Looked for and not found")
    expect(shown).to_contain_text("for a port, ship, carrier or shipping paper of one")
    expect(shown).to_contain_text("None was found")
    expect(shown).to_contain_text("Middle East and North Africa")


def test_the_ship_at_suez_is_said_to_be_no_evidence_for_the_cover_claim(opened):
    entry(opened, MAIA).click()
    expect(account(opened, MAIA)).to_contain_text("Not evidence for the cover claim of November 2022")
    expect(account(opened, MAIA)).to_contain_text("Nothing published ties the ship's wait at Suez to the cover claim")


def test_who_says_and_who_denies_stand_side_by_side_in_one_size(opened):
    entry(opened, COVER).click()
    shown = account(opened, COVER)
    says = shown.get_by_text("Said by", exact=True).locator("xpath=..")
    denies = shown.get_by_role("heading", name="Denied by").locator("xpath=..")
    expect(says).to_contain_text("United States")
    expect(says).to_contain_text("repeated by Associated Press")
    expect(denies).to_contain_text("North Korea")
    expect(denies).to_contain_text("Russia")
    boxes = [says.bounding_box(), denies.bounding_box()]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["height"] == boxes[1]["height"]
    assert abs(boxes[0]["width"] - boxes[1]["width"]) < 1
    sizes = [box.get_by_role("listitem").first.evaluate("n => getComputedStyle(n).fontSize") for box in (says, denies)]
    assert sizes[0] == sizes[1]


def test_origins_are_counted_and_named_whatever_the_number_of_sources(opened):
    entry(opened, COVER).click()
    expect(account(opened, COVER)).to_contain_text("1 independent origin: United States")
    assert account(opened, COVER).get_by_role("link").count() > 3


def test_the_two_grades_are_apart_and_spelled_out(opened):
    entry(opened, COVER).click()
    claim = account(opened, COVER).get_by_role("listitem").filter(has_text="covertly supplying").first
    expect(claim).to_contain_text("Source: usually reliable")
    expect(claim).to_contain_text("Information: possibly true")


def test_two_counts_of_containers_stand_side_by_side_with_since_when(opened):
    entry(opened, US_COUNT).click()
    figures = account(opened, US_COUNT).get_by_role("table").filter(has_text="Counted from")
    rows = [plain(row) for row in figures.get_by_role("row").all_text_contents()]
    assert any(re.search(r"US Department of State.*at least 10,000 containers.*Sep 2023", row) for row in rows)
    assert any(re.search(r"South Korea.*about 6,700 containers.*Aug 2023", row) for row in rows)
    expect(account(opened, US_COUNT)).to_contain_text("not to be added up")


def test_a_source_mark_leads_to_its_source_and_the_source_to_the_paper(opened):
    entry(opened, COVER).click()
    mark = account(opened, COVER).get_by_role("button", name="Source 1", exact=True).first
    mark.click()
    source = account(opened, COVER).get_by_role("listitem").and_(opened.locator(":focus"))
    expect(source).to_be_in_viewport()
    assert source.get_by_role("link").first.get_attribute("href").startswith("http")


def test_a_related_event_opens_from_an_account_and_takes_the_focus(opened):
    entry(opened, COVER).click()
    account(opened, COVER).get_by_role("button", name=re.compile("called the US claim a lie")).click()
    other = entry(opened, re.compile("called the US claim a lie"))
    expect(other).to_have_attribute("aria-expanded", "true")
    expect(other).to_be_focused()


def test_entries_are_walked_with_the_keyboard(opened):
    buttons = part(opened, "Events").get_by_role("heading", level=4).get_by_role("button")
    buttons.first.focus()
    opened.keyboard.press("ArrowDown")
    expect(buttons.nth(1)).to_be_focused()
    opened.keyboard.press("ArrowUp")
    expect(buttons.first).to_be_focused()
    opened.keyboard.press("End")
    expect(buttons.last).to_be_focused()
    opened.keyboard.press("Home")
    opened.keyboard.press("Enter")
    expect(buttons.first).to_have_attribute("aria-expanded", "true")
    expect(buttons.first).to_be_focused()
    opened.keyboard.press(" ")
    expect(buttons.first).to_have_attribute("aria-expanded", "false")


def test_tabs_are_walked_with_the_arrows(opened):
    tab(opened, "Events").focus()
    opened.keyboard.press("ArrowRight")
    expect(tab(opened, "Claims")).to_be_focused()
    expect(part(opened, "Claims")).to_be_visible()
    expect(part(opened, "Events")).to_be_hidden()
    opened.keyboard.press("End")
    expect(part(opened, "Routes")).to_be_visible()
    opened.keyboard.press("ArrowRight")
    expect(part(opened, "Events")).to_be_visible()


def test_claims_stand_in_the_order_in_which_they_were_made_and_can_be_narrowed(opened):
    tab(opened, "Claims").click()
    claims = part(opened, "Claims").locator("li").filter(has=opened.locator("strong"))
    expect(claims).to_have_count(count(opened, "Claims"))
    denials = opened.get_by_role("radio", name=re.compile("^Denied"))
    denials.check(force=True)
    expect(claims.first).to_contain_text("denies")
    number = int(re.search(r"\d+", denials.locator("xpath=..").text_content())[0])
    expect(claims).to_have_count(number)
    for text in claims.all_text_contents():
        assert re.search("denies|withdraws", text)


def test_searches_that_found_nothing_are_listed(opened):
    tab(opened, "Claims").click()
    opened.get_by_role("radio", name=re.compile("^Searched")).check(force=True)
    expect(part(opened, "Claims")).to_contain_text("None was found")
    expect(part(opened, "Claims")).to_contain_text("Nothing published ties the ship's wait at Suez")


def test_a_claim_leads_to_its_event(opened):
    tab(opened, "Claims").click()
    opened.get_by_role("radio", name=re.compile("^Denied")).check(force=True)
    part(opened, "Claims").get_by_role("button", name=COVER).first.click()
    tab(opened, "Events").click()
    expect(entry(opened, COVER)).to_have_attribute("aria-expanded", "true")
    expect(entry(opened, COVER)).to_be_in_viewport()


def test_the_table_holds_the_routes_that_are_drawn_and_follows_the_layers(wide):
    tab(wide, "Routes").click()
    table = part(wide, "Routes").get_by_role("table")

    def drawn():
        # a line can be shorter than a pixel, so what counts is whether it is there, not whether it can be seen
        there = "all => all.filter(one => getComputedStyle(one).display !== 'none').map(one => one.dataset.route)"
        return set(wide.locator("svg [data-route]").evaluate_all(there))

    def listed():
        return set(table.locator("[data-route]").evaluate_all("all => all.map(one => one.dataset.route)"))

    assert listed() == drawn()
    assert len(listed()) == count(wide, "Routes")
    wide.get_by_role("checkbox", name="China crossings", exact=True).uncheck()
    expect(table.get_by_role("row", name=re.compile("Beijing"))).to_have_count(0)
    assert listed() == drawn()


def test_a_row_of_the_table_says_status_denials_events_and_selects_its_route(wide):
    tab(wide, "Routes").click()
    row = part(wide, "Routes").get_by_role("row").filter(has_text=COVER_LINE).first
    expect(row).to_contain_text("Asserted")
    expect(row).to_contain_text("North Korea")
    row.get_by_role("button").click()
    expect(part(wide, "Routes").get_by_role("button", name=COVER_LINE, pressed=True)).to_have_count(1)
    tab(wide, "Events").click()
    expect(entry(wide, COVER)).to_have_attribute("aria-current", "true")


def test_a_day_before_everything_was_said_is_told_in_words(page, map_file):
    page.goto(map_file.as_uri() + "#v=1&known=1999-01-01")
    open_ledger(page)
    expect(part(page, "Events")).to_contain_text("Nothing on record was said by 1 Jan")
    assert count(page, "Events") == count(page, "Claims") == 0


def test_nothing_said_later_than_known_is_in_the_ledger(page, map_file):
    page.goto(map_file.as_uri() + "#v=1&known=2022-11-10")
    open_ledger(page)
    entry(page, COVER).click()
    shown = account(page, COVER)
    expect(shown).to_contain_text("Russia")
    expect(shown).not_to_contain_text("2024")
    expect(shown).not_to_contain_text("None was found")
    tab(page, "Claims").click()
    expect(part(page, "Claims")).not_to_contain_text("2023")


def first_seen(page):
    """Return the id of the first row that can be seen in the part that is shown."""
    return page.evaluate("""() => {
        const list = [...document.querySelectorAll('.wb-ledger-list')].find((one) => one.offsetHeight);
        const top = list.getBoundingClientRect().top;
        const rows = [...list.querySelectorAll('[data-event], [data-claim]')];
        return JSON.stringify(rows.find((row) => row.getBoundingClientRect().bottom > top + 1).dataset);
    }""")


@pytest.mark.parametrize("name", ["Events", "Claims"])
def test_another_language_keeps_the_tab_and_the_place_in_the_list(wide, name):
    tab(wide, name).click()
    rows = part(wide, name).locator("[data-event], [data-claim]")
    rows.nth(60).evaluate("row => row.scrollIntoView({block: 'start'})")
    before = wide.wait_for_function("() => document.querySelector('.wb-ledger-list')") and first_seen(wide)
    wide.get_by_role("combobox", name="Language").select_option("ko")
    expect(wide.get_by_role("tab", selected=True)).to_have_text(re.compile("사건" if name == "Events" else "주장|발언"))
    wide.wait_for_function("() => new Promise((done) => setTimeout(() => done(true), 200))")
    assert first_seen(wide) == before


def test_escape_in_the_ledger_closes_it_and_opens_no_card(wide):
    entry(wide, COVER).click()
    expect(account(wide, COVER)).to_be_visible()
    entry(wide, COVER).press("Escape")
    expect(part(wide, "Events")).to_have_count(0)
    expect(wide.get_by_role("dialog")).to_have_count(0)


def test_what_is_chosen_in_the_ledger_is_shown_though_its_layer_was_off(wide):
    sea = wide.get_by_role("checkbox", name="Sea shipments since 2023", exact=True)
    expect(sea).to_have_js_property("indeterminate", False)
    entry(wide, re.compile("Ships began to shuttle between Rajin and Dunai")).click()
    expect(sea).to_have_js_property("indeterminate", True)
    expect(line(wide, re.compile("^Ships Rajin–Dunai"))).to_be_visible()


def test_as_told_by_lies_neither_under_the_panel_nor_under_the_ledger(wide):
    wide.get_by_role("button", name=re.compile("^As told by")).click()
    box = wide.get_by_role("group", name="As told by").bounding_box()
    panel = wide.get_by_role("region", name=re.compile("^DPRK–Russia")).bounding_box()
    ledger = wide.get_by_role("region", name="Ledger", exact=True).bounding_box()
    assert box["x"] >= panel["x"] + panel["width"]
    assert box["x"] + box["width"] <= ledger["x"]


def test_remarks_that_neither_assert_nor_deny_can_be_picked_out(wide):
    tab(wide, "Claims").click()
    wide.get_by_role("radio", name=re.compile(r"^Notes \d+$")).check(force=True)
    rows = part(wide, "Claims").locator("[data-claim]")
    expect(rows.first).to_contain_text(", ")
    assert rows.count() == int(
        re.search(r"\d+", wide.get_by_role("radio", name=re.compile("^Notes")).locator("..").text_content())[0]
    )
    assert all(" notes" in text or "notes," in text for text in rows.all_text_contents())
