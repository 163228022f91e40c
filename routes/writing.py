"""Writing a case: from frames back to a folder, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shapely import Point

from routes import cells, schema
from routes.case import CRS, frame_from_layers, frame_from_sources
from routes.errors import CaseFaultsError
from routes.findings import Finding, fault
from routes.folder import BOM, RawCase, RawTable, half_character, half_characters, parse_csv
from routes.frames import records
from routes.replacing import PREFIX, finish, replace_files, write_new

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from routes.case import Case

_FRAMES = {
    "places": "places",
    "routes": "route_table",
    "legs": "leg_table",
    "events": "events",
    "claims": "claims",
    "parties": "parties",
    "measures": "measures",
}


def write_folder(case: Case, path: str | Path) -> Path:
    """Write a case as a folder: a case that stood there is the old one or the new one, whole (`routes.replacing`).

    Parameters
    ----------
    path
        Folder to write: new, empty, or a case. Files in it that are no part of the format are kept, and so are the
        permissions of the folder and of files that are replaced.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    FileExistsError
        If `path` holds something else than a case, if its `geometry` lies elsewhere, or if another process writes it.
    CaseFaultsError
        If the case holds what no file can: see `unwritable`.
    """
    target = _target(path)
    faults = unwritable(case)
    if faults:
        raise CaseFaultsError(case.name, faults)
    texts = folder_texts(case)
    if not target.exists():
        write_new(target, texts)
        return Path(path)
    finish(target)
    stale = {f"geometry/{file.name}" for file in target.glob("geometry/*.geojson")}
    stale |= {table.file for table in schema.TABLES.values() if os.path.lexists(target / table.file)}
    replace_files(target, texts, sorted(stale.difference(texts)))
    return Path(path)


def _target(path: str | Path) -> Path:
    """Return the folder itself that a path leads to, if a case may be written there."""
    target = Path(path).resolve()
    if target.exists() and not (target.is_dir() and ((target / "case.toml").is_file() or _is_empty(target))):
        msg = f"{str(path)!r} exists and is not a case; give a new folder or that of a case"
        raise FileExistsError(msg)
    drawings = target / "geometry"
    if os.path.lexists(drawings) and not (drawings.is_dir() and drawings.resolve() == drawings):
        msg = f"{str(drawings)!r} is not a folder of the case; put a folder in its place"
        raise FileExistsError(msg)
    return target


def _is_empty(folder: Path) -> bool:
    """Return whether there is nothing in a folder but what a write left that was stopped."""
    return all(path.name.startswith(PREFIX) for path in folder.iterdir())


def unwritable(case: Case) -> list[Finding]:
    """Return a fault for what a folder cannot hold.

    That is half a character (a lone surrogate), and a place whose geometry was moved while its lon and lat were not:
    these two are what is written.
    """
    found = half_characters("sources.json", _source_items(case))
    for stem, document in case.geometry.items():
        found += half_characters(f"geometry/{stem}.geojson", document)
    found += _half_line("case.toml", _toml_text(case))
    for name, table in schema.TABLES.items():
        text = csv_text(getattr(case, _FRAMES[name]), table, case.read_as.get(name))
        found += _half_line(table.file, text)
    in_degrees = getattr(case.places, "crs", None) == CRS
    return [*found, *(_moved(case) if in_degrees else ())]


def _half_line(file: str, text: str) -> list[Finding]:
    try:
        text.encode()
    except UnicodeEncodeError as err:
        return [half_character(file, text.count("\n", 0, err.start) + 1, err)]
    return []


def _moved(case: Case) -> list[Finding]:
    """Return a fault for every place whose geometry is neither at its lon and lat nor where these were when read."""
    read = case.read_as.get("places") or RawTable((), (), ())
    before = {cells.key(schema.PLACES, row): (row, line) for row, line in zip(read.rows, read.lines, strict=True)}
    found = []
    for number, place in enumerate(records(case.places), start=2):
        point = place.get("geometry")
        if not isinstance(point, Point) or point.is_empty:
            continue
        row, line = before.get((cells.write(place["id"]),), ({}, number))
        at = (point.x, point.y)
        if at not in {(place["lon"], place["lat"]), (_number(row, "lon"), _number(row, "lat"))}:
            lon, lat = map(cells.write_number, at)
            value = f"{cells.write(place['lon'])} {cells.write(place['lat'])}"
            problem = f"is not where the geometry was moved to, {lon} {lat}"
            remedy = f"set lon = {lon} and lat = {lat}, from which the geometry follows"
            found.append(fault("places.csv", line, "lon", value, problem, remedy))
    return found


def _number(row: Mapping[str, str], name: str) -> float:
    column = schema.PLACES.column(name)
    return float(cells.parse(column, row.get(name, ""))) if column else math.nan


def raw_from_case(case: Case) -> RawCase:
    """Return a case in memory as the raw text that would be written, so that it can be checked like a folder."""
    files = folder_texts(case)
    tables = {}
    for name, table in schema.TABLES.items():
        empty = ",".join(column.name for column in table.columns)
        tables[name] = parse_csv(files.get(table.file, empty).removeprefix(BOM), table.file, [])
    return RawCase(
        name=case.name,
        meta={**case.meta, "layer": _layer_tables(case)},
        tables=tables,
        sources=tuple(_source_items(case)),
        geometry=case.geometry,
    )


def folder_texts(case: Case) -> dict[str, str]:
    """Return the text of every file of the case by its name in the folder; as it was read where nothing changed."""
    files = {"case.toml": _toml_text(case), "sources.json": _sources_text(case)}
    for name, table in schema.TABLES.items():
        frame = getattr(case, _FRAMES[name])
        if table.file in case.texts or not (table.optional and frame.empty):
            files[table.file] = _table_text(case, name, table)
    for stem, document in case.geometry.items():
        name = f"geometry/{stem}.geojson"
        text = case.texts.get(name)
        unchanged = text is not None and json.loads(text.removeprefix(BOM)) == document
        files[name] = text if text is not None and unchanged else json_text(document)
    return files


def _toml_text(case: Case) -> str:
    import tomli_w  # noqa: PLC0415 - only writing needs it

    new = tomli_w.dumps({**case.meta, "layer": _layer_tables(case)}, multiline_strings=True)
    text = case.texts.get("case.toml")
    if text is None:
        return new
    before = tomllib.loads(text.removeprefix(BOM))
    layers = [_present(row) for row in records(frame_from_layers(before.pop("layer", [])))]
    return text if tomli_w.dumps({**before, "layer": layers}, multiline_strings=True) == new else new


def _sources_text(case: Case) -> str:
    """Return `sources.json`; a source that was not changed keeps what a frame does not tell apart, such as nulls."""
    items = _source_items(case)
    text = case.texts.get("sources.json")
    if text is None:
        return json_text(items)
    before = json.loads(text.removeprefix(BOM))
    if items == [_present(row) for row in records(frame_from_sources(before))]:
        return text
    kept = {item["id"]: item for item in before}
    return json_text([_kept_item(item, kept.get(item.get("id"))) for item in items])


def _kept_item(new: dict[str, Any], old: dict[str, Any] | None) -> dict[str, Any]:
    return old if old is not None and _present(old) == new else new


def _table_text(case: Case, name: str, table: schema.Table) -> str:
    """Return a table as CSV: the very text that was read if it still says the same."""
    read = case.read_as.get(name)
    text = csv_text(getattr(case, _FRAMES[name]), table, read)
    before = case.texts.get(table.file)
    if before is None or read is None:
        return text
    again = parse_csv(text, table.file, [])
    if (again.header, again.rows) == (read.header, read.rows):
        return before
    return BOM + text if before.startswith(BOM) else text


def csv_text(frame: pd.DataFrame, table: schema.Table, read_as: RawTable | None = None) -> str:
    """Return a frame as CSV.

    Parameters
    ----------
    frame
        One row a record; columns of `table` and any others.
    table
        The documented columns.
    read_as
        The file as it was read. Its columns come first and in its order, and a cell that still means the same keeps
        its letters (`125.6700` stays `125.6700`). Other columns follow if they hold anything.
    """
    documented = {column.name: column for column in table.columns}
    worked_out = schema.RESERVED.get(table.name, ())
    own = [name for name in frame.columns if name not in documented and name not in worked_out]
    first = read_as.header if read_as else tuple(documented)
    names = [name for name in first if name in frame.columns and name not in worked_out]
    names += [name for name in [*documented, *own] if name not in names and _holds(frame, name)]
    before = {cells.key(table, row): row for row in read_as.rows} if read_as else {}
    lines = [csv_line(names)]
    for row in records(frame):
        texts = {name: cells.write(row[name]) for name in names}
        old = before.get(cells.key(table, texts), {})
        kept = (_kept(documented.get(name), text, old.get(name)) for name, text in texts.items())
        lines.append(csv_line(kept))
    return "".join(lines)


def _holds(frame: pd.DataFrame, name: str) -> bool:
    return name in frame.columns and any(map(cells.write, frame[name]))


def _kept(column: schema.Column | None, new: str, old: str | None) -> str:
    """Return the old letters of a cell if they mean what the new ones mean."""
    if column is None or old is None or old == new:
        return new
    try:
        return old if cells.write(cells.parse(column, old)) == new else new
    except cells.CellError:
        return new


def csv_line(values: Iterable[str]) -> str:
    """Return one line of CSV; a lone carriage return is quoted too, which Python before 3.13 leaves out."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(values)
    return out.getvalue().removesuffix("\r\n") + "\n"


def _layer_tables(case: Case) -> list[dict[str, Any]]:
    return [_present(row) for row in records(case.layers)]


def _source_items(case: Case) -> list[dict[str, Any]]:
    return [_present(row) for row in records(case.sources)]


def _present(row: dict[Any, Any]) -> dict[str, Any]:
    """Return a row without what is missing."""
    return {
        str(key): value
        for key, value in row.items()
        if value is not None and not (isinstance(value, float) and math.isnan(value))
    }


def json_text(document: Any) -> str:  # noqa: ANN401 - JSON is what it is
    """Return a document as the JSON of a case folder."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
