"""The lens bar: when it happened, when it was said, and who is listened to."""

from __future__ import annotations

import dataclasses
import re

import pytest
from playwright.sync_api import expect

import maps
import routes

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=window.bad=1>"
TEXT = """() => {
  const copy = document.body.cloneNode(true);
  copy.querySelectorAll('script, style, noscript, template').forEach((node) => node.remove());
  const named = [...copy.querySelectorAll('[aria-label], [title]')];
  const names = named.flatMap((node) => [node.getAttribute('aria-label'), node.title]);
  return [copy.textContent].concat(names).join('\\n');
}"""


@pytest.fixture(scope="module")
def map_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("lens") / "map.html"
    maps.render("dprk-russia", path)
    return path


@pytest.fixture
def opened(page, map_file):
    page.goto(map_file.as_uri())
    expect(slider(page, "Known by")).to_be_visible()
    return page


def slider(page, name):
    return page.get_by_role("slider", name=name, exact=True)


def at(page, map_file, state):
    """Open the page at a state; another fragment alone would not load it again."""
    page.goto("about:blank")
    page.goto(f"{map_file.as_uri()}#{state}")
    expect(page.get_by_role("button", name="As told by")).to_be_visible()


def marks(page):
    """Return the bars of the chart."""
    return page.get_by_role("listbox", name="Events by the month in which they happened").get_by_role("option")


def bar(page, month):
    """Return the bar of a month in the chart."""
    return page.get_by_role("option", name=re.compile(f"^{month}, events"))


def unfold(page):
    page.get_by_role("button", name="Open the timeline").click()


def told_by(page, *names):
    page.get_by_role("button", name="As told by").click()
    for name in names:
        page.get_by_role("button", name=name, exact=True).click()


def test_keys_move_the_day_by_which_it_was_said(opened):
    known = slider(opened, "Known by")
    expect(known).to_have_attribute("aria-valuetext", "everything on record")
    known.press("Home")
    expect(known).to_have_attribute("aria-valuetext", "14 October 2006")
    known.press("PageUp")
    known.press("ArrowRight")
    expect(known).to_have_attribute("aria-valuetext", "15 November 2006")
    expect(known).to_be_focused()
    expect(marks(opened)).to_have_count(1)
    known.press("End")
    expect(known).to_have_attribute("aria-valuetext", "everything on record")
    expect(bar(opened, "Nov 2022")).to_be_visible()


def test_keys_move_the_ends_of_what_happened(opened):
    start, end = slider(opened, "Happened from"), slider(opened, "Happened to")
    start.press("End")
    for _ in range(4):
        start.press("PageDown")
    expect(start).to_have_attribute("aria-valuetext", "1 December 2022")
    end.press("PageDown")
    expect(end).to_have_attribute("aria-valuetext", "31 December 2025")
    expect(opened.get_by_text("Dec 2022 – Dec 2025")).to_be_visible()
    start.press("Home")
    end.press("End")
    expect(start).to_have_attribute("aria-valuetext", "no limit")
    expect(opened.get_by_text("all dates", exact=True)).to_be_visible()


def test_nothing_said_later_is_anywhere_in_the_text(opened, map_file):
    assert "Dunai" in opened.evaluate(TEXT)
    at(opened, map_file, "v=1&known=2022-11-10")
    expect(slider(opened, "Known by")).to_have_attribute("aria-valuetext", "10 November 2022")
    opened.get_by_role("button", name="As told by").click()
    text = opened.evaluate(TEXT)
    assert "Dunai" not in text
    assert "Multilateral Sanctions" not in text
    assert "Tokyo Shimbun" not in text


def test_the_window_hides_the_events_outside_of_it_but_not_from_the_chart(opened, map_file):
    at(opened, map_file, "v=1&from=2022-11&to=2022-11")
    expect(opened.get_by_text("Nov 2022", exact=True)).to_be_visible()
    outside = bar(opened, "Oct 2024")
    outside.hover()
    expect(opened.get_by_text("outside the chosen dates").first).to_be_visible()
    bar(opened, "Nov 2022").hover()
    expect(opened.get_by_text("outside the chosen dates")).to_have_count(0)
    opened.get_by_role("button", name="Show all dates again").click()
    outside.hover()
    expect(opened.get_by_text("outside the chosen dates")).to_have_count(0)


