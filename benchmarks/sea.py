"""Compare sea routes with published distances, with searoute and with great circles: ``python benchmarks/sea.py``."""

# ruff: noqa: PLC0415 - imports are part of what is measured
import contextlib
import csv
import io
import statistics
import time
import warnings
from pathlib import Path

from pyproj import Geod

NM_M = 1852.0
GEOD = Geod(ellps="WGS84")
ROWS = Path(__file__).with_name("port_distances.csv")
SEAROUTE_NAMES = {
    "Suez Canal": "suez",
    "Panama Canal": "panama",
    "Northern Sea Route": "northwest",  # its edges along both Arctic coasts carry this one name
    "Northwest Passage": "northwest",
    "Cape of Good Hope": "south_africa",
    "Strait of Magellan": "chili",
}


def read_rows():
    with ROWS.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def place(row, end):
    return float(row[f"{end}_lon"]), float(row[f"{end}_lat"])


def ours_nm(network, row):
    via = [row["via"]] if row["via"] else []
    avoid = [row["avoid"]] if row["avoid"] else []
    return network.route(place(row, "origin"), place(row, "destination"), via=via, avoid=avoid).length_m / NM_M


def searoute_nm(row):
    """Ask searoute with its ends on the ports; passages it cannot require are reached by closing the others."""
    import searoute

    wanted = SEAROUTE_NAMES.get(row["via"])
    closed = {"northwest"} - {wanted}
    if wanted in {"south_africa", "chili"}:
        closed |= {"suez", "panama"}
    elif wanted == "panama":
        closed |= {"suez"}
    elif wanted == "suez":
        closed |= {"panama"}
    found = searoute.searoute(
        list(place(row, "origin")),
        list(place(row, "destination")),
        units="m",
        append_orig_dest=True,
        restrictions=list(closed),
    )
    return found.properties["length"] / NM_M


def great_circle_nm(row):
    return GEOD.inv(*place(row, "origin"), *place(row, "destination"))[2] / NM_M


def section():
    """Give the report as text."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        main()
    return f"```text\n{out.getvalue().rstrip()}\n```"


def main():
    start = time.perf_counter()
    from geodata.networks.seaway import SeaNetwork

    network = SeaNetwork.packaged()
    loaded = time.perf_counter()
    print(f"import and load {loaded - start:.2f} s")
    errors = {"ours": [], "searoute": [], "great circle": []}
    taken, theirs_taken = [], []
    for row in read_rows():
        published = float(row["published_nm"])
        began = time.perf_counter()
        try:
            mine = ours_nm(network, row)
        except ValueError as err:
            print(f"{row['origin']}-{row['destination']} {row['via']}: {err}")
            continue
        taken.append(time.perf_counter() - began)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            began = time.perf_counter()
            theirs = searoute_nm(row)
            theirs_taken.append(time.perf_counter() - began)
        told = {"ours": mine, "searoute": theirs, "great circle": great_circle_nm(row)}
        for tool, found in told.items():
            errors[tool].append((found / published - 1, f"{row['origin']}-{row['destination']} {row['via']}".strip()))
        parts = " ".join(f"{found:8.0f} ({found / published - 1:+6.1%})" for found in told.values())
        print(f"{row['origin'][:14]:14} {row['destination'][:14]:14} {row['via'][:18]:18} {published:7.0f} {parts}")
    print(f"first route {taken[0] * 1000:.0f} ms, then median {statistics.median(taken[1:]) * 1000:.0f} ms")
    peer = f"first route with import and load {theirs_taken[0] * 1000:.0f} ms"
    print(f"searoute: {peer}, then median {statistics.median(theirs_taken[1:]) * 1000:.0f} ms")
    for tool, found in errors.items():
        worst = max(found, key=lambda error: abs(error[0]))
        middle = statistics.median(abs(error) for error, _ in found)
        print(f"{tool:13} n={len(found)} median {middle:.1%} worst {worst[0]:+.1%} ({worst[1]})")


if __name__ == "__main__":
    main()
