"""What hostile texts do in Waybill, in plain folium and in GeoDataFrame.explore: built in Python, opened in Chromium.

`python -m benchmarks hostile --texts 20` is a quick look at the first twenty texts.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Page, Route, sync_playwright

from benchmarks.hostile_maps import NO_SCRIPT_HERE, SINKS
from benchmarks.page import CHROMIUM, FLAGS, SIZE, answer
from benchmarks.report import machine, table

CORPUS = Path(__file__).parents[1] / "tests" / "hostile" / "corpus.json"
LONGEST = 1_000  # characters; what a size does is another question
CANARY = "WAYBILL_BAD"
KEYS = ("python", "unbuilt", "browser", "elsewhere", "broken", "unchanged")
HEAD = [
    "tool",
    "where the text stands",
    "ran in Python",
    "no page",
    "ran in the browser",
    "asked elsewhere",
    "page broken",
    "shown unchanged",
]
# what a reader does: looks at every popup and tooltip, moves over what is in them, and follows a link
READ = """async () => {
  const maps = Object.values(window).filter((one) => window.L && one instanceof L.Map);
  const layers = [];
  maps.forEach((map) => map.eachLayer((layer) => layers.push(layer)));
  for (const layer of layers) {
    if (layer.getTooltip && layer.getTooltip()) layer.openTooltip();
    if (layer.getPopup && layer.getPopup()) layer.openPopup();
  }
  await new Promise((done) => setTimeout(done, 40));
  for (const one of document.body.querySelectorAll('[onmouseover], [onfocus], [ontoggle]'))
    ['mouseover', 'focus', 'toggle'].forEach((type) => one.dispatchEvent(new Event(type)));
  for (const one of document.body.querySelectorAll('a[href^="javascript:" i]')) one.click();
  await new Promise((done) => setTimeout(done, 40));
  const seen = document.body.cloneNode(true);
  seen.querySelectorAll('script, style, noscript, template').forEach((one) => one.remove());
  return {
    bad: window.bad !== undefined,
    drawn: document.querySelectorAll('.leaflet-pane path, .leaflet-marker-icon').length,
    text: seen.textContent + ' ' + document.title,
  };
}"""


@dataclass
class Opened:
    """A page that takes one file after another, and what went wrong in the last."""

    page: Page
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def guard(self, route: Route) -> None:
        url = route.request.url
        if urlsplit(url).scheme in {"file", "data", "blob", "about"}:
            route.continue_()
        elif "evil.invalid" in url:
            self.elsewhere.append(url)
            route.abort()
        elif "jquery" in url:
            route.fulfill(body=jquery(), content_type="text/javascript")
        else:
            answer(route)


def jquery() -> str:
    """Return jQuery, of the version that folium links, from its package."""
    return (files("xstatic.pkg.jquery") / "data" / "jquery.min.js").read_text("utf-8")


def texts(most: int | None) -> dict[str, str]:
    """Return the corpus by id, without its longest texts."""
    rows = json.loads(CORPUS.read_text("ascii"))
    found = {row["id"]: row["text"] * row.get("times", 1) for row in rows}
    return {name: text for name, text in list(found.items())[:most] if len(text) < LONGEST}


def folded(text: str) -> str:
    """Return a text as a reader sees it: white space folded, NUL as what HTML has in its place."""
    return re.sub(r"\s+", " ", text.replace("\0", "\ufffd")).strip()


def examine(opened: Opened, build, text: str, folder: Path, *, looked_at: bool) -> set[str]:
    """Return what happens to one text in one place, in the words of `KEYS`."""
    os.environ.pop(CANARY, None)
    try:
        html = build(text)
    except Exception:
        html = None
    found = {"python"} if os.environ.pop(CANARY, None) else set()
    if html is None:
        return found | {"unbuilt"}
    if not looked_at:
        return found
    path = folder / "map.html"
    path.write_text(html, encoding="utf-8", newline="", errors="surrogatepass")
    return found | look(opened, path, text)


def look(opened: Opened, path: Path, text: str) -> set[str]:
    """Open a page and read it."""
    opened.errors.clear()
    opened.elsewhere.clear()
    try:
        opened.page.goto("about:blank")
        opened.page.goto(path.as_uri() + "#sel=line-1", wait_until="load")
        seen = opened.page.evaluate(READ)
    except Error:
        return {"broken"} | ({"elsewhere"} if opened.elsewhere else set())
    found = {"browser"} if seen["bad"] else set()
    found |= {"elsewhere"} if opened.elsewhere else set()
    found |= {"broken"} if opened.errors or not seen["drawn"] else set()
    found |= {"unchanged"} if folded(text) in folded(seen["text"]) else set()
    return found


def opened_in(browser: Browser) -> Opened:
    """Return a page in a context of its own; dialogs are dismissed, other windows closed."""
    context = browser.new_context(viewport=SIZE, reduced_motion="reduce")
    opened = Opened(context.new_page())
    context.route("**/*", opened.guard)
    opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
    opened.page.set_default_timeout(20_000)
    return opened


def section(options: list[str] | None = None) -> str:
    """Put every text into every place of every tool."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks hostile")
    parser.add_argument("--texts", type=int, help="only the first so many texts")
    corpus = texts(parser.parse_args(options or []).texts)
    rows = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        chromium = browser.version
        for tool, sinks in SINKS.items():
            for sink, build in sinks.items():
                opened = opened_in(browser)
                counts: Counter[str] = Counter()
                is_open = sink not in NO_SCRIPT_HERE
                for text in corpus.values():
                    counts.update(examine(opened, build, text, Path(folder), looked_at=is_open))
                opened.page.context.close()
                shown = [str(counts[key]) if is_open or key in KEYS[:2] else "not opened" for key in KEYS]
                rows.append([tool, sink, *shown])
                print(f"{tool}, {sink}: {dict(counts)}", flush=True)
        browser.close()
    note = (
        f"{machine()}, branca {version('branca')}, Jinja2 {version('jinja2')}, Chromium {chromium}; {len(corpus)} "
        "texts of `tests/hostile/corpus.json` in each place, one page a text."
    )
    return f"{note}\n\n{table(HEAD, rows)}"
