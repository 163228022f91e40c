"""Files of reports: what they hold, and how they are cut into pieces that are read one at a time."""

from __future__ import annotations

import csv
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from routes import limits
from routes.errors import ReportsError
from routes.findings import said
from routes.voyages.columns import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

CSV_SUFFIXES: Final = (".csv", ".tsv", ".txt")
PARQUET_SUFFIXES: Final = (".parquet", ".pq")
_HEADER_BYTES: Final = 1 << 20
_SEPARATORS: Final = ",;\t|"
_PARQUET_ROW_BYTES: Final = 60  # of a report in memory: three numbers, an id, a destination
_CSV_SHARE: Final = 1.0  # a report takes about as many bytes in a CSV file as in memory


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file of reports.

    Attributes
    ----------
    path
        Where it stands, the same for all workers.
    number
        Its place among all files.
    columns
        Its columns by what they hold.
    header
        All its columns; empty for Parquet, which knows them.
    separator
        Between cells; "" for Parquet.
    begin
        First byte after the header; 0 for Parquet.
    """

    path: str
    number: int
    columns: Mapping[str, str]
    header: tuple[str, ...] = ()
    separator: str = ""
    begin: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a file: for CSV the rows that begin in bytes `start` to `stop`, for Parquet row groups."""

    file: ReportFile
    start: int
    stop: int


def report_paths(reports: str | Path | Iterable[str | Path]) -> list[Path]:
    """Return the files that are meant, in order of their names; a folder stands for those in it, at any depth.

    Raises
    ------
    ReportsError
        Naming every path that is missing, or holds neither CSV nor Parquet.
    """
    given = [reports] if isinstance(reports, (str, Path)) else list(reports)
    paths: list[Path] = []
    faults = []
    for one in map(Path, given):
        if one.is_dir():
            inside = [path for path in sorted(one.rglob("*")) if _kind(path) and not path.name.startswith((".", "_"))]
            paths += inside
            if not inside:
                faults.append(f"{one}: holds no file that ends in {_suffixes()}")
        elif not one.is_file():
            faults.append(f"{one}: is not there")
        elif not _kind(one):
            faults.append(f"{one}: is neither CSV nor Parquet; give files that end in {_suffixes()}")
        else:
            paths.append(one)
    if not given:
        faults.append("no reports are given; name at least one file or folder")
    if faults:
        raise ReportsError(faults)
    return list(dict.fromkeys(path.resolve() for path in paths))


def open_files(paths: Sequence[Path], columns: Mapping[str, str]) -> list[ReportFile]:
    """Return what the files hold, as their headers say.

    Parameters
    ----------
    paths
        The files.
    columns
        Columns named by hand, by what they hold.

    Raises
    ------
    ReportsError
        With every fault of every header.
    OSError
        If a file cannot be read.
    """
    files: list[ReportFile] = []
    faults: list[str] = []
    for number, path in enumerate(paths):
        try:
            header, separator, begin = _parquet_header(path) if _is_parquet(path) else _csv_header(path)
        except ReportsError as err:
            faults += err.faults
            continue
        found, wrong = columns_of(path.name, header, columns)
        faults += wrong
        files.append(ReportFile(str(path), number, found, () if _is_parquet(path) else header, separator, begin))
    if faults:
        raise ReportsError(faults)
    return files


def pieces_of(files: Sequence[ReportFile], piece_bytes: int) -> tuple[list[list[Piece]], int]:
    """Return groups of pieces, each to be read at once, and the size of all reports in memory, in bytes, about.

    Parameters
    ----------
    files
        The files.
    piece_bytes
        What a group may take in memory, about; a row group of a Parquet file is never cut.

    Raises
    ------
    OSError
        If a file cannot be read.
    """
    groups: list[list[Piece]] = []
    total = room = 0
    for file in files:
        for piece, size in _sized(file, piece_bytes):
            total += size
            if size > room or not groups:
                groups.append([])
                room = piece_bytes
            groups[-1].append(piece)
            room -= size
    return groups, total


def _sized(file: ReportFile, piece_bytes: int) -> Iterable[tuple[Piece, int]]:
    if file.separator:
        end = Path(file.path).stat().st_size
        step = max(1, int(piece_bytes / _CSV_SHARE))
        for start in range(file.begin, end, step):
            stop = min(start + step, end)
            yield Piece(file, start, stop), int((stop - start) * _CSV_SHARE)
        return
    import pyarrow.parquet as pq  # noqa: PLC0415 - only for Parquet

    with pq.ParquetFile(file.path) as opened:
        for group in range(opened.num_row_groups):
            rows = opened.metadata.row_group(group).num_rows
            if rows > limits.ROW_GROUP.value:
                remedy = limits.ROW_GROUP.remedy("write the file anew with smaller row groups")
                raise ReportsError(
                    [f"{Path(file.path).name}: row group {group} has more than {limits.ROW_GROUP}; {remedy}"]
                )
            size = rows * _PARQUET_ROW_BYTES
            yield Piece(file, group, group + 1), size


def _kind(path: Path) -> bool:
    return path.suffix.lower() in (*CSV_SUFFIXES, *PARQUET_SUFFIXES) and path.is_file()


def _is_parquet(path: Path) -> bool:
    return path.suffix.lower() in PARQUET_SUFFIXES


def _suffixes() -> str:
    return ", ".join((*CSV_SUFFIXES, *PARQUET_SUFFIXES))


def _csv_header(path: Path) -> tuple[tuple[str, ...], str, int]:
    """Return the columns of a CSV file, what separates its cells, and where its rows begin."""
    with path.open("rb") as file:
        line = file.readline(_HEADER_BYTES)
    remedy = "save it as CSV in UTF-8 with the names of the columns in the first line"
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        raise ReportsError([f"{path.name}: is not UTF-8 text; {remedy}"]) from err
    if not text.strip() or "\0" in text:
        problem = "is not text" if "\0" in text else "has no header"
        raise ReportsError([f"{path.name}: {problem}; {remedy}"])
    if not line.endswith(b"\n") and b"\r" in line:
        # the lines of old systems: the whole file would be its header
        problem = "ends its lines with a carriage return alone"
        raise ReportsError([f"{path.name}: {problem}; save it with line ends LF or CRLF"])
    separator = max(_SEPARATORS, key=text.count)
    try:
        names = next(csv.reader([text.replace("\r", " ")], delimiter=separator))
    except csv.Error as err:
        raise ReportsError([f"{path.name}: has no header ({err}); {remedy}"]) from err
    return tuple(name.strip() for name in names), separator, len(line)


def _parquet_header(path: Path) -> tuple[tuple[str, ...], str, int]:
    import pyarrow.parquet as pq  # noqa: PLC0415 - only for Parquet

    with arrow_told(path, "is no Parquet file", "write it anew"):
        schema: Any = pq.read_schema(path)
    return tuple(schema.names), "", 0


@contextmanager
def arrow_told(path: Path, problem: str, remedy: str) -> Iterator[None]:
    """Turn what Arrow makes of a damaged Parquet file into one clear error.

    Raises
    ------
    ReportsError
        With the problem, what Arrow says, and the remedy.
    OSError
        If the file cannot be reached, which says so itself.
    """
    import pyarrow as pa  # noqa: PLC0415 - only for Parquet

    try:
        yield
    except (pa.ArrowException, OSError) as err:
        if isinstance(err, OSError) and err.errno is not None:
            raise
        raise ReportsError([f"{path.name}: {problem} ({said(err)}); {remedy}"]) from err
