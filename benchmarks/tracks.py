"""How `routes.tracks` goes from a million to a hundred million reports: time, memory, disk, and the answers."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import geopandas as gpd
import psutil

from benchmarks.report import machine, table
from benchmarks.reports import missed, write_reports

ROWS = {1_000_000: 3, 10_000_000: 3, 100_000_000: 1}
"""Reports, and how often each is measured: the machine has moods, and the largest takes too long to repeat."""
WORKERS = 2
EVERY_S = 0.5
PROGRAM = """
import json, sys, time, warnings
import routes
from routes.voyages.tracks import LeftOutWarning
if __name__ == "__main__":
    folder, out, workers = sys.argv[1:]
    begun = time.perf_counter()
    warnings.simplefilter("ignore", LeftOutWarning)
    voyages = routes.tracks(folder, f"{folder}-ports.csv", workers=int(workers) or None, progress=False)
    seconds = time.perf_counter() - begun
    voyages.to_parquet(out)
    left_out = sum(one["reports"] for one in voyages.attrs["left_out"])
    print(json.dumps({"seconds": seconds, "left_out": left_out}))
"""


def section():
    """Measure each size with two workers, and the smallest also in the one process that works without Dask."""
    asked = os.environ.get("WAYBILL_TRACKS_ROWS")
    sizes = [int(float(one)) for one in asked.split(",")] if asked else ROWS
    lines = []
    for rows in sizes:
        with tempfile.TemporaryDirectory(prefix="waybill-tracks-") as folder:
            reports = Path(folder) / "reports"
            begun = time.perf_counter()
            sample = write_reports(reports, rows)
            print(f"{sample.rows:,} rows written in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
            for workers in (0, WORKERS) if rows <= min(ROWS) else (WORKERS,):
                runs = [_run(reports, workers) for _ in range(ROWS.get(rows, 1))]
                lines.append(_line(sample, reports, workers, runs))
                print(lines[-1], file=sys.stderr)
    head = [
        "reports", "workers", "s, each run", "reports/s, median", "peak MB, all processes", "peak MB, largest process",
        "shuffle MB on disk", "voyages", "of made voyages missed", "left out of spoilt",
    ]  # fmt: skip
    names = f"dask {version('dask')}, distributed {version('distributed')}, pyarrow {version('pyarrow')}"
    return (
        f"{machine()}, {names}; from files to frame with the start of the workers. Peaks are sums of "
        f"resident sets, sampled every {EVERY_S:g} s; memory that processes share counts for each. Worker - is the one "
        f"process that works where there is little to do.\n\n{table(head, lines)}"
    )


def _run(reports, workers):
    """Find the voyages in a process of its own; return seconds, reports left out, and peaks in bytes."""
    with tempfile.TemporaryDirectory(prefix="waybill-shuffle-") as scratch:
        out = reports.parent / "voyages.parquet"
        environment = os.environ | {"DASK_TEMPORARY_DIRECTORY": scratch}
        script = reports.parent / "run.py"  # a file, because the processes of the cluster import it
        script.write_text(PROGRAM)
        environment["PYTHONPATH"] = str(Path(__file__).parents[1])
        command = [sys.executable, str(script), str(reports), str(out), str(workers)]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        peaks = {"all": 0, "one": 0, "disk": 0}
        watcher = threading.Thread(target=_watch, args=(process, scratch, peaks))
        watcher.start()
        printed, _ = process.communicate()
        watcher.join()
        if process.returncode:
            raise SystemExit(process.returncode)
    return json.loads(printed.splitlines()[-1]) | peaks


def _line(sample, reports, workers, runs):
    voyages = gpd.read_parquet(reports.parent / "voyages.parquet")
    sure = int(sample.voyages["sure"].sum())
    seconds = sorted(run["seconds"] for run in runs)
    middle_s = statistics.median(seconds)
    peaks = {name: max(run[name] for run in runs) for name in ("all", "one", "disk")}
    return [
        f"{sample.rows:,}",
        f"{workers or '-'}",
        " / ".join(f"{one:.0f}" for one in seconds),
        f"{sample.rows / middle_s:,.0f}",
        f"{peaks['all'] / 1e6:,.0f}",
        f"{peaks['one'] / 1e6:,.0f}",
        f"{peaks['disk'] / 1e6:,.0f}",
        f"{len(voyages):,}",
        f"{len(missed(sample.voyages, voyages))} of {sure:,}",
        f"{runs[-1]['left_out']:,} of {sum(sample.spoilt.values()):,}",
    ]


def _watch(process, scratch, peaks):
    """Note the largest memory of a process and its children, together and of one, and of a folder, until it ends."""
    while process.poll() is None:
        try:
            parent = psutil.Process(process.pid)
            sizes = [one.memory_info().rss for one in (parent, *parent.children(recursive=True))]
            peaks["all"] = max(peaks["all"], sum(sizes))
            peaks["one"] = max(peaks["one"], *sizes)
        except psutil.Error:
            pass  # one of them has just ended
        peaks["disk"] = max(peaks["disk"], _size(scratch))
        time.sleep(EVERY_S)


def _size(folder):
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):  # it has just been removed
                total += (Path(place) / name).stat().st_size
    return total
