"""Counts of reports left out, by reason, with the first places where each was met."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from routes.voyages.files import ReportFile

MOST_EXAMPLES: Final = 3


@dataclass(slots=True)
class PieceCount:
    """What was found in one piece of a file.

    Attributes
    ----------
    file
        Number of the file.
    start
        Where in the file the piece begins: pieces are in order of this.
    rows
        How many rows (CSV: lines) it has, so that rows of later pieces can be numbered.
    sound
        How many reports of it are sound.
    bad
        By reason, how many reports were left out, and the first rows of the piece among them, counted from 0.
    """

    file: int
    start: int
    rows: int
    sound: int = 0
    bad: dict[str, tuple[int, tuple[int, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Reports left out for one reason.

    Attributes
    ----------
    reason
        In words.
    reports
        How many.
    examples
        The first of them: `file:row` as far as a row is known (the header is row 1 of a CSV file; the first row of a
        Parquet file is row 1), else `vessel at time`.
    """

    reason: str
    reports: int
    examples: tuple[str, ...]

    def __str__(self) -> str:
        shown = ", ".join(self.examples)
        more = ", …" if self.reports > len(self.examples) else ""
        return f"{self.reports:,} report{'s' * (self.reports != 1)} left out: {self.reason}" + (
            f" ({shown}{more})" if shown else ""
        )


def by_reason(counts: Iterable[PieceCount], files: Sequence[ReportFile]) -> list[LeftOut]:
    """Return what was left out for what the rows themselves say, in the order in which reasons are met.

    Parameters
    ----------
    counts
        Of every piece, in any order.
    files
        The files, by their number.

    Raises
    ------
    None
        Nothing beyond what the arguments themselves do.
    """
    totals: dict[str, int] = {}
    examples: dict[str, list[str]] = {}
    file, before = -1, 0
    for count in sorted(counts, key=lambda one: (one.file, one.start)):
        if count.file != file:
            # a CSV file has its header in row 1
            file, before = count.file, 2 if files[count.file].separator else 1
        for reason, (reports, rows) in count.bad.items():
            totals[reason] = totals.get(reason, 0) + reports
            shown = examples.setdefault(reason, [])
            name = files[file].path.rpartition("/")[2]
            shown += [f"{name}:{before + row}" for row in rows[: MOST_EXAMPLES - len(shown)]]
        before += count.rows
    return [LeftOut(reason, total, tuple(examples[reason])) for reason, total in sorted(totals.items())]


def by_vessel(reason: str, counts: Iterable[tuple[int, Sequence[tuple[str, str]]]]) -> list[LeftOut]:
    """Return what was left out beside other reports of a vessel; nothing if that is none.

    Parameters
    ----------
    reason
        In words.
    counts
        How many, and the first of them by vessel and time as text, from any number of places.

    Raises
    ------
    None
        Nothing beyond what the arguments themselves do.
    """
    total = 0
    found: list[tuple[str, str]] = []
    for reports, examples in counts:
        total += reports
        found += examples
    shown = tuple(f"{vessel} at {time}" for vessel, time in sorted(found)[:MOST_EXAMPLES])
    return [LeftOut(reason, total, shown)] if total else []


def as_records(left_out: Iterable[LeftOut]) -> list[Mapping[str, object]]:
    """Return the counts as plain values, as they stand in the `attrs` of a frame."""
    return [{"reason": one.reason, "reports": one.reports, "examples": list(one.examples)} for one in left_out]
