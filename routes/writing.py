"""Writing a case: from frames back to a folder, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from routes import cells, schema
from routes.folder import RawCase, RawTable, parse_csv
from routes.frames import records

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
    """Write a case as a folder; the old folder stays whole until the new one is complete.

    Parameters
    ----------
    path
        Folder to write: new, empty, or a case, which is replaced as a whole; files in it that are no part of the
        format are kept.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    FileExistsError
        If `path` holds something else than a case.
    """
    target = Path(path)
    if target.exists() and not (target.is_dir() and ((target / "case.toml").is_file() or not any(target.iterdir()))):
        msg = f"{str(target)!r} exists and is not a case; give a new folder or that of a case"
        raise FileExistsError(msg)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        if target.is_dir():
            shutil.copytree(target, beside, dirs_exist_ok=True, symlinks=True)
            shutil.rmtree(beside / "geometry", ignore_errors=True)
        for name, text in _files(case).items():
            file = beside / name
            file.parent.mkdir(exist_ok=True)
            file.unlink(missing_ok=True)  # never write through a link
            file.write_text(text, encoding="utf-8", newline="")
        _put_in_place(beside, target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return target


def _put_in_place(new: Path, target: Path) -> None:
    """Rename a folder to where another stands; the old one is moved aside first and comes back if that fails."""
    new.chmod(0o755)  # mkdtemp makes folders that only their owner can read
    if not target.exists():
        new.replace(target)
        return
    aside = target.with_name(f".{target.name}-old-{os.getpid()}")
    target.replace(aside)
    try:
        new.replace(target)
    except OSError:
        aside.replace(target)
        raise
    shutil.rmtree(aside)


def raw_from_case(case: Case) -> RawCase:
    """Return a case in memory as the raw text that would be written, so that it can be checked like a folder."""
    files = _files(case)
    return RawCase(
        name=case.name,
        meta={**case.meta, "layer": _layer_tables(case)},
        tables={
            name: parse_csv(files.get(table.file, ",".join(column.name for column in table.columns)), table.file, [])
            for name, table in schema.TABLES.items()
        },
        sources=tuple(_source_items(case)),
        geometry=case.geometry,
    )


def _files(case: Case) -> dict[str, str]:
    """Return the text of every file of the case by its name in the folder."""
    import tomli_w  # noqa: PLC0415 - only writing needs it

    files = {"case.toml": tomli_w.dumps({**case.meta, "layer": _layer_tables(case)}, multiline_strings=True)}
    for name, table in schema.TABLES.items():
        frame = getattr(case, _FRAMES[name])
        if not (table.optional and frame.empty):
            files[table.file] = csv_text(frame, table, case.read_as.get(name))
    files["sources.json"] = _json_text(_source_items(case))
    for stem, document in case.geometry.items():
        files[f"geometry/{stem}.geojson"] = _json_text(document)
    return files


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
    own = [name for name in frame.columns if name not in documented and name != "geometry"]
    first = read_as.header if read_as else tuple(documented)
    names = [name for name in first if name in frame.columns]
    names += [name for name in [*documented, *own] if name not in names and _holds(frame, name)]
    before = {_key(table, row): row for row in read_as.rows} if read_as else {}
    lines = [_line(names)]
    for row in records(frame):
        texts = {name: cells.write(row[name]) for name in names}
        old = before.get(_key(table, texts), {})
        kept = (_kept(documented.get(name), text, old.get(name)) for name, text in texts.items())
        lines.append(_line(kept))
    return "".join(lines)


def _holds(frame: pd.DataFrame, name: str) -> bool:
    return name in frame.columns and any(map(cells.write, frame[name]))


def _key(table: schema.Table, row: Mapping[str, str]) -> tuple[str, ...]:
    """Return the key of a row as text; the key of a leg is its route and seq."""
    return (row.get("route", ""), row.get("seq", "")) if table is schema.LEGS else (row.get("id", ""),)


def _kept(column: schema.Column | None, new: str, old: str | None) -> str:
    """Return the old letters of a cell if they mean what the new ones mean."""
    if column is None or old is None or old == new:
        return new
    try:
        return old if cells.write(cells.parse(column, old)) == new else new
    except cells.CellError:
        return new


def _line(values: Iterable[str]) -> str:
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


def _json_text(document: Any) -> str:  # noqa: ANN401 - JSON is what it is
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
