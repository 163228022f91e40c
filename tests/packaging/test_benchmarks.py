"""What BENCHMARKS.md says below a table is what the table says: measuring again may turn a verdict."""

from __future__ import annotations

import re
from pathlib import Path

TEXT = (Path(__file__).parents[2] / "BENCHMARKS.md").read_text(encoding="utf-8")


def below(section: str) -> tuple[str, str]:
    """Return the table of a section, and the words from there to the next heading."""
    table, words = re.search(
        rf"<!-- {section} -->(.*?)<!-- end {section} -->(.*?)^## ", TEXT, re.DOTALL | re.M
    ).groups()
    return table, " ".join(words.split())


def numbers(table: str, row: str) -> list[float]:
    """Return the numbers of the row that begins with some words."""
    (cells,) = [line.split("|")[2:-1] for line in table.splitlines() if line.startswith(f"| {row} |")]
    return [float(cell) for cell in cells]


def verdict(met: bool) -> str:
    return "met" if met else "missed"


def test_the_start_is_judged_by_its_table():
    table, words = below("start")
    assert f"target for rendering is {verdict(numbers(table, '`waybill render dprk-russia`')[-1] < 2)}." in words
    assert "The targets for `--help` and for the page are met." in words
    assert numbers(table, "`waybill --help`")[1] < 0.15
    assert float(re.search(r"Page of the built-in case: ([\d.]+) MB", table)[1]) < 1.5


def test_the_page_is_judged_by_its_table():
    table, words = below("page")
    _, drawn, _, off, on = numbers(table, "median ratio")
    assert "loading is above 1: missed" in words
    assert drawn > 1
    assert "stay under 1.2" in words
    assert max(off, on) < 1.2
