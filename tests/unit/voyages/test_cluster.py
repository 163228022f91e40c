"""The same voyages from any number of workers, any cutting of the reports, and with a worker that dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import psutil
import pytest
from geopandas.testing import assert_geodataframe_equal

import routes
from routes.voyages.files import open_files, pieces_of, report_paths
from routes.voyages.frame import frame_of
from routes.voyages.plan import client_of, on_cluster
from routes.voyages.ports import read_ports
from routes.voyages.rules import Rules
from routes.voyages.tracks import voyages_and_left_out

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def expected(sample):
    """The voyages as one process finds them, without Dask."""
    folder, ports, _ = sample
    return voyages_and_left_out(folder, ports, rules=Rules())


def assert_same(found, expected):
    assert found.left_out == expected.left_out
    assert_geodataframe_equal(found.voyages, expected.voyages, check_like=False)
    assert len(found.voyages) > 40


@pytest.mark.parametrize(("workers", "piece_mb"), [(1, 1.0), (4, 0.3)])
def test_workers_and_pieces_do_not_change_the_answers(sample, expected, workers, piece_mb):
    folder, ports, _ = sample
    found = voyages_and_left_out(folder, ports, rules=Rules(), workers=workers, piece_mb=piece_mb)
    assert_same(found, expected)


def test_a_scheduler_with_two_workers_gives_the_same(sample, expected, cluster):
    folder, ports, _ = sample
    found = voyages_and_left_out(folder, ports, rules=Rules(), scheduler=cluster.address, piece_mb=0.5)
    assert_same(found, expected)
    assert all(worker.poll() is None for worker in cluster.workers)


def test_a_file_that_a_worker_cannot_read_is_told_as_here(sample, damaged, cluster):
    with pytest.raises(routes.ReportsError, match=r"^broken.parquet: row group 1 is damaged"):
        voyages_and_left_out(damaged, sample[1], rules=Rules(), scheduler=cluster.address, piece_mb=0.0001)


def test_a_million_reports_give_the_voyages_that_were_made(made_up, tmp_path):
    answers = made_up.write_reports(tmp_path / "reports", 1_000_000)
    found = voyages_and_left_out(tmp_path / "reports", tmp_path / "reports-ports.csv", rules=Rules(), workers=2)
    assert made_up.missed(answers.voyages, found.voyages).empty
    assert answers.voyages["sure"].sum() > 500
    assert sum(one.reports for one in found.left_out) == answers.spoilt.total()


@pytest.mark.parametrize("when", ["while reports are read", "when the first vessels are cut"])
def test_a_worker_that_dies_changes_nothing(sample, expected, cluster, when):
    folder, ports_file, _ = sample
    ports = read_ports(ports_file, Rules().radius_km)
    groups, _ = pieces_of(open_files(report_paths(folder), {}), 300_000)
    buckets = 12
    killed_at = []

    def kill(done, steps):
        late = done > len(groups) if when.startswith("when") else done > 2
        if late and not killed_at:
            assert steps == len(groups) + buckets
            cluster.workers[0].kill()
            cluster.workers[0].wait()
            killed_at.append(done)

    with client_of(cluster.address, None) as client:
        found = on_cluster(groups, buckets, ports, Rules(), client, kill)
        assert len(client.scheduler_info()["workers"]) == 1
    assert killed_at
    assert_geodataframe_equal(frame_of(found.parts, ports.ids, ports.names), expected.voyages)


COMMAND = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from maps.cli import main
main.run()
"""


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="this system has no signal masks")
@pytest.mark.parametrize("workers", ["as the first one starts", "while they work"])
def test_an_interrupt_of_a_terminal_ends_all_with_one_line(sample, tmp_path, workers):
    """A terminal sends it to every process of the group."""
    folder, ports, _ = sample
    running = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "tracks", str(folder), "--ports", str(ports), "--workers", "2",
         "-o", str(tmp_path / "out.geojson")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    process = psutil.Process(running.pid)
    wanted, children = (2 if workers.startswith("as") else 3), []
    while running.poll() is None and len(children) < wanted:  # one is the tracker of their shared resources
        children = process.children(recursive=True)
    assert len(children) >= wanted
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert said.strip() == "stopped; no file is half written"
    assert running.returncode == 130
    assert list(tmp_path.iterdir()) == []
    assert psutil.wait_procs(children, timeout=30)[1] == []


def test_a_cluster_of_this_machine_listens_to_this_machine_alone():
    with client_of(None, 1) as client:
        listening = psutil.net_connections("inet")
        ours = {process.pid for process in (psutil.Process(), *psutil.Process().children(recursive=True))}
        addresses = {one.laddr.ip for one in listening if one.status == psutil.CONN_LISTEN and one.pid in ours}
        assert client.dashboard_link is not None, "there is no dashboard to be careful about"
    assert addresses == {"127.0.0.1"}
