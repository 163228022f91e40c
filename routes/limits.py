"""What a file from elsewhere may be at most, and how to allow more: one place for all readers, and for the page on it.

A reader that meets more says so, with the environment variable that raises the limit: someone with an honest case of
100 MB needs it without editing code. The limits bound what one file can cost in memory and time.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from routes.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PREFIX: Final = "WAYBILL_MAX_"
_MIB: Final = 2**20
_MOST: Final = 10**12  # what nobody means by a limit


@dataclass(frozen=True, slots=True)
class Limit:
    """How much of something a file may hold.

    Attributes
    ----------
    name
        Of its environment variable, behind `WAYBILL_MAX_`.
    default
        The value where the variable is not set.
    unit
        What is counted, as in "64 MiB".
    covers
        What is limited, for the page of limits.
    why
        What more of it would cost, or what it would mean.
    """

    name: str
    default: int
    unit: str
    covers: str
    why: str

    @property
    def variable(self) -> str:
        """Name of the environment variable that sets it."""
        return PREFIX + self.name

    @property
    def value(self) -> int:
        """The limit, in its unit.

        Raises
        ------
        LimitError
            If the environment variable is set to something else than a whole number above 0.
        """
        text = os.environ.get(self.variable, "").strip()
        if not text:
            return self.default
        if not (text.isascii() and text.isdigit() and len(text) <= len(str(_MOST)) and 0 < int(text) <= _MOST):
            msg = f"{self.variable}: {text[:40]!r} is no limit; give a whole number of {self.unit} above 0, or unset it"
            raise LimitError(msg)
        return int(text)

    @property
    def bytes(self) -> int:
        """The limit in bytes, for one in MiB."""
        return self.value * _MIB

    def __str__(self) -> str:
        """Return the limit as messages have it: `200,000 rows`."""
        return f"{self.value:,} {self.unit}"

    def remedy(self, other: str) -> str:
        """Return what to do about more: something else, or a higher limit."""
        return f"{other}, or allow more with the environment variable {self.variable} (now {self.value})"


FILE: Final = Limit(
    "FILE_MIB",
    64,
    "MiB",
    "one file of a case folder, one file of lines to import, a workbook (packed), a file of ports",
    "a case is written by people",
)
FOLDER: Final = Limit(
    "FOLDER_MIB", 256, "MiB", "all files of a case folder together", "each of many may be within its own"
)
GPKG: Final = Limit("GPKG_MIB", 256, "MiB", "a GeoPackage, and the cells that are read from it", "as above")
UNPACKED: Final = Limit(
    "UNPACKED_MIB", 256, "MiB", "a workbook, unpacked", "zip packs a thousand to one: a bomb is small on the disk"
)
PAGE: Final = Limit("PAGE_MIB", 1024, "MiB", "a page that `waybill embed` or `verify` reads", "it is held in memory")
TOML: Final = Limit("TOML_KIB", 1024, "KiB", "`case.toml`", "TOML is read slowly: a megabyte in some seconds")
ROWS: Final = Limit("ROWS", 200_000, "rows", "rows of one table", "a case is read by people")
COLUMNS: Final = Limit("COLUMNS", 1_000, "columns", "columns of one table", "as above")
CELLS: Final = Limit(
    "CELLS", 10_000_000, "cells", "rows × columns of one table, empty cells too", "memory: about 1 GB at the limit"
)
CELL: Final = Limit("CELL", 1_000_000, "characters", "one cell of a CSV table", "an unclosed quote swallows the file")
LINE_CELL: Final = Limit(
    "LINE_CELL", 16_000_000, "characters", "one cell of a CSV file of lines to import", "a long line as WKT is one cell"
)
VALUES: Final = Limit(
    "VALUES",
    6_000_000,
    "values",
    "JSON values of one file, or its XML elements",
    "memory: three bytes of text can become an object of 70; a line of 1,000,000 points has 3,000,000",
)
DEPTH: Final = Limit(
    "DEPTH", 64, "levels", "nesting of JSON, TOML and XML", "no honest file nests deeper, and reading on would recurse"
)
CHAIN: Final = Limit(
    "CHAIN",
    100,
    "steps",
    "from a claim to the one it first rests on, from a party to the one it is part of",
    "every status walks them",
)
DRAWINGS: Final = Limit("DRAWINGS", 10_000, "files", "drawn lines in `geometry/`", "a case is read by people")
FINDINGS: Final = Limit(
    "FINDINGS",
    10_000,
    "findings",
    "faults and warnings that one check lists",
    "nobody reads more, and each takes memory",
)
LINES: Final = Limit(
    "LINES", 5_000, "lines", "lines of a file to import", "more lines than this is another kind of data"
)
POINTS: Final = Limit("POINTS", 1_000_000, "points", "points of a file to import", "as above")
ROW_GROUP: Final = Limit(
    "ROW_GROUP",
    50_000_000,
    "rows",
    "one row group of a Parquet file of position reports",
    "a row group is read at once, and a few bytes can claim billions of rows",
)
ALL: Final = (
    FILE, FOLDER, GPKG, UNPACKED, PAGE, TOML, ROWS, COLUMNS, CELLS, CELL, LINE_CELL, VALUES, DEPTH, CHAIN, DRAWINGS,
    FINDINGS, LINES, POINTS, ROW_GROUP,
)  # fmt: skip


class TooDeepError(ValueError):
    """A document is nested deeper than its readers go."""


def checked_depth(document: object) -> None:
    """Refuse a document of lists and mappings that is nested too deeply; this itself does not recurse.

    Raises
    ------
    TooDeepError
        If it is; the text says how deep is allowed.
    """
    most = DEPTH.value
    level: list[object] = [document]
    for _ in range(most + 1):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return
    msg = f"is nested deeper than {most} levels"
    raise TooDeepError(msg)


def _inside(one: object) -> Iterator[object]:
    """Yield what in a list or mapping is one again."""
    if isinstance(one, dict):
        one = one.values()
    elif not isinstance(one, list):
        return
    for inner in one:
        if isinstance(inner, (list, dict)):
            yield inner


def too_many_values(text: str) -> bool:
    """Return whether a JSON text can hold more values than are read, before it is: a value begins or is parted."""
    return len(text) > VALUES.value and sum(map(text.count, "[{,")) > VALUES.value


def is_regular(path: Path) -> bool:
    """Return whether a path leads to a file with an end: no pipe that nobody writes to, no device without end."""
    return stat.S_ISREG(path.stat().st_mode)
