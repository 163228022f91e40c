"""The page as a citizen of other people's browsers: it asks for nothing, keeps nothing and needs little."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import geopandas
import pytest
from playwright.sync_api import expect
from shapely.geometry import LineString

import maps

pytestmark = pytest.mark.browser

HOST = """<!doctype html><meta charset="utf-8"><title>A page with a map</title>
<iframe title="map" width="1200" height="760" {}></iframe>"""
NOTHING_KEPT = """
window.touched = [];
const deny = (name) => ({get() { touched.push(name); throw new DOMException('blocked', 'SecurityError'); }});
for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
  Object.defineProperty(window, name, deny(name));
Object.defineProperty(Document.prototype, 'cookie', deny('cookie'));
"""
VIOLATIONS = """
window.violations = [];
addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A page of a case, one of a few lines and one of so many that they are packed."""
    folder = tmp_path_factory.mktemp("citizen")
    few = [LineString([(130, 40 + n), (140, 41 + n)]) for n in range(3)]
    many = [LineString([(n % 90, n % 40), (n % 90 + 2, n % 40 + 1)]) for n in range(700)]
    maps.render("dprk-russia", folder / "case.html")
    for name, lines in (("few", few), ("many", many)):
        frame = geopandas.GeoDataFrame({"name": [f"Line {n}" for n in range(len(lines))]}, geometry=lines, crs=4326)
        maps.explore(frame, title=name).save(folder / f"{name}.html")
    return folder


def use(scope):
    """Go through what a reader does, by role and name."""
    box = scope.get_by_role("checkbox").first
    box.click()
    box.click()
    scope.get_by_role("combobox").first.fill("Khasan")
    scope.get_by_role("option").first.click()
    expect(scope.get_by_role("dialog").first).to_be_visible()
    scope.get_by_role("button", name="Close").first.click()
    scope.get_by_role("button", name="Share").click()
    share = scope.get_by_role("dialog", name="Share")
    share.get_by_role("button", name="Close").click()
    skip = scope.get_by_role("button", name=re.compile("read the routes as a table"))
    skip.focus()
    skip.press("Enter")
    expect(scope.get_by_role("table").first).to_be_visible()


@pytest.fixture
def framed(page, tmp_path):
    def go(attributes):
        (tmp_path / "host.html").write_text(HOST.format(attributes), encoding="utf-8")
        page.goto((tmp_path / "host.html").as_uri())
        return page.frame_locator("iframe")

    return go


def test_a_page_is_used_from_disk_with_all_storage_blocked_and_touches_none(page, files):
    page.add_init_script(NOTHING_KEPT)
    page.goto((files / "case.html").as_uri())
    use(page)
    assert page.evaluate("touched") == []


def test_a_page_is_used_in_a_frame_that_may_do_nothing_but_run_scripts(framed, files):
    frame = framed(f'sandbox="allow-scripts" src="{(files / "case.html").as_uri()}"')
    use(frame)
    # no origin, so that the browser itself blocks all storage
    assert (
        frame.locator("body").evaluate("() => { try { return !!localStorage } catch (error) { return error.name } }")
        == "SecurityError"
    )


@pytest.mark.parametrize("name", ["case", "few", "many"])
def test_no_page_breaks_its_own_policy(page, files, name):
    page.add_init_script(VIOLATIONS)
    page.goto((files / f"{name}.html").as_uri())
    expect(page.get_by_role("checkbox").first).to_be_attached()
    assert page.evaluate("violations") == []


def test_the_policy_refuses_eval_and_handlers_and_whatever_comes_from_elsewhere(page, files, watch):
    watch.allow("Content Security Policy")
    page.add_init_script(VIOLATIONS)
    page.goto((files / "case.html").as_uri())
    expect(page.get_by_role("checkbox").first).to_be_attached()
    page.evaluate(
        """() => {
            window.bad = 0;
            // later, because what a debugger runs by itself may use eval
            setTimeout(() => { try { eval('bad = 1') } catch (error) {} });
            setTimeout(() => { try { new Function('bad = 2')() } catch (error) {} });
            const put = (html) => document.body.insertAdjacentHTML('beforeend', html);
            put('<img src="data:," onerror="bad = 3">');
            put('<a id="js-link" href="javascript:bad = 4">x</a>');
            put('<iframe src="https://example.org/"></iframe><object data="https://example.org/"></object>');
            put('<img src="https://example.org/x.png"><form id="f" action="https://example.org/"></form>');
            const script = document.createElement('script');
            script.textContent = 'bad = 5';
            document.body.append(script);
            document.getElementById('js-link').click();
            document.getElementById('f').submit();
        }"""
    )
    page.wait_for_function("() => violations.length >= 9")
    assert page.evaluate("bad") == 0
    told = " ".join(page.evaluate("violations"))
    for directive in ("script-src ", "script-src-attr", "img-src", "frame-src", "object-src", "form-action"):
        assert directive in told


class Attributes(HTMLParser):
    """Handlers, and addresses that are neither data nor a place in the page."""

    def __init__(self, text):
        super().__init__()
        self.handlers, self.addresses = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.handlers += [(tag, name) for name, _ in attributes if name.startswith("on")]
        self.addresses += [
            (tag, value)
            for name, value in attributes
            if name in {"src", "href", "action", "data", "srcset"} and not value.startswith(("data:", "#"))
        ]


@pytest.mark.parametrize("name", ["case", "few", "many"])
def test_no_page_has_a_handler_or_an_address_in_its_markup(files, name):
    text = (files / f"{name}.html").read_text(encoding="utf-8")
    found = Attributes(text)
    assert found.handlers == []
    assert found.addresses == []
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1]
    assert "default-src &#x27;none&#x27;" in policy
    assert "unsafe" not in policy


class TestWithoutScripts:
    """What remains where no script runs."""

    @pytest.fixture
    def page(self, browser, watch):
        context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
        context.route("**/*", watch.guard)
        yield context.new_page()
        context.close()
        assert watch.unexcused() == []

    def test_the_table_and_the_picture_of_a_case_remain(self, page, files):
        page.goto((files / "case.html").as_uri())
        picture = page.get_by_role("img", name=re.compile("^The routes that the map shows at first"))
        expect(picture).to_be_visible()
        box = picture.bounding_box()
        assert box["width"] > 900
        assert box["height"] > 500
        for name in ("Port Said", "Beijing", "Middle East and North Africa"):
            expect(picture.get_by_text(name, exact=True)).to_be_visible()
        row = page.get_by_role("row").filter(has_text="by way of the Middle East or North Africa")
        expect(row).to_contain_text("Asserted")
        expect(row).to_contain_text("North Korea")
        expect(page.get_by_role("listitem").filter(has_text="Denied by someone")).to_be_visible()

    def test_lines_without_claims_have_a_picture_too(self, page, files):
        page.goto((files / "few.html").as_uri())
        expect(page.get_by_role("img", name=re.compile("^The routes"))).to_be_visible()
        expect(page.get_by_role("row").filter(has_text="Line 2")).to_be_visible()

    def test_of_many_lines_some_are_drawn_and_the_page_says_so(self, page, files):
        page.goto((files / "many.html").as_uri())
        expect(page.get_by_role("img", name=re.compile("^The routes"))).to_be_visible()
        expect(page.get_by_role("figure")).to_contain_text("Some of the lines, coarsely drawn")
        expect(page.get_by_text(re.compile("On it are 700 lines"))).to_be_visible()

    def test_a_narrow_page_does_not_cut_its_text(self, page, files):
        page.set_viewport_size({"width": 390, "height": 800})
        page.goto((files / "case.html").as_uri())
        heading = page.get_by_role("heading", level=1)
        box = heading.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        table = page.get_by_role("table").bounding_box()
        assert table["x"] + table["width"] <= 390
        lines = page.get_by_role("columnheader").evaluate_all(
            """found => found.filter((one) => !/\\s/.test(one.textContent)).map((one) => {
                const range = document.createRange();
                range.selectNodeContents(one);
                return range.getClientRects().length;
            })"""
        )
        assert lines == [1, 1, 1], "a word of the table's head is broken"

    def test_a_frame_that_allows_no_scripts_shows_them_too(self, page, tmp_path, files):
        (tmp_path / "host.html").write_text(
            HOST.format(f'sandbox="" src="{(files / "case.html").as_uri()}"'), encoding="utf-8"
        )
        page.goto((tmp_path / "host.html").as_uri())
        expect(page.frame_locator("iframe").get_by_role("img", name=re.compile("^The routes"))).to_be_visible()


def test_the_page_says_from_which_state_of_the_case_it_was_made(page, files):
    page.goto((files / "case.html").as_uri())
    text = (files / "case.html").read_text(encoding="utf-8")
    sha256 = re.search(r'"case":\{"id":"dprk-russia","sha256":"([0-9a-f]{64})"', text)[1]
    expect(page.get_by_text(f"State of the case: sha256 {sha256[:16]}")).to_be_attached()


def test_the_page_of_the_built_in_case_stays_below_a_megabyte_and_a_half(files):
    assert (files / "case.html").stat().st_size < 1_500_000
