"""A case as grids of typed cells, as a workbook or a GeoPackage holds them, and the way out.

The grids say what the files of the case say; the files themselves travel beside them to the letter. What a reader of
the file edits wins: see `routes.formats.merging`.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from routes import cells, schema
from routes.folder import BOM, parse_csv

if TYPE_CHECKING:
    from collections.abc import Mapping

    from routes.folder import RawTable

Cell = str | float | bool | None

CASE: Final = "case"
LAYERS: Final = "layers"
SOURCES: Final = "sources"
TEXT, TOML = "text", "toml"
"""How the value of a row of `case` is written: as it stands, or as a TOML value."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of typed cells.

    Attributes
    ----------
    header
        Column names in order.
    rows
        One mapping a row; None where a cell is empty.
    numbers
        Columns that hold numbers.
    lines
        Where each row stands in the file that it was read from, for messages; empty for a grid that was made here.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[Mapping[str, Cell], ...]
    numbers: frozenset[str] = frozenset()
    lines: tuple[int, ...] = field(default=())


def grids_from_texts(texts: Mapping[str, str]) -> list[Grid]:
    """Return the grids of a sound case, given as the texts of its files by name in the folder."""
    meta = tomllib.loads(texts["case.toml"].removeprefix(BOM))
    grids = [grid_from_meta(meta), grid_from_layers(meta.get("layer", []))]
    for name, table in schema.TABLES.items():
        if table.file in texts:
            raw = parse_csv(texts[table.file].removeprefix(BOM), table.file, [])
            grids.append(grid_from_table(name, table, raw))
    grids.append(grid_from_sources(json.loads(texts["sources.json"].removeprefix(BOM))))
    return grids


def grid_from_table(name: str, table: schema.Table, raw: RawTable) -> Grid:
    """Return a CSV file of the case with its numbers as numbers; every other cell is the text that stands there."""
    numbers = frozenset(column.name for column in table.columns if column.kind == "number")
    rows = tuple({key: cell_from_text(row[key], number=key in numbers) for key in raw.header} for row in raw.rows)
    return Grid(name, raw.header, rows, numbers & set(raw.header))


def grid_from_meta(meta: Mapping[str, Any]) -> Grid:
    """Return `case.toml` without its layers as rows of key, type and value; `view.on` stands for `on` of `[view]`."""
    rows = tuple(
        {"key": key, "type": TEXT if isinstance(value, str) else TOML, "value": text_from_value(value)}
        for key, value in flat_meta(meta).items()
    )
    return Grid(CASE, ("key", "type", "value"), rows)


def flat_meta(meta: Mapping[str, Any]) -> dict[str, Any]:
    """Return `case.toml` without its layers, the keys of its tables as `table.key`."""
    flat: dict[str, Any] = {}
    for key, value in meta.items():
        if isinstance(value, dict) and value and not any("." in name for name in (key, *value)):
            flat.update({f"{key}.{name}": inner for name, inner in value.items()})
        elif key != "layer":
            flat[key] = value
    return flat


def grid_from_layers(layers: list[dict[str, Any]]) -> Grid:
    """Return the layer tree as a grid; `on` and `open` as it says, empty where it does not."""
    header = tuple(dict.fromkeys([*schema.LAYER_KEYS, *(key for layer in layers for key in layer)]))
    rows = tuple({key: cell_from_value(layer.get(key)) for key in header} for layer in layers)
    return Grid(LAYERS, header, rows)


def grid_from_sources(sources: list[dict[str, Any]]) -> Grid:
    """Return CSL-JSON items as a grid with a column a variable; what is no text stands as JSON."""
    header = tuple(dict.fromkeys(["id", *(key for item in sources for key in item)]))
    rows = tuple({key: json_cell(item.get(key)) for key in header} for item in sources)
    return Grid(SOURCES, header, rows)


def json_cell(value: Any) -> Cell:  # noqa: ANN401 - JSON is what it is
    """Return a JSON value as a cell: text as it stands, nothing for null, all else as JSON text."""
    if value is None:
        return None
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def cell_from_text(text: str, *, number: bool) -> Cell:
    """Return the cell of a text: a number where the column is for numbers and it is one."""
    if number:
        try:
            value = cells.parse(schema.Column("", "number"), text)
        except cells.CellError:
            return text
        return None if value != value else float(value)  # noqa: PLR0124 - NaN is an empty cell
    return text or None


def cell_from_value(value: Any) -> Cell:  # noqa: ANN401 - TOML is what it is
    """Return a TOML value as a cell."""
    if value is None or isinstance(value, (str, bool)):
        return value or None if isinstance(value, str) else value
    return text_from_value(value)


def text_from_value(value: Any) -> str:  # noqa: ANN401 - as above
    """Return a TOML value as text: a text as it stands, all else as TOML writes it."""
    if isinstance(value, str):
        return value
    import tomli_w  # noqa: PLC0415 - only writing needs it

    return tomli_w.dumps({"value": value}).partition("value = ")[2].strip() or tomli_w.dumps({"value": value})


def text_from_cell(cell: Cell) -> str:
    """Return what a cell says as text; the inverse of `cell_from_text` but for the letters of numbers."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cells.write(cell)
