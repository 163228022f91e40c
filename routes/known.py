"""What a reader of a chosen day may see: nothing that was said after it, in no corner of a page or a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from routes.citations import issued_span
from routes.dates import parse
from routes.errors import DateError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES: Final = "|".join(_MONTHS)
_MENTION: Final = re.compile(
    rf"""
    (?:\b(?P<day>\d{{1,2}})\ )?                                  # 8 November 2022
    (?:\b(?P<name>{_NAMES})[a-z]*\.?(?:\ (?P<us>\d{{1,2}}))?,?\ )?  # November 8, 2022; November 2022
    \b(?P<year>(?:19|20)\d\d)                                   # 2022
    (?:-(?P<month>\d\d)(?:-(?P<date>\d\d))?\b)?                 # 2022-11, 2022-11-08
    """,
    re.IGNORECASE | re.VERBOSE,
)
# A semicolon joins halves that lean on each other, and a month cut short ends no sentence: "Nov. 11, 2022" is one date.
_SENTENCE: Final = re.compile(rf"(?<=[.!?])(?<!\b(?:{_NAMES})\.)(?<!\bsept\.)\s+", re.IGNORECASE)
_LEANING: Final = re.compile(r"(?:It|Its|They|Their|He|His|She|Her|These|Those|Both|Neither)\b")
"""How an English sentence begins that speaks of what the one before it named."""


NEVER: Final = "9999-12-31"
"""Day from which something is known that only shows when no day is chosen."""


def as_known(text: str | None, known: date | None) -> str | None:
    """Return a note without the sentences that mention a day, month or year after the chosen day.

    Notes of places, routes and layers have no date of their own, so what they say is judged by the dates they name. A
    sentence that begins with a pronoun, as in "It named no port", goes with the one before.

    Parameters
    ----------
    text
        The note, or None.
    known
        The chosen day; None keeps everything.
    """
    if not text or known is None:
        return text
    return " ".join(sentence for sentence, since in _sentences(text) if (since or "") <= known.isoformat()) or None


def dated(text: str | None, known: date | None = None) -> str | list[list[str | None]] | None:
    """Return a note for a reader who may choose any day up to `known`.

    Parameters
    ----------
    text
        The note, or None.
    known
        The last day that can be chosen; None keeps everything.

    Returns
    -------
    str, list or None
        Plain text if no sentence depends on the day, else pairs of sentence and the day (ISO 8601) from which
        `as_known` keeps it, None for always.
    """
    kept = as_known(text, known)
    if not kept:
        return None
    sentences = _sentences(kept)
    if not any(since for _, since in sentences):
        return kept
    return [[sentence, since] for sentence, since in sentences]


def _sentences(text: str) -> list[tuple[str, str | None]]:
    """Return the sentences of a note, each with the latest day that it names."""
    found: list[tuple[str, str | None]] = []
    for sentence in _SENTENCE.split(text):
        since = _latest_mention(sentence)
        if found and _LEANING.match(sentence):
            since = max(filter(None, (since, found[-1][1])), default=None)
        found.append((sentence, since))
    return found


def _latest_mention(sentence: str) -> str | None:
    """Return the latest first day of a day, month or year that a sentence names, in ISO 8601."""
    found = []
    for mention in _MENTION.finditer(sentence):
        name = mention["name"]
        month = int(mention["month"] or 0) or (_MONTHS.index(name[:3].lower()) + 1 if name else 1)
        day = int(mention["date"] or (name and (mention["us"] or mention["day"])) or 1)
        found.append(f"{int(mention['year']):04d}-{month:02d}-{day:02d}")
    return max(found, default=None)


def dated_as_known(text: str | None, known: date | None) -> str | None:
    """Return a text that begins with its date and a colon, or None if that date lies after the chosen day.

    A text without such a date is kept only when no day is chosen.
    """
    if not text or known is None:
        return text
    try:
        latest = parse(text.partition(":")[0].strip()).latest
    except DateError:
        return None
    return text if latest is not None and latest <= known else None


def text_since(text: str) -> str:
    """Return the day from which `dated_as_known` shows a text, in ISO 8601; `NEVER` if it has no date."""
    try:
        latest = parse(text.partition(":")[0].strip()).latest
    except DateError:
        return NEVER
    return latest.isoformat() if latest else NEVER


def source_since(source: Mapping[str, Any]) -> str | None:
    """Return the day from which `source_is_known` holds, in ISO 8601; None means always."""
    span = issued_span(source)
    return span.earliest.isoformat() if span and span.earliest else None


def measure_since(measure: Mapping[str, Any], sources: Mapping[str, Mapping[str, Any]]) -> str | None:
    """Return the day from which `measure_is_known` holds, in ISO 8601; None means always."""
    if measure["as_of"]:
        earliest = parse(measure["as_of"]).earliest
        return earliest.isoformat() if earliest else NEVER
    days = [day for name in measure["sources"] if name in sources and (day := source_since(sources[name]))]
    return max(days, default=None)


def source_is_known(source: Mapping[str, Any], known: date | None) -> bool:
    """Return whether a source can have been read on the chosen day; an undated one can."""
    span = issued_span(source)
    return known is None or span is None or span.earliest is None or span.earliest <= known


def measure_is_known(measure: Mapping[str, Any], sources: Mapping[str, Mapping[str, Any]], known: date | None) -> bool:
    """Return whether a published length was out on the chosen day; without any date it counts as out."""
    if known is None:
        return True
    if measure["as_of"]:
        earliest = parse(measure["as_of"]).earliest
        return earliest is not None and earliest <= known
    return all(source_is_known(sources[name], known) for name in measure["sources"] if name in sources)
