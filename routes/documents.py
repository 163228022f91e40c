"""JSON, TOML and CSV from elsewhere: parsed within the limits of `routes.limits`, or one error that says what to do."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

from routes import limits
from routes.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Iterator

_INT64: Final = 2**63  # what TOML promises; Python would go on, and then refuse to print the number
_OPENING: Final = re.compile(r"[ \t]*\[{0,2}")
_PART: Final = re.compile(r"""[ \t]*(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')[ \t]*""")
_SHOWN: Final = 200  # characters of what a parser complains of


class DocumentError(ValueError):
    """A text is no document that is read; `problem` and `remedy` say why and what to do, `line` where (or None)."""

    def __init__(self, problem: str, remedy: str, *, line: int | None = None) -> None:
        self.problem = problem
        self.remedy = remedy
        self.line = line
        super().__init__(f"{problem}; {remedy}")


def json_of(text: str, *, strict: bool = False) -> Any:  # noqa: ANN401 - JSON is what it is
    """Return a JSON text as parsed.

    Parameters
    ----------
    strict
        Refuse NaN and the infinities, which Python reads and JSON does not have.

    Raises
    ------
    DocumentError
        If it is not JSON, or holds more than is read.
    """
    if limits.too_many_values(text):
        problem = f"holds more than {limits.VALUES}"
        raise DocumentError(problem, limits.VALUES.remedy("keep only what is needed"))
    try:
        document = json.loads(text, parse_constant=_no_number if strict else None)
        limits.checked_depth(document)
    except (DocumentError, LimitError):
        raise
    except (limits.TooDeepError, RecursionError) as err:
        raise _too_deep() from err
    except ValueError as err:
        problem = f"is not JSON ({_short(err)})"
        raise DocumentError(problem, "mend the place named") from err
    return document


def _no_number(word: str) -> float:
    msg = f"{word} is no number in JSON"
    raise ValueError(msg)


def toml_of(text: str) -> dict[str, Any]:
    """Return a TOML text as parsed.

    Raises
    ------
    DocumentError
        If it is not TOML, or holds more than is read.
    """
    if len(text) > limits.TOML.value * 1024:
        problem = f"is larger than {limits.TOML}"
        raise DocumentError(problem, limits.TOML.remedy("shorten it"))
    if any(_is_long_key(line) for line in text.split("\n")):
        raise _too_deep()
    try:
        document = tomllib.loads(text)
        limits.checked_depth(document)
        _check_numbers(document)
    except (DocumentError, LimitError):
        raise
    except (limits.TooDeepError, RecursionError) as err:
        raise _too_deep() from err
    except ValueError as err:  # Python's own too, for a number of more digits than it reads
        problem = f"is not TOML ({_short(err)})"
        raise DocumentError(problem, "mend the line named") from err
    return document


def csv_rows(text: str, cell: limits.Limit, *, separator: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV text, each with the line on which it begins.

    Parameters
    ----------
    cell
        How long a cell may be.

    Raises
    ------
    DocumentError
        At a row that is no CSV, or has a longer cell.
    """
    csv.field_size_limit(cell.value)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as err:
            remedy = "quote the cell and double its quotes"
            if "field limit" in str(err):
                remedy = cell.remedy(f"close the quote that opens a cell near here, or {remedy}")
            problem = f"is not CSV ({err})"
            raise DocumentError(problem, remedy, line=line) from err


def _is_long_key(line: str) -> bool:
    """Return whether a line can begin with a key of more parts than tables nest: tomllib takes the square of them."""
    most = limits.DEPTH.value
    if line.count(".") < most:
        return False
    opening = _OPENING.match(line)
    at = opening.end() if opening else 0
    for _ in range(most):
        part = _PART.match(line, at)
        if part is None or not line.startswith(".", part.end()):
            return False
        at = part.end() + 1
    return True


def _check_numbers(document: object) -> None:
    level = [document]
    while level:
        inner: list[object] = []
        for one in level:
            if isinstance(one, dict):
                inner += one.values()
            elif isinstance(one, list):
                inner += one
            elif isinstance(one, int) and not -_INT64 <= one < _INT64:
                raise DocumentError("is not TOML (a number has more than 64 bits)", "write it as text, in quotes")
        level = inner


def _too_deep() -> DocumentError:
    return DocumentError(f"is nested deeper than {limits.DEPTH}", limits.DEPTH.remedy("make it flatter"))


def _short(err: Exception) -> str:
    text = str(err)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
