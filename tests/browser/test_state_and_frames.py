"""The state of the page in its address, in a frame, and to pass on."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

import maps

pytestmark = pytest.mark.browser

HOST = """<!doctype html><meta charset="utf-8"><title>A page with a map</title>
<script>window.heard = []; addEventListener("message", (event) => heard.push(event.data));</script>
<iframe title="map" width="900" height="640" {attributes}></iframe>"""


@pytest.fixture(scope="module")
def map_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("state") / "map.html"
    maps.render("dprk-russia", path)
    return path


@pytest.fixture
def open_at(page, map_file):
    def go(fragment=""):
        page.goto(map_file.as_uri() + fragment)
        expect(page.get_by_role("checkbox").first).to_be_attached()
        return page

    return go


@pytest.fixture
def open_framed(page, tmp_path):
    def go(attributes):
        host = tmp_path / "host.html"
        host.write_text(HOST.format(attributes=attributes), encoding="utf-8")
        page.goto(host.as_uri())
        page.wait_for_function("() => heard.length > 0")
        return page, page.frame_locator("iframe")

    return go


FRAMES = {
    "file": lambda path: f'src="{path.as_uri()}"',
    "sandboxed file": lambda path: f'sandbox="allow-scripts" src="{path.as_uri()}"',
    "sandboxed text": lambda path: f'sandbox="allow-scripts" srcdoc="{escape(path.read_text(encoding="utf-8"))}"',
}


def layer(scope, name):
    return scope.get_by_role("checkbox", name=name, exact=True)


def fragment(page):
    return unquote(page.evaluate("location.hash"))


def last_heard(page):
    return page.evaluate("heard.at(-1).waybill")


def send(page, message):
    page.evaluate("message => frames[0].postMessage(message, '*')", message)


def test_a_link_opens_the_layers_that_it_names(open_at):
    page = open_at("#on=china-crossings")
    expect(layer(page, "China crossings")).to_be_checked()
    expect(layer(page, "Russia–DPRK rail link")).not_to_be_checked()


def test_a_link_opens_the_page_as_known_on_its_day(open_at):
    page = open_at("#known=2022-11-10")
    expect(page.get_by_text(re.compile("[Aa]s known on 10 November 2022")).first).to_be_visible()


def test_a_link_opens_the_language_that_it_names(open_at):
    expect(open_at("#lang=ko").locator("html")).to_have_attribute("lang", "ko")


def test_a_plain_open_keeps_a_clean_address(open_at):
    page = open_at()
    expect(layer(page, "China crossings")).to_be_checked()
    assert fragment(page) == ""


def test_names_that_the_map_does_not_have_are_noted_where_a_reader_sees_it(open_at):
    page = open_at("#on=china-crossings,nowhere&sel=e9999")
    note = page.get_by_role("status").filter(has_text="nowhere")
    expect(note).to_be_visible()
    expect(note).to_contain_text("e9999")
    expect(layer(page, "China crossings")).to_be_checked()


@pytest.mark.parametrize(
    "hostile",
    [
        "#sel=<img src=x onerror=window.bad=1>",
        "#sel=%3Cscript%3Ewindow.bad=1%3C/script%3E&on=%3Csvg%20onload=window.bad=1%3E",
        "#__proto__=window.bad&on=__proto__,constructor&sel=constructor",
        "#z=1e999&c=NaN,Infinity&known=%00&from=%&to=%FF",
        "#sel=javascript:window.bad=1&lang=javascript:window.bad=1",
        "#on=" + "x," * 3000,
        "#z=5&" + "y" * 9000,
        "###&&&===",
    ],
    ids=range(8),
)
def test_a_hostile_fragment_does_nothing(open_at, hostile):
    page = open_at(hostile)
    for group in ("Russia–DPRK rail link", "China crossings"):
        expect(layer(page, group)).to_be_checked()
    expect(page.get_by_role("status").filter(has_text=re.compile("ignored|more than once"))).to_be_visible()
    assert page.evaluate("window.bad") is None
    assert page.evaluate("({}).bad") is None


def test_layers_that_are_switched_stand_in_the_address_and_back_and_forward_follow(open_at):
    page = open_at()
    box = layer(page, "China crossings")
    box.uncheck()
    page.wait_for_function("() => location.hash.includes('on=')")
    assert "china-crossings" not in fragment(page)
    assert "rail-link" in fragment(page)
    page.go_back()
    expect(box).to_be_checked()
    assert fragment(page) == ""
    page.go_forward()
    expect(box).not_to_be_checked()


def test_another_fragment_by_hand_is_followed(open_at):
    page = open_at("#on=china-crossings")
    page.evaluate("location.hash = '#on=rail-link'")
    expect(layer(page, "Russia–DPRK rail link")).to_be_checked()
    expect(layer(page, "China crossings")).not_to_be_checked()


def test_the_file_opens_where_python_said_and_a_link_goes_before_it(page, tmp_path):
    path = tmp_path / "map.html"
    maps.render("dprk-russia", path, state=maps.State(on=("china-crossings",)))
    page.goto(path.as_uri())
    expect(layer(page, "China crossings")).to_be_checked()
    expect(layer(page, "Russia–DPRK rail link")).not_to_be_checked()
    page.goto("about:blank")
    page.goto(path.as_uri() + "#on=rail-link")
    expect(layer(page, "Russia–DPRK rail link")).to_be_checked()
    expect(layer(page, "China crossings")).not_to_be_checked()


@pytest.mark.parametrize("kind", FRAMES)
def test_a_framed_map_says_where_it_is_and_goes_where_its_host_says(open_framed, map_file, kind):
    page, frame = open_framed(FRAMES[kind](map_file))
    first = last_heard(page)
    assert first["version"] == 1
    assert first["height"] == 560
    assert first["state"].startswith("v=1&z=")

    send(page, {"waybill": {"state": "#on=china-crossings"}})
    expect(layer(frame, "Russia–DPRK rail link")).not_to_be_checked()
    page.wait_for_function("() => heard.at(-1).waybill.state.includes('on=china-crossings')")


@pytest.mark.parametrize("kind", FRAMES)
def test_what_a_reader_does_in_a_frame_is_told_and_is_no_step_of_the_host(open_framed, map_file, kind):
    page, frame = open_framed(FRAMES[kind](map_file))
    before = page.evaluate("history.length")
    if not layer(frame, "China crossings").is_visible():
        frame.get_by_role("button", name=re.compile("Layers")).first.click()
    layer(frame, "China crossings").uncheck()
    page.wait_for_function("() => heard.at(-1).waybill.state.includes('on=rail-link')")
    assert "china-crossings" not in last_heard(page)["state"]
    assert page.evaluate("history.length") == before


def test_other_messages_to_a_frame_do_nothing(open_framed, map_file):
    page, frame = open_framed(FRAMES["sandboxed text"](map_file))
    for message in [
        {"waybill": {"state": 7}},
        {"waybill": {"state": "on=china-crossings", "run": "window.bad=1"}},
        {"waybill": "on=china-crossings"},
        "on=china-crossings",
        None,
        {"waybill": {"state": "x" * 9000}},
    ]:
        send(page, message)
    # what is sent last is heard last: once it was followed, the others were not
    send(page, {"waybill": {"state": "on=rail-link"}})
    expect(layer(frame, "China crossings")).not_to_be_checked()
    expect(layer(frame, "Russia–DPRK rail link")).to_be_checked()
    assert not any("on=china-crossings&" in f"{one['waybill']['state']}&" for one in page.evaluate("heard"))


def test_a_host_that_sends_script_gets_a_note_in_the_page(open_framed, map_file):
    page, frame = open_framed(FRAMES["sandboxed text"](map_file))
    send(page, {"waybill": {"state": "sel=<img src=x onerror=parent.bad=1>"}})
    expect(frame.get_by_role("status").filter(has_text="<img src=x")).to_be_visible()
    assert page.evaluate("window.bad") is None


def test_share_shows_the_link_at_this_state_and_the_frame_for_it(open_at, map_file):
    page = open_at("#on=china-crossings&known=2022-11-10")
    page.get_by_role("button", name="Share", exact=True).click()
    dialog = page.get_by_role("dialog", name="Share this view")
    link = dialog.get_by_label("Link", exact=True)
    expect(link).to_be_focused()
    expect(link).to_have_value(
        re.compile(rf"^{re.escape(map_file.as_uri())}#v=1&z=.*&on=china-crossings&known=2022-11-10$")
    )
    expect(link).to_have_attribute("readonly", "")
    expect(dialog.get_by_label("HTML for a frame in another page")).to_have_value(
        re.compile(r'^<iframe src="map\.html#v=1&amp;z=')
    )
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Share", exact=True)).to_be_focused()


def test_a_shared_link_opens_the_same_state(open_at, page):
    open_at("#on=china-crossings&by=dprk&z=5&c=41,125")
    page.get_by_role("button", name="Share", exact=True).click()
    link = page.get_by_role("dialog").get_by_label("Link", exact=True).input_value()
    page.goto("about:blank")
    page.goto(link)
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.get_by_role("dialog").get_by_label("Link", exact=True)).to_have_value(link)


def test_copying_says_so(open_at, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = open_at()
    page.get_by_role("button", name="Share", exact=True).click()
    dialog = page.get_by_role("dialog", name="Share this view")
    dialog.get_by_role("button", name="Copy link").click()
    expect(dialog.get_by_role("status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == dialog.get_by_label("Link", exact=True).input_value()


def test_without_a_clipboard_the_text_is_marked_and_the_page_says_so(open_at):
    page = open_at()
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="Share", exact=True).click()
    dialog = page.get_by_role("dialog", name="Share this view")
    dialog.get_by_role("button", name="Copy HTML").click()
    expect(dialog.get_by_role("status")).to_contain_text("Ctrl+C")
    field = dialog.get_by_label("HTML for a frame in another page")
    assert field.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd) === box.value")


def test_a_page_without_an_address_shares_its_state_and_says_so(open_framed, map_file):
    _, frame = open_framed(FRAMES["sandboxed text"](map_file))
    button = frame.get_by_role("button", name="Share", exact=True)
    if not button.is_visible():
        frame.get_by_role("button", name="Tools", exact=True).click()
    button.click()
    dialog = frame.get_by_role("dialog", name="Share this view")
    expect(dialog.get_by_label("State", exact=True)).to_have_value(re.compile("^v=1&z="))
    expect(dialog).to_contain_text("no address of its own")
    expect(dialog.get_by_label("HTML for a frame in another page")).to_be_hidden()


def test_a_link_to_something_whose_layer_is_off_offers_to_show_it(open_at):
    page = open_at("#sel=r-sea-dunai")
    notice = page.get_by_role("status").filter(has_text="its layer is off")
    expect(notice).to_contain_text("Ships Rajin–Dunai")
    notice.get_by_role("button", name="Show it").click()
    expect(layer(page, "Sea shipments since 2023")).to_have_js_property("indeterminate", True)
    expect(page.locator("svg").get_by_role("button", name=re.compile("^Ships Rajin–Dunai"))).to_be_attached()
    expect(notice).to_have_count(0)


def test_notices_stand_together_and_go_when_dismissed(open_at):
    page = open_at("#on=china-crossings,nowhere&from=x&to=y&lang=tlh&sel=r-sea-dunai")
    notices = page.get_by_role("button", name="Dismiss this notice")
    expect(notices).to_have_count(2)
    notices.first.click()
    notices.first.click()
    expect(notices).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="nowhere")).to_have_count(0)


def test_a_notice_is_not_covered_on_a_narrow_screen(open_at, page):
    notice = open_at("#on=nowhere,rail-link").get_by_role("status").filter(has_text="nowhere")
    page.set_viewport_size({"width": 480, "height": 800})
    expect(page.locator(".waybill.wb-narrow")).to_be_visible()
    # a press would be refused where something else lies above
    notice.get_by_role("button", name="Dismiss this notice").click(trial=True)
    head = page.get_by_role("region", name=re.compile("^DPRK–Russia")).bounding_box()
    assert notice.bounding_box()["y"] >= head["y"] + head["height"]
