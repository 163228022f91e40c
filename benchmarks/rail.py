"""Rail journeys of known length: ours, the great circle and, if asked for, scgraph beside the published figure.

``python benchmarks/rail.py [--peer PYTHON]``, where PYTHON is the interpreter of an environment that has
``scgraph==2.15.0`` and ``scgraph_data==2.0.0``.
"""

# ruff: noqa: PLC0415 - the other interpreter runs this file too and has not all of these
import argparse
import contextlib
import csv
import io
import json
import os
import statistics
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

TABLE = Path(__file__).with_name("rail_lengths.csv")
START_UP = """
import time; start = time.perf_counter()
from geodata.networks import rail
network = rail(); loaded = time.perf_counter()
stops, via = [(130.6450, 42.4301), (131.9458, 43.8029)], [(130.79, 42.71)]
network.route(stops, countries=["RU"], via=via); first = time.perf_counter()
network.route(stops, countries=["RU"], via=via); second = time.perf_counter()
print(loaded - start, first - loaded, second - first)
"""


def journeys():
    """Read the table; stops as (name, lon, lat)."""
    with TABLE.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    for row in rows:
        parts = [stop.rsplit(":", 2) for stop in row["stops"].split(";")]
        row["places"] = [(name, float(lon), float(lat)) for name, lon, lat in parts]
        row["published_km"] = float(row["published_km"])
    return rows


def ours(rows):
    """Route every journey; km of track, km of the line, bridges, seconds."""
    from geodata.networks import RoutingError, rail

    found = {}
    for row in rows:
        start = time.perf_counter()
        try:
            route = rail().route([place[1:] for place in row["places"]], countries=row["countries"].split(";"))
        except RoutingError as err:
            found[row["id"]] = {"fault": str(err)}
            continue
        took = time.perf_counter() - start
        found[row["id"]] = {
            "track_km": route.track_m / 1000,
            "line_km": route.length_m / 1000,
            "bridges": len(route.bridges),
            "snap_km": max(snap.distance_m for snap in route.snaps) / 1000,
            "seconds": took,
        }
    return found


def as_peer():
    """Run by the other interpreter: the same stops through scgraph, as JSON on stdout."""
    start = time.perf_counter()
    from scgraph_data.world_railways import world_railways_geograph as graph

    found = {"load_s": time.perf_counter() - start}
    for row in journeys():
        start, total, fault = time.perf_counter(), 0.0, ""
        for (_, lon_a, lat_a), (_, lon_b, lat_b) in pairwise(row["places"]):
            ends = {"latitude": lat_a, "longitude": lon_a}, {"latitude": lat_b, "longitude": lon_b}
            try:
                total += graph.get_shortest_path(*ends, output_units="km")["length"]
            except Exception as err:  # whatever it raises is its result
                fault = f"{type(err).__name__}: {err}"[:80]
                break
        found[row["id"]] = {"fault": fault} if fault else {"km": total, "seconds": time.perf_counter() - start}
    print(json.dumps(found))


def start_up(times=5):
    """Time loading, a first and a second route in new processes; medians in seconds."""
    runs = []
    for _ in range(times):
        done = subprocess.run([sys.executable, "-c", START_UP], check=True, capture_output=True, text=True)
        runs.append([float(word) for word in done.stdout.split()])
    return [statistics.median(column) for column in zip(*runs, strict=True)]


def great_circle_km(row):
    """Geodesic from end to end."""
    from pyproj import Geod

    first, last = row["places"][0], row["places"][-1]
    return Geod(ellps="WGS84").inv(first[1], first[2], last[1], last[2])[2] / 1000


def summary(name, ratios):
    """One line: median and worst departure from the published length."""
    errors = sorted(abs(ratio - 1) for ratio in ratios)
    print(f"{name}: {len(errors)} routed, median error {statistics.median(errors):.1%}, worst {errors[-1]:.1%}")


def report(rows, found, peer):
    """Print the table and the summary lines."""
    print("| journey | published km | track | line | scgraph | great circle | bridges | farthest stop km |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    ratios = {"track": [], "line": [], "scgraph": [], "great circle": []}
    for row in rows:
        mine, theirs, known = found[row["id"]], peer.get(row["id"], {}), row["published_km"]
        values = {
            "track": mine.get("track_km"),
            "line": mine.get("line_km"),
            "scgraph": theirs.get("km"),
            "great circle": great_circle_km(row),
        }
        cells = ["-" if value is None else f"{value / known:.3f}" for value in values.values()]
        for name, value in values.items():
            if value is not None:
                ratios[name].append(value / known)
        tail = [str(mine.get("bridges", "-")), f"{mine['snap_km']:.1f}" if "snap_km" in mine else mine["fault"]]
        print("|", " | ".join([row["title"], f"{known:g}", *cells, *tail]), "|")
    for name, values in ratios.items():
        if values:
            summary(name, values)


def section():
    """Give the report as text, beside scgraph if WAYBILL_PEER names an interpreter that has it."""
    out = io.StringIO()
    peer = os.environ.get("WAYBILL_PEER")
    with contextlib.redirect_stdout(out):
        main(["--peer", peer] if peer else [])
    return out.getvalue().strip()


def main(arguments=None):
    """Route, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", help="interpreter with scgraph 2.15.0 and scgraph_data 2.0.0")
    parser.add_argument("--as-peer", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.as_peer:
        as_peer()
        return
    peer = {}
    if options.peer:
        done = subprocess.run([options.peer, __file__, "--as-peer"], check=True, capture_output=True, text=True)
        peer = json.loads(done.stdout.splitlines()[-1])  # scgraph talks on stdout when it finds no path
    rows, started = journeys(), time.perf_counter()
    found = ours(rows)
    took = time.perf_counter() - started
    report(rows, found, peer)
    load, first, second = start_up()
    print(f"load {load:.3f} s with imports, first route {first:.3f} s, the same again {second:.4f} s (medians of 5)")
    routed = [row["seconds"] for row in found.values() if "seconds" in row]
    print(
        f"{len(rows)} journeys from a cold start {took:.2f} s, of those routed median {statistics.median(routed):.3f} s"
    )
    if peer:
        theirs = [value["seconds"] for value in peer.values() if isinstance(value, dict) and "seconds" in value]
        print(f"scgraph: load {peer['load_s']:.1f} s, median {statistics.median(theirs):.3f} s a journey")


if __name__ == "__main__":
    main()
