"""Large frames of lines: what Waybill and its peers need to build a page of them, and how that page answers.

`python -m benchmarks lines --sizes L --tools waybill --runs 3` is a quick look, which is only printed.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from benchmarks.floor import floor
from benchmarks.frames import SIZES, frame
from benchmarks.page import CHROMIUM, FLAGS
from benchmarks.report import machine, table
from benchmarks.targets import FRAME, Figures, figure, targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TOOLS = {
    "waybill": "Waybill",
    "folium": "folium GeoJson",
    "tuned": "folium, tuned by hand",
    "explore": "GeoDataFrame.explore",
}
NOT_AT = {"explore": ("XL",)}
PICTURE_MS = 1000 / 60  # where between two pictures an action falls is chance
PEERS_AT = ("S", "M", "L")
BASEMAP = re.compile(r'<script[^>]*id="waybill-basemap"[^>]*>.*?</script>', re.DOTALL)
COLUMNS = {
    "imports": "imports s",
    "build": "build s",
    "peak": "peak MB",
    "of_frame": "x frame",
    "html": "HTML MB",
    "html_lines": "without basemap",
    "drawn": "lines marked ms",
    "load": "load ms",
    "off": "off ms",
    "on": "on ms",
    "zoom": "zoom ms",
    "pan": "pan ms",
    "drag": "frame gap ms",
    "renderer_mb": "renderer MB",
    "heap_mb": "JS heap MB",
    "urls": "external URLs",
}
READING = """\
*imports* are timed apart from *build*, which is a frame in memory to a written file, each in a process of its own.
*peak MB* is the most memory of the build, with the frame and the imports in it; *x frame* is that over a process that
has only imported geopandas and folium and made the frame. *lines marked* is when the page itself says that its lines
are drawn (`waybill-lines-drawn`). *load* is from navigation, the others from the action, to the last change of the
picture, found in the browser trace; *off* and *on* click the first layer's box, *zoom* is one step, *pan* 300 px,
both without animation, from the whole world. *frame gap* is the longest time between two frames while the map is
dragged by 300 px, let go and comes to rest. The *floor* packs the same coordinates (1e-5 degrees, second differences,
deflated) and columns with numpy, needs no memory but the frame's, and shows a change after two pictures, which a page
with little to do can beat."""


def section(options: Sequence[str] = ()) -> str:
    """Measure the sizes and tools of the options, in turn; the tables as Markdown."""
    chosen = _parser().parse_args(options)
    method = _method(chosen.runs)
    results: dict[str, dict[str, Figures]] = {}
    parts = []
    for size in chosen.sizes:
        tools = [tool for tool in chosen.tools if _runs_at(tool, size, chosen.peers_at)]
        results[size] = _size(size, tools, chosen.runs, chosen.limit)
        parts += [f"**{size}**: {SIZES[size]}", _table(results[size])]
    resolution = max(PICTURE_MS, max(method["paint"]) - min(method["paint"]))
    rows = [target.row() for target in targets(results, resolution)]
    parts.append("Targets for Waybill:\n\n" + table(["size", "what", "at most", "found", "verdict"], rows))
    intro = (
        f"{machine()}, Chromium {_chromium()}; medians of {chosen.runs} runs in turn; a build or a page "
        f"is given up after {chosen.limit:g} s. The method finds {_spread(method['nothing'])} ms where nothing "
        f"changes, {_spread(method['paint'])} ms for a new background of an empty page, and a frame gap of "
        f"{_spread(method['drag'])} ms there (least, median, most); *no slower* allows {resolution:.0f} ms."
    )
    return "\n\n".join([intro, READING, *parts])


def _parser() -> argparse.ArgumentParser:
    def names(known: Iterable[str]):
        known = list(known)

        def parse(text: str) -> list[str]:
            wrong = [one for one in text.split(",") if one not in known]
            if wrong:
                msg = f"{', '.join(wrong)}: not among {', '.join(known)}"
                raise argparse.ArgumentTypeError(msg)
            return text.split(",")

        return parse

    parser = argparse.ArgumentParser(prog="python -m benchmarks lines", description=__doc__)
    parser.add_argument("--sizes", type=names(SIZES), default=list(SIZES), help="S,M,L,XL")
    parser.add_argument("--tools", type=names(TOOLS), default=list(TOOLS), help=",".join(TOOLS))
    parser.add_argument("--runs", type=int, default=5, help="of each tool at each size")
    parser.add_argument("--limit", type=float, default=300, help="seconds after which a build or a page is given up")
    parser.add_argument("--peers-at", type=names(SIZES), default=[], help="XL: also folium there, minutes and 2.6 GB")
    return parser


def _runs_at(tool: str, size: str, peers_at: Sequence[str]) -> bool:
    return tool == "waybill" or (size in (*PEERS_AT, *peers_at) and size not in NOT_AT.get(tool, ()))


def _size(size: str, tools: Sequence[str], runs: int, limit_s: float) -> dict[str, Figures]:
    """Medians of the figures of each tool at a size, of the frame alone and of the floor."""
    found: dict[str, list[Figures]] = {tool: [] for tool in (FRAME, *tools)}
    for run in range(runs):
        for tool, before in found.items():
            if before and any(math.isinf(value) for value in before[-1].values()):
                continue  # it will not be quicker the next time
            print(f"{size} {tool} {run + 1} of {runs}", file=sys.stderr, flush=True)
            before.append(_one(tool, size, limit_s))
    results = {tool: _medians(several) for tool, several in found.items()}
    alone = results[FRAME]["peak"]
    for figures in results.values():
        if "peak" in figures:
            figures["of_frame"] = figures["peak"] / alone
    least = floor(frame(SIZES[size]))
    shown = dict.fromkeys(("off", "on", "zoom", "pan"), least["picture"])
    results["floor"] = {
        "build": least["build"],
        "peak": alone,
        "of_frame": 1.0,
        "html": least["html"],
        "html_lines": least["html"],
        "drag": least["picture"] / 2,
        **shown,
    }
    return results


def _one(tool: str, size: str, limit_s: float) -> Figures:
    """Build a page once and open it once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        figures = _child(["benchmarks.building", tool, size, str(path)], limit_s)
        if tool == FRAME:
            return figures
        if not path.exists():
            return figures | {"build": math.inf}
        text = path.read_text(encoding="utf-8")
        figures["html"] = path.stat().st_size / 1e6
        figures["html_lines"] = figures["html"] - sum(len(one.encode()) for one in BASEMAP.findall(text)) / 1e6
        del text
        expected = ("load", "off", "on", "zoom", "pan", "drag")
        seen = _child(["benchmarks.browsing", str(path), str(limit_s)], limit_s)
        return figures | dict.fromkeys(expected, math.inf) | seen


