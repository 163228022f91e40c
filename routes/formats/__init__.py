"""Cases as files of other programs, and back."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from routes.errors import CaseFaultsError, ExchangeError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from routes.case import Case

FORMATS: Final = {
    ".csv": "flat",
    ".geojson": "geojson",
    ".gpkg": "gpkg",
    ".gpx": "gpx",
    ".json": "geojson",
    ".kml": "kml",
    ".parquet": "parquet",
    ".xlsx": "workbook",
}
"""Suffixes of exports and the module that writes each."""


def export_case(
    case: Case,
    path: str | Path,
    *,
    known: date | str | None = None,
    by: str | Sequence[str] | None = None,
    start: date | str | None = None,
    end: date | str | None = None,
    on: Sequence[str] | None = None,
) -> Path:
    """Write a case as a file of another format, with status, denials, citations and licence.

    Parameters
    ----------
    case
        A checked case.
    path
        File to write; its suffix says the format: csv, geojson, gpkg, gpx, kml, parquet or xlsx. It is written beside
        and renamed. A `.gpkg` or `.xlsx` that nothing is cut from holds the case without loss.
    known, by, start, end
        As for `routes.View`: nothing said later or by others is in the file.
    on
        Ids of layers, or of groups of layers; None means all.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ExchangeError
        If the suffix is not known.
    CaseFaultsError
        If the case holds what no file can; see `Case.write`.
    ValueError
        If a day or a party is not understood.
    OSError
        If the file cannot be written; one that stood there is as it was.
    """
    from routes.formats.cutting import Lens  # noqa: PLC0415 - pandas loads only once something is exported
    from routes.formats.extract import Extract  # noqa: PLC0415 - as above
    from routes.output import write_whole  # noqa: PLC0415 - as above
    from routes.writing import unwritable  # noqa: PLC0415 - as above

    path = Path(path)
    module = FORMATS.get(path.suffix.lower())
    if module is None:
        remedy = f"end it in one of {', '.join(FORMATS)}"
        raise ExchangeError(path.name, "has no suffix of a format that Waybill writes", remedy)
    if faults := unwritable(case):
        raise CaseFaultsError(case.name, faults)
    lens = Lens(known, [by] if isinstance(by, str) else by, start, end, on)
    extract = Extract(case, lens, whole=module in {"gpkg", "workbook"})
    content: bytes = import_module(f"routes.formats.{module}").content(extract)
    write_whole(path, content)
    return path


def import_case(path: str | Path, *, updated: date | None = None) -> Case:
    """Return the case of a file: a whole one from `.gpkg` or `.xlsx`, one to finish from a file of plain lines.

    Parameters
    ----------
    path
        `.gpkg` or `.xlsx` that `export_case` made, or `.geojson`, `.json`, `.kml`, `.gpx`, `.csv` or `.tsv` with lines.
        Of such a file the lines are taken, with what is said of each: one route a line, claimed by nobody yet.
    updated
        Day that such a case says it was last changed on; None means today.

    Raises
    ------
    ExchangeError
        If it cannot be read.
    CaseFaultsError
        If a whole case in it has faults.
    OSError
        If it cannot be opened.
    """
    from routes.reading import is_case_file, read_case  # noqa: PLC0415 - pandas loads only once something is read

    path = Path(path)
    if is_case_file(path):
        return read_case(path)
    from routes.formats.skeleton import import_lines  # noqa: PLC0415 - as above

    return import_lines(path, updated=updated)