def test_a_drag_on_the_chart_makes_a_window_and_a_double_click_removes_it(opened):
    a, b = bar(opened, "Jul 2022").bounding_box(), bar(opened, "Mar 2024").bounding_box()
    y = a["y"] + 4
    opened.mouse.move(a["x"] + 3, y)
    opened.mouse.down()
    opened.mouse.move(b["x"] - 40, y, steps=4)
    opened.mouse.move(b["x"] + 3, y, steps=4)
    opened.mouse.up()
    expect(opened.get_by_text("Jul 2022 – Mar 2024")).to_be_visible()
    opened.mouse.dblclick(b["x"] + 40, y)
    expect(opened.get_by_text("all dates", exact=True)).to_be_visible()


def test_a_drag_of_the_flag_moves_the_day(opened):
    flag = slider(opened, "Known by").bounding_box()
    to = bar(opened, "Nov 2022").bounding_box()
    opened.mouse.move(flag["x"] + flag["width"] / 2, flag["y"] + 8)
    opened.mouse.down()
    opened.mouse.move(to["x"] + 60, flag["y"] + 20, steps=4)
    opened.mouse.move(to["x"] + to["width"] / 2, flag["y"] + 20, steps=4)
    opened.mouse.up()
    expect(slider(opened, "Known by")).to_have_attribute("aria-valuetext", re.compile(r"(November|December) 2022"))
    expect(opened.get_by_text("not yet said")).to_be_visible()


def test_a_step_goes_to_the_day_on_which_the_next_event_was_first_told(opened, map_file):
    at(opened, map_file, "v=1&known=2022-11-10")
    opened.get_by_role("button", name="Next event", exact=True).click()
    expect(opened.get_by_role("status").filter(has_text="12 December 2022: Eight-car train")).to_be_visible()
    expect(slider(opened, "Known by")).to_have_attribute("aria-valuetext", "12 December 2022")
    chosen = marks(opened).and_(opened.locator("[aria-selected=true]"))
    expect(chosen).to_have_attribute("aria-label", re.compile("Eight-car train"))
    opened.get_by_role("button", name="Previous event", exact=True).click()
    expect(opened.get_by_role("button", name="Previous event", exact=True)).to_be_focused()
    expect(slider(opened, "Known by")).not_to_have_attribute("aria-valuetext", "12 December 2022")


