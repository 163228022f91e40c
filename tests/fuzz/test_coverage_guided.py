"""Each reader of bytes for some seconds under a fuzzer that learns which bytes reach new code."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
KINDS = (
    "case.toml",
    "places.csv",
    "sources.json",
    "geojson",
    "kml",
    "gpx",
    "lon-lat.csv",
    "xlsx",
    "gpkg",
    "state",
    "date",
)
SECONDS = int(os.environ.get("WAYBILL_FUZZ_S", "2"))
"""For each reader; raise it for a night."""
KEPT = Path(os.environ.get("WAYBILL_FUZZ_FOUND", "build/fuzz"))
"""Where input that broke a reader is left."""

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None,
    reason="atheris is not installed (it has no wheel for this Python or system): coverage-guided fuzzing was NOT run",
)


@pytest.mark.parametrize("kind", KINDS)
def test_no_bytes_break_a_reader(kind, tmp_path):
    found = tmp_path / "found"
    found.mkdir()
    limits = [f"-max_total_time={SECONDS}", "-timeout=30", "-rss_limit_mb=3000", "-max_len=100000"]
    command = [
        sys.executable,
        str(HERE / "harness.py"),
        kind,
        str(tmp_path / "seeds"),
        *limits,
        f"-artifact_prefix={found}/",
    ]
    paths = os.pathsep.join([str(HERE), *sys.path])
    run = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, errors="replace",
        timeout=SECONDS + 300, check=False,
    )  # fmt: skip
    for file in found.iterdir():
        KEPT.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, KEPT / f"{kind}-{file.name}")
    assert run.returncode == 0, f"input saved in {KEPT}\n{run.stdout[-3_000:]}\n{run.stderr[-3_000:]}"
    assert "Done" in run.stderr, "the fuzzer did not run to its end"
