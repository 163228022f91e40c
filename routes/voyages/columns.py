"""Which columns of a file hold what a position report says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from routes.findings import listed, shortened
from routes.nearest import near

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "vessel": ("vessel", "vessel_id", "mmsi", "imo", "id"),
    "time": ("time", "timestamp", "basedatetime", "base_date_time", "datetime"),
    "lon": ("lon", "longitude"),
    "lat": ("lat", "latitude"),
    "declared": ("declared", "declared_destination", "destination"),
}
"""What a report says, and the names by which its column is found, in any case; the first name that is there counts."""
OPTIONAL: Final = frozenset({"declared"})


def columns_of(file: str, header: Sequence[str], given: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return the columns of a file by what they hold, and every fault of the header.

    Parameters
    ----------
    file
        Name of the file, for messages.
    header
        Its columns.
    given
        Columns that were named by what they hold; they are taken as written.

    Returns
    -------
    tuple of dict and list of str
        Keys are those of `NAMES`; `declared` is left out where no column holds it.

    Raises
    ------
    None
        Faults are returned.
    """
    lower = {name.strip().lower(): name for name in reversed(header)}
    found: dict[str, str] = {}
    faults = []
    for what, names in NAMES.items():
        own = given.get(what)
        column = next((lower[name] for name in names if name in lower), None) if own is None else own
        if column is not None and column in header:
            found[what] = column
            alike = [name for name in header if name.strip().lower() == column.strip().lower()]
            if alike.count(column) > 1:
                faults.append(f"{file}: column {shortened(column)!r} stands there twice; keep the one that counts")
            elif own is None and len(alike) > 1:
                faults.append(
                    f"{file}: columns {listed(alike)} differ only in case or spaces; name one with {what}=COLUMN"
                )
        elif own is not None or what not in OPTIONAL:
            wanted = repr(own) if own is not None else " or ".join(map(repr, names))
            close = near((own or what).lower(), list(lower))
            meant = f" (did you mean {shortened(lower[close])!r}?)" if close else ""
            faults.append(
                f"{file}: no column {wanted} for the {what}{meant}; rename one or name it with {what}=COLUMN; "
                f"the file has {listed(header) or 'none'}"
            )
    return found, faults


def check_given(given: Mapping[str, str]) -> list[str]:
    """Return a fault for each key that says nothing of a report."""
    return [
        f"columns: {what!r} is nothing that a report says; use {', '.join(NAMES)}"
        for what in given
        if what not in NAMES
    ]
