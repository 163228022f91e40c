"""Maps in a notebook, in what nbconvert makes of it, and in plain static HTML as Quarto writes it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

import maps
import routes

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
# what nbconvert's own template loads whatever a notebook holds: formulas, and a module loader for widgets
TEMPLATE_LINKS = ["cdnjs.cloudflare.com/ajax/libs/mathjax/", "cdnjs.cloudflare.com/ajax/libs/require.js/"]


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    pytest.importorskip("nbconvert", reason="needs the group `test`")
    folder = tmp_path_factory.mktemp("notebook")
    command = [*(sys.executable, "-m", "nbconvert"), "--to", "html", "--execute", "--output-dir", str(folder)]
    command += ["--ExecutePreprocessor.timeout=180", str(ROOT / "examples" / "notebook.ipynb")]
    # the kernel starts beside the notebook; it is to test the same code as this process
    path = os.pathsep.join([str(Path(maps.__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    settings = {"PYTHONPATH": path, "IPYTHONDIR": str(folder), "JUPYTER_CONFIG_DIR": str(folder)}
    result = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=240, env=os.environ | settings
    )
    assert result.returncode == 0, result.stderr
    return folder / "notebook.html"


@pytest.mark.slow
def test_an_exported_notebook_keeps_its_maps_working_offline(page, watch, notebook):
    for link in TEMPLATE_LINKS:
        watch.allow(link)
    # the browser's own words for a script that was kept away from it; the requests themselves are told apart above
    watch.allow("net::ERR_FAILED")
    page.goto(notebook.as_uri())
    frames = page.locator("iframe")
    expect(frames).to_have_count(2)
    case, lines = page.frame_locator("iframe >> nth=0"), page.frame_locator("iframe >> nth=1")
    expect(case.get_by_role("checkbox", name="Russia–DPRK rail link", exact=True)).to_be_checked()
    expect(lines.get_by_role("heading", name="Legs at sea")).to_be_visible()
    # what is done in one map is done in that one
    lines.get_by_role("checkbox").first.uncheck()
    expect(lines.locator("svg [role=button]:visible")).to_have_count(0)
    expect(case.locator("svg [role=button]:visible").first).to_be_visible()
    assert [frames.nth(n).evaluate("frame => frame.clientHeight") for n in (0, 1)] == [560, 480]
    expect(page.get_by_text("Draw it with maps.RouteMap(case)")).to_be_visible()
    strangers = [url for url in watch.requests if not any(link in url for link in TEMPLATE_LINKS)]
    assert strangers == []


def ids(page):
    return page.evaluate("[...document.querySelectorAll('[id]')].map((node) => node.id)")


def test_two_maps_on_one_page_share_nothing(page, tmp_path):
    case = routes.read_case("dprk-russia")
    shown = [maps.RouteMap(case, state=state)._repr_html_() for state in ("on=rail-link", "on=china-crossings")]
    host = tmp_path / "notebook.html"
    host.write_text(f"<!doctype html><meta charset=utf-8><title>x</title>{''.join(shown)}", encoding="utf-8")
    page.goto(host.as_uri())
    first, second = page.frame_locator("iframe >> nth=0"), page.frame_locator("iframe >> nth=1")
    for frame, on, off in (
        (first, "Russia–DPRK rail link", "China crossings"),
        (second, "China crossings", "Russia–DPRK rail link"),
    ):
        expect(frame.get_by_role("checkbox", name=on, exact=True)).to_be_checked()
        expect(frame.get_by_role("checkbox", name=off, exact=True)).not_to_be_checked()
    assert ids(page) == []
    assert page.evaluate("[window.L, window.Waybill]") == [None, None]


def test_static_html_that_holds_the_page_works_offline(page, tmp_path):
    maps.render("dprk-russia", tmp_path / "map.html")
    frame = maps.embed(tmp_path / "map.html", form="html", state="on=china-crossings", sandbox=True)
    host = tmp_path / "report.html"
    host.write_text(f"<!doctype html><meta charset=utf-8><title>x</title><main>{frame}</main>", encoding="utf-8")
    (tmp_path / "map.html").unlink()
    page.goto(host.as_uri())
    held = page.frame_locator("iframe")
    expect(held.get_by_role("checkbox", name="China crossings", exact=True)).to_be_checked()
    expect(held.get_by_role("checkbox", name="Russia–DPRK rail link", exact=True)).not_to_be_checked()
    expect(held.locator("svg [role=button]:visible").first).to_be_visible()
