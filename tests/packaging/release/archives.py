"""Build the wheel and the source archive into dist/, twice, and hold their contents to what git tracks.

    python tests/packaging/release/archives.py

Prints what it did; exits with one line that says what is wrong.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from email.parser import HeaderParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DIST = ROOT / "dist"
PACKAGES = ("geodata", "routes", "maps")
LICENCES = ("LICENSE", "NOTICE")
NOT_IN_SDIST = (".ci/",)
# 1980, the first year that a zip file can hold: where the checkout has no history
NO_HISTORY = "315532800"


def run(*command: str, cwd: Path = ROOT, **environment: str) -> str:
    result = subprocess.run(
        command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, check=False, timeout=600
    )
    if result.returncode:
        sys.exit(f"{' '.join(command)}: exit {result.returncode}\n{result.stdout[-2000:]}{result.stderr[-4000:]}")
    return result.stdout


def git(*arguments: str) -> str | None:
    """Answer of git; None where this is no checkout, such as in an unpacked source archive."""
    command = ["git", "-C", str(ROOT), *arguments]
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        return None
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def epoch() -> str:
    """Time of the last commit, so that the same commit gives the same bytes whenever it is built."""
    return os.environ.get("SOURCE_DATE_EPOCH") or (git("log", "-1", "--format=%ct") or NO_HISTORY).strip()


def build(source: Path, folder: Path) -> tuple[Path, Path]:
    """Build wheel and source archive of a tree into a folder."""
    command = (sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-t", "wheel", "-d", str(folder))
    run(*command, cwd=source, SOURCE_DATE_EPOCH=epoch())
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, sdist


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def same(first: Path, second: Path, what: str) -> None:
    if sha256(first) != sha256(second):
        sys.exit(f"{what}: {first.name} has other bytes")


def differing(what: str, wanted: set[str], found: set[str]) -> None:
    """Stop if what is found is not what is wanted."""
    faults = [f"lacks {name}" for name in sorted(wanted - found)]
    faults += [f"should not hold {name}" for name in sorted(found - wanted)]
    if faults:
        sys.exit(f"{what}: {len(faults)} faults: {'; '.join(faults[:20])}")


def check_wheel(wheel: Path, tracked: set[str]) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (info,) = {name.split("/")[0] for name in names if ".dist-info/" in name}
        metadata = HeaderParser().parsestr(archive.read(f"{info}/METADATA").decode("utf-8"))
        for name in LICENCES:
            if archive.read(f"{info}/licenses/{name}") != (ROOT / name).read_bytes():
                sys.exit(f"{wheel.name}: {name} is not that of the checkout")
    wanted = {name for name in tracked if name.startswith(tuple(f"{package}/" for package in PACKAGES))}
    parts = ["METADATA", "RECORD", "WHEEL", "entry_points.txt", *(f"licenses/{name}" for name in LICENCES)]
    differing(wheel.name, wanted | {f"{info}/{part}" for part in parts}, names)
    if metadata["License-Expression"] != "Apache-2.0" or metadata.get_all("License-File") != list(LICENCES):
        sys.exit(f"{wheel.name}: METADATA does not name licence and licence files")


def check_sdist(sdist: Path, tracked: set[str]) -> None:
    with tarfile.open(sdist) as archive:
        names = {member.name.split("/", 1)[1] for member in archive if member.isfile()}
    differing(sdist.name, {name for name in tracked if not name.startswith(NOT_IN_SDIST)} | {"PKG-INFO"}, names)


def tracked_files() -> set[str]:
    listed = git("ls-files", "-z")
    if listed is not None:
        return {name for name in listed.split("\0") if name and (ROOT / name).exists()}
    found = (path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file())
    ours = {name for name in found if not name.startswith((".venv/", "dist/", "build/")) and "__pycache__" not in name}
    return ours - {"PKG-INFO"}


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        first, again, unpacked, third = (Path(scratch, name) for name in ("first", "again", "unpacked", "third"))
        wheel, sdist = build(ROOT, first)
        tracked = tracked_files()
        check_wheel(wheel, tracked)
        check_sdist(sdist, tracked)
        for one, other in zip((wheel, sdist), build(ROOT, again), strict=True):
            same(one, other, "built twice")
        with tarfile.open(sdist) as archive:
            archive.extractall(unpacked, filter="data")
        (tree,) = unpacked.iterdir()
        same(wheel, build(tree, third)[0], "built from the source archive, in another folder")
        shutil.rmtree(DIST, ignore_errors=True)
        DIST.mkdir()
        for path in (wheel, sdist):
            shutil.copy(path, DIST)
            print(f"{sha256(path)}  {path.name}  {path.stat().st_size:,} bytes")
    print("built twice with equal bytes, the wheel from the source archive too; contents are what git tracks")


if __name__ == "__main__":
    main()
