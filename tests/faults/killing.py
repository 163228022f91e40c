"""Kills a process while it writes, again and again, and looks each time at what is there: a program of its own.

`python killing.py JOB FOLDER SEED TIMES` forks a child that writes a file or a case over another one, and kills it with
SIGKILL: half of the times after a random while, half of the times at a random step of its input and output (an audit
event of Python, or a sync to the disk). The parent then holds what it finds to the two versions that may be there, and
prints what it saw as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import maps
import routes
from routes import cache
from routes.folder import read_folder
from routes.starter import write_starter

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "shutil.", "tempfile.", "os.link")


class Job:
    """One kind of write, of two versions of the same thing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        write_starter(folder / "first")
        self.versions = [routes.read_case(folder / "first"), routes.read_case(folder / "first")]
        self.versions[1].events.loc[0, "title"] = "Another title, a little longer than the first"
        self.versions[1].claims.loc[0, "statement"] = "Another statement. " * 400
        self.expected = []
        for number in (0, 1):
            self.write(number)
            self.expected.append(self.seen())

    def write(self, number: int) -> None:
        raise NotImplementedError

    def seen(self) -> object:
        raise NotImplementedError

    def mend(self) -> None:
        """Do what a user does after a fault; nothing where none can be there."""


class FileJob(Job):
    """A file that is rendered, exported or drawn."""

    def __init__(self, folder: Path, suffix: str) -> None:
        self.path = folder / f"file.{suffix}"
        super().__init__(folder)

    def seen(self) -> object:
        return self.path.read_bytes()


class Render(FileJob):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "html")

    def write(self, number: int) -> None:
        maps.render(self.versions[number], self.path)


class Export(FileJob):
    def write(self, number: int) -> None:
        routes.export_case(self.versions[number], self.path)


class Figure(FileJob):
    def write(self, number: int) -> None:
        maps.figure(self.versions[number], self.path, size="170x120mm")


class Cache(Job):
    """An entry of the cache of routed lines."""

    def write(self, number: int) -> None:
        cache.keep("a" * 32, {"legs": [[number, point] for point in range(6_000)]})

    def seen(self) -> object:
        kept = cache.load("a" * 32)
        return None if kept is None else [kept["key"], len(kept["legs"]), kept["legs"][0][0]]


class Folder(Job):
    """A case folder that is written over, as `waybill import --replace` and `Case.write` do."""

    def write(self, number: int) -> None:
        self.versions[number].write(self.folder / "case")
        if number:  # a file that one version has and the other has not
            (self.folder / "case" / "my notes.txt").write_text("mine")

    def seen(self) -> object:
        assert (
            (self.folder / "case" / "my notes.txt").exists() or not hasattr(self, "expected") or len(self.expected) < 2
        )
        raw = read_folder(self.folder / "case")
        if raw.faults:
            assert all("stopped half-way" in fault.problem for fault in raw.faults), raw.faults
            return "told"
        return dict(raw.texts)

    def mend(self) -> None:
        # the same command again is what the fault asks for
        self.versions[self.going].write(self.folder / "case")

    going = 0


class Import(Folder):
    """The same through a file that holds a case."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        for number in (0, 1):
            routes.export_case(self.versions[number], folder / f"{number}.xlsx")
        self.write = self.again
        self.going = 0

    def again(self, number: int) -> None:
        routes.import_case(self.folder / f"{number}.xlsx").write(self.folder / "case")


JOBS = {
    "render": Render,
    **{f"export-{suffix}": lambda folder, suffix=suffix: Export(folder, suffix)
       for suffix in ("geojson", "gpkg", "xlsx", "csv", "kml", "gpx", "parquet")},
    "figure-svg": lambda folder: Figure(folder, "svg"),
    "figure-png": lambda folder: Figure(folder, "png"),
    "cache": Cache,
    "folder": Folder,
    "import": Import,
}  # fmt: skip


def at_each_step(step: Callable[[], None]) -> None:
    """Call something at every step of this process that touches the disk, before the step is done."""

    def heard(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        if event.startswith(STEPS):
            step()

    sync = os.fsync

    def synced(descriptor: int) -> None:
        step()
        sync(descriptor)
        step()

    os.fsync = synced
    sys.addaudithook(heard)


def kill_at_step(last: int) -> None:
    """Kill this process at its n-th step."""
    left = [last]

    def step() -> None:
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    at_each_step(step)


def steps_of(job: Job, number: int) -> int:
    """Return how many steps a write has, counted in a child."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        counted = []
        at_each_step(lambda: counted.append(1))
        job.write(number)
        os.write(writes, str(len(counted)).encode())
        os._exit(0)
    os.waitpid(child, 0)
    found = int(os.read(reads, 20))
    os.close(reads)
    os.close(writes)
    return found


def one(job: Job, number: int, *, step: int | None, seconds: float) -> bool:
    """Write a version in a child that is killed; return whether the kill came before it was done."""
    child = os.fork()
    if child == 0:
        try:
            if step is not None:
                kill_at_step(step)
            job.write(number)
            os._exit(0)
        except BaseException:
            os._exit(7)
    if step is None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0, status
    return os.WIFSIGNALED(status)


def main(name: str, folder: Path, seed: int, times: int) -> None:
    job = JOBS[name](folder)
    chance = random.Random(seed)  # noqa: S311 - no secret
    begun = time.perf_counter()
    job.write(0)
    duration = time.perf_counter() - begun
    counted = {"killed": 0, "old": 0, "new": 0, "told": 0, "steps": 0}
    steps = steps_of(job, 1)
    at = 1  # which version is there
    for turn in range(times):
        going = 1 - at
        job.going = going
        step = None
        if turn % 2:
            step = chance.randint(1, steps)
        killed = one(job, going, step=step, seconds=chance.uniform(0, 1.1 * duration))
        counted["killed"] += killed
        seen = job.seen()
        if seen == "told":
            counted["told"] += 1
            job.mend()
            seen = job.seen()
        assert seen in job.expected, f"{name}: turn {turn}: neither the old nor the new one is there"
        assert killed or seen == job.expected[going], f"{name}: turn {turn}: a write that ended left the old one"
        at = job.expected.index(seen)
        counted["new" if at == going else "old"] += 1
    job.write(1 - at)
    assert job.seen() == job.expected[1 - at], f"{name}: after all kills a write does not work"
    counted["steps"] = steps
    print(json.dumps(counted))  # noqa: T201 - the result


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
