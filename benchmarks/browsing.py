"""Opens one page in a browser of its own and measures what a reader waits for.

`python -m benchmarks.browsing PATH LIMIT` prints a line of JSON for each figure as it comes, in milliseconds and
megabytes; without a page, `python -m benchmarks.browsing` measures what the method itself takes.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.page import CHROMIUM, FLAGS, SIZE, answer
from benchmarks.pictures import MARK, OPENED, Watcher

BOX = ".wb-check[data-layer], .leaflet-control-layers-selector"
CLICK = f"(selector) => {{ performance.mark('{MARK}'); document.querySelector(selector).click(); }}"
FIND_MAP = """() => {
  window.benchMap = Object.values(window).find((one) => window.L && one instanceof L.Map);
  if (!window.benchMap) throw new Error('no Leaflet map in the page');
}"""
VIEW = "() => { window.benchMap.setView([20, 20], 2, {animate: false}); }"
ZOOM = f"() => {{ performance.mark('{MARK}'); benchMap.setZoom(benchMap.getZoom() + 1, {{animate: false}}); }}"
PAN = f"() => {{ performance.mark('{MARK}'); benchMap.panBy([300, 0], {{animate: false}}); }}"
FRAMES = """() => {
  window.benchFrames = [];
  const note = (at) => { benchFrames.push(at); window.benchNoting = requestAnimationFrame(note); };
  window.benchNoting = requestAnimationFrame(note);
}"""
GAP = """() => {
  cancelAnimationFrame(window.benchNoting);
  return Math.max(...benchFrames.slice(1).map((at, number) => at - benchFrames[number]));
}"""
DRAWN = "() => performance.getEntriesByName('waybill-lines-drawn').map((mark) => mark.startTime)[0] ?? null"
DRAG_FROM, MOVES, MOVE_PX, MOVE_S = (850, 420), 30, 10, 0.016
SETTLE_MS = 1500  # the release's inertia, and what is drawn after it
EMPTY = "<!doctype html><body style='background: white'><p>An empty page"
PAINT = f"() => {{ performance.mark('{MARK}'); document.body.style.background = 'grey'; }}"
NOTHING = f"() => performance.mark('{MARK}')"


def measure(browser: Browser, path: Path, limit_s: float) -> None:
    """Print the figures of a page."""
    urls: set[str] = set()
    page = _page(browser, urls)
    watcher = Watcher(browser, page, limit_s)
    say("load", watcher.last_change_ms(lambda: page.goto(path.as_uri()), from_navigation=True))
    say("urls", len(urls))
    say("drawn", page.evaluate(DRAWN))
    say("renderer_mb", max(_resident_mb(process) for process in watcher.renderers()))
    say("heap_mb", page.context.new_cdp_session(page).send("Runtime.getHeapUsage")["usedSize"] / 1e6)
    page.evaluate(FIND_MAP)
    page.evaluate(VIEW)
    watcher.rest()
    say("off", watcher.last_change_ms(lambda: page.evaluate(CLICK, BOX)))
    say("on", watcher.last_change_ms(lambda: page.evaluate(CLICK, BOX)))
    say("zoom", watcher.last_change_ms(lambda: page.evaluate(ZOOM)))
    say("pan", watcher.last_change_ms(lambda: page.evaluate(PAN)))
    say("drag", drag_ms(page))


def resolution(browser: Browser) -> None:
    """Print what the method finds where next to nothing happens."""
    page = _page(browser, set())
    watcher = Watcher(browser, page, 30)
    page.set_content(EMPTY)
    watcher.rest()
    say("nothing", watcher.last_change_ms(lambda: page.evaluate(NOTHING)))
    say("paint", watcher.last_change_ms(lambda: page.evaluate(PAINT)))
    say("drag", drag_ms(page))


def drag_ms(page: Page) -> float:
    """Longest time between two frames while the map is dragged by 300 pixels, let go, and comes to rest."""
    x, y = DRAG_FROM
    page.mouse.move(x, y)
    page.evaluate(FRAMES)
    page.mouse.down()
    for move in range(1, MOVES + 1):
        begun = time.perf_counter()
        page.mouse.move(x - move * MOVE_PX, y)
        time.sleep(max(0.0, MOVE_S - (time.perf_counter() - begun)))  # a hand's pace, not a robot's
    page.mouse.up()
    page.evaluate(f"() => new Promise((done) => setTimeout(done, {SETTLE_MS}))")
    return page.evaluate(GAP)


def say(name: str, value: float | None) -> None:
    """Print a figure at once, so that it counts even if the next one never comes."""
    print(json.dumps({name: value}), flush=True)


def _page(browser: Browser, urls: set[str]) -> Page:
    context = browser.new_context(viewport=SIZE, reduced_motion="reduce")
    context.route(re.compile("^https?:"), lambda route: (urls.add(route.request.url), answer(route)))
    page = context.new_page()
    page.set_default_timeout(0)  # the caller ends this process
    page.add_init_script(OPENED)
    return page


def _resident_mb(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1e3


def main() -> None:
    """Measure the page named on the command line, or the method."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        if len(sys.argv) > 1:
            measure(browser, Path(sys.argv[1]).resolve(), float(sys.argv[2]))
        else:
            resolution(browser)
        browser.close()


if __name__ == "__main__":
    main()