def test_play_begins_at_the_beginning_and_stops_for_whoever_does_something(opened):
    opened.clock.install()
    opened.get_by_role("button", name="Play", exact=True).click()
    known = slider(opened, "Known by")
    expect(known).to_have_attribute("aria-valuetext", "14 October 2006")
    expect(opened.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    opened.clock.run_for(1300)
    expect(known).to_have_attribute("aria-valuetext", re.compile("2009"))
    known.press("ArrowRight")
    expect(opened.get_by_role("button", name="Play", exact=True)).to_be_visible()
    then = known.get_attribute("aria-valuetext")
    opened.clock.run_for(5000)
    expect(known).to_have_attribute("aria-valuetext", then)


def test_pause_keeps_the_day(opened):
    opened.clock.install()
    opened.get_by_role("button", name="Play", exact=True).click()
    opened.get_by_role("button", name="Pause", exact=True).click()
    opened.clock.run_for(5000)
    expect(opened.get_by_role("button", name="Play", exact=True)).to_be_focused()
    expect(slider(opened, "Known by")).to_have_attribute("aria-valuetext", "14 October 2006")


def test_as_told_by_the_dprk_the_cover_routes_are_only_denied(opened):
    told_by(opened, "DPRK")
    opened.keyboard.press("Escape")
    teller = opened.get_by_role("button", name="As told by")
    expect(teller).to_be_focused()
    expect(teller).to_have_text(re.compile("DPRK"))
    cover = opened.get_by_role("button", name=re.compile("^As claimed: by way of the Middle East.*only denied", re.I))
    expect(cover.first).to_be_attached()


def test_presets_add_up_and_a_state_brings_its_agencies(opened):
    told_by(opened, "DPRK", "Russia")
    expect(opened.get_by_role("button", name="As told by")).to_have_text(re.compile("DPRK, Russia"))
    expect(opened.get_by_role("checkbox", name="TASS")).to_be_checked()
    opened.get_by_role("checkbox", name="United States", exact=True).check()
    expect(opened.get_by_role("checkbox", name="US Department of State")).to_be_checked()
    opened.get_by_role("checkbox", name="US Department of State").uncheck()
    expect(opened.get_by_role("checkbox", name="US Department of the Treasury")).to_be_checked()
    expect(opened.get_by_role("checkbox", name="United States", exact=True)).not_to_be_checked()
    opened.get_by_role("button", name="Everyone", exact=True).click()
    expect(opened.get_by_role("button", name="As told by")).to_have_text(re.compile("everyone"))


def test_parties_that_had_said_nothing_by_then_leave_nothing_and_the_bar_says_so(opened, map_file):
    at(opened, map_file, "v=1&known=2022-11-10&by=msmt")
    expect(opened.get_by_text("Nothing on record from them for these dates.")).to_be_visible()
    expect(opened.get_by_role("button", name="As told by")).to_have_text(re.compile("parties not yet on record"))


def test_exact_days_can_be_typed(opened):
    opened.get_by_role("button", name="Dates", exact=True).click()
    fields = opened.get_by_role("group", name="Dates")
    fields.get_by_label("Known by").fill("2022-11-10")
    expect(slider(opened, "Known by")).to_have_attribute("aria-valuetext", "10 November 2022")
    fields.get_by_label("Happened from").fill("2022-11-02")
    expect(slider(opened, "Happened from")).to_have_attribute("aria-valuetext", "2 November 2022")
    fields.get_by_label("Happened to").fill("2022-10-20")
    expect(slider(opened, "Happened from")).to_have_attribute("aria-valuetext", "20 October 2022")
    fields.get_by_label("Known by").fill("")
    expect(slider(opened, "Known by")).to_have_attribute("aria-valuetext", "everything on record")


def test_a_bar_is_reached_by_keyboard_and_selects_its_events_in_turn(opened):
    november = bar(opened, "Nov 2022")
    november.focus()
    expect(opened.get_by_text("Train with 30 Orlov trotters")).not_to_have_count(0)
    november.press("Enter")
    expect(november).to_have_attribute("aria-selected", "true")
    bar(opened, "Nov 2022").press("ArrowRight")
    expect(bar(opened, "Mar 2023")).to_be_focused()


@pytest.mark.parametrize("size", [(480, 800), (900, 380)], ids=["narrow", "short"])
def test_where_there_is_little_room_the_bar_is_one_line_that_unfolds(page, map_file, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(map_file.as_uri())
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(slider(page, "Known by")).to_be_hidden()
    unfold(page)
    expect(slider(page, "Known by")).to_be_visible()
    page.get_by_role("button", name="Dates", exact=True).click()
    expect(page.get_by_role("group", name="Dates").get_by_label("Known by")).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Close the timeline").click()
    expect(slider(page, "Known by")).to_be_hidden()


def test_titles_and_names_that_hold_markup_are_shown_as_text(page, tmp_path):
    case = routes.read_case("dprk-russia")
    events = case.events.assign(title=case.events["title"] + HOSTILE)
    parties = case.parties.assign(name=case.parties["name"] + HOSTILE)
    maps.RouteMap(dataclasses.replace(case, events=events, parties=parties)).save(tmp_path / "map.html")
    page.goto((tmp_path / "map.html").as_uri())
    bar(page, "Nov 2022").hover()
    expect(page.get_by_text(HOSTILE).first).to_be_visible()
    told_by(page)
    expect(page.get_by_role("checkbox", name="TASS" + HOSTILE)).to_be_visible()
    assert page.locator("img[src=x]").count() == 0
    assert page.evaluate("window.bad") is None
