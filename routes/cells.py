"""One cell: from the text in a file to a value, and back.

Missing values: text, words, dates, ids and references are None; numbers are NaN; several values are an empty tuple;
names are an empty dict.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Final

from routes import dates, schema
from routes.errors import DateError
from routes.findings import shortened
from routes.nearest import near

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBER: Final = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,3})?")
_CODE: Final = re.compile(r"[A-Z]{2}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_PLURAL: Final = frozenset({"refs", "words", "codes"})


class CellError(ValueError):
    """A cell does not hold what its column is for; `problem` and `remedy` say what and what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem}; {remedy}")


def missing(column: schema.Column) -> Any:  # noqa: ANN401 - depends on the column
    """Return the value that stands for an empty cell of this column."""
    if column.kind == "number":
        return math.nan
    if column.kind in _PLURAL:
        return ()
    return {} if column.kind == "names" else None


def parse(column: schema.Column, text: str) -> Any:  # noqa: ANN401, PLR0911 - one return a kind of cell
    """Return the value of a cell.

    Raises
    ------
    CellError
        If the text is not what the column is for.
    """
    if column.kind == "text":
        return text or None
    text = text.strip()
    if not text:
        return missing(column)
    if column.kind == "number":
        return _number(column, text)
    if column.kind == "names":
        return _names(text)
    if column.kind in _PLURAL:
        return _several(column, text)
    if column.kind == "date":
        return _date(text)
    if column.kind == "word":
        return _word(column, text)
    return _id(text)


def write(value: Any) -> str:  # noqa: ANN401 - whatever a frame holds
    """Return the text of a value; the inverse of `parse`."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return schema.SEPARATOR.join(f"{language}={name}" for language, name in value.items())
    if isinstance(value, (tuple, list)):
        return schema.SEPARATOR.join(map(str, value))
    if isinstance(value, (int, float)):
        return write_number(float(value))
    return "" if value != value else str(value)  # noqa: PLR0124 - pandas' missing values differ from themselves


def key(table: schema.Table, row: Mapping[str, str]) -> tuple[str, ...]:
    """Return what tells a row from the others, written in one way: `01` and ` 1.0` are one seq.

    The key of a leg is its route and seq. A cell that cannot be read stands for itself.
    """
    names = ("route", "seq") if table is schema.LEGS else ("id",)
    return tuple(_normal(table.column(name), row.get(name, "")) for name in names)


def _normal(column: schema.Column | None, text: str) -> str:
    try:
        return write(parse(column, text)) if column else text.strip()
    except CellError:
        return text.strip()


def write_number(value: float) -> str:
    """Return the shortest decimal text that reads back as the same number; "" for NaN."""
    if math.isnan(value):
        return ""
    text = repr(value)
    return text.removesuffix(".0")


def _number(column: schema.Column, text: str) -> float:
    if _NUMBER.fullmatch(text) is None:
        remedy = "write digits with a decimal point, without units or thousands separators"
        problem = "is not a number"
        raise CellError(problem, remedy)
    value = float(text)
    if not math.isfinite(value):
        problem = "is too large"
        raise CellError(problem, "write a number with at most 300 digits")
    if column.above is not None and value <= column.above:
        problem = f"is not more than {write_number(column.above)}"
        raise CellError(problem, "write the figure, or leave the cell empty where there is none")
    low, high = column.low, column.high
    if (low is not None and value < low) or (high is not None and value > high):
        problem = f"is outside {_bounds(low, high)}"
        raise CellError(problem, "write a number inside these bounds")
    return value


def _bounds(low: float | None, high: float | None) -> str:
    ends = ("any" if end is None else write_number(float(end)) for end in (low, high))
    return " to ".join(ends)


def _names(text: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for part in text.split(schema.SEPARATOR):
        language, equals, name = part.partition("=")
        if not equals or not name.strip() or _LANGUAGE.fullmatch(language.strip()) is None:
            problem = f"{shortened(part)!r} is not language=name"
            raise CellError(problem, "write names as ko=두만강역;ru=Туманган")
        if language.strip() in names:
            problem = f"names {shortened(language.strip())!r} twice"
            raise CellError(problem, "keep one name a language")
        names[language.strip()] = name.strip()
    return names


def _several(column: schema.Column, text: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in text.split(schema.SEPARATOR) if part.strip())
    if len(set(parts)) != len(parts):
        seen: set[str] = set()
        doubled = next(part for part in parts if part in seen or seen.add(part))  # type: ignore[func-returns-value]
        problem = f"names {shortened(doubled)!r} twice"
        raise CellError(problem, "keep one")
    for part in parts:
        if column.kind == "codes":
            _code(part)
        elif column.kind == "words":
            _word(column, part)
        else:
            _id(part)
    return parts


def _code(text: str) -> str:
    if _CODE.fullmatch(text) is None:
        problem = f"{shortened(text)!r} is not a country code"
        raise CellError(problem, "write ISO 3166-1 alpha-2 codes such as KP or KP;RU")
    return text


def _date(text: str) -> str:
    try:
        dates.parse(text)
    except DateError as err:
        problem, _, remedy = str(err).rpartition("; ")
        raise CellError(problem.removeprefix(repr(shortened(text))).strip() or str(err), remedy) from err
    return text


def _word(column: schema.Column, text: str) -> str:
    if text not in column.words:
        meant = near(text, column.words)
        hint = f"did you mean {meant!r}? " if meant else ""
        problem = f"{shortened(text)!r} is not one of the words of this column"
        raise CellError(problem, f"{hint}write one of {', '.join(column.words)}")
    return text


def _id(text: str) -> str:
    if schema.ID.fullmatch(text) is None:
        problem = f"{shortened(text)!r} is not an id"
        raise CellError(problem, "use lower-case letters, digits and hyphens, beginning with a letter or digit")
    return text
