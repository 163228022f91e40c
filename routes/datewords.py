"""Dates as four languages say them, for labels; the page's `datewords.js` says the same (`tests/vectors/dates.json`).

The texts are taken to be dates that `routes.dates.parse` reads; `routes.dates.in_words` sees to that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_MONTHS_EN: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_RU: Final = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
_RU_OF: Final = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
# months of five letters and fewer are not cut; the cut ones read alike in every case
_RU_CUT: Final = (
    *("янв.", "февр.", "март", "апр.", "май", "июнь"),
    *("июль", "авг.", "сент.", "окт.", "нояб.", "дек."),
)
_RU_CUT_OF: Final = (
    *("янв.", "февр.", "марта", "апр.", "мая", "июня"),
    *("июля", "авг.", "сент.", "окт.", "нояб.", "дек."),
)
_DECADE: Final = re.compile(r"\d{3}X")
_PLAIN: Final = re.compile(r"\d{4}(-\d{2}){0,2}")
_OPEN: Final = frozenset({"", ".."})


@dataclass(frozen=True, slots=True)
class _Point:
    """A point in time as written; month and day are 0 where they are not known."""

    text: str
    doubt: str
    year: str
    month: int
    day: int

    @property
    def is_about(self) -> bool:
        return self.doubt in {"~", "%"}

    @property
    def is_unsure(self) -> bool:
        return self.doubt in {"?", "%"}

    @property
    def is_decade(self) -> bool:
        """Whether it is a year alone with an open last digit: `202X` is the 2020s."""
        return not self.month and bool(_DECADE.fullmatch(self.year))


@dataclass(frozen=True, slots=True)
class _Language:
    """How a language writes a point, the same after a preposition and in full, a doubtful one, and open ends."""

    point: Callable[[_Point], str]
    of: Callable[[_Point], str]
    full: Callable[[_Point], str]
    about: str
    unsure: str
    up_to: Callable[[_Point], str]
    since: Callable[[_Point], str]
    between: Callable[[_Point, _Point], str]

    def say(self, point: _Point) -> str:
        """Return a point with its doubt."""
        text = self.about.format(self.of(point)) if point.is_about else self.point(point)
        return self.unsure.format(text) if point.is_unsure else text


def words(text: str, language: str) -> str:
    """Return a date in words of one of `LANGUAGES`."""
    spoken = LANGUAGES[language]
    if "/" not in text:
        return spoken.say(_point(text))
    start, _, end = text.partition("/")
    if start in _OPEN:
        return spoken.up_to(_point(end))
    if end in _OPEN:
        return spoken.since(_point(start))
    return spoken.between(_point(start), _point(end))


def full(text: str, language: str) -> str:
    """Return a day, month or year with the month's whole name; any other date as `words` has it."""
    return LANGUAGES[language].full(_point(text)) if _PLAIN.fullmatch(text) else words(text, language)


def _point(text: str) -> _Point:
    doubt = text[-1] if text[-1] in "?~%" else ""
    year, month, day, *_ = [*text.removesuffix(doubt).split("-"), "", ""]
    return _Point(text, doubt, year, *(int(part) if part.isdigit() else 0 for part in (month, day)))


def _spaced(*parts: str | int) -> str:
    return " ".join(str(part) for part in parts if part)


def _shared(first: _Point, last: _Point) -> str:
    """Return how much two plain ends share: `all`, `month` (of days), `year` (of months and days) or nothing."""
    if first.doubt or last.doubt or first.year != last.year:
        return ""
    if (first.month, first.day) == (last.month, last.day):
        return "all"
    if first.day and last.day and first.month == last.month:
        return "month"
    return "year" if first.month and last.month else ""


def _are_years(*points: _Point) -> bool:
    return all(not point.month and not point.doubt and point.year.isdigit() for point in points)


def _open_ends(language: str, up_to: str, since: str) -> tuple[Callable[[_Point], str], Callable[[_Point], str]]:
    """Return how a language says open ends that take a point as it stands."""
    return (
        lambda point: up_to.format(LANGUAGES[language].say(point)),
        lambda point: since.format(LANGUAGES[language].say(point)),
    )


def _english(point: _Point) -> str:
    return _spaced(point.day, point.month and _MONTHS_EN[point.month - 1][:3], point.year)


def _english_in_full(point: _Point) -> str:
    return _spaced(point.day, point.month and _MONTHS_EN[point.month - 1], point.year)


