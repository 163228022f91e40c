"""Small files that ask for gigabytes or hours: each takes at most 2 GiB and 30 seconds, and says how to allow more."""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import sys
import traceback
from pathlib import Path

import fuzz_bombs
import pytest

from routes import limits

ROOM_BYTES = 2 * 2**30
WORK_S = 30  # of the processor, so that a busy machine is no fault
WAIT_S = 240
SAYS_HOW = {
    "xml 100,000 deep": limits.DEPTH,
    "8 million xml elements": limits.VALUES,
    "10 million points in xml": limits.POINTS,
    "json 100,000 deep": limits.DEPTH,
    "json 900 deep": limits.DEPTH,
    "sources 900 deep": limits.DEPTH,
    "sources of 20 million values": limits.VALUES,
    "5 million points in json": limits.VALUES,
    "toml arrays 100,000 deep": limits.DEPTH,
    "a key of 400,000 parts": limits.DEPTH,
    "keys of 2,000 parts": limits.DEPTH,
    "a chain of 10,000 layers": limits.DEPTH,
    "a million columns": limits.COLUMNS,
    "30 million rows": limits.ROWS,
    "900 columns of 100,000 rows": limits.CELLS,
    "a cell of 60 MB": limits.CELL,
    "100,000 faults": limits.FINDINGS,
    "a chain of 10,000 claims": limits.CHAIN,
    "a million columns of lines": limits.COLUMNS,
    "a sheet that unpacks to a gigabyte": limits.UNPACKED,
    "24 million shared strings": limits.CELLS,
    "rows as wide as a sheet": limits.CELLS,
    "a row group of 60 million rows": limits.ROW_GROUP,
    "12,000 drawings": limits.DRAWINGS,
    "a table of 60 GiB": limits.FILE,
    "a case.toml of 60 GiB": limits.FILE,
}


@pytest.mark.skipif(sys.platform != "linux", reason="needs fork and RLIMIT_AS as Linux has them")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # it is multi-threaded, and the child only reads
@pytest.mark.parametrize("name", fuzz_bombs.BOMBS)
def test_a_bomb_costs_neither_memory_nor_time(name, tmp_path):
    kind, classes, text = in_a_child(fuzz_bombs.outcome(name, tmp_path))
    assert kind == "ok" or "RoutesError" in classes or (name.startswith("a page") and "ValueError" in classes), text
    if name in SAYS_HOW:
        assert SAYS_HOW[name].variable in text, text
    for line in text.splitlines():
        assert len(line) < 2_000


def in_a_child(run):
    """Return what a function returns in a process with little room and time."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
            resource.setrlimit(resource.RLIMIT_AS, (used + ROOM_BYTES, used + ROOM_BYTES))
            resource.setrlimit(resource.RLIMIT_CPU, (WORK_S, WORK_S))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            os.write(writes, run().encode()[:60_000])
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(writes)
    ready, _, _ = select.select([reads], [], [], WAIT_S)
    if not ready:
        os.kill(child, signal.SIGKILL)
    answer = os.read(reads, 100_000)
    os.close(reads)
    _, status = os.waitpid(child, 0)
    assert ready, f"no answer within {WAIT_S} seconds"
    assert os.WIFEXITED(status), f"died of signal {os.WTERMSIG(status)} (XCPU and KILL: it worked too long)"
    return json.loads(answer)
