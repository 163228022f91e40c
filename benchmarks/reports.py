"""Position reports that were never sent, with the voyages that they tell of: for tests and benchmarks.

Vessels go from port to port along the sea network at 10 to 20 knots, report every few minutes, fall silent for a day at
sea, declare where they go or somewhere else, and some rows are spoilt in each way in which real ones are. All of it is
drawn from one seed. `python -m benchmarks.reports FOLDER ROWS` writes a set.
"""

from __future__ import annotations

import itertools
import sys
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from pyproj import Geod

from geodata.networks import sea

PORTS = pd.DataFrame(
    [
        ("vladivostok", "Vladivostok", 131.88, 43.10, "RUVVO"),
        ("busan", "Busan", 129.05, 35.09, "KRPUS"),
        ("shanghai", "Shanghai", 121.95, 31.10, "CNSHA"),
        ("singapore", "Singapore", 103.85, 1.23, "SGSIN"),
        ("colombo", "Colombo", 79.83, 6.95, "LKCMB"),
        ("jebel-ali", "Jebel Ali", 55.02, 25.03, "AEJEA"),
        ("port-said", "Port Said", 32.32, 31.28, "EGPSD"),
        ("honolulu", "Honolulu", -157.87, 21.29, "USHNL"),
        ("los-angeles", "Los Angeles", -118.25, 33.70, "USLAX"),
    ],
    columns=["id", "name", "lon", "lat", "locode"],
)
"""Rounded points in front of real ports; the lanes between them are the sea network's."""
LANES = [
    ("vladivostok", "busan"), ("busan", "shanghai"), ("shanghai", "singapore"), ("singapore", "colombo"),
    ("colombo", "jebel-ali"), ("colombo", "port-said"), ("busan", "honolulu"), ("honolulu", "los-angeles"),
    ("vladivostok", "shanghai"), ("shanghai", "honolulu"),
]  # fmt: skip
STYLES = {
    port: [name.upper(), code, f"{code[:2]} {code[2:]}", f"XX XXX>{code}"]
    for port, name, _, _, code in PORTS.to_numpy().tolist()
}
"""What a vessel may declare that means a port."""
TEXTS = ["FOR ORDERS", *(text for texts in STYLES.values() for text in texts)]
POINTS = {port: (lon, lat) for port, _, lon, lat, _ in PORTS.to_numpy().tolist()}
EPOCH = np.datetime64("2024-01-01T00:00:00", "us")
HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
KM_PER_NM = 1.852
NOISE_DEG = 0.0002  # about 20 m, as positions of satellites scatter
SPOILT = 0.002  # share of rows that are made bad, and of those that are sent twice
BLOCK_ROWS = 1_000_000


@dataclass
class Sample:
    """What was written: voyages that must be found, and how many rows were spoilt in which way."""

    rows: int = 0
    voyages: list = field(default_factory=list)
    spoilt: Counter = field(default_factory=Counter)


@cache
def lanes():
    """Return for each pair of neighbouring ports the line between them and km along it."""
    found = {}
    for start, end in LANES:
        line = sea().route(POINTS[start], POINTS[end]).lon_lat
        steps = Geod(ellps="WGS84").line_lengths(line[:, 0], line[:, 1])
        km = np.concatenate(([0.0], np.cumsum(steps))) / 1000
        found[start, end] = (line, km)
        found[end, start] = (line[::-1], km[-1] - km[::-1])
    return found


