"""Dates as EDTF (ISO 8601-2, levels 0 and 1 without seasons and long years): when something can have been.

The text stays the truth; this module only says which days it can mean. A published parser exists (`edtf` on PyPI);
it takes 2-12 ms a date and raises on open intervals asked for their strict bounds, so a case of 400 dates would cost
more than the rest of its map. The tests hold this module against it wherever both have an answer.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from routes import datewords
from routes.errors import DateError
from routes.findings import shortened

_POINT = re.compile(r"(?P<year>\d{2}(?:\d{2}|\dX|XX))(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?(?P<doubt>[?~%]?)")
_REMEDY = "write an EDTF date such as 2022-11-02, 2022-11, 2023-08~, 2023-09-07/2023-10-01 or 2023-08/.."


@dataclass(frozen=True, slots=True)
class Span:
    """The days that an EDTF text can mean.

    Attributes
    ----------
    earliest, latest
        First and last day, both included; None where the interval is open or unknown on that side.
    approximate, uncertain
        Whether a part carries `~` (or `%`) or `?` (or `%`). Neither widens the span.
    precision
        `day`, `month`, `year` or `interval`.
    """

    earliest: date | None
    latest: date | None
    approximate: bool
    uncertain: bool
    precision: str

    def overlaps(self, start: date | None, end: date | None) -> bool:
        """Return whether any day of the span lies in the window; None is open."""
        begins_in_time = end is None or self.earliest is None or self.earliest <= end
        ends_in_time = start is None or self.latest is None or self.latest >= start
        return begins_in_time and ends_in_time


@lru_cache(maxsize=4096)
def parse(text: str) -> Span:
    """Return the days that an EDTF text can mean.

    Parameters
    ----------
    text
        A day, month or year, with `X` for unspecified digits and `?`, `~` or `%` behind it, or an interval of two
        of these, where `..` is an open and nothing an unknown end.

    Raises
    ------
    DateError
        If the text is not such a date, names a day that no calendar has, or ends before it begins.

    Examples
    --------
    >>> parse("2023-08~").latest
    datetime.date(2023, 8, 31)
    >>> parse("../2022-11-02").earliest is None
    True
    """
    return _interval(text) if "/" in text else _point(text, text)


def _interval(text: str) -> Span:
    """Return the span of two points, or of one and an open or unknown end."""
    start_text, _, end_text = text.partition("/")
    if start_text in {"", ".."} and end_text in {"", ".."}:
        msg = f"{shortened(text)!r} names no day at all; {_REMEDY}"
        raise DateError(msg)
    start = None if start_text in {"", ".."} else _point(start_text, text)
    end = None if end_text in {"", ".."} else _point(end_text, text)
    if start and end and start.earliest and end.latest and start.earliest > end.latest:
        msg = f"{shortened(text)!r} ends before it begins; put the earlier date first"
        raise DateError(msg)
    ends = [point for point in (start, end) if point]
    return Span(
        earliest=start.earliest if start else None,
        latest=end.latest if end else None,
        approximate=any(point.approximate for point in ends),
        uncertain=any(point.uncertain for point in ends),
        precision="interval",
    )


def _point(text: str, whole: str) -> Span:
    """Return the span of a day, month or year; `whole` is what the message quotes."""
    match = _POINT.fullmatch(text) if text.isascii() else None
    if match is None:
        msg = f"{shortened(whole)!r} is not a date that Waybill reads; {_REMEDY}"
        raise DateError(msg)
    year, month, day = match["year"], match["month"], match["day"]
    if int(year.replace("X", "9")) == 0 or (int(year.replace("X", "0")) == 0 and "X" in year):
        msg = f"{shortened(whole)!r} lies before the year 1; {_REMEDY}"
        raise DateError(msg)
    if day and month == "XX" and day != "XX":
        msg = f"{shortened(whole)!r} gives a day of an unspecified month; {_REMEDY}"
        raise DateError(msg)
    try:
        earliest, latest = _bounds(year, month, day)
    except ValueError as err:
        msg = f"{shortened(whole)!r} is on no calendar; {_REMEDY}"
        raise DateError(msg) from err
    doubt = match["doubt"]
    known_day = day not in {None, "XX"}
    known_month = month not in {None, "XX"}
    return Span(
        earliest=earliest,
        latest=latest,
        approximate=doubt in {"~", "%"},
        uncertain=doubt in {"?", "%"},
        precision="day" if known_day else "month" if known_month else "year",
    )


def _bounds(year: str, month: str | None, day: str | None) -> tuple[date, date]:
    """Return the first and the last day of a point in time whose unknown digits are X; ValueError if there is none."""
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if month is None or month == "XX":
        return date(first_year, 1, 1), date(last_year, 12, 31)
    number = int(month)
    if day is None or day == "XX":
        return date(first_year, number, 1), date(last_year, number, calendar.monthrange(last_year, number)[1])
    return date(first_year, number, int(day)), date(last_year, number, int(day))


def in_words(text: str, language: str = "en") -> str:
    """Return an EDTF text in words, for labels: `2023-09-07/2023-10-01` is `7 Sep – 1 Oct 2023`.

    Parameters
    ----------
    text
        A date that `parse` reads.
    language
        `en`, `ko`, `ru` or `zh`.

    Raises
    ------
    DateError
        If the text is not a date that `parse` reads.
    ValueError
        If the language is another.

    Examples
    --------
    >>> in_words("2022-11-18/2022-11-19", "zh")
    '2022年11月18日至19日'
    """
    return datewords.words(_checked(text, language), language)


def day_in_words(day: str, language: str = "en") -> str:
    """Return a day, month or year with the month's whole name: `2022-11-02` is `2 November 2022`.

    Parameters
    ----------
    day
        A date that `parse` reads; one with doubts, and an interval, comes as `in_words` has it.
    language
        `en`, `ko`, `ru` or `zh`.

    Raises
    ------
    DateError
        If the text is not a date that `parse` reads.
    ValueError
        If the language is another.
    """
    return datewords.full(_checked(day, language), language)


def _checked(text: str, language: str) -> str:
    if language not in datewords.LANGUAGES:
        msg = f"no words for dates in {language!r}; choose one of {', '.join(datewords.LANGUAGES)}"
        raise ValueError(msg)
    parse(text)
    return text
