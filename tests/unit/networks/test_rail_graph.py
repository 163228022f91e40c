"""The packaged rail network as arrays, and its file."""

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
from pyproj import Geod

from geodata.networks import rail
from geodata.networks.graph import read_graph, write_graph
from geodata.networks.railway import DATA

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"


def test_every_node_has_a_country():
    graph = rail().graph
    assert len(graph.lon) > 270_000
    assert all(graph.codes[number] for number in np.unique(graph.country))


def test_edges_are_sorted_unique_and_no_shorter_than_their_chord():
    graph = rail().graph
    keys = graph.tail.astype(np.int64) * len(graph.lon) + graph.head
    assert (np.diff(keys) > 0).all()
    assert (graph.tail < graph.head).all()
    some = np.arange(0, len(keys), 97)
    tail, head = graph.tail[some], graph.head[some]
    chord_m = Geod(ellps="WGS84").inv(graph.lon[tail], graph.lat[tail], graph.lon[head], graph.lat[head])[2]
    assert (graph.track_m[some] >= chord_m - 0.5).all()


def test_file_is_compact():
    assert sum(path.stat().st_size for path in DATA.glob("rail*")) < 3_000_000


def test_written_graph_reads_back(tmp_path):
    graph = rail().graph
    write_graph(graph, tmp_path / "again.npz")
    again = read_graph(tmp_path / "again.npz")
    for name in ("lon", "lat", "tail", "head", "track_m", "bridge", "country", "near", "across"):
        assert np.array_equal(getattr(graph, name), getattr(again, name)), name
    assert graph.codes == again.codes


def test_edge_across_a_third_country_needs_leave_to_pass_it():
    # Quetta-Zahedan is one straight edge in the source, and that edge crosses Afghanistan
    graph = rail().graph
    codes = [graph.codes[code] for code in graph.across[:, 1]]
    edge = graph.across[codes.index("AF"), 0]
    assert not graph.edges_in(("IR", "PK"))[edge]
    assert graph.edges_in(("AF", "IR", "PK"))[edge]


def test_naming_the_network_reads_nothing():
    code = "import sys, geodata.networks; print('scipy' in sys.modules, 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["False", "False"]


def test_every_benchmark_journey_has_a_source():
    with (BENCHMARKS / "rail_lengths.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) >= 30
    assert {row["continent"] for row in rows} == {
        "Africa", "Asia", "Europe", "North America", "Oceania", "South America",
    }  # fmt: skip
    assert all(row["source_url"].startswith("http") and row["publisher"] for row in rows)
