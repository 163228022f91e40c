"""Reading a case: from a folder or a built-in name to a checked `Case`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from routes.checking import check_raw, examine
from routes.errors import CaseFaultsError
from routes.folder import find_case, read_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from routes.case import Case
    from routes.findings import Finding
    from routes.folder import RawCase

FILE_SUFFIXES: Final = (".gpkg", ".xlsx")
"""Files that hold a whole case."""


def read_case(case: str | Path) -> Case:
    """Return the case of a folder, a `.gpkg` or `.xlsx` that `export` made, or a built-in name.

    Parameters
    ----------
    case
        Folder of a case, a file that holds one, or a name that `waybill cases` prints.

    Raises
    ------
    CaseNotFoundError
        If there is no such case.
    CaseFaultsError
        If the case has faults; the error holds all of them.
    ExchangeError
        If a file is not one that holds a case.

    Examples
    --------
    >>> case = read_case("dprk-russia")
    >>> case.places.crs.to_string()
    'EPSG:4326'
    """
    raw, placed = _raw(case)
    faults, checked = examine(raw, faults_only=True)
    if faults or checked is None:
        raise CaseFaultsError(str(case), placed(faults))
    return checked


def check_case(case: str | Path) -> list[Finding]:
    """Return every fault and warning of the case at a path, in the order of its files; changes nothing.

    Raises
    ------
    CaseNotFoundError
        If there is no such case.
    ExchangeError
        If a file is not one that holds a case.
    """
    raw, placed = _raw(case)
    return placed(check_raw(raw))


def is_case_file(path: Path) -> bool:
    """Return whether a path leads to a file that may hold a whole case."""
    return path.suffix.lower() in FILE_SUFFIXES and path.is_file()


def _raw(case: str | Path) -> tuple[RawCase, Callable[[Sequence[Finding]], list[Finding]]]:
    """Return a raw case, and what says of its findings where they stand."""
    path = Path(case)
    if not is_case_file(path):
        return read_folder(find_case(case)), list
    from routes.formats.reading import in_file, read_raw  # noqa: PLC0415 - a folder needs none of it

    return read_raw(path), partial(in_file, path=path)
