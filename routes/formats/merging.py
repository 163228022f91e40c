"""Grids that somebody may have edited, and the files that travelled beside them, as the texts of a case folder.

A cell that still says what was written is the file's, to the letter; a cell that says something else is the editor's.
A file none of whose cells was edited comes back whole, with its comments, line ends and order.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from routes import cells, schema
from routes.documents import DocumentError, json_of, toml_of
from routes.errors import ExchangeError
from routes.folder import BOM, parse_csv
from routes.formats.grids import (
    CASE,
    LAYERS,
    SOURCES,
    TEXT,
    TOML,
    Grid,
    flat_meta,
    grid_from_layers,
    grid_from_meta,
    grid_from_sources,
    grid_from_table,
    text_from_cell,
)
from routes.writing import csv_line, json_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from routes.folder import RawTable
    from routes.formats.grids import Cell

    Shown = Callable[[str], str]
    """How a file format shows a text that it cannot hold to the letter."""


class Merger:
    """Merges the grids of one file with the texts that it carries.

    Parameters
    ----------
    file
        Name of the file, for messages.
    grids
        What stands in the file, by name.
    carried
        Texts of the case's files as they were when the file was written; may be empty.
    shown
        How the format shows a text.
    """

    def __init__(self, file: str, grids: Mapping[str, Grid], carried: Mapping[str, str], shown: Shown) -> None:
        self.file = file
        self.grids = grids
        self.carried = carried
        self.shown = shown

    def texts(self) -> dict[str, str]:
        """Return the text of every file of the case by its name in the folder.

        Raises
        ------
        ExchangeError
            If a table is missing, or a cell of `case` or `layers` cannot be read.
        """
        texts = {"case.toml": self._toml()}
        for name, table in schema.TABLES.items():
            if name in self.grids:
                texts[table.file] = self._table(table, self.grids[name])
            elif not table.optional:
                raise self._missing(name)
        texts["sources.json"] = self._sources()
        return texts | {name: text for name, text in self.carried.items() if name.startswith("geometry/")}

    def _missing(self, name: str) -> ExchangeError:
        return ExchangeError(self.file, f"has no table {name!r}", "export the case anew and edit that file")

    def _grid(self, name: str) -> Grid:
        if name not in self.grids:
            raise self._missing(name)
        return self.grids[name]

    def _same(self, before: Cell, now: Cell) -> bool:
        """Return whether a cell says what was written into it."""
        return self.shown(text_from_cell(before)) == self.shown(text_from_cell(now))

    def _named(self, grid: Grid, written: Sequence[str]) -> Grid:
        """Return a grid whose columns bear the names that were written, where the format shows them otherwise."""
        letters = {self.shown(name).strip(): name for name in written if name not in grid.header}
        names = {name: letters.get(self.shown(name).strip(), name) for name in grid.header}
        if all(name == same for name, same in names.items()):
            return grid
        rows = tuple({names[key]: cell for key, cell in row.items()} for row in grid.rows)
        return replace(grid, header=tuple(names.values()), rows=rows)

    def _table(self, table: schema.Table, grid: Grid) -> str:
        text = self.carried.get(table.file)
        if text is None:
            return _csv(grid.header, [{key: text_from_cell(row.get(key)) for key in grid.header} for row in grid.rows])
        raw = parse_csv(text.removeprefix(BOM), table.file, [])
        grid = self._named(grid, raw.header)
        rows = self._merged_rows(table, grid, raw)
        if grid.header == raw.header and rows == [dict(row) for row in raw.rows]:
            return text
        return (BOM if text.startswith(BOM) else "") + _csv(grid.header, rows)

    def _merged_rows(self, table: schema.Table, grid: Grid, raw: RawTable) -> list[dict[str, str]]:
        written = grid_from_table(grid.name, table, raw)
        keys = [cells.key(table, row) for row in raw.rows]
        before = dict(zip(keys, zip(raw.rows, written.rows, strict=True), strict=True))
        merged = []
        for row in grid.rows:
            now = {key: text_from_cell(row.get(key)) for key in grid.header}
            letters, old = before.get(cells.key(table, now), ({}, {}))
            merged.append(
                {
                    key: letters[key] if key in letters and self._same(old.get(key), row.get(key)) else now[key]
                    for key in grid.header
                }
            )
        return merged

    def _sources(self) -> str:
        grid = self._grid(SOURCES)
        text = self.carried.get("sources.json")
        items = self._carried_sources(text) if text else []
        grid = self._named(grid, grid_from_sources(items).header)
        shown = grid_from_sources(items).rows
        before = {item.get("id"): (item, cell) for item, cell in zip(items, shown, strict=True)}
        merged = [self._source(row, *before.get(text_from_cell(row.get("id")), ({}, {}))) for row in grid.rows]
        return text if text and merged == items else json_text(merged)

    def _carried_sources(self, text: str) -> list[dict[str, Any]]:
        """Return the items of the `sources.json` that the file carries."""
        try:
            items = json_of(text.removeprefix(BOM))
        except DocumentError as err:
            raise self._damaged("sources.json", err.problem) from err
        if not isinstance(items, list) or not all(isinstance(one, dict) and _has_name(one) for one in items):
            raise self._damaged("sources.json", "is no list of sources with ids")
        return items

    def _carried_toml(self, text: str) -> dict[str, Any]:
        """Return the `case.toml` that the file carries."""
        try:
            meta = toml_of(text.removeprefix(BOM))
        except DocumentError as err:
            raise self._damaged("case.toml", err.problem) from err
        layers = meta.get("layer", [])
        if not isinstance(layers, list) or not all(isinstance(one, dict) and _has_name(one) for one in layers):
            raise self._damaged("case.toml", "has layers without ids")
        return meta

    def _damaged(self, name: str, problem: str) -> ExchangeError:
        remedy = "export the case anew, or remove what travels in the file: its tables are read without it"
        return ExchangeError(self.file, problem, remedy, where=f"files: {name}")

    def _source(self, row: Mapping[str, Cell], item: Mapping[str, Any], shown: Mapping[str, Cell]) -> dict[str, Any]:
        kept = {key: value for key, value in item.items() if key in row and self._same(shown.get(key), row.get(key))}
        edited = {
            key: _json_value(cell, item.get(key)) for key, cell in row.items() if key not in kept and _holds(cell)
        }
        names = [*(key for key in item if key in kept or key in edited), *(key for key in edited if key not in item)]
        return {key: kept[key] if key in kept else edited[key] for key in names}

    def _toml(self) -> str:
        import tomli_w  # noqa: PLC0415 - only writing needs it

        text = self.carried.get("case.toml")
        before = self._carried_toml(text) if text else {}
        meta = self._meta(before)
        layers = self._layers(before.get("layer", []))
        old = {key: value for key, value in before.items() if key != "layer"}
        if text and meta == old and layers == before.get("layer", []):
            return text
        return tomli_w.dumps({**meta, "layer": layers}, multiline_strings=True)

    def _meta(self, before: Mapping[str, Any]) -> dict[str, Any]:
        grid = self._grid(CASE)
        flat, shown = flat_meta(before), {row["key"]: row for row in grid_from_meta(before).rows}
        meta: dict[str, Any] = {}
        for row, line in zip(grid.rows, grid.lines, strict=True):
            key = text_from_cell(row.get("key"))
            old = shown.get(key)
            if old and all(self._same(old[name], row.get(name)) for name in ("type", "value")):
                value = flat[key]
            else:
                value = self._meta_value(row, line)
            table, dot, name = key.partition(".")
            if dot and key not in before:
                inner = meta.setdefault(table, {})
                if not isinstance(inner, dict):
                    problem = "stands both as a value and as a table"
                    raise ExchangeError(self.file, problem, "remove one", where=f"{CASE}: row {line}", value=key)
                inner[name] = value
            elif key != "layer":
                meta[key] = value
        return meta

    def _meta_value(self, row: Mapping[str, Cell], line: int) -> Any:  # noqa: ANN401 - TOML is what it is
        text = text_from_cell(row.get("value"))
        if row.get("type") == TEXT:
            return text
        where = f"{CASE}: row {line}: value"
        if row.get("type") != TOML:
            remedy = f"write {TEXT} for a text and {TOML} for a date, a number or a list"
            raise ExchangeError(
                self.file,
                "is not a type",
                remedy,
                where=f"{CASE}: row {line}: type",
                value=text_from_cell(row.get("type")),
            )
        return self._toml_value(text, where)

    def _toml_value(self, text: str, where: str) -> Any:  # noqa: ANN401 - as above
        try:
            return toml_of(f"value = {text}")["value"]
        except DocumentError as err:
            remedy = 'write a date as 2026-01-31, a list as ["a", "b"], a text in quotation marks'
            raise ExchangeError(self.file, "is not a TOML value", remedy, where=where, value=text) from err

    def _layers(self, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
        grid = self._grid(LAYERS)
        grid = self._named(grid, grid_from_layers(before).header)
        shown = {row["id"]: row for row in grid_from_layers(before).rows}
        old = {layer.get("id"): layer for layer in before}
        layers = []
        for row, line in zip(grid.rows, grid.lines, strict=True):
            name = text_from_cell(row.get("id"))
            layer, cells_before = old.get(name, {}), shown.get(name, {})
            kept = {k: v for k, v in layer.items() if k in row and self._same(cells_before.get(k), row.get(k))}
            new = {k: self._layer_value(k, c, line) for k, c in row.items() if k not in kept and _holds(c)}
            names = [*(key for key in layer if key in kept or key in new), *(key for key in new if key not in layer)]
            layers.append({key: kept[key] if key in kept else new[key] for key in names})
        return layers

    def _layer_value(self, key: str, cell: Cell, line: int) -> Any:  # noqa: ANN401 - as above
        if key not in {"on", "open"} or isinstance(cell, bool):
            return cell if isinstance(cell, bool) else text_from_cell(cell)
        text = text_from_cell(cell).lower()
        if text not in {"true", "false", "1", "0"}:
            where = f"{LAYERS}: row {line}: {key}"
            raise ExchangeError(self.file, "is neither true nor false", "write true or false", where=where, value=text)
        return text in {"true", "1"}


def _has_name(item: dict[str, Any]) -> bool:
    return isinstance(item.get("id", ""), str)


def _holds(cell: Cell) -> bool:
    return text_from_cell(cell) != ""


def _json_value(cell: Cell, old: Any) -> Any:  # noqa: ANN401 - JSON is what it is
    """Return an edited cell of `sources`: JSON where it stood before or where it looks like it, else text."""
    text = text_from_cell(cell)
    if (old is not None and not isinstance(old, str)) or text.startswith(("{", "[")):
        try:
            return json_of(text)
        except DocumentError:
            return text
    return text


def _csv(header: tuple[str, ...], rows: list[dict[str, str]]) -> str:
    return "".join([csv_line(header), *(csv_line(row[key] for key in header) for row in rows)])