def write_reports(folder, rows, *, per_vessel=10_000, minutes=5, seed=7, csv=False, block_rows=BLOCK_ROWS):
    """Write at least so many reports as one file a day, and return what they tell.

    Each file holds reports of all vessels, and within a file rows are in no order.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    PORTS.to_csv(folder.parent / f"{folder.name}-ports.csv", index=False)
    rng = np.random.default_rng(seed)
    sample = Sample()
    step = max(1, block_rows // per_vessel)
    with ExitStack() as open_files:
        writers = {}
        for first in itertools.count(200_000_000, step):
            if sample.rows >= rows:
                break
            # vessels are silent at times, so a few more of them are needed
            wanted = min(step, -(-(rows - sample.rows) // per_vessel))
            parts = [_vessel(rng, f"{first + number}", per_vessel, minutes, sample) for number in range(wanted)]
            table = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
            _write_block(folder, _spoilt(rng, table, sample), writers, open_files, csv)
    sample.voyages = pd.DataFrame(sample.voyages)
    return sample


def _write_block(folder, table, writers, open_files, csv):
    texts = pa.DictionaryArray.from_arrays(
        pa.array(table["destination"], mask=table["destination"] < 0), pa.array(TEXTS)
    )
    numbers = pa.array(table["mmsi"], mask=table["mmsi"] < 0)
    arrow = pa.table({**table, "mmsi": numbers.cast(pa.string()), "destination": texts.cast(pa.string())})
    sample_day = np.where(np.isnat(table["time"]), EPOCH, table["time"]).astype("datetime64[D]")
    for day in np.unique(sample_day):
        part = arrow.filter(pa.array(sample_day == day))
        if day not in writers:
            path = folder / f"{day}.{'csv' if csv else 'parquet'}"
            make = pa_csv.CSVWriter(path, part.schema) if csv else pq.ParquetWriter(path, part.schema)
            writers[day] = open_files.enter_context(make)
        writers[day].write_table(part)


def _vessel(rng, name, count, minutes, sample):
    """Return the reports of one vessel, and add its voyages to the answers."""
    step_us = minutes * 60_000_000
    sent = np.arange(count, dtype="int64") * step_us + rng.integers(0, step_us - 1, count) // 1_000_000 * 1_000_000
    lon, lat = np.empty(count), np.empty(count)
    declared = np.full(count, -1, dtype="int32")
    silent = np.zeros(count, dtype=bool)
    at = str(rng.choice(list(POINTS)))
    clock = float(rng.uniform(6, 30))  # hours until it leaves the first port
    _moor(lon, lat, slice(0, int(np.searchsorted(sent, clock * HOUR_US))), at)
    declaration = None
    while clock * HOUR_US < sent[-1]:
        to = str(rng.choice([end for start, end in lanes() if start == at]))
        line, km = lanes()[at, to]
        speed_kmh = float(rng.uniform(10, 20)) * KM_PER_NM
        sailing_h = km[-1] / speed_kmh
        stay_h = float(rng.uniform(8, 40))
        ends_h = np.array([clock, clock + sailing_h, clock + sailing_h + stay_h])
        first, arrived, left = np.searchsorted(sent, ends_h * HOUR_US).tolist()
        under_way = slice(first, arrived)
        along = (sent[under_way] / HOUR_US - clock) * speed_kmh
        lon[under_way], lat[under_way] = np.interp(along, km, line[:, 0]), np.interp(along, km, line[:, 1])
        _moor(lon, lat, slice(arrived, left), to)
        declaration, means = _declaration(rng, to)
        declared[first:left] = -1 if declaration is None else TEXTS.index(declaration)
        gap = None
        if sailing_h > 80 and rng.random() < 0.5:
            begin = clock + float(rng.uniform(20, sailing_h - 60))
            gap = (int(begin * HOUR_US), int((begin + float(rng.uniform(14, 40))) * HOUR_US))
            silent[slice(*np.searchsorted(sent, gap).tolist())] = True
        _answer(sample, name, sent, (clock, sailing_h), (at, to, declaration, means), gap, km[-1])
        at, clock = to, clock + sailing_h + stay_h
    kept = ~silent
    noise = rng.normal(0.0, NOISE_DEG, (2, count))
    return {
        "mmsi": np.full(int(kept.sum()), int(name)),
        "time": (EPOCH + sent[kept]).astype("datetime64[us]"),
        "lon": ((lon + noise[0])[kept] + 180.0) % 360.0 - 180.0,
        "lat": (lat + noise[1])[kept],
        "destination": declared[kept],
    }


def _moor(lon, lat, rows, port):
    lon[rows], lat[rows] = POINTS[port]


def _declaration(rng, to):
    """Return what a vessel declares, and the port that this means."""
    kind = rng.random()
    if kind < 0.12:
        other = str(rng.choice([port for port in POINTS if port != to]))
        return STYLES[other][0], other
    if kind < 0.18:
        return None, None
    if kind < 0.24:
        return "FOR ORDERS", None
    return str(rng.choice(STYLES[to])), to


def _answer(sample, name, sent, clock, told, gap, length_km):
    """Add a voyage to the answers, if its reports begin and end in port or at least leave the first one."""
    leaves, sailing_h = clock
    at, to, declaration, means = told
    last_h = sent[-1] / HOUR_US
    arrives = leaves + sailing_h
    # near the end of the reports it depends on minutes whether a vessel has left or called; such voyages are marked
    sure = not (leaves <= last_h < leaves + 3 or arrives - 3 <= last_h < arrives + 4)
    ended = last_h >= arrives + 4
    seen_gaps = int(gap is not None and gap[1] < sent[-1])
    sample.voyages.append({
        "vessel": name, "departure_port": at, "arrival_port": to if ended else None,
        "declared": declaration, "declared_port": means,
        "declared_is_actual": (means == to) if ended and means else None,
        "leaves": EPOCH + int(leaves * HOUR_US), "arrives": EPOCH + int(arrives * HOUR_US),
        "gaps": seen_gaps, "lane_km": length_km, "sure": sure,
        "gap_begin": EPOCH + gap[0] if seen_gaps else None, "gap_end": EPOCH + gap[1] if seen_gaps else None,
    })  # fmt: skip


def _spoilt(rng, table, sample):
    """Return the rows in no order, with bad ones among them, and count these."""
    count = len(table["lon"])
    extra = max(8, int(count * SPOILT))
    rows = rng.integers(0, count, extra)
    added = {name: column[rows].copy() for name, column in table.items()}
    kinds = rng.integers(0, 8, extra)
    sample.spoilt.update({
        "no vessel id": int((kinds == 0).sum()), "no time": int((kinds == 1).sum()),
        "position not available": int((kinds == 2).sum()), "position outside": int((kinds == 3).sum()),
        "position 0, 0": int((kinds == 4).sum()), "no longitude": int((kinds == 5).sum()),
    })  # fmt: skip
    added["mmsi"][kinds == 0] = -1
    added["time"][kinds == 1] = np.datetime64("NaT")
    added["lon"][kinds == 2], added["lat"][kinds == 2] = 181.0, 91.0
    added["lat"][kinds == 3] = 95.5
    added["lon"][kinds == 4], added["lat"][kinds == 4] = 0.0, 0.0
    added["lon"][kinds == 5] = np.nan
    # a row sent twice stays as it is (kind 6); one with another time and a far position (kind 7) is impossible
    far = kinds == 7
    added["time"][far] += np.timedelta64(1, "us")
    added["lat"][far] = -added["lat"][far] - 3.0
    sample.spoilt["repeated"] += int((kinds == 6).sum())
    sample.spoilt["too fast"] += int(far.sum())
    order = rng.permutation(count + extra)
    sample.rows += count + extra
    return {name: np.concatenate((column, added[name]))[order] for name, column in table.items()}


def missed(answers, voyages):
    """Return the answers that no voyage gives: same vessel, ports, declaration, gaps; departure within 90 min."""
    sure = answers[answers["sure"]]
    near = pd.merge_asof(
        sure.assign(at=pd.to_datetime(sure["leaves"], utc=True).dt.as_unit("us")).sort_values("at"),
        voyages.assign(at=voyages["departure"]).dropna(subset="at").sort_values("at"),
        on="at",
        by=["vessel", "departure_port"],
        tolerance=pd.Timedelta("90min"),
        direction="nearest",
        suffixes=("", "_found"),
    )
    right = near["id"].notna()
    for column in ("arrival_port", "declared", "declared_port", "gaps"):
        right &= near[f"{column}_found"].fillna("") == near[column].fillna("")
    return near[~right]


if __name__ == "__main__":
    written = write_reports(sys.argv[1], int(sys.argv[2]), csv="--csv" in sys.argv)
    print(f"{written.rows:,} rows, {len(written.voyages):,} voyages, {sum(written.spoilt.values()):,} spoilt rows")
