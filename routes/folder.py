"""A case folder as raw text: what stands in the files, line by line, before anything is believed."""

from __future__ import annotations

import codecs
import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from routes import limits, schema
from routes.documents import DocumentError, csv_rows, json_of, toml_of
from routes.errors import CaseNotFoundError
from routes.findings import Finding, fault
from routes.replacing import unfinished

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BUILT_IN: Final = Path(__file__).parent / "cases"
BOM: Final = "\ufeff"
"""Mark that Excel puts before UTF-8; no part of the text."""
FILES: Final = frozenset({"case.toml", "sources.json", *(table.file for table in schema.TABLES.values())})
"""Names of the files in a case folder; drawn lines stand in `geometry/`."""
_LINE_END: Final = re.compile(r"[\r\n]")
_SEPARATORS: Final = {";": "semicolons", "\t": "tabs", "|": "bars"}


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
    texts
        Text of every file that could be read, to the letter, by its name in the folder.
    """

    name: str
    meta: Mapping[str, Any]
    tables: Mapping[str, RawTable]
    sources: tuple[Any, ...] = ()
    geometry: Mapping[str, Any] = field(default_factory=dict)
    faults: tuple[Finding, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def unread(self) -> frozenset[str]:
        """Files that could not be read as a whole, so that nothing can be said of references into them."""
        return frozenset(finding.file for finding in self.faults)


def find_case(case: str | Path) -> Path:
    """Return the folder of a case given by path or by built-in name.

    Raises
    ------
    CaseNotFoundError
        If neither a folder nor a built-in case has that name.
    """
    path = Path(case)
    if path.is_dir():
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
    reader = Reader(path.resolve())
    for name in unfinished(reader.root):
        remedy = (
            f"write the case again, which finishes it; {name}/new holds what is not in place yet, {name}/old what was"
        )
        reader.fault(
            name, "is a write of this case that was stopped half-way, so that it is half old, half new", remedy
        )
    return raw_from_reader(reader)


def raw_from_reader(reader: Reader) -> RawCase:
    """Return a raw case from whatever gives the texts of its files."""
    meta = reader.toml("case.toml")
    tables = {table.name: reader.table(table) for table in schema.TABLES.values()}
    sources = reader.json("sources.json")
    if sources is not None and not isinstance(sources, list):
        reader.fault("sources.json", "is not a JSON array", "export it from Zotero as CSL JSON")
        sources = None
    return RawCase(
        name=reader.root.name,
        meta=meta,
        tables=tables,
        sources=tuple(sources or ()),
        geometry=reader.geometry(),
        faults=tuple(reader.faults),
        texts=reader.texts,
    )


class Reader:
    """The files of one folder: their texts, and the faults met while reading them.

    Parameters
    ----------
    root
        The folder, resolved.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[Finding] = []
        self.texts: dict[str, str] = {}
        self._left = limits.FOLDER.bytes

    def fault(self, name: str, problem: str, remedy: str, *, row: int | None = None, value: str = "") -> None:
        """Note a fault of a file."""
        self.faults.append(fault(name, row, "", value, problem, remedy))

    def has(self, name: str) -> bool:
        """Return whether the case has a file of that name, readable or not."""
        return os.path.lexists(self.root / name)

    def text(self, name: str) -> str | None:
        """Return the text of a file inside the case folder, or None with the fault noted."""
        try:
            path = (self.root / name).resolve(strict=True)
            if self.root not in path.parents:
                self.fault(name, "points outside the case folder", "put the file itself into the folder, not a link")
            elif not path.is_file():
                self.fault(name, "is not a file", _how_to_write(name))
            elif (size := path.stat().st_size) > limits.FILE.bytes:
                self.fault(name, f"is larger than {limits.FILE}", limits.FILE.remedy("split the case"))
            elif size > self._left:
                problem = f"makes the folder larger than {limits.FOLDER}"
                self.fault(name, problem, limits.FOLDER.remedy("split the case"))
            else:
                self._left -= size
                return self._decoded(name, path.read_bytes())
        except FileNotFoundError:
            self.fault(name, "is missing", _how_to_write(name))
        except RuntimeError:  # what Python 3.11 makes of a loop
            self.fault(name, "is a link that leads back to itself", "put the file itself into the folder, not a link")
        except OSError as err:
            self.fault(
                name, f"cannot be read ({err.strerror})", "check the file's permissions, and whether it is a link"
            )
        return None

    def _decoded(self, name: str, content: bytes) -> str | None:
        if _is_utf16(content):
            self.fault(name, "is UTF-16, not UTF-8 text", "save the file as UTF-8 (in Excel: CSV UTF-8)")
            return None
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as err:
            line = content[: err.start].count(b"\n") + 1
            value = repr(content[err.start : err.end])
            self.fault(name, "is not UTF-8 text", "save the file as UTF-8", row=line, value=value)
            return None
        self.texts[name] = text
        return text.removeprefix(BOM)

    def toml(self, name: str) -> dict[str, Any]:
        """Return a TOML file as parsed; empty with the fault noted."""
        text = self.text(name)
        if text is None:
            return {}
        try:
            return toml_of(text)
        except DocumentError as err:
            self.fault(name, err.problem, err.remedy)
            return {}

    def json(self, name: str) -> Any:  # noqa: ANN401 - JSON is what it is
        """Return a JSON file as parsed; None with the fault noted."""
        text = self.text(name)
        if text is None:
            return None
        try:
            document = json_of(text)
        except DocumentError as err:
            self.fault(name, err.problem, err.remedy)
            return None
        if "\\ud" in text.lower():
            self.faults += half_characters(name, document)
        return document

    def drawings(self) -> list[str]:
        """Return the names of the drawn lines in `geometry/`, in order."""
        folder = self.root / "geometry"
        try:
            if self.root not in folder.resolve(strict=True).parents:
                self.fault("geometry", "points outside the case folder", "put the folder itself there, not a link")
                return []
            names = sorted(path.name for path in folder.iterdir() if path.suffix == ".geojson")
        except FileNotFoundError:
            return []
        except NotADirectoryError:
            self.fault("geometry", "is not a folder", "make it a folder with the GeoJSON of drawn legs, or remove it")
            return []
        except (OSError, RuntimeError) as err:
            self.fault(
                "geometry", f"cannot be read ({getattr(err, 'strerror', err)})", "check the folder's permissions"
            )
            return []
        return self._plain_names(names)

    def _plain_names(self, names: list[str]) -> list[str]:
        """Return the names of files that belong to a leg; one that is no text, and too many, are faults."""
        most = limits.DRAWINGS.value
        if len(names) > most:
            remedy = limits.DRAWINGS.remedy("remove the drawings of legs that the case does not have")
            self.fault("geometry", f"holds more than {limits.DRAWINGS}; the others are not read", remedy)
        kept = []
        for name in names[:most]:
            if name.isprintable():
                kept.append(name)
            else:
                self.fault(
                    "geometry", f"holds a file with a name that cannot be shown, {name!a}", "name it after its leg"
                )
        return kept

    def geometry(self) -> dict[str, Any]:
        """Return the drawn lines by file stem."""
        documents = {name: self.json(f"geometry/{name}") for name in self.drawings()}
        return {name.removesuffix(".geojson"): document for name, document in documents.items() if document is not None}

    def table(self, table: schema.Table) -> RawTable:
        """Return a CSV file as a raw table; a missing optional one is empty."""
        if table.optional and not self.has(table.file):
            return RawTable(tuple(column.name for column in table.columns), (), ())
        text = self.text(table.file)
        return RawTable((), (), ()) if text is None else parse_csv(text, table.file, self.faults)


