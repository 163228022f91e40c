"""One group of pieces read into a frame of sound reports."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from routes.errors import ReportsError
from routes.findings import one_line, said, shortened
from routes.voyages.cleaning import (
    BAD_POSITION,
    BAD_ROW,
    BAD_TIME,
    NO_POSITION,
    NO_TIME,
    NO_VESSEL,
    OUTSIDE_YEARS,
    ColumnError,
    clean,
    empty_reports,
)
from routes.voyages.files import Piece, arrow_told
from routes.voyages.left_out import MOST_EXAMPLES, PieceCount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routes.voyages.files import ReportFile

_BLOCK_BYTES: Final = 1 << 16
_MOST_SAMPLED: Final = 100
_SAMPLE_ROWS: Final = 1000
_HOPELESS: Final = {
    BAD_TIME: ("time", "write times as 2024-05-01T12:00:00Z (ISO 8601; without a zone they are UTC)"),
    OUTSIDE_YEARS: ("time", "write years as 0001 to 9999, and timestamps in the unit in which they are counted"),
    BAD_POSITION: ("lon", "write degrees as digits with a decimal point"),
    NO_VESSEL: ("vessel", "name the column that holds the id of the vessel"),
    NO_TIME: ("time", "name the column that holds the time"),
    NO_POSITION: ("lon", "name the columns that hold longitude and latitude"),
}
_LONE_RETURN: Final = re.compile(rb"\r(?!\n)")


def read_group(pieces: Sequence[Piece]) -> tuple[pd.DataFrame, list[PieceCount]]:
    """Return the sound reports of some pieces, and what was left out of each.

    Parameters
    ----------
    pieces
        Parts of files.

    Returns
    -------
    tuple
        A frame as `cleaning.clean` gives it, and the counts.

    Raises
    ------
    ReportsError
        If a column of a file cannot hold what it should.
    OSError
        If a file cannot be read.
    """
    frames, counts = [empty_reports()], []
    for piece in pieces:
        columns, rows, lines, skipped = _csv_rows(piece) if piece.file.separator else _parquet_rows(piece)
        try:
            frame, bad = clean(columns)
        except (ValueError, pa.ArrowException) as err:
            raise ReportsError([_told(piece.file, err)]) from err
        count = PieceCount(piece.file.number, piece.start, rows, len(frame))
        count.bad = {reason: (len(at), _first(at if lines is None else lines[at])) for reason, at in bad.items()}
        if len(skipped):
            count.bad[BAD_ROW] = (len(skipped), _first(skipped))
        frames.append(frame)
        counts.append(count)
    return pd.concat(frames[1:] or frames, ignore_index=True), counts


def check_first_rows(files: Sequence[ReportFile]) -> None:
    """Refuse files whose first rows already tell that a column does not hold what it should.

    Parameters
    ----------
    files
        The files; the first rows of at most 100 of them are read.

    Raises
    ------
    ReportsError
        With every fault: a column of the wrong type, or one in which no cell can be read.
    OSError
        If a file cannot be read.
    """
    faults = []
    for file in files[:_MOST_SAMPLED]:
        columns = _sample(file)
        name = Path(file.path).name
        try:
            frame, bad = clean(columns)
        except (ValueError, pa.ArrowException) as err:
            faults.append(_told(file, err))
            continue
        for reason, (what, remedy) in _HOPELESS.items():
            if len(bad.get(reason, ())) and not len(frame) and set(bad) == {reason}:
                # as Arrow writes it: Python has no time outside the years that it knows
                [value] = columns[what].drop_null().slice(0, 1).cast(pa.string()).to_pylist() or [""]
                column = one_line(shortened(file.columns[what]))
                faults.append(f"{name}: {column}: {shortened(value)!r}: {reason}, nor is any other; {remedy}")
    if faults:
        raise ReportsError(faults)


def _told(file: ReportFile, err: Exception) -> str:
    """Return what is wrong with a file's columns, the column under the name that it has in the file."""
    name = Path(file.path).name
    if isinstance(err, ColumnError):
        return f"{name}: {one_line(shortened(file.columns[err.what]))}: {err.problem}"
    return f"{name}: {said(err)}"


def _sample(file: ReportFile) -> dict[str, Any]:
    if file.separator:
        end = min(Path(file.path).stat().st_size, file.begin + _BLOCK_BYTES)
        return _csv_rows(Piece(file, file.begin, end))[0]
    table = _row_groups(file, 0, 1, limit=_SAMPLE_ROWS)
    return {what: table[name] for what, name in file.columns.items()}


def _first(rows: Any) -> tuple[int, ...]:  # noqa: ANN401 - an array or a list
    return tuple(int(row) for row in rows[:MOST_EXAMPLES])


