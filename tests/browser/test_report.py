"""The example report: links of its text set the map in its frame."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

import maps

pytestmark = pytest.mark.browser

EXAMPLES = Path(__file__).parents[2] / "examples"
LISTEN = """window.heard = []; addEventListener('message', (event) => heard.push(event.data && event.data.waybill));"""


@pytest.fixture(scope="module")
def map_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "map.html"
    maps.render("dprk-russia", path)
    return path


@pytest.fixture
def open_report(page, map_file):
    """Open the report as it is, or with other attributes of its frame."""

    def go(old="", new=""):
        text = (EXAMPLES / "report.html").read_text(encoding="utf-8")
        assert old in text
        report = map_file.with_name("report.html")
        report.write_text(text.replace(old, new), encoding="utf-8")
        page.add_init_script(LISTEN)
        page.goto(report.as_uri())
        return page, page.frame_locator("iframe")

    return go


def sandbox(text):
    start = text.index(' sandbox="')
    return text[start : text.index('"', start + 10) + 1]


SANDBOX = sandbox((EXAMPLES / "report.html").read_text(encoding="utf-8"))
FRAMES = {"as it is": SANDBOX, "closed": ' sandbox="allow-scripts"', "open": ""}


@pytest.mark.parametrize("kind", FRAMES)
def test_a_link_of_the_text_sets_the_map(open_report, kind):
    page, frame = open_report(SANDBOX, FRAMES[kind])
    page.get_by_role("link", name="the rail link with everything on record").click()
    expect(frame.get_by_role("checkbox", name="Russia–DPRK rail link", exact=True)).to_be_checked()
    expect(frame.get_by_role("checkbox", name="China crossings", exact=True)).not_to_be_checked()
    page.wait_for_function("() => heard.at(-1) && heard.at(-1).state.includes('on=rail-link')")
    page.get_by_role("link", name="what was known after the denials").click()
    expect(frame.get_by_text("10 November 2022").first).to_be_attached()
    page.wait_for_function("() => heard.at(-1).state.includes('known=2022-11-10')")
    assert page.url.endswith("report.html")


def test_a_link_pressed_before_the_map_is_there_counts_once_it_is(page, open_report):
    text = (EXAMPLES / "report.html").read_text(encoding="utf-8")
    # far below the fold, where a lazy frame does not load by itself
    page, frame = open_report("<figure>", '<figure style="margin-top: 9000px">')
    assert "9000px" not in text
    page.get_by_role("link", name="the same as the DPRK tells it").click()
    page.wait_for_function("() => heard.at(-1) && heard.at(-1).state.includes('by=dprk')")
    expect(frame.get_by_text("as told by").first).to_be_attached()


def test_the_frame_takes_the_height_that_the_map_asks_for(page, open_report):
    page.set_viewport_size({"width": 480, "height": 800})
    open_report()
    page.wait_for_function("() => heard.length > 0")
    expect(page.locator("iframe")).to_have_css("height", "720px")


def test_other_frames_and_other_messages_are_not_followed(page, open_report):
    page, _ = open_report("</body>", '<iframe id="other" title="other" srcdoc="x" height="50"></iframe></body>')
    page.wait_for_function("() => heard.length > 0")
    page.frame_locator("#other").locator("body").evaluate(
        "() => parent.postMessage({waybill: {version: 1, height: 900, state: ''}}, '*')"
    )
    page.wait_for_function("() => heard.some((told) => told.height === 900)")
    assert page.locator("#other").evaluate("frame => frame.style.height") == ""
    frame = page.frame(url=lambda url: url.endswith("map.html"))
    frame.evaluate("() => parent.postMessage({waybill: {version: 1, height: 1e9, state: ''}}, '*')")
    page.wait_for_function("() => heard.some((told) => told.height === 1e9)")
    assert page.locator(".waybill-map").evaluate("frame => frame.getBoundingClientRect().height") < 5000


def test_a_link_is_a_link_where_the_frame_is_missing(page, open_report):
    open_report('class="waybill-map"', 'class="something-else"')
    page.get_by_role("link", name="what was known after the denials").click()
    page.wait_for_url("**/map.html#known=2022-11-10")


def test_the_report_in_the_repository_is_what_the_example_makes(map_file, tmp_path):
    shutil.copy(map_file, tmp_path / "map.html")
    made = runpy.run_path(str(EXAMPLES / "make.py"))["report"](tmp_path / "map.html")
    assert made == (EXAMPLES / "report.html").read_text(encoding="utf-8")
