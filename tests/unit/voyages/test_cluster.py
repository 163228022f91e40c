"""The same voyages from any number of workers, any cutting of the reports, and with a worker that dies."""

from __future__ import annotations

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


def test_a_cluster_of_this_machine_listens_to_this_machine_alone():
    with client_of(None, 1) as client:
        listening = psutil.net_connections("inet")
        ours = {process.pid for process in (psutil.Process(), *psutil.Process().children(recursive=True))}
        addresses = {one.laddr.ip for one in listening if one.status == psutil.CONN_LISTEN and one.pid in ours}
        assert client.dashboard_link is not None, "there is no dashboard to be careful about"
    assert addresses == {"127.0.0.1"}
