"""Citations as plain text, formatted from CSL-JSON: who published what, where, when.

A small fixed style for reports (publisher first, because the argument turns on who says so) rather than a full CSL
processor: `citeproc-py` needs a style file and 0.4 s for what is one line here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from routes.checking.sources import is_link
from routes.dates import in_words, parse
from routes.errors import DateError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from routes.dates import Span


DESCRIPTIVE: Final = "descriptive title"
"""How the note of a source begins whose title is our words and not its headline."""


def citation(source: Mapping[str, Any]) -> str:
    """Return a CSL-JSON item as one line: authors or publisher, title, container, date.

    Examples
    --------
    >>> issued = {"date-parts": [[2022, 11, 2]]}
    >>> citation({"publisher": "Example Press", "title": "A train", "issued": issued})
    'Example Press, “A train”, 2 Nov 2022'
    """
    authors = ", ".join(filter(None, map(_name, _list(source.get("author")))))
    publisher, container = _text(source.get("publisher")), _text(source.get("container-title"))
    title = _text(source.get("title"))
    when = issued(source)
    parts = [
        authors,
        publisher,
        _titled(title, _text(source.get("note"))),
        f"in {container}" if container and container != publisher else "",
        in_words(when) if when else "undated",
    ]
    return ", ".join(part for part in parts if part)


def _titled(title: str, note: str) -> str:
    """Return a title in quotation marks, or in brackets where it describes the source instead of naming it."""
    if not title:
        return ""
    return f"[{title}]" if note.startswith(DESCRIPTIVE) else f"“{title}”"


def issued(source: Mapping[str, Any]) -> str | None:
    """Return when a source was published as EDTF, or None if it does not say so in a form that can be read."""
    value = source.get("issued")
    if not isinstance(value, dict):
        return None
    try:
        first, *rest = [_edtf(part) for part in _list(value.get("date-parts"))]
        text = f"{first}/{rest[0]}" if rest else first
        parse(text)
    except (ValueError, TypeError, OverflowError, DateError):
        return None
    return text


def issued_span(source: Mapping[str, Any]) -> Span | None:
    """Return the days on which a source can have been published, or None if it is undated."""
    text = issued(source)
    return parse(text) if text else None


def source_note(source: Mapping[str, Any]) -> str | None:
    """Return what a reader should know of the copy (syndicated, mirror, translated), without the word on its title."""
    parts = [part.strip() for part in _text(source.get("note")).split(";")]
    return "; ".join(part for part in parts if part and not part.startswith(DESCRIPTIVE)) or None


def links(source: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return the link of a source and that of its archived copy, None where there is none that can be followed."""
    url, archived = source.get("URL") or source.get("DOI"), source.get("archived")
    return (_link(url), _link(archived))


def _link(value: object) -> str | None:
    if not isinstance(value, str) or not is_link(value):
        return None
    return value if value.lower().startswith("http") else f"https://doi.org/{value.removeprefix('doi:')}"


def _edtf(part: object) -> str:
    year, *rest = [int(number) for number in _list(part)]
    return "-".join([f"{year:04d}", *(f"{number:02d}" for number in rest)])


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _name(author: object) -> str:
    if not isinstance(author, dict):
        return ""
    return _text(author.get("literal")) or " ".join(
        filter(None, (_text(author.get("given")), _text(author.get("family"))))
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
