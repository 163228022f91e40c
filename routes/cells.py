"""One cell: from the text in a file to a value, and back.

Missing values: text, words, dates, ids and references are None; numbers are NaN; several values are an empty tuple;
names are an empty dict.
"""

from __future__ import annotations

import difflib
import math
import re
from typing import Any, Final

from routes import dates, schema
from routes.errors import DateError

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
        return schema.SEPARATOR.join(value)
    if isinstance(value, (int, float)):
        return write_number(float(value))
    return "" if value != value else str(value)  # noqa: PLR0124 - pandas' missing values differ from themselves


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
    low, high = column.low, column.high
    if not math.isfinite(value) or (low is not None and value < low) or (high is not None and value > high):
        bounds = f"{low if low is not None else 'any'} to {high if high is not None else 'any'}"
        problem = f"is outside {bounds.replace('.0', '')}"
        raise CellError(problem, _swap_hint(column))
    return value


def _swap_hint(column: schema.Column) -> str:
    if column.name == "lat":
        return "longitude and latitude look swapped; lon is -180 to 180, lat is -90 to 90"
    return "write a number inside these bounds"


def _names(text: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for part in text.split(schema.SEPARATOR):
        language, equals, name = part.partition("=")
        if not equals or not name.strip() or _LANGUAGE.fullmatch(language.strip()) is None:
            problem = f"{part!r} is not language=name"
            raise CellError(problem, "write names as ko=두만강역;ru=Туманган")
        if language.strip() in names:
            problem = f"names {language.strip()!r} twice"
            raise CellError(problem, "keep one name a language")
        names[language.strip()] = name.strip()
    return names


def _several(column: schema.Column, text: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in text.split(schema.SEPARATOR) if part.strip())
    if len(set(parts)) != len(parts):
        doubled = next(part for part in parts if parts.count(part) > 1)
        problem = f"names {doubled!r} twice"
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
        problem = f"{text!r} is not a country code"
        raise CellError(problem, "write ISO 3166-1 alpha-2 codes such as KP or KP;RU")
    return text


def _date(text: str) -> str:
    try:
        dates.parse(text)
    except DateError as err:
        problem, _, remedy = str(err).rpartition("; ")
        raise CellError(problem.removeprefix(repr(text)).strip() or str(err), remedy) from err
    return text


def _word(column: schema.Column, text: str) -> str:
    if text not in column.words:
        near = difflib.get_close_matches(text, column.words, n=1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        problem = f"{text!r} is not one of the words of this column"
        raise CellError(problem, f"{hint}write one of {', '.join(column.words)}")
    return text


def _id(text: str) -> str:
    if schema.ID.fullmatch(text) is None:
        problem = f"{text!r} is not an id"
        raise CellError(problem, "use lower-case letters, digits and hyphens, beginning with a letter or digit")
    return text