def half_characters(file: str, document: object) -> list[Finding]:
    """Return a fault for every item of a JSON array (or the whole) with a lone surrogate, which no file can hold."""
    is_array = isinstance(document, (list, tuple))
    found = []
    for number, item in enumerate(document if isinstance(document, (list, tuple)) else [document]):
        try:
            json.dumps(item, ensure_ascii=False).encode()
        except UnicodeEncodeError as err:
            found.append(half_character(file, number if is_array else None, err))
    return found


def half_character(file: str, row: int | None, err: UnicodeEncodeError) -> Finding:
    """Return the fault of a text that cannot be written as UTF-8."""
    problem = "holds half a character (a lone surrogate)"
    return fault(file, row, "", err.object[err.start : err.end], problem, "write the whole character, or remove it")


def _is_utf16(content: bytes) -> bool:
    """Return whether a file begins as UTF-16 does, with its mark or with every other byte empty."""
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return marked or (len(content) >= 4 and (content[:4:2] == b"\0\0" or content[1:4:2] == b"\0\0"))


def _how_to_write(name: str) -> str:
    table = schema.TABLES.get(name.removesuffix(".csv"))
    if table is None:
        return "write the file; a case without sources has []" if name == "sources.json" else "write the file"
    return f"write the file, at least its header: {','.join(c.name for c in table.columns if c.required)}"


