"""Lengths drawn beside lengths published: what is far off says why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from routes.cells import write_number
from routes.findings import Finding, warning
from routes.frames import records
from routes.measures import measure_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routes.case import Case
    from routes.folder import RawCase

NEAR: Final = (0.97, 1.03)
"""Track (or, without one, drawn) over published length that needs no word."""


def check_lengths(raw: RawCase, case: Case) -> Iterator[Finding]:
    """Yield a warning for every published length that the map does not meet and whose note says nothing."""
    lines = {("measures", row.get("id", "").strip()): line for row, line in _rows(raw, "measures")}
    legs = {f"{row['route'].strip()}.{float(row['seq']):.0f}": line for row, line in _rows(raw, "legs")}
    low, high = NEAR
    for row in records(measure_case(case)):
        ratio = row["track_ratio"] if row["track_ratio"] == row["track_ratio"] else row["drawn_ratio"]
        if row["note"] or not (ratio < low or ratio > high):
            continue
        of_leg = row["id"] in legs and ("measures", row["id"]) not in lines
        file, line = ("legs.csv", legs[row["id"]]) if of_leg else ("measures.csv", lines["measures", row["id"]])
        column = "published_km" if of_leg else "value"
        figure = write_number(row["published_km"])
        problem = f"is published as {figure} km, and comes to {ratio:.2f} of it on the map"
        yield warning(file, line, column, figure, problem, "say why in the note, or mend the line or the figure")


def _rows(raw: RawCase, table: str) -> Iterator[tuple[dict[str, str], int]]:
    read = raw.tables[table]
    for row, line in zip(read.rows, read.lines, strict=True):
        yield dict(row), line
