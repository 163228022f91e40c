"""Pin what the tests need, with the hashes of all files of each version: tests/requirements.txt.

    python tests/packaging/release/lock.py

Run it on Python 3.11. The file names no registry.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LOCK = ROOT / "tests" / "requirements.txt"
HEAD = "# What the tests were last run with on Python 3.11; written by `make lock`, asked about by `make audit`.\n"
QUIET = ("header", "emit-index-url", "emit-find-links", "emit-trusted-host", "emit-options")


def group(name: str, groups: dict[str, list[str | dict[str, str]]]) -> list[str]:
    """What a dependency group asks for, with the groups that it includes."""
    parts = [[one] if isinstance(one, str) else group(one["include-group"], groups) for one in groups[name]]
    return [one for part in parts for one in part]


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *group("test", project["dependency-groups"])]
    with tempfile.TemporaryDirectory() as scratch:
        asked, made = Path(scratch, "asked.in"), Path(scratch, "made.txt")
        asked.write_text("\n".join(wanted) + "\n", encoding="utf-8")
        switches = [f"--no-{name}" for name in QUIET]
        command = [str(Path(sys.executable).with_name("pip-compile")), "--quiet", "--generate-hashes", *switches]
        command += ["--no-annotate", "--strip-extras", "--allow-unsafe", "-o", str(made), str(asked)]
        subprocess.run(command, check=True)
        LOCK.write_text(HEAD + made.read_text(encoding="utf-8"), encoding="utf-8")


if __name__ == "__main__":
    main()