def _child(command: list[str], limit_s: float) -> Figures:
    """Run a module of this folder; what it printed until it ended or the time was up."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        try:
            subprocess.run([sys.executable, "-m", *command], stdout=output, timeout=limit_s, check=True)
        except subprocess.TimeoutExpired:
            print(f"{' '.join(command)}: not in {limit_s:g} s", file=sys.stderr)
        except subprocess.CalledProcessError as fault:
            print(f"{' '.join(command)}: failed with {fault.returncode}", file=sys.stderr)
        output.seek(0)
        figures: Figures = {}
        for line in output:
            figures |= {name: value for name, value in json.loads(line).items() if value is not None}
        return figures


def _medians(several: Sequence[Figures]) -> Figures:
    names = dict.fromkeys(name for figures in several for name in figures)
    return {name: statistics.median(one[name] for one in several if name in one) for name in names}


def _method(runs: int) -> dict[str, list[float]]:
    """What the method finds on an empty page, in each run."""
    found = [_child(["benchmarks.browsing"], 60) for _ in range(runs)]
    return {name: [one[name] for one in found] for name in found[0]}


def _spread(values: Sequence[float]) -> str:
    return " / ".join(f"{value:.0f}" for value in (min(values), statistics.median(values), max(values)))


def _table(results: dict[str, Figures]) -> str:
    names = {FRAME: "the frame alone", **TOOLS, "floor": "floor"}
    order = [tool for tool in (*TOOLS, FRAME, "floor") if tool in results]
    rows = [[names[tool], *(figure(results[tool].get(key)) for key in COLUMNS)] for tool in order]
    return table(["tool", *COLUMNS.values()], rows)


def _chromium() -> str:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        version = browser.version
        browser.close()
    return version
