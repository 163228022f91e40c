"""What axe finds, and what only a keyboard shows."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from playwright.sync_api import expect

import maps

pytestmark = pytest.mark.browser

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
SIZES = {"wide": (1280, 800), "roomy": (1500, 900), "narrow": (480, 800), "frame": (640, 380), "phone": (360, 640)}


@pytest.fixture(scope="module")
def map_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "map.html"
    maps.render("dprk-russia", path)
    return path


@pytest.fixture
def opened(page, map_file):
    page.goto(map_file.as_uri())
    expect(page.locator("svg [role=button]").first).to_be_attached()
    return page


def violations(page) -> list[str]:
    """Return what axe finds, one line for each kind of fault with the first element that has it."""
    page.evaluate(AXE)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [f"{one['id']} ({len(one['nodes'])}): {one['nodes'][0]['html'][:160]}" for one in found["violations"]]


@pytest.mark.parametrize(
    ("size", "scheme"), [*((size, "light") for size in SIZES), ("wide", "dark"), ("narrow", "dark")]
)
def test_axe_finds_nothing(page, map_file, size, scheme):
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    page.goto(map_file.as_uri())
    expect(page.locator("svg [role=button]").first).to_be_attached()
    assert violations(page) == []


@pytest.mark.parametrize(
    ("tab", "scheme"), [("Events", "light"), ("Claims", "light"), ("Routes", "light"), ("Events", "dark")]
)
def test_axe_finds_nothing_in_the_ledger(opened, tab, scheme):
    opened.emulate_media(color_scheme=scheme)
    opened.get_by_role("button", name="Ledger", exact=True).click()
    opened.get_by_role("tab", name=re.compile(tab)).click()
    if tab == "Events":
        opened.get_by_role("button", name=re.compile("US said shells were hidden")).first.click()
    assert violations(opened) == []


@pytest.mark.parametrize(
    ("state", "scheme"),
    [
        ("sel=e22", "light"),
        ("sel=e22", "dark"),
        ("sel=r-sea-dunai&on=sea-shipments", "light"),
        ("sel=khasan-stn", "light"),
        ("lang=ko", "light"),
        ("by=dprk", "light"),
        ("known=2022-11-10", "light"),
    ],
)
def test_axe_finds_nothing_at_a_state(page, map_file, state, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{map_file.as_uri()}#{state}")
    expect(page.locator("svg [role=button]").first).to_be_attached()
    assert violations(page) == []


@pytest.mark.parametrize("name", ["As told by", "Dates", "Key", "Share"])
def test_axe_finds_nothing_in_what_a_button_opens(opened, name):
    opened.get_by_role("button", name=re.compile(f"^{name}")).click()
    assert violations(opened) == []


def test_a_way_leads_past_the_map_to_a_table(opened):
    opened.keyboard.press("Tab")  # the map itself, which the arrow keys move
    opened.keyboard.press("Tab")
    skip = opened.get_by_role("button", name=re.compile("Skip the map"))
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    opened.keyboard.press("Enter")
    table = opened.get_by_role("table").filter(has_text="by way of the Middle East or North Africa")
    expect(table).to_be_visible()
    expect(table.get_by_role("columnheader", name="Denied by")).to_be_visible()


def item(page, name):
    return page.get_by_role("treeitem", name=name)


def test_the_tree_is_one_tab_stop_with_arrows_inside(opened):
    link = item(opened, "Russia–DPRK rail link").first
    link.focus()
    expect(link).to_have_attribute("aria-expanded", "true")
    expect(link).to_have_attribute("aria-checked", "true")

    opened.keyboard.press("ArrowLeft")
    expect(link).to_have_attribute("aria-expanded", "false")
    opened.keyboard.press("ArrowDown")
    expect(item(opened, "China crossings").first).to_be_focused()
    opened.keyboard.press("Home")
    opened.keyboard.press("ArrowRight")
    opened.keyboard.press("ArrowRight")
    track = item(opened, "Track").first
    expect(track).to_be_focused()

    opened.keyboard.press("Space")
    expect(track).to_have_attribute("aria-checked", "false")
    expect(link).to_have_attribute("aria-checked", "mixed")
    expect(opened.get_by_role("checkbox", name="Track", exact=True)).not_to_be_checked()

    opened.keyboard.press("a")
    expect(item(opened, re.compile("^Alleged")).first).to_be_focused()
    opened.keyboard.press("Shift+Tab")
    focused = opened.evaluate("document.activeElement.getAttribute('role')")
    assert focused != "treeitem"


def test_only_this_shows_one_layer_and_no_other(opened):
    link = item(opened, "China crossings").first
    link.focus()
    opened.keyboard.press("Tab")
    only = opened.get_by_role("button", name="Show only China crossings")
    expect(only).to_be_focused()
    opened.keyboard.press("Enter")
    expect(opened.get_by_role("checkbox", name="China crossings", exact=True)).to_be_checked()
    expect(opened.get_by_role("checkbox", name="Russia–DPRK rail link", exact=True)).not_to_be_checked()


def test_at_twice_the_size_nothing_is_lost(page, map_file):
    # 200% of 1280 by 800 leaves a page of 640 by 400
    page.set_viewport_size({"width": 640, "height": 400})
    page.goto(map_file.as_uri())
    page.get_by_role("button", name="Layers", exact=True).click()
    page.get_by_role("checkbox", name="China crossings", exact=True).scroll_into_view_if_needed()
    expect(page.get_by_role("checkbox", name="China crossings", exact=True)).to_be_in_viewport()
    page.get_by_role("combobox", name="Language").scroll_into_view_if_needed()
    expect(page.get_by_role("combobox", name="Language")).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Layers", exact=True).click()
    page.get_by_role("button", name="Ledger", exact=True).click()
    expect(page.get_by_role("tab", name=re.compile("Events"))).to_be_in_viewport()
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow == 0


def test_every_control_has_a_visible_focus(opened):
    """Walk the page with Tab; what has the focus can be seen and is marked."""
    seen = 0
    for _ in range(60):
        opened.keyboard.press("Tab")
        state = opened.evaluate(
            """() => {
              const node = document.activeElement;
              if (!node || node === document.body) return null;
              const style = getComputedStyle(node);
              const box = node.getBoundingClientRect();
              const drawn = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
              const marked = drawn || node.matches('svg *');
              const inside = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
              return {name: node.getAttribute('aria-label') || node.textContent.slice(0, 40), marked, inside};
            }"""
        )
        if state is None:
            break
        seen += 1
        assert state["marked"], state
        assert state["inside"], state
    assert seen > 20
