"""How fast the page of the built-in case opens and answers, beside folium's plain GeoJson map of the same routes."""

from __future__ import annotations

import os
import re
import statistics
import tempfile
from pathlib import Path

import folium
from playwright.sync_api import sync_playwright

import maps
import routes
from benchmarks.report import machine, table
from maps.assets import packaged_text

RUNS = 9
KEYS = ("load", "ready", "off", "on")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
SIZE = {"width": 1280, "height": 800}
# noted by the page itself, so that the driver's own waiting is not counted: when the lines are drawn and when
# everything is there, each plus two frames
WATCH = """
const after = (test, key) => {
  const frames = () => requestAnimationFrame(() => requestAnimationFrame(() => { window[key] = performance.now(); }));
  const look = () => (test() ? frames() : requestAnimationFrame(look));
  requestAnimationFrame(look);
};
after(() => document.querySelectorAll('.leaflet-pane path').length > 20, 'linesAt');
after(() => document.querySelector('.wb-time, .leaflet-control-layers-overlays'), 'allAt');
"""
# a click, and how long until the second picture after it
TOGGLE = """(selector) => new Promise((done) => {
  const box = document.querySelector(selector);
  const begun = performance.now();
  box.click();
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
})"""


def folium_map(case: routes.Case, path: Path) -> None:
    """Write the routes of a case as folium's users would: a GeoJson a layer, with a tooltip, and a layer control."""
    made = folium.Map(location=(45, 90), zoom_start=3, tiles=None)
    frame = case.routes[["id", "title", "layer", "kind", "geometry"]]
    for layer, rows in frame[~frame.geometry.is_empty].groupby("layer"):
        group = folium.FeatureGroup(name=layer).add_to(made)
        folium.GeoJson(rows, tooltip=folium.GeoJsonTooltip(["title", "kind"])).add_to(group)
    folium.LayerControl(collapsed=False).add_to(made)
    made.save(path)


def answer(route) -> None:
    """Give folium the files that it links, without a network: Leaflet from its package, the rest empty."""
    url = route.request.url
    kind = "text/css" if url.endswith(".css") else "text/javascript"
    route.fulfill(body=packaged_text(url) or "", content_type=kind)


def measure(browser, path: Path, selector: str) -> dict[str, float]:
    """Open a page in a fresh context; milliseconds to its lines, to a layer off and on again."""
    context = browser.new_context(viewport=SIZE, reduced_motion="reduce")
    context.route(re.compile("^https?:"), answer)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(path.as_uri(), wait_until="load")
    page.wait_for_function("() => window.linesAt && window.allAt")
    load, ready = page.evaluate("[window.linesAt, Math.max(window.linesAt, window.allAt)]")
    times = {
        "load": load,
        "ready": ready,
        "off": page.evaluate(TOGGLE, selector),
        "on": page.evaluate(TOGGLE, selector),
    }
    context.close()
    return times


def section() -> str:
    """Measure both pages in turn, so that they meet the same moods of the machine."""
    case = routes.read_case("dprk-russia")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        ours, theirs = Path(folder) / "waybill.html", Path(folder) / "folium.html"
        maps.render(case, ours)
        folium_map(case, theirs)
        pages = {
            "Waybill": (ours, ".wb-check"),
            "folium GeoJson": (theirs, ".leaflet-control-layers-selector"),
        }
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        times: dict[str, list[dict[str, float]]] = {name: [] for name in pages}
        for run in range(RUNS + 1):
            for name, (path, selector) in pages.items():
                found = measure(browser, path, selector)
                if run:
                    times[name].append(found)
        browser.close()
        sizes = {name: path.stat().st_size / 1e6 for name, (path, _) in pages.items()}
    rows = [
        [name, f"{sizes[name]:.2f}", *(f"{statistics.median(run[key] for run in runs):.0f}" for key in KEYS)]
        for name, runs in times.items()
    ]
    ratios = [f"{statistics.median(a[key] / b[key] for a, b in zip(*times.values(), strict=True)):.2f}" for key in KEYS]
    rows.append(["median ratio", f"{sizes['Waybill'] / sizes['folium GeoJson']:.2f}", *ratios])
    head = ["page of the built-in case", "HTML MB", "lines drawn ms", "all there ms", "layer off ms", "layer on ms"]
    return (
        f"{machine()}; {RUNS} runs in turn after one to warm up, medians. folium's page has neither land nor "
        f"evidence, its scripts come from memory.\n\n{table(head, rows)}"
    )
