"""Lines as they come out of a file, whatever its format, and what makes their points and texts sound."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from routes import limits
from routes.errors import ExchangeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Point = tuple[float, float]
    Part = tuple[Point, ...]

MAX_OWN_COLUMNS: Final = 40
"""What lines say under more names than this does not become columns of the case."""
NAME_KEYS: Final = ("title", "name", "label", "id")
NOTE_KEYS: Final = ("note", "description", "desc", "cmt")
_MOST_WORDS: Final = 8  # kinds of what was left out that are named
_LON_HIGH: Final = 540.0  # lines that pass 180 are read as routes.geometry.drawn_line reads them
_SAME_DEG: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file.

    Attributes
    ----------
    name, note, mode
        What the file calls it, says of it, and by what means; "" where it does not say.
    parts
        Its pieces in order, each a row of (lon, lat) in degrees, at least two points.
    attributes
        All else that the file says of it.
    """

    name: str
    parts: tuple[Part, ...]
    note: str = ""
    mode: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Drawings:
    """The lines of a file, and a count of what was left out, by the word for it.

    Parameters
    ----------
    file
        Name of the file, for messages.
    """

    file: str
    lines: list[Line] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)
    points: int = 0
    own: set[str] = field(default_factory=set)

    def add(self, parts: Iterable[Sequence[Point]], texts: Mapping[str, str]) -> None:
        """Add a line; parts without length are left out, and so is a line that has no other.

        Parameters
        ----------
        parts
            Its pieces, as checked by `point`.
        texts
            What the file says of it, by key.

        Raises
        ------
        ExchangeError
            If the file holds more lines or points than a case can.
        """
        kept = [drawn for part in _joined(parts) if len(drawn := _without_repeats(part)) > 1]
        if not kept:
            self.ignored["lines without length"] += 1
            return
        self.points += sum(map(len, kept))
        for limit, count in ((limits.LINES, len(self.lines) + 1), (limits.POINTS, self.points)):
            if count > limit.value:
                remedy = limit.remedy("keep only the lines that are needed, or simplify them")
                raise ExchangeError(self.file, f"holds more than {limit}", remedy)
        rest = {clean(key, one_line=True): clean(text) for key, text in texts.items() if text}
        name, note = _taken(rest, NAME_KEYS), _taken(rest, NOTE_KEYS)
        mode = rest.pop("mode", "")
        rest.pop("", None)
        rest = {key: text for key, text in rest.items() if self._is_own(key)}
        self.lines.append(Line(clean(name, one_line=True), tuple(kept), note, mode, rest))

    def _is_own(self, key: str) -> bool:
        """Return whether a name is one of the first that lines of the file say something under."""
        if len(self.own) < MAX_OWN_COLUMNS:
            self.own.add(key)
        elif key not in self.own:
            self.ignored[f"texts under more than {MAX_OWN_COLUMNS} names"] += 1
        return key in self.own

    def ignored_in_words(self) -> str:
        """Return what was left out, such as `3 points and 1 polygons`; "" if nothing was."""
        words = [f"{count} {what}" for what, count in self.ignored.most_common(_MOST_WORDS)]
        more = ["more"] if len(self.ignored) > _MOST_WORDS else []
        return " and ".join([*words, *more])


def point(file: str, where: str, lon: object, lat: object) -> Point:
    """Return a point in degrees.

    Raises
    ------
    ExchangeError
        If it is not two numbers in the bounds of WGS 84.
    """
    try:
        x, y = float(lon), float(lat)  # type: ignore[arg-type]  # whatever is no number raises
    except (TypeError, ValueError, OverflowError):
        x = y = math.nan
    if isinstance(lon, bool) or isinstance(lat, bool):
        x = math.nan
    if -180.0 <= x <= _LON_HIGH and -90.0 <= y <= 90.0:
        return (x, y)
    value = f"{lon} {lat}"
    if -90.0 <= x <= 90.0 and -180.0 <= y <= 180.0:
        problem, remedy = "longitude and latitude look swapped", "write longitude first"
    else:
        problem, remedy = "is no point in degrees", "give lon and lat in degrees on WGS 84 (EPSG:4326), longitude first"
    raise ExchangeError(file, problem, remedy, where=where, value=value)


def clean(text: str, *, one_line: bool = False) -> str:
    """Return a text without control characters and half characters, which the files of a case cannot hold.

    Parameters
    ----------
    one_line
        Whether line breaks become spaces too.
    """
    kept = "" if one_line else "\n\t"
    whole = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n")
    spaced = "".join(one if one in kept or (one >= " " and one != "\x7f") else " " for one in whole)
    return (" ".join(spaced.split()) if one_line else spaced).strip()


def _taken(texts: dict[str, str], keys: Sequence[str]) -> str:
    """Return the first of some keys that says something, in whatever case it is written, and take it out."""
    for wanted in keys:
        for key, text in texts.items():
            if key.lower() == wanted and text:
                return texts.pop(key)
    return ""


def _joined(parts: Iterable[Sequence[Point]]) -> list[list[Point]]:
    """Return the parts of a line; two that a file split at the antimeridian are one again."""
    joined: list[list[Point]] = []
    for part in parts:
        if joined and part and joined[-1] and _meets(joined[-1][-1], part[0]):
            joined[-1] += part[1:]
        else:
            joined.append(list(part))
    return joined


def _meets(end: Point, start: Point) -> bool:
    """Return whether two points are one place on the antimeridian, written once from the east, once from the west."""
    on_it = abs(abs(end[0]) - 180.0) < _SAME_DEG and abs(abs(start[0]) - 180.0) < _SAME_DEG
    return on_it and end[0] * start[0] < 0 and abs(end[1] - start[1]) < _SAME_DEG


def _without_repeats(part: Sequence[Point]) -> Part:
    kept: list[Point] = []
    for at in part:
        if not kept or at != kept[-1]:
            kept.append(at)
    return tuple(kept)
