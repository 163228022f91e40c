"""Writes measured tables into BENCHMARKS.md, each between its own marks."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

REPORT = Path(__file__).parents[1] / "BENCHMARKS.md"


def table(header: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine() -> str:
    """Describe the machine and the versions that the figures depend on."""
    names = ("folium", "geopandas", "shapely", "pandas")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {versions}"


def write(name: str, text: str) -> None:
    """Put the text of a section between its marks and print it."""
    block = f"<!-- {name} -->\n{text}\n<!-- end {name} -->"
    report = REPORT.read_text(encoding="utf-8")
    pattern = re.compile(rf"<!-- {name} -->.*?<!-- end {name} -->", re.DOTALL)
    if not pattern.search(report):
        msg = f"{REPORT.name} has no section {name!r}; add <!-- {name} --><!-- end {name} -->"
        raise SystemExit(msg)
    REPORT.write_text(pattern.sub(lambda _: block, report), encoding="utf-8")
    print(text)
