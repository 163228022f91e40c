"""Findings: what a check has to say about a case, one line each."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHOWN_CHARACTERS = 80
_LISTED_CHARACTERS = 500
_SAID_CHARACTERS = 400
"""A problem may quote a value, which may be of any length."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a case.

    Attributes
    ----------
    level
        `fault` (the case cannot be published as it is) or `warning` (a reader should know).
    file
        File inside the case folder, such as `claims.csv`.
    row
        Line in the file (the header is line 1), or the position in a JSON array; None for the file as a whole.
    column
        Column or key; "" for the row as a whole.
    value
        The value found, as it stands in the file; "" where there is none.
    problem
        What is wrong, without the remedy.
    remedy
        What to do about it.
    """

    level: Literal["fault", "warning"]
    file: str
    row: int | None
    column: str
    value: str
    problem: str
    remedy: str

    @property
    def is_fault(self) -> bool:
        """Whether the finding stops `render`, `figure` and `export`."""
        return self.level == "fault"

    def __str__(self) -> str:
        """Return the finding on one line, safe to print on a terminal."""
        where = one_line(shortened(self.file))
        if self.row is not None:
            where += f"[{self.row}]" if self.file.endswith(".json") else f":{self.row}"
        parts = [f"{self.level} {where}"]
        if self.column:
            parts.append(one_line(shortened(self.column)))
        if self.value:
            parts.append(repr(shortened(self.value)))
        return ": ".join([*parts, "; ".join((said(self.problem), said(self.remedy)))])

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as plain data for `--json`; half a character, which no text can hold, as an escape."""
        return {key: _whole(value) if isinstance(value, str) else value for key, value in asdict(self).items()}


def fault(file: str, row: int | None, column: str, value: str, problem: str, remedy: str) -> Finding:
    """Make a finding that stops publication."""
    return Finding("fault", file, row, column, value, problem, remedy)


def warning(file: str, row: int | None, column: str, value: str, problem: str, remedy: str) -> Finding:
    """Make a finding that a reader should know and that stops nothing."""
    return Finding("warning", file, row, column, value, problem, remedy)


def one_line(text: str) -> str:
    """Return text with every control character, line break and direction override written as an escape.

    What strangers wrote is printed on terminals, where an escape sequence acts and a right-to-left override hides.
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _whole(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def said(complaint: object) -> str:
    """Return what somebody else complains of, such as a library, as messages have it: one line, not too long."""
    return one_line(shortened(str(complaint), _SAID_CHARACTERS))


def listed(names: Iterable[object]) -> str:
    """Return the names that a file holds, quoted, as a message lists them: the first ones, if they are many or long."""
    return shortened(", ".join(repr(shortened(str(name))) for name in names), _LISTED_CHARACTERS)


def shortened(value: str, most: int = _SHOWN_CHARACTERS) -> str:
    """Return a text as messages quote it: its beginning, if it is long."""
    return value if len(value) <= most else value[: most - 1] + "…"
