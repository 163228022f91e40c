"""A case folder as raw text: what stands in the files, line by line, before anything is believed."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from routes import schema
from routes.errors import CaseNotFoundError
from routes.findings import Finding, fault

if TYPE_CHECKING:
    from collections.abc import Mapping

BUILT_IN: Final = Path(__file__).parent / "cases"
MAX_FILE_BYTES: Final = 64 * 1024 * 1024  # a case is written by people; more than this is a mistake or an attack
_CELL_LIMIT: Final = 1_000_000  # characters; csv's own default of 131,072 cuts long but honest notes


@dataclass(frozen=True, slots=True)
class RawTable:
    """One CSV file as text.

    Attributes
    ----------
    header
        Column names in the order of the file.
    rows
        One mapping a row from column name to the text of the cell ("" where empty).
    lines
        The line of the file on which each row begins; the header is line 1.
    """

    header: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RawCase:
    """Everything in a case folder as text and plain data, with the faults met while reading.

    Attributes
    ----------
    name
        Name of the folder or built-in case.
    meta
        `case.toml` as parsed.
    tables
        The CSV files by table name; a missing optional file is an empty table.
    sources
        `sources.json` as parsed.
    geometry
        Parsed GeoJSON of `geometry/` by file stem (`<route>` or `<route>.<seq>`).
    """

    name: str
    meta: Mapping[str, Any]
    tables: Mapping[str, RawTable]
    sources: tuple[Any, ...] = ()
    geometry: Mapping[str, Any] = field(default_factory=dict)
    faults: tuple[Finding, ...] = ()


def find_case(case: str | Path) -> Path:
    """Return the folder of a case given by path or by built-in name.

    Raises
    ------
    CaseNotFoundError
        If neither a folder nor a built-in case has that name.
    """
    path = Path(case)
    if (path / "case.toml").is_file() or path.is_dir():
        return path
    built_in = BUILT_IN / str(case)
    if schema.ID.fullmatch(str(case)) and (built_in / "case.toml").is_file():
        return built_in
    known = ", ".join(built_in_cases())
    msg = f"no case folder at {str(case)!r}, and no built-in case of that name; give a folder or one of: {known}"
    raise CaseNotFoundError(msg)


def built_in_cases() -> list[str]:
    """Return the names of the cases that come with Waybill."""
    return sorted(path.parent.name for path in BUILT_IN.glob("*/case.toml"))


def read_folder(path: Path) -> RawCase:
    """Read a case folder as raw text; faults are collected, never raised, and nothing is changed."""
    faults: list[Finding] = []
    root = path.resolve()
    meta = _read_toml(root, faults)
    tables = {table.name: _read_table(root, table, faults) for table in schema.TABLES.values()}
    sources = _read_json(root, "sources.json", faults)
    if sources is not None and not isinstance(sources, list):
        faults.append(fault("sources.json", None, "", "", "is not a JSON array", "export it from Zotero as CSL JSON"))
        sources = None
    return RawCase(
        name=root.name,
        meta=meta,
        tables=tables,
        sources=tuple(sources or ()),
        geometry=_read_geometry(root, faults),
        faults=tuple(faults),
    )


def _read_text(root: Path, name: str, faults: list[Finding]) -> str | None:
    """Return the text of a file inside the case folder, or None with the fault noted."""
    path = (root / name).resolve()
    problem = remedy = ""
    if root not in path.parents:
        problem, remedy = "points outside the case folder", "put the file itself into the folder, not a link"
    elif not path.is_file():
        problem, remedy = "is missing", "write the file, or start from `waybill init`"
    elif path.stat().st_size > MAX_FILE_BYTES:
        problem = f"is larger than {MAX_FILE_BYTES // 2**20} MiB"
        remedy = "split the case; the limit is routes.folder.MAX_FILE_BYTES"
    if problem:
        faults.append(fault(name, None, "", "", problem, remedy))
        return None
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as err:
        line = path.read_bytes()[: err.start].count(b"\n") + 1
        faults.append(
            fault(name, line, "", repr(err.object[err.start : err.end]), "is not UTF-8 text", "save the file as UTF-8")
        )
    except OSError as err:
        faults.append(fault(name, None, "", "", f"cannot be read ({err.strerror})", "check the file's permissions"))
    return None


def _read_toml(root: Path, faults: list[Finding]) -> dict[str, Any]:
    text = _read_text(root, "case.toml", faults)
    if text is None:
        return {}
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as err:
        faults.append(fault("case.toml", None, "", "", f"is not TOML ({err})", "mend the line named"))
        return {}


def _read_json(root: Path, name: str, faults: list[Finding]) -> Any:  # noqa: ANN401 - JSON is what it is
    text = _read_text(root, name, faults)
    if text is None:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as err:
        faults.append(fault(name, None, "", "", f"is not JSON ({err})", "mend the place named"))
        return None


def _read_geometry(root: Path, faults: list[Finding]) -> dict[str, Any]:
    folder = root / "geometry"
    if not folder.is_dir():
        return {}
    names = sorted(path.name for path in folder.iterdir() if path.suffix == ".geojson")
    documents = {name: _read_json(root, f"geometry/{name}", faults) for name in names}
    return {name.removesuffix(".geojson"): document for name, document in documents.items() if document is not None}


def _read_table(root: Path, table: schema.Table, faults: list[Finding]) -> RawTable:
    empty = RawTable(tuple(column.name for column in table.columns), (), ())
    if table.optional and not (root / table.file).exists():
        return empty
    text = _read_text(root, table.file, faults)
    return empty if text is None else parse_csv(text, table.file, faults)


def parse_csv(text: str, file: str, faults: list[Finding]) -> RawTable:
    """Return a CSV text as a raw table; rows that do not fit the header are faults and are left out."""
    csv.field_size_limit(_CELL_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: tuple[str, ...] = ()
    rows: list[Mapping[str, str]] = []
    lines: list[int] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as err:
            faults.append(fault(file, line, "", "", f"is not CSV ({err})", "quote the cell and double its quotes"))
            break
        if not header:
            header = _checked_header(cells, file, faults)
        elif any(cells):
            if len(cells) > len(header):
                extra = schema.SEPARATOR.join(cells[len(header) :])
                remedy = "quote a cell that holds a comma, or name the column in the header"
                faults.append(fault(file, line, "", extra, "has more cells than the header has names", remedy))
                continue
            padded = [*cells, *[""] * (len(header) - len(cells))]
            rows.append(dict(zip(header, padded, strict=True)))
            lines.append(line)
    if not header:
        faults.append(fault(file, None, "", "", "is empty", "give it a header line"))
    return RawTable(header, tuple(rows), tuple(lines))


def _checked_header(cells: list[str], file: str, faults: list[Finding]) -> tuple[str, ...]:
    """Return the column names, made unique; a doubled or empty name is a fault."""
    names: list[str] = []
    for position, cell in enumerate(cells, start=1):
        name = cell.strip()
        if not name or name in names:
            problem = "stands twice in the header" if name else f"column {position} has no name"
            faults.append(fault(file, 1, name, "", problem, "give every column a name of its own"))
            name = f"{name}#{position}"
        names.append(name)
    return tuple(names)
