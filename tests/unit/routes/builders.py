"""Small cases built in memory for the tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from routes import schema
from routes.case import Case, case_from_raw
from routes.folder import RawCase, RawTable

META = {"title": "Test", "licence": "CC0-1.0", "updated": date(2026, 1, 31), "layer": [{"id": "all", "title": "All"}]}


def raw_case(
    meta: dict[str, Any] | None = None, sources: tuple[Any, ...] = ({"id": "s1"},), **tables: list[dict[str, str]]
) -> RawCase:
    """Return a raw case with the given rows; every table has its documented header and the rows' own columns."""
    raw = {}
    for name, table in schema.TABLES.items():
        rows = tables.get(name, [])
        header = dict.fromkeys([*(column.name for column in table.columns), *(key for row in rows for key in row)])
        filled = tuple({key: row.get(key, "") for key in header} for row in rows)
        raw[name] = RawTable(tuple(header), filled, tuple(range(2, 2 + len(rows))))
    return RawCase(name="test", meta=META if meta is None else meta, tables=raw, sources=sources)


def case(**tables: list[dict[str, str]]) -> Case:
    """Return the case of such rows, unchecked."""
    return case_from_raw(raw_case(**tables))
