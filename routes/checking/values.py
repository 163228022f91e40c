"""Cells: required columns, what a cell may hold, keys that stand twice, and what one row must say together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes import cells, schema
from routes.findings import Finding, fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from routes.folder import RawCase, RawTable


def check_values(raw: RawCase) -> list[Finding]:
    """Return the faults of single cells and rows of all CSV tables."""
    findings: list[Finding] = []
    for name, table in schema.TABLES.items():
        read = raw.tables[name]
        findings += _columns(table, read)
        for row, line in zip(read.rows, read.lines, strict=True):
            findings += _cells(table, row, line)
        findings += _keys(table, read)
    for row, line in _rows(raw, "places"):
        findings += _place(row, line)
    for row, line in _rows(raw, "claims"):
        findings += _claim(row, line)
    for table_name, low, high in (("claims", "quantity", "quantity_max"), ("measures", "value", "value_max")):
        for row, line in _rows(raw, table_name):
            findings += _range(f"{table_name}.csv", row, line, low, high)
    return findings


def _rows(raw: RawCase, table: str) -> Iterator[tuple[Mapping[str, str], int]]:
    read = raw.tables[table]
    return iter(zip(read.rows, read.lines, strict=True))


def _columns(table: schema.Table, read: RawTable) -> Iterator[Finding]:
    for column in table.columns:
        if column.required and read.header and column.name not in read.header:
            names = ", ".join(column.name for column in table.columns if column.required)
            remedy = f"add the column; {table.file} needs {names}"
            yield fault(table.file, 1, column.name, "", "is missing from the header", remedy)


def _cells(table: schema.Table, row: Mapping[str, str], line: int) -> Iterator[Finding]:
    for column in table.columns:
        text = row.get(column.name, "")
        if column.required and column.name in row and not text.strip():
            yield fault(table.file, line, column.name, "", "is empty", f"fill in: {column.meaning}")
            continue
        try:
            cells.parse(column, text)
        except cells.CellError as err:
            yield fault(table.file, line, column.name, text, err.problem, err.remedy)


def _keys(table: schema.Table, read: RawTable) -> Iterator[Finding]:
    """Yield a fault for every key that stands twice; the key of a leg is its route and seq."""
    is_leg = table is schema.LEGS
    first: dict[tuple[str, ...], int] = {}
    for row, line in zip(read.rows, read.lines, strict=True):
        key = (row.get("route", ""), row.get("seq", "")) if is_leg else (row.get("id", ""),)
        if not all(key):
            continue
        if key in first:
            problem = f"stands already on line {first[key]}"
            column = "seq" if is_leg else "id"
            yield fault(table.file, line, column, " ".join(key), problem, "give every row a key of its own")
        first.setdefault(key, line)


def _place(row: Mapping[str, str], line: int) -> Iterator[Finding]:
    lon, lat = row.get("lon", "").strip(), row.get("lat", "").strip()
    region = row.get("kind", "").strip() == "region"
    for column, text in (("lon", lon), ("lat", lat)):
        if not text and not (region and not (lon or lat)):
            remedy = "write it in decimal degrees; only a region may do without"
            yield fault("places.csv", line, column, "", "is empty", remedy)
    if region and not lon and not row.get("members", "").strip():
        remedy = "list the countries of the region, such as KP;RU"
        yield fault("places.csv", line, "members", "", "is empty", remedy)


def _claim(row: Mapping[str, str], line: int) -> Iterator[Finding]:
    subjects = [name for name in ("event", "route", "place") if row.get(name, "").strip()]
    if len(subjects) != 1:
        problem = "has no subject" if not subjects else f"has {len(subjects)} subjects ({', '.join(subjects)})"
        remedy = "fill in exactly one of event, route and place"
        yield fault("claims.csv", line, "event", row.get("event", ""), problem, remedy)
    if row.get("verified", "").strip() != "no":
        for column, what in (("asserted_on", "the day it was said"), ("sources", "where it can be read")):
            if not row.get(column, "").strip():
                remedy = f"give {what}, or mark the claim verified = no"
                yield fault("claims.csv", line, column, "", "is empty", remedy)
    if row.get("quantity", "").strip() and not row.get("unit", "").strip():
        yield fault("claims.csv", line, "unit", "", "is empty", "say what the quantity counts")
    if row.get("routes", "").strip() and not row.get("event", "").strip():
        remedy = "leave routes empty, or name the event that the claim is about"
        yield fault("claims.csv", line, "routes", row["routes"], "narrows a claim that is about no event", remedy)
    kinds = {part.strip() for part in row.get("evidence", "").split(schema.SEPARATOR)}
    if "none" in kinds and len(kinds) > 1:
        remedy = "write none alone, or the evidence that there is"
        yield fault("claims.csv", line, "evidence", row["evidence"], "says none and some at once", remedy)


def _range(file: str, row: Mapping[str, str], line: int, low: str, high: str) -> Iterator[Finding]:
    try:
        first, last = float(row.get(low) or "nan"), float(row.get(high) or "nan")
    except ValueError:
        return  # the cell itself is a fault already
    if row.get(high, "").strip() and not row.get(low, "").strip():
        yield fault(file, line, low, "", "is empty while the upper figure is given", "give the lower figure too")
    elif last < first:
        yield fault(file, line, high, row[high], f"is below {low}", "put the lower figure first")
