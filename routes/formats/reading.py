"""A case from one file, `.gpkg` or `.xlsx`: read as if its folder stood there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from routes import schema
from routes.errors import ExchangeError
from routes.folder import BOM, FILES, RawCase, Reader, raw_from_reader
from routes.formats.merging import Merger

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from routes.findings import Finding
    from routes.formats.grids import Grid

_DRAWING: Final = re.compile(r"geometry/[^/\\\x00-\x1f:.][^/\\\x00-\x1f:]{0,200}\.geojson")


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a file that holds a case.

    Attributes
    ----------
    name
        Name of the case; "" if the file does not say.
    grids
        Its tables by name.
    carried
        Texts of the case's files, which travel beside the tables.
    shown
        How the format shows a text that it cannot hold to the letter.
    """

    name: str
    grids: Mapping[str, Grid]
    carried: Mapping[str, str]
    shown: Callable[[str], str] = str


def read_raw(path: Path) -> RawCase:
    """Return the raw case of a `.gpkg` or `.xlsx`; faults in it are collected as those of a folder are.

    Raises
    ------
    ExchangeError
        If it is no such file, is too large, holds formulas, or lacks a table.
    OSError
        If it cannot be read.
    """
    if path.suffix.lower() == ".xlsx":
        from routes.formats.xlsx import read_xlsx  # noqa: PLC0415 - openpyxl only where it is needed

        content = read_xlsx(path)
    else:
        from routes.formats.gpkg_reading import read_gpkg  # noqa: PLC0415 - as above

        content = read_gpkg(path)
    name = content.name if schema.ID.fullmatch(content.name) else path.stem
    merged = Merger(path.name, content.grids, content.carried, content.shown).texts()
    raw = raw_from_reader(_Texts(name, merged))
    tables = {
        key: replace(table, lines=content.grids[key].lines)
        if key in content.grids and len(content.grids[key].lines) == len(table.lines)
        else table
        for key, table in raw.tables.items()
    }
    return replace(raw, tables=tables)


def checked_name(file: str, name: str) -> str:
    """Return the name of a file that travels inside another if a case folder has files of that name.

    Raises
    ------
    ExchangeError
        If it does not, as in `../x`.
    """
    if name in FILES or _DRAWING.fullmatch(name):
        return name
    raise ExchangeError(file, "is no file of a case", "export the case anew", where="files", value=name)


def in_file(findings: Sequence[Finding], path: Path) -> list[Finding]:
    """Return findings with the table and row of the file in which they were met, instead of those of a folder."""
    placed = []
    for finding in findings:
        row = finding.row
        if finding.file == "sources.json" and row is not None:
            row += 2
        table = finding.file.rpartition(".")[0] if "/" not in finding.file else finding.file
        placed.append(replace(finding, file=f"{path.name}[{table}]", row=row))
    return placed


class _Texts(Reader):
    """The files of a case in memory."""

    def __init__(self, name: str, texts: Mapping[str, str]) -> None:
        super().__init__(Path(name))
        self._given = texts

    def has(self, name: str) -> bool:
        return name in self._given

    def text(self, name: str) -> str | None:
        if name not in self._given:
            self.fault(name, "is missing", "export the case anew")
            return None
        self.texts[name] = self._given[name]
        return self._given[name].removeprefix(BOM)

    def drawings(self) -> list[str]:
        return sorted(name.removeprefix("geometry/") for name in self._given if name.startswith("geometry/"))
