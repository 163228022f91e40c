"""Reading a case: from a folder or a built-in name to a checked `Case`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.checking import check_raw, examine
from routes.errors import CaseFaultsError
from routes.folder import find_case, read_folder

if TYPE_CHECKING:
    from pathlib import Path

    from routes.case import Case
    from routes.findings import Finding


def read_case(case: str | Path) -> Case:
    """Return the case of a folder or of a built-in name.

    Parameters
    ----------
    case
        Folder of a case, or a name that `waybill cases` prints.

    Raises
    ------
    CaseNotFoundError
        If there is no such case.
    CaseFaultsError
        If the case has faults; the error holds all of them.

    Examples
    --------
    >>> case = read_case("dprk-russia")
    >>> case.places.crs.to_string()
    'EPSG:4326'
    """
    path = find_case(case)
    faults, checked = examine(read_folder(path), faults_only=True)
    if faults or checked is None:
        raise CaseFaultsError(str(case), faults)
    return checked


def check_case(case: str | Path) -> list[Finding]:
    """Return every fault and warning of the case at a path, in the order of its files; changes nothing.

    Raises
    ------
    CaseNotFoundError
        If there is no such case.
    """
    return check_raw(read_folder(find_case(case)))
