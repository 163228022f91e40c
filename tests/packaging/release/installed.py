"""Install what is in dist/ into clean environments outside the checkout, use it there, and compare what it writes.

    python tests/packaging/release/installed.py

One environment has Python 3.11 and the wheel; one has the newest Python found on the machine and the source archive.
Both have the versions of dependencies with which `make test` ran, so that what they write can be compared byte by byte.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import archives
import sbom

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).resolve().parent
OLDEST = (3, 11)
# what can differ between versions of Python: text, numbers, archives, XML, dates, the command line. `make test` runs
# all tests on the oldest; what the networks and figures compute is numpy's and is compared as the files written.
PART = (
    "cli",
    "formats",
    *(f"routes/test_{name}.py" for name in ("case_io", "check", "citations", "dates", "datewords", "evidence")),
    *(f"maps/test_{name}.py" for name in ("embedding", "page", "payload", "state", "verify")),
    "geodata/test_registry.py",
)
PART_NEEDS = ("pytest>=9.0", "hypothesis>=6.130", "pytest-xdist>=3.6", "edtf>=5.0", "colorspacious>=1.1", "pykml>=0.2")


@dataclass(frozen=True)
class Trial:
    """An interpreter, what is installed with it, and where."""

    python: Path
    version: tuple[int, int]
    package: Path
    folder: Path

    @property
    def name(self) -> str:
        return f"Python {self.version[0]}.{self.version[1]}"

    @property
    def bin(self) -> Path:
        return self.folder / "venv" / "bin"

    @property
    def report(self) -> Path:
        return self.folder / "report.json"

    @property
    def written(self) -> Path:
        return self.folder / "written"


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    result = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    if result.returncode:
        words = " ".join(str(part) for part in command)
        message = f"{words}: exit {result.returncode}\n{result.stdout[-6000:]}{result.stderr[-3000:]}"
        raise RuntimeError(message)
    return result.stdout


def version_of(python: Path) -> tuple[int, int] | None:
    """Version of an interpreter that works, is finished, and can make environments; None otherwise."""
    code = "import sys, venv, ensurepip; v = sys.version_info; print(v[0], v[1], v.releaselevel)"
    try:
        result = subprocess.run(
            [str(python), "-I", "-c", code], capture_output=True, text=True, check=False, timeout=20, cwd="/"
        )
    except OSError:
        return None
    words = result.stdout.split()
    return (int(words[0]), int(words[1])) if words[2:] == ["final"] else None


def interpreters() -> dict[tuple[int, int], Path]:
    """Find interpreters on the path and among those of pyenv, the first of each version."""
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    folders += sorted(Path.home().glob(".pyenv/versions/*/bin"), reverse=True)
    found: dict[tuple[int, int], Path] = {}
    for folder in folders:
        for python in sorted(folder.glob("python3.*")):
            if not re.fullmatch(r"python3\.\d+", python.name) or "shims" in python.parts:
                continue
            version = version_of(python)
            if version is not None and version >= OLDEST:
                found.setdefault(version, python)
    if sys.version_info[:2] == OLDEST:
        found[OLDEST] = Path(sys.executable)
    return found


def prepare(trial: Trial, constraints: Path) -> bool:
    """Make the environment; tell whether it has the versions that the constraints name."""
    trial.written.mkdir(parents=True)
    run(trial.python, "-m", "venv", trial.folder / "venv", cwd=trial.folder)
    pip = (trial.bin / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check")
    run(*pip, "--upgrade", "pip>=25.1", cwd=trial.folder)
    # what pip resolved for the wheel, with hashes: the parts that the bill of materials names
    report = ("--report", str(trial.report)) if trial.version == OLDEST else ()
    wanted = (*report, str(trial.package), *(PART_NEEDS if trial.version != OLDEST else ()))
    try:
        run(*pip, "--prefer-binary", "-c", constraints, *wanted, cwd=trial.folder)
    except RuntimeError as err:
        if trial.version == OLDEST:
            raise
        print(f"{trial.name} cannot have the versions of {OLDEST}: its own are taken and bytes are not compared\n{err}")
        run(*pip, "--prefer-binary", *wanted, cwd=trial.folder)
        return False
    return True


def use(trial: Trial) -> str:
    """Run every command, and on the newest Python the part of the tests that can differ."""
    shutil.copy(HERE / "outputs.py", trial.folder)
    cache = str(trial.folder / "cache")
    start = time.monotonic()
    said = run(
        trial.bin / "python", "-I", trial.folder / "outputs.py", trial.written, cwd=trial.folder, WAYBILL_CACHE=cache
    )
    lines = [f"{trial.name}, {trial.package.name}: {said.strip()}, every command in {time.monotonic() - start:.0f} s"]
    run(trial.bin / "python", "-m", "pip", "check", cwd=trial.folder)
    if trial.version != OLDEST:
        tests = trial.folder / "copy" / "tests"
        tests.mkdir(parents=True)
        for part in ("conftest.py", "js", "unit", "vectors"):
            source = ROOT / "tests" / part
            shutil.copytree(source, tests / part) if source.is_dir() else shutil.copy(source, tests / part)
        shutil.copy(ROOT / "pyproject.toml", tests.parent)
        # some tests ask the page's scripts, which stand beside the tests' folder: here those of the installed package
        (static,) = trial.folder.glob("venv/lib/python3.*/site-packages/maps/static")
        shutil.copytree(static, tests.parent / "maps" / "static")
        start = time.monotonic()
        paths = [f"tests/unit/{part}" for part in PART]
        # plain `pytest`, not `python -m pytest`: the folder must not come before the installed package
        said = run(trial.bin / "pytest", "-q", "-n", "2", "--dist", "loadfile", *paths, cwd=tests.parent)
        lines.append(f"{trial.name}: {said.strip().splitlines()[-1]}")
    return "\n".join(lines)


def compare(one: Trial, other: Trial) -> None:
    """Stop if two environments wrote different files."""
    names = [
        {path.relative_to(trial.written).as_posix() for path in trial.written.rglob("*") if path.is_file()}
        for trial in (one, other)
    ]
    faults = [f"{name}: written by one only" for name in sorted(names[0] ^ names[1])]
    faults += [
        f"{name}: other bytes"
        for name in sorted(names[0] & names[1])
        if (one.written / name).read_bytes() != (other.written / name).read_bytes()
    ]
    if faults:
        sys.exit(f"{one.name} and {other.name} differ: " + "; ".join(faults))
    print(f"{one.name} and {other.name} wrote {len(names[0])} files with equal bytes")


def main() -> None:
    (wheel,), (sdist,) = (ROOT / "dist").glob("*.whl"), (ROOT / "dist").glob("*.tar.gz")
    found = interpreters()
    if OLDEST not in found:
        sys.exit("there is no Python 3.11 on this machine")
    newest = max(found)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        constraints = folder / "constraints.txt"
        frozen = run(sys.executable, "-m", "pip", "freeze", "--exclude", "waybill-maps", cwd=folder)
        pinned = [line for line in frozen.splitlines() if re.fullmatch(r"[\w.-]+==[\w.!+-]+", line)]
        constraints.write_text("\n".join(pinned) + "\n", encoding="utf-8")
        trials = [Trial(found[OLDEST], OLDEST, wheel, folder / "oldest")]
        if newest > OLDEST:
            trials.append(Trial(found[newest], newest, sdist, folder / "newest"))
        else:
            print("no Python newer than 3.11 is on this machine: only 3.11 is tried")
        start = time.monotonic()
        with ThreadPoolExecutor() as pool:
            equal = all(pool.map(lambda trial: prepare(trial, constraints), trials))
            print(f"environments made in {time.monotonic() - start:.0f} s")
            for said in pool.map(use, trials):
                print(said)
        if len(trials) == 2 and equal:
            compare(*trials)
        environment = json.loads(trials[0].report.read_text(encoding="utf-8"))
        print(f"{sbom.write(environment, wheel, int(archives.epoch()))} is a valid CycloneDX bill of materials")
        keep = os.environ.get("WAYBILL_RELEASE_KEEP")
        if keep:
            for trial in trials:
                shutil.copytree(trial.written, Path(keep) / trial.folder.name)


if __name__ == "__main__":
    main()
