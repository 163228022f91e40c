"""Cells: required columns, what a cell may hold, keys that stand twice, and what one row must say together."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from routes import cells, limits, schema
from routes.findings import Finding, fault, warning
from routes.nearest import near

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from routes.folder import RawCase, RawTable


_LON, _LAT, _SEQ = (
    next(column for column in table.columns if column.name == name)
    for table, name in ((schema.PLACES, "lon"), (schema.PLACES, "lat"), (schema.LEGS, "seq"))
)
_OTHER_CODES: Final = {"UK": "GB", "EL": "GR", "TP": "TL", "SU": "RU", "YU": "RS", "KO": "KP or KR", "JA": "JP"}
"""Codes that people write for a country, and the one of ISO 3166-1."""
_NEAR: Final = 0.8
"""How alike two column names must be for one to be taken for the other misspelt."""


def check_values(raw: RawCase) -> list[Finding]:
    """Return the findings on single cells and rows of all CSV tables."""
    findings: list[Finding] = []
    most = limits.FINDINGS.value  # once nobody reads them all, the rest can wait
    for name, table in schema.TABLES.items():
        read = raw.tables[name]
        findings += _columns(table, read)
        for row, line in zip(read.rows, read.lines, strict=True):
            findings += _cells(table, row, line)
            if len(findings) > most:
                return findings
        findings += _keys(table, read)
    for row, line in _rows(raw, "places"):
        findings += _place(row, line)
    for row, line in _rows(raw, "legs"):
        findings += _leg(row, line)
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
    """Yield findings on the header: what it lacks, and what may be misspelt."""
    if not read.header:
        return
    lacking = [column for column in table.columns if column.name not in read.header]
    for column in lacking:
        if column.required:
            names = ", ".join(column.name for column in table.columns if column.required)
            remedy = f"add the column; {table.file} needs {names}"
            yield fault(table.file, 1, column.name, "", "is missing from the header", remedy)
    documented = {column.name for column in table.columns}
    for name in read.header:
        if name in schema.RESERVED.get(table.name, ()):
            remedy = f"give your column another name, such as my_{name}"
            yield fault(table.file, 1, name, "", "is a name that Waybill uses for what it works out", remedy)
        elif name not in documented:
            meant = near(name.lower(), [column.name for column in lacking], cutoff=_NEAR)
            if meant:
                remedy = f"did you mean {meant!r}? If not, keep it"
                yield warning(table.file, 1, name, "", "is read as a column of your own", remedy)


def _cells(table: schema.Table, row: Mapping[str, str], line: int) -> Iterator[Finding]:
    for column in table.columns:
        text = row.get(column.name, "")
        if column.required and column.name in row and not text.strip():
            yield fault(table.file, line, column.name, "", "is empty", f"fill in: {column.meaning}")
            continue
        try:
            value = cells.parse(column, text)
        except cells.CellError as err:
            plain = fault(table.file, line, column.name, text, err.problem, err.remedy)
            yield (_swapped(row, line) or plain) if column is _LAT else plain
            continue
        if column.kind == "codes":
            for code in value:
                if code not in _country_codes():
                    yield fault(table.file, line, column.name, code, "is no country on the map", _code_remedy(code))


def _swapped(row: Mapping[str, str], line: int) -> Finding | None:
    """Return a fault that says what to write if a latitude that cannot be one could be the longitude."""
    lon, lat = row.get("lon", "").strip(), row.get("lat", "").strip()
    try:
        cells.parse(_LAT, lon)
        cells.parse(_LON, lat)
    except cells.CellError:
        return None
    problem = "longitude and latitude look swapped"
    return fault("places.csv", line, "lat", lat, problem, f"write lon = {lat} and lat = {lon}") if lon else None


@lru_cache(maxsize=1)
def _country_codes() -> frozenset[str]:
    """Return the codes of the countries whose borders the geography checks and the regions need."""
    from geodata.countries import codes  # noqa: PLC0415 - only where a cell names a country

    return codes()


def _code_remedy(code: str) -> str:
    meant = _OTHER_CODES.get(code)
    hint = f"did you mean {meant}? " if meant else ""
    return f"{hint}write ISO 3166-1 alpha-2 codes; overseas parts without a border of their own go with their state"


def _keys(table: schema.Table, read: RawTable) -> Iterator[Finding]:
    """Yield a fault for every key that stands twice; the key of a leg is its route and seq."""
    first: dict[tuple[str, ...], int] = {}
    for row, line in zip(read.rows, read.lines, strict=True):
        key = cells.key(table, row)
        if not all(key):
            continue
        if key in first:
            problem = f"stands already on line {first[key]}"
            column = "seq" if table is schema.LEGS else "id"
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


def _leg(row: Mapping[str, str], line: int) -> Iterator[Finding]:
    try:
        seq = cells.parse(_SEQ, row.get("seq", ""))
    except cells.CellError:
        return  # the cell itself is a fault already
    if seq % 1 > 0:
        remedy = "number the legs of a route 1, 2, 3"
        yield fault("legs.csv", line, "seq", row["seq"], "is not a whole number", remedy)
    if row.get("from", "").strip() and row.get("from", "").strip() == row.get("to", "").strip():
        remedy = "name the next stop, or remove the leg"
        yield warning("legs.csv", line, "to", row["to"], "is where the leg begins", remedy)


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
