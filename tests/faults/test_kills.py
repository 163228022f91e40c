"""Whenever a process is killed, the old file or the new one is there, whole; half a case is never taken for one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed in a fork, which this system has not"),
]

KILLING = Path(__file__).with_name("killing.py")
TIMES = {
    "render": 16,
    "export-geojson": 10,
    "export-gpkg": 12,
    "export-xlsx": 12,
    "export-csv": 10,
    "export-kml": 10,
    "export-gpx": 10,
    "export-parquet": 10,
    "figure-svg": 10,
    "figure-png": 10,
    "cache": 30,
    "folder": 60,
    "import": 30,
}


def test_there_are_at_least_two_hundred_kills():
    assert sum(TIMES.values()) >= 200


@pytest.mark.parametrize("job", TIMES)
def test_what_is_killed_leaves_the_old_or_the_new_one_whole(job, tmp_path):
    environment = os.environ | {"WAYBILL_CACHE": str(tmp_path / "cache"), "PYTHONPATH": os.pathsep.join(sys.path)}
    result = subprocess.run(
        [sys.executable, str(KILLING), job, str(tmp_path), "20221102", str(TIMES[job])],
        capture_output=True, text=True, check=False, env=environment, timeout=300,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    counted = json.loads(result.stdout)
    # a schedule by which nothing is killed while it works would show nothing
    assert counted["killed"] >= TIMES[job] // 3
    assert counted["steps"] >= 4