def parse_csv(text: str, file: str, faults: list[Finding]) -> RawTable:
    """Return a CSV text as a raw table; rows that do not fit the header are faults and are left out."""
    if other := _other_separator(text, file):
        remedy = "save it with commas (LibreOffice asks when saving; Excel takes the list separator of the system)"
        faults.append(fault(file, 1, "", "", f"is separated by {other}, not by commas", remedy))
        return RawTable((), (), ())
    header: tuple[str, ...] = ()
    rows: list[Mapping[str, str]] = []
    lines: list[int] = []
    blank = 0
    most_rows, most_cells = limits.ROWS.value, limits.CELLS.value
    for line, cells in _numbered(text, file, faults):
        if max(len(rows), blank) >= most_rows or (len(rows) + 1) * len(header) > most_cells:
            limit = limits.CELLS if max(len(rows), blank) < most_rows else limits.ROWS
            faults.append(fault(file, line, "", "", f"has more than {limit}", limit.remedy("split the case")))
            break
        if not any(cells) and (header or not cells):
            blank += 1
        elif not header:
            if _is_too_wide(cells, file, faults):
                return RawTable((), (), ())
            header = _checked_header(cells, file, faults)
        elif len(cells) > len(header):
            extra = schema.SEPARATOR.join(cells[len(header) :])
            remedy = "quote a cell that holds a comma, or name the column in the header"
            faults.append(fault(file, line, "", extra, "has more cells than the header has names", remedy))
        else:
            padded = [*cells, *[""] * (len(header) - len(cells))]
            rows.append(dict(zip(header, padded, strict=True)))
            lines.append(line)
    if not header:
        faults.append(fault(file, None, "", "", "is empty", "give it a header line"))
    return RawTable(header, tuple(rows), tuple(lines))


def _numbered(text: str, file: str, faults: list[Finding]) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which a row begins, and its cells, up to a row that is no CSV."""
    try:
        yield from csv_rows(text, limits.CELL)
    except DocumentError as err:
        faults.append(fault(file, err.line, "", "", err.problem, err.remedy))


def _is_too_wide(cells: list[str], file: str, faults: list[Finding]) -> bool:
    """Return whether a header has more names than are read, with the fault noted."""
    if len(cells) <= limits.COLUMNS.value:
        return False
    remedy = limits.COLUMNS.remedy("keep those that are needed")
    faults.append(fault(file, 1, "", "", f"has more than {limits.COLUMNS}", remedy))
    return True


def _other_separator(text: str, file: str) -> str | None:
    """Return what a header is separated by if two of the names that the table documents are found only that way."""
    table = schema.TABLES.get(file.removesuffix(".csv"))
    if table is None:
        return None
    documented = {column.name for column in table.columns}
    header = _LINE_END.split(text[: limits.CELL.value], maxsplit=1)[0].replace('"', "")
    found = documented.intersection(name.strip() for name in header.split(","))
    for separator, words in _SEPARATORS.items():
        names = {name.strip() for part in header.split(",") for name in part.split(separator)}
        if len(documented & names - found) > 1:
            return words
    return None


def _checked_header(cells: list[str], file: str, faults: list[Finding]) -> tuple[str, ...]:
    """Return the column names, made unique; a doubled or empty name is a fault."""
    names: dict[str, None] = {}
    for position, cell in enumerate(cells, start=1):
        name = cell.strip()
        if not name or name in names:
            problem = "stands twice in the header" if name else f"column {position} has no name"
            faults.append(fault(file, 1, name, "", problem, "give every column a name of its own"))
            name = f"{name}#{position}"
        names[name] = None
    return tuple(names)