def _parquet_rows(piece: Piece) -> tuple[dict[str, Any], int, Any, Any]:
    table = _row_groups(piece.file, piece.start, piece.stop)
    return {what: table[name] for what, name in piece.file.columns.items()}, table.num_rows, None, ()


def _row_groups(file: ReportFile, start: int, stop: int, limit: int | None = None) -> Any:  # noqa: ANN401 - Arrow has no types
    """Return row groups of a Parquet file as a table, with a limit only the first rows of them."""
    names = list(dict.fromkeys(file.columns.values()))
    damaged = arrow_told(Path(file.path), f"row group {start} is damaged", "copy or write the file anew")
    with damaged, pq.ParquetFile(file.path) as opened:
        groups = list(range(start, min(stop, opened.num_row_groups)))
        if limit is None or not groups:
            return opened.read_row_groups(groups, columns=names, use_threads=False)
        batches = opened.iter_batches(limit, row_groups=groups, columns=names, use_threads=False)
        return next((pa.Table.from_batches([one]) for one in batches), opened.schema_arrow.empty_table())


def _csv_rows(piece: Piece) -> tuple[dict[str, Any], int, Any, list[int]]:
    """Return columns of texts, how many lines the piece has, the line of each row, and the lines that are no rows."""
    content = _lines(piece)
    if b"\r" in content:
        content = _LONE_RETURN.sub(b" ", content)
    if not content.isascii():  # bytes that are no UTF-8: their rows are read all the same
        content = content.decode("utf-8", "replace").encode()
    table, skipped = _rows(piece.file, content)
    lines = np.delete(np.arange(table.num_rows + len(skipped)), skipped)
    columns = {what: table[f"{piece.file.header.index(name)}"] for what, name in piece.file.columns.items()}
    # an empty line is no report and no fault
    told = np.logical_or.reduce([pc.is_valid(column).to_numpy() for column in columns.values()])
    if not told.all():
        columns = {what: column.filter(pa.array(told)) for what, column in columns.items()}
    return columns, content.count(b"\n"), lines[told], skipped


def _rows(file: ReportFile, content: bytes) -> tuple[Any, list[int]]:
    """Return a row for each line, and the lines left out because they have another number of cells."""
    table, skipped, whole = _parsed(file, content)
    if whole:
        return table, skipped
    table, skipped, _ = _parsed(file, _mended(file, content))
    return table, skipped


def _mended(file: ReportFile, content: bytes) -> bytes:
    """Return the lines with apostrophes for the quotes of those lines whose last quote is never closed.

    Such a line would swallow all that follow.
    """
    if _parsed(file, content)[2]:
        return content
    middle = content.find(b"\n", len(content) // 2) + 1
    if middle in (0, len(content)):
        middle = content.rfind(b"\n", 0, len(content) - 1) + 1
    if middle == 0:
        return content.replace(b'"', b"'")
    return _mended(file, content[:middle]) + _mended(file, content[middle:])


def _parsed(file: ReportFile, content: bytes) -> tuple[Any, list[int], bool]:
    """Return the rows, the lines that are none, and whether each line is one or the other."""
    skipped: list[int] = []

    def skip(row: Any) -> str:  # noqa: ANN401 - Arrow has no types
        skipped.append(row.number - 1)
        return "skip"

    names = [f"{number}" for number in range(len(file.header))]
    end = file.separator.encode() * (len(names) - 1)  # a last line that must come out as a row of its own
    table = pa_csv.read_csv(
        pa.BufferReader(content + end + b"\n"),
        read_options=pa_csv.ReadOptions(use_threads=False, block_size=len(content) + 1024, column_names=names),
        parse_options=pa_csv.ParseOptions(delimiter=file.separator, invalid_row_handler=skip, ignore_empty_lines=False),
        convert_options=pa_csv.ConvertOptions(
            include_columns=[f"{file.header.index(name)}" for name in dict.fromkeys(file.columns.values())],
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=True,
            null_values=[""],
        ),
    )
    whole = table.num_rows + len(skipped) == content.count(b"\n") + 1
    return table.slice(0, max(0, table.num_rows - 1)), skipped, whole


def _lines(piece: Piece) -> bytes:
    """Return the lines that begin in the piece."""
    with Path(piece.file.path).open("rb") as file:
        file.seek(piece.start - (piece.start > piece.file.begin))
        if piece.start > piece.file.begin:
            while (block := file.readline(_BLOCK_BYTES)) and not block.endswith(b"\n"):
                pass  # the end of a line that begins in the piece before
        at = file.tell()
        if at >= piece.stop:
            return b""
        content = [file.read(piece.stop - at)]
        if not content[-1].endswith(b"\n"):
            content.append(file.readline())
    whole = b"".join(content)
    return whole if whole.endswith(b"\n") else whole + b"\n"
