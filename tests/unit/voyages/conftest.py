"""Made-up reports with known answers, and a real cluster on this machine."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import routes

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def made_up():
    """The module that makes reports; it stands with the benchmarks, which need it too."""
    spec = importlib.util.spec_from_file_location("made_up_reports", ROOT / "benchmarks" / "reports.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def sample(made_up, tmp_path_factory):
    """120,000 reports of 12 vessels in daily Parquet files, and what they tell: (folder, file of ports, answers)."""
    folder = tmp_path_factory.mktemp("reports") / "reports"
    answers = made_up.write_reports(folder, 120_000, block_rows=40_000)
    return folder, folder.parent / "reports-ports.csv", answers


@pytest.fixture
def damaged(tmp_path):
    """A Parquet file whose second row group holds other bytes than were written."""
    path = tmp_path / "broken.parquet"
    table = pa.table({"vessel": ["1"] * 9, "time": ["2024-01-01"] * 9, "lon": [1.0] * 9, "lat": [1.0] * 9})
    pq.write_table(table, path, row_group_size=5, use_dictionary=False)
    begin = pq.read_metadata(path).row_group(1).column(0).data_page_offset
    content = bytearray(path.read_bytes())
    content[begin : begin + 40] = b"\xff" * 40
    path.write_bytes(content)
    return path


class Cluster:
    """A Dask scheduler and two workers, each a process of its own, as someone would start them by hand."""

    def __init__(self, address, workers):
        self.address = address
        self.workers = workers


def _started(command, said, **options):
    """Start a process and wait until it says something; return it and what matched."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *command],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        **options,
    )
    lines = []
    for line in process.stderr:
        lines.append(line)
        if match := re.search(said, line):
            # what it says later must not fill the pipe, or it would wait for a reader
            reader = Thread(target=process.stderr.read, daemon=True)
            reader.start()
            return (process, reader), match
    process.wait()
    pytest.fail(f"dask {' '.join(command)} ended before it said {said!r}: {''.join(lines)}")


@contextmanager
def _ended(processes):
    """End the processes of a list, whatever happened."""
    try:
        yield
    finally:
        for process, reader in processes:
            process.kill()
            process.wait()
            reader.join()
            process.stderr.close()


@pytest.fixture
def cluster(tmp_path):
    environment = os.environ | {"PYTHONPATH": str(Path(routes.__file__).parents[1])}
    options = {"env": environment, "cwd": tmp_path}
    processes = []
    with _ended(processes):
        scheduler, match = _started(
            ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"],
            r"Scheduler at:\s+(tcp://\S+)",
            **options,
        )
        processes.append(scheduler)
        for _ in range(2):
            worker, _ = _started(
                ["worker", match[1], "--nthreads", "1", "--no-nanny", "--no-dashboard"], r"Registered to", **options
            )
            processes.append(worker)
        yield Cluster(match[1], [process for process, _ in processes[1:]])
