"""What it costs to start, and to render the built-in case, beside the imports that a folium map cannot do without."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.report import machine, table

RUNS = 9
UNCACHED = "the same, every leg routed anew"
WAYBILL = [sys.executable, "-m", "maps.cli.main"]


def section() -> str:
    """Time the commands in turn, so that all of them meet the same moods of the machine."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "map.html"
        commands = {
            "`python -c pass`": [sys.executable, "-c", "pass"],
            "`waybill --help`": [*WAYBILL, "--help"],
            "`import geopandas, folium`": [sys.executable, "-c", "import geopandas, folium"],
            "`waybill status dprk-russia`": [*WAYBILL, "status", "dprk-russia"],
            "`waybill render dprk-russia`": [*WAYBILL, "render", "dprk-russia", "-o", str(page)],
            UNCACHED: [*WAYBILL, "render", "dprk-russia", "-o", str(page)],
        }
        times = {name: [] for name in commands}
        for run in range(RUNS + 1):
            for name, command in commands.items():
                begun = time.perf_counter()
                cache = {"WAYBILL_CACHE": "off"} if name == UNCACHED else {}
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | cache)
                if run:  # the first round only warms the disk
                    times[name].append(time.perf_counter() - begun)
        size = page.stat().st_size
    imports = times["`import geopandas, folium`"]
    rows = [
        [
            name,
            f"{min(seconds):.2f}",
            f"{statistics.median(seconds):.2f}",
            f"{max(seconds):.2f}",
            f"{_ratio(seconds, imports):.2f}",
        ]
        for name, seconds in times.items()
    ]
    head = ["whole process", "min s", "median s", "max s", "median ratio to the imports"]
    return (
        f"{machine()}; {RUNS} runs in turn after one to warm up.\n\n{table(head, rows)}\n\n"
        f"Page of the built-in case: {size / 1e6:.2f} MB."
    )


def _ratio(seconds: list[float], others: list[float]) -> float:
    return statistics.median(one / other for one, other in zip(seconds, others, strict=True))