def _between_english(start: _Point, end: _Point) -> str:
    """Leave out of the first end what the last one says as well: `7 Sep – 1 Oct 2023`, `1–3 Nov 2022`."""
    first, last, common = LANGUAGES["en"].say(start), LANGUAGES["en"].say(end), _shared(start, end)
    if common == "all":
        return last
    if common == "month":
        return f"{start.day}–{last}"
    return f"{_english(replace(start, year='')) if common == 'year' else first} – {last}"


def _korean(point: _Point) -> str:
    if point.is_decade:
        return f"{point.year[:3]}0년대"
    return _spaced(f"{point.year}년", point.month and f"{point.month}월", point.day and f"{point.day}일")


def _between_korean(start: _Point, end: _Point) -> str:
    first, last, common = LANGUAGES["ko"].say(start), LANGUAGES["ko"].say(end), _shared(start, end)
    if common == "all":
        return first
    if common == "month":
        return f"{start.year}년 {start.month}월 {start.day}~{end.day}일"
    if common == "year" and not start.day and not end.day:
        return f"{start.year}년 {start.month}~{end.month}월"
    if common == "year":
        return f"{first}~{_spaced(f'{end.month}월', end.day and f'{end.day}일')}"
    return f"{start.year}~{end.year}년" if _are_years(start, end) else f"{first}~{last}"


def _russian(point: _Point) -> str:
    return _russian_with(point, _RU_CUT_OF if point.day else _RU_CUT, "0-е")


def _russian_of(point: _Point) -> str:
    """After "около", "с", "до" and "не позднее" the genitive stands."""
    return _russian_with(point, _RU_CUT_OF, "0-х")


def _russian_in_full(point: _Point) -> str:
    return _russian_with(point, _RU_OF if point.day else _RU, "0-е")


def _russian_with(point: _Point, months: tuple[str, ...], decade: str) -> str:
    if point.is_decade:
        return f"{point.year[:3]}{decade}\u00a0гг."
    return _spaced(point.day, point.month and months[point.month - 1], point.year) + "\u00a0г."


def _russian_open(point: _Point, preposition: str) -> str:
    """Return an open end; "с около" is no Russian, so "примерно" says it in front."""
    text = f"{'примерно ' if point.is_about else ''}{preposition} {_russian_of(point)}"
    return LANGUAGES["ru"].unsure.format(text) if point.is_unsure else text


def _russian_up_to(point: _Point) -> str:
    return _russian_open(point, "до" if point.is_about else "не позднее")


def _russian_since(point: _Point) -> str:
    return _russian_open(point, "со" if point.day == 2 else "с")  # "со второго" is the one day that takes "со"


def _between_russian(start: _Point, end: _Point) -> str:
    first, last, common = LANGUAGES["ru"].say(start), LANGUAGES["ru"].say(end), _shared(start, end)
    if common == "all":
        return first
    if common == "month":
        return f"{start.day}–{last}"
    if common == "year":
        return f"{_spaced(start.day, (_RU_CUT_OF if start.day else _RU_CUT)[start.month - 1])} – {last}"
    return f"{start.year}–{end.year}\u00a0гг." if _are_years(start, end) else f"{first} – {last}"


def _chinese(point: _Point) -> str:
    if point.is_decade:
        return f"{point.year[:3]}0年代"
    return f"{point.year}年" + _chinese_in_year(point)


def _chinese_in_year(point: _Point) -> str:
    return (f"{point.month}月" if point.month else "") + (f"{point.day}日" if point.day else "")


def _between_chinese(start: _Point, end: _Point) -> str:
    first, last, common = LANGUAGES["zh"].say(start), LANGUAGES["zh"].say(end), _shared(start, end)
    if common == "all":
        return first
    short = {"month": f"{end.day}日", "year": _chinese_in_year(end)}
    return f"{first}至{short.get(common, last)}"


LANGUAGES: Final[dict[str, _Language]] = {
    "en": _Language(
        *(_english, _english, _english_in_full),
        *("about {}", "{} (uncertain)"),
        *_open_ends("en", "up to {}", "from {}"),
        _between_english,
    ),
    "ko": _Language(
        *(_korean, _korean, _korean),
        *("{}경", "{}(불확실)"),
        *_open_ends("ko", "{}까지", "{}부터"),
        _between_korean,
    ),
    "ru": _Language(
        *(_russian, _russian_of, _russian_in_full),
        *("около {}", "{} (под вопросом)"),
        *(_russian_up_to, _russian_since),
        _between_russian,
    ),
    "zh": _Language(
        *(_chinese, _chinese, _chinese),
        *("{}前后", "{}（存疑）"),
        *_open_ends("zh", "截至{}", "自{}起"),
        _between_chinese,
    ),
}
"""How each language that the page speaks says dates."""
