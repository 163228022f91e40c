"""XLSX: one sheet a table, typed, with a frozen header; the files of the case in a hidden sheet."""

from __future__ import annotations

import base64
import io
import re
import zipfile
import zlib
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from routes import limits
from routes.errors import ExchangeError, RoutesError
from routes.formats.grids import Grid
from routes.formats.reading import Content, checked_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from routes.formats.grids import Cell

_MAX_ENTRIES: Final = 5_000  # files in a workbook; a case needs some twenty
_ENTRY: Final = b"PK\x01\x02"  # how an entry of a zip's directory begins
_MAX_CELL: Final = 32_767  # characters; Excel specifications and limits
_CUT: Final = " […the whole text travels in the hidden sheet]"
_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, Char
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FORMULA: Final = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_FILES: Final = "files"
_CHUNK: Final = 30_000
_TRUTHS: Final = {"=TRUE()": True, "=FALSE()": False}  # how LibreOffice saves true and false
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name: the same case gives the same bytes
_WIDTHS: Final = {
    "id": 22,
    "title": 48,
    "statement": 80,
    "note": 50,
    "value": 80,
    "name": 30,
    "citation": 90,
    "claims": 60,
}


def shown(text: str) -> str:
    """Return a text as a cell of a workbook holds it: line ends as LF, no characters that XML forbids, cut to size."""
    text = _ILLEGAL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(_escaped(text)) <= _MAX_CELL:
        return text
    kept = text[: _MAX_CELL - len(_CUT)]
    while (over := len(_escaped(kept + _CUT)) - _MAX_CELL) > 0:
        kept = kept[: -max(1, over // 2)]  # each escape takes as much again as what it stands for
    return kept + _CUT


def _escaped(text: str) -> str:
    """Return a text whose `_x0041_` is read as that, and not as a letter; escapes count towards the limit of a cell."""
    return _ESCAPE.sub(r"_x005F_x\1_", text)


def write_xlsx(grids: Sequence[Grid], files: Mapping[str, str]) -> bytes:
    """Return a workbook.

    Parameters
    ----------
    grids
        Its sheets in order.
    files
        Texts that travel in the hidden sheet, by name.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - only where a workbook is made

    book = Workbook()
    book.remove(book.active)
    for grid in grids:
        _fill(book.create_sheet(grid.name), grid)
    hidden = book.create_sheet(_FILES)
    hidden.sheet_state = "hidden"
    hidden.append(["file", "part", "zlib_base64"])
    for name, text in files.items():
        packed = base64.b64encode(zlib.compress(text.encode(), 9)).decode()
        for part, start in enumerate(range(0, len(packed), _CHUNK)):
            _set(hidden, hidden.max_row + 1, [name, float(part), packed[start : start + _CHUNK]])
    out = io.BytesIO()
    book.save(out)
    return _without_clock(out.getvalue())


def _fill(sheet: Worksheet, grid: Grid) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    _set(sheet, 1, grid.header)
    for number, row in enumerate(grid.rows, start=2):
        _set(sheet, number, [row.get(name) for name in grid.header])
    for number, name in enumerate(grid.header, start=1):
        sheet.cell(1, number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, 16)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(grid.header)))}{len(grid.rows) + 1}"


def _set(sheet: Worksheet, row: int, values: Iterable[Cell]) -> None:
    """Write one row; a text is a text whatever it begins with, and says so where a formula could begin."""
    for column, value in enumerate(values, start=1):
        if value is None:
            continue
        if isinstance(value, str):
            cell = sheet.cell(row, column, "")
            cell.value = _escaped(shown(value))
            cell.data_type = "s"  # openpyxl takes a text that begins with = for a formula, #N/A for an error
            cell.number_format = "@"
            if _FORMULA.match(value):
                cell.quotePrefix = True
        else:
            sheet.cell(row, column, value)


def _without_clock(content: bytes) -> bytes:
    """Return a workbook without the time at which it was written, its XML in one form.

    openpyxl writes with lxml where that is installed, in other bytes than without it.
    """
    from xml.etree.ElementTree import canonicalize  # noqa: PLC0415 - only where a workbook is made

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>", b"", data)
            if name.endswith((".xml", ".rels")):
                data = canonicalize(data.decode("utf-8")).encode("utf-8")
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, data)
    return out.getvalue()


def read_xlsx(path: Path) -> Content:
    """Return the tables of a workbook and the files that travel in it.

    Raises
    ------
    ExchangeError
        If it is no workbook, is too large, or holds a formula.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - only where a workbook is read

    content = _checked_zip(path)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    except Exception as err:  # whatever openpyxl makes of a broken workbook
        raise ExchangeError(path.name, f"is not a workbook ({err})", "export the case anew") from err
    grids: dict[str, Grid] = {}
    carried: dict[str, str] = {}
    try:
        for sheet in book.worksheets:
            grid = _grid(path.name, sheet)
            if sheet.title == _FILES:
                carried = _carried(path.name, grid)
            else:
                grids[sheet.title] = grid
    except RoutesError:
        raise
    except Exception as err:  # whatever openpyxl makes of a broken sheet, and numbers that are none
        raise ExchangeError(path.name, f"is not a sound workbook ({err})", "export the case anew") from err
    finally:
        book.close()
    about = {str(row.get("key")): str(row.get("value") or "") for row in grids.get("about", Grid("", (), ())).rows}
    return Content(about.get("case", ""), grids, carried, _compared)


def _compared(text: str) -> str:
    """Return a text as two sides of a comparison write it: as shown, escapes undone."""
    return _unescaped(shown(text))


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def _checked_zip(path: Path) -> bytes:
    """Return a workbook; what is too large is refused before it is unpacked, and so is XML that defines entities."""
    if path.stat().st_size > limits.FILE.bytes:
        raise ExchangeError(path.name, f"is larger than {limits.FILE}", limits.FILE.remedy("split the case"))
    whole = path.read_bytes()
    if whole.count(_ENTRY) > 2 * _MAX_ENTRIES:  # zipfile would hold all of them; some bytes may look alike
        raise ExchangeError(path.name, "holds too many files for a workbook", "do not trust the file")
    try:
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            _check_entries(path.name, archive)
    except ExchangeError:
        raise
    except Exception as err:  # whatever zipfile makes of a broken archive
        raise ExchangeError(path.name, f"is not a workbook ({err})", "save it as XLSX, without a password") from err
    return whole


def _check_entries(file: str, archive: zipfile.ZipFile) -> None:
    """Refuse an archive that unpacks to too much, and parts, whatever their names, that define entities."""
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > limits.UNPACKED.bytes:
        remedy = limits.UNPACKED.remedy("split the case, or do not trust the file")
        raise ExchangeError(file, f"unpacks to more than {limits.UNPACKED}", remedy)
    marks = 0
    for entry in entries:
        content = archive.read(entry)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content or content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            problem = "declares a document type, which no workbook needs"
            raise ExchangeError(file, problem, "do not trust the file", where=entry.filename)
        marks += content.count(b"<") // 2  # elements, about: each becomes an object that lasts
        if marks > limits.CELLS.value:
            remedy = limits.CELLS.remedy("split the case, or do not trust the file")
            raise ExchangeError(file, f"holds more than {limits.CELLS}", remedy, where=entry.filename)


def _grid(file: str, sheet: Any) -> Grid:  # noqa: ANN401 - openpyxl's read-only sheets have no public type
    """Return a sheet; rows without anything are left out."""
    sheet.reset_dimensions()
    header: dict[int, str] = {}
    rows, lines = [], []
    met = 0
    bounds = [(limit, limit.value) for limit in (limits.ROWS, limits.COLUMNS, limits.CELLS)]
    for number, cells_of_row in enumerate(sheet.iter_rows(), start=1):
        met += len(cells_of_row)
        for (limit, most), count in zip(bounds, (number, len(cells_of_row), met), strict=True):
            if count > most:
                remedy = limit.remedy("delete the empty ones")
                raise ExchangeError(file, f"has more than {limit}", remedy, where=sheet.title)
        found = {at: _cell(file, sheet.title, cell) for at, cell in enumerate(cells_of_row)}
        found = {at: value for at, value in found.items() if value not in (None, "")}
        if number == 1:
            header = {at: str(value).strip() for at, value in found.items()}
            _check_header(file, sheet.title, list(header.values()))
        elif found:
            if extra := sorted(set(found) - set(header)):
                where = f"{sheet.title}: row {number}, column {extra[0] + 1}"
                problem = "stands in a column without a name"
                raise ExchangeError(file, problem, "name the column in row 1", where=where, value=str(found[extra[0]]))
            rows.append({name: found.get(at) for at, name in header.items()})
            lines.append(number)
    return Grid(sheet.title, tuple(header.values()), tuple(rows), lines=tuple(lines))


def _check_header(file: str, sheet: str, names: list[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            remedy = "give every column a name of its own"
            raise ExchangeError(file, "stands twice in the header", remedy, where=f"{sheet}: row 1", value=name)
        seen.add(name)


def _cell(file: str, sheet: str, cell: Any) -> Cell:  # noqa: ANN401 - as above
    value = cell.value
    if value in _TRUTHS:
        return _TRUTHS[value]
    if cell.data_type == "f":
        where = f"{sheet}!{cell.coordinate}"
        raise ExchangeError(file, "is a formula", "paste its value instead", where=where, value=str(value))
    if isinstance(value, str):
        return _unescaped(value)
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if value is None or isinstance(value, bool):
        return value
    return float(value) if isinstance(value, (int, float)) else str(value)


def _carried(file: str, grid: Grid) -> dict[str, str]:
    """Return the files of the hidden sheet."""
    parts: dict[str, list[tuple[float, str]]] = {}
    for row in grid.rows:
        name = checked_name(file, str(row.get("file")))
        parts.setdefault(name, []).append((float(row.get("part") or 0), str(row.get("zlib_base64") or "")))
    texts, left = {}, limits.UNPACKED.bytes
    for name, chunks in parts.items():
        unpacked = zlib.decompressobj()
        content = unpacked.decompress(
            base64.b64decode("".join(chunk for _, chunk in sorted(chunks)), validate=True), left
        )
        left -= len(content)
        if left <= 0 or not unpacked.eof:
            problem = "is cut off, or unpacks to too much"
            raise ExchangeError(file, problem, "export the case anew", where=_FILES, value=name)
        texts[name] = content.decode()
    return texts
