"""How the values of a state are written: the rules of `maps/static/state.js`, and notes on what breaks them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from routes import dates
from routes.errors import DateError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

VERSION: Final = "1"
LANGUAGES: Final = ("en", "ko", "ru", "zh")
EVERYTHING: Final = "all"
"""As `known`: everything on record. As `start` or `end`: no limit. Unlike a missing key, whatever the case says."""

MAX_CHARACTERS: Final = 8192
MAX_SLUGS: Final = 500
_MAX_NOTES: Final = 20
_MAX_SHOWN: Final = 60
_MAX_ZOOM: Final = 24.0
_MAX_LAT: Final = 90.0
_MAX_LON: Final = 360.0  # lines over the antimeridian are drawn beyond 180
FINEST: Final = 5  # decimals of a degree: about a metre

FIELDS: Final = {
    "v": "", "z": "zoom", "c": "centre", "on": "on", "known": "known", "from": "start", "to": "end", "by": "by",
    "sel": "selected", "lang": "language",
}  # fmt: skip
LISTS: Final = ("on", "by")
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
_ZOOM: Final = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,10})?")
_POINT: Final = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]{1,10})?),(-?[0-9]{1,3}(?:\.[0-9]{1,10})?)")
_DATE: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_BROKEN_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
# control characters, and those that turn the direction of writing: a note must not be able to disguise itself
_UNPRINTABLE: Final = re.compile(
    r"[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
# what JavaScript's trim() takes away, which is not what strip() does
SPACE: Final = (
    "\t\n\v\f\r \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000\ufeff"
)

_WHY: Final = {
    "too-long": f"the state is longer than {MAX_CHARACTERS} characters and was ignored",
    "unknown-key": "there is no key {key!r}",
    "repeated": "{key!r} comes twice; its value {value!r} gives way to the last one",
    "bad-escape": "{key}={value!r} holds a broken % escape",
    "bad-value": "{key}={value!r} is not understood",
    "too-many": f"{{key}} lists {{value}} names, of which the first {MAX_SLUGS} are read",
    "version": "v={value!r} is not version 1; what is understood is used",
    "backwards": "the window {value!r} ends before it begins",
    "more": "more was ignored",
}


@dataclass(frozen=True, slots=True)
class Note:
    """What of a state was ignored.

    Attributes
    ----------
    key, value
        What stood there, shortened and without control characters; empty where it is the whole text.
    why
        `too-long`, `unknown-key`, `repeated`, `bad-escape`, `bad-value`, `too-many`, `version`, `backwards` or `more`.
    """

    key: str
    value: str
    why: str

    def __str__(self) -> str:
        return _WHY[self.why].format(key=self.key, value=self.value)


class Notes:
    """Collects notes up to a number that a person can read."""

    def __init__(self) -> None:
        self.found: list[Note] = []

    def add(self, key: str, value: str, why: str) -> None:
        """Take a note, or say once that there would be more."""
        if len(self.found) < _MAX_NOTES:
            self.found.append(Note(_shown(key), _shown(value), why))
        elif len(self.found) == _MAX_NOTES:
            self.found.append(Note("", "", "more"))


def split(text: str, notes: Notes) -> dict[str, str]:
    """Return the raw values by key; a key that comes twice takes the last."""
    values: dict[str, str] = {}
    for part in text.removeprefix("#").split("&"):
        key, equals, value = part.partition("=")
        if not part:
            continue
        if key not in FIELDS:
            notes.add(key, value, "unknown-key")
        elif not equals:
            notes.add(key, "", "bad-value")
        else:
            if key in values:
                notes.add(key, values[key], "repeated")
            values[key] = value
    return values


def read(values: dict[str, str], notes: Notes) -> Iterable[tuple[str, object]]:
    """Yield the fields that the values stand for, None for what cannot be read."""
    for key, name in FIELDS.items():
        if key not in values:
            continue
        text = _unescaped(values[key])
        if text is None:
            notes.add(key, values[key], "bad-escape")
        elif key == "v":
            if text != VERSION:
                notes.add(key, text, "version")
        elif key in LISTS:
            yield name, _slugs(key, text, notes)
        else:
            value = _value(key, text)
            if value is None:
                notes.add(key, text, "bad-value")
            yield name, value


def _value(key: str, text: str) -> object:
    if key == "z":
        return float(text) if _ZOOM.fullmatch(text) and float(text) <= _MAX_ZOOM else None
    if key == "c":
        match = _POINT.fullmatch(text)
        centre = (float(match[1]) + 0.0, float(match[2]) + 0.0) if match else None  # + 0.0: no minus zero
        return centre if centre and _is_centre(centre) else None
    return text if CHECKS[FIELDS[key]](text) else None


def _unescaped(text: str) -> str | None:
    """Return a text without its % escapes, or None if one is broken."""
    if _BROKEN_ESCAPE.search(text):
        return None
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return None


def _slugs(key: str, text: str, notes: Notes) -> tuple[str, ...] | None:
    """Return slugs in their order, each once; a list of which nothing can be read counts as missing, not as empty."""
    items = [item for item in text.split(",") if item]
    if len(items) > MAX_SLUGS:
        notes.add(key, str(len(items)), "too-many")
    kept = items[:MAX_SLUGS]
    for item in kept:
        if not _is_slug(item):
            notes.add(key, item, "bad-value")
    good = tuple(dict.fromkeys(item for item in kept if _is_slug(item)))
    return good if good or not kept else None


def _is_number(value: object, least: float, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most


def _is_centre(value: object) -> bool:
    if not isinstance(value, tuple) or len(value) != len(("lat", "lon")):
        return False
    lat, lon = value
    return _is_number(lat, -_MAX_LAT, _MAX_LAT) and _is_number(lon, -_MAX_LON, _MAX_LON)


def _is_slug(value: object) -> bool:
    return isinstance(value, str) and _SLUG.fullmatch(value) is not None


def _is_list(value: object) -> bool:
    return isinstance(value, tuple) and len(value) <= MAX_SLUGS and all(map(_is_slug, value))


def _is_date(value: object) -> bool:
    return isinstance(value, str) and (value == EVERYTHING or any(days(value)))


def days(text: str | None) -> tuple[date | None, date | None]:
    """Return the first and last day that `2024`, `2024-02` or `2024-02-29` can mean; nothing for anything else."""
    if text is None or not _DATE.fullmatch(text):
        return None, None
    try:
        span = dates.parse(text)
    except DateError:
        return None, None
    return span.earliest, span.latest


def is_backwards(start: object, end: object) -> bool:
    """Return whether a window ends before it begins."""
    if not isinstance(start, str) or not isinstance(end, str):
        return False
    first, last = days(start)[0], days(end)[1]
    return first is not None and last is not None and first > last


CHECKS: Final = {
    "zoom": lambda value: _is_number(value, 0.0, _MAX_ZOOM),
    "centre": _is_centre,
    "on": _is_list,
    "known": _is_date,
    "start": _is_date,
    "end": _is_date,
    "by": _is_list,
    "selected": _is_slug,
    "language": LANGUAGES.__contains__,
}
_DATE_REMEDY: Final = "write 2024, 2024-02, 2024-02-29 or all"
_LIST_REMEDY: Final = f"give a tuple of at most {MAX_SLUGS} ids such as 'rail-link'"
REMEDIES: Final = {
    "zoom": "give a number from 0 to 24",
    "centre": "give (latitude, longitude) in degrees",
    "on": _LIST_REMEDY,
    "known": _DATE_REMEDY,
    "start": _DATE_REMEDY,
    "end": _DATE_REMEDY,
    "by": _LIST_REMEDY,
    "selected": "give an id such as 'e22'",
    "language": f"choose one of {', '.join(LANGUAGES)}",
}


def _round(value: float, digits: int) -> float:
    """Round half up on the scaled number, which unlike `round` is the same in both languages."""
    scale: int = 10**digits
    return math.floor(value * scale + 0.5) / scale


def plain(value: float, digits: int) -> str:
    """Return a number with at most so many decimals and no needless zeros."""
    text = f"{_round(value, digits):.{digits}f}"
    return text.rstrip("0").rstrip(".") if digits else text


def centre_text(centre: tuple[float, float], zoom: float | None) -> str:
    """Return latitude and longitude with as many decimals as a pixel of that zoom needs."""
    # 0.301 is log10(2), one more for the 256 pixels of a tile
    digits = FINEST if zoom is None else min(FINEST, 1 + math.floor(_round(zoom, 2) * 0.301))
    return ",".join(plain(part, digits) for part in centre)


def zoom_text(zoom: float) -> str:
    """Return a zoom level with one or two decimals."""
    text = plain(zoom, 2)
    return text if "." in text else f"{text}.0"


def joined(slugs: Sequence[str] | None) -> str | None:
    """Return names as a list, each once; None stays None."""
    return None if slugs is None else ",".join(dict.fromkeys(slugs))


def _shown(value: str) -> str:
    """Return what a note quotes: short, and with nothing that could disguise it."""
    cut = value if len(value) <= _MAX_SHOWN else f"{value[:_MAX_SHOWN]}…"
    return _UNPRINTABLE.sub("\ufffd", cut)
