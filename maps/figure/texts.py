"""Text for the paper: without what could disguise it, in the reader's language, broken into lines."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from maps import assets
from maps.words import FALLBACK, word, words
from routes.dates import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

REPLACED: Final = "\ufffd"
"""Stands for each character that is not shown, so that a reader sees that something was there."""

_SPACE: Final = re.compile(r"[\t\n\v\f\r\u0085\u2028\u2029]+")
# control characters and halves of characters, and what turns the direction of writing or has no width
_UNSHOWN: Final = re.compile(
    r"[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)
_SECOND: Final = re.compile(r" \(|, | / | – ")
_WIDE: Final = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_NO_START: Final = "，。、；：）」』？！·,.;:)?!"


def clean(text: object) -> str:
    """Return a text as it may be drawn: line breaks as spaces, control and direction characters as `REPLACED`."""
    return _UNSHOWN.sub(REPLACED, _SPACE.sub(" ", str(text))).strip()


def when(text: str, language: str) -> str:
    """Return an EDTF date in words; a language that Waybill does not speak gets English."""
    return in_words(text, language if language in assets.LANGUAGES else FALLBACK)


@lru_cache(maxsize=1)
def _own() -> dict[str, dict[str, Any]]:
    text = (files("maps") / "figure" / "words.json").read_text(encoding="utf-8")
    return assets.merged_words({"figure.json": text})


def say(key: str, language: str, **values: object) -> str:
    """Return a text of the figures, which the page does not have; where it has the key, the page's own text."""
    spoken = _own().get(language, {}).get(key) or _own()[FALLBACK].get(key)
    if spoken is None:
        return word(key, language, **values)
    for name, value in values.items():
        spoken = spoken.replace(f"{{{name}}}", str(value))
    return str(spoken)


def has_word(key: str) -> bool:
    """Return whether the page has a text."""
    return key in words(FALLBACK)


def joined(parts: list[str], language: str) -> str:
    """Return names as a list in the way of a language."""
    return ("、" if language == "zh" else ", ").join(parts)


def name_of(row: Mapping[str, Any], language: str) -> str:
    """Return the name of a place or party in a language; the case's own where there is none."""
    return clean((row.get("names") or {}).get(language) or row.get("name") or row.get("title") or row["id"])


def short(text: str) -> str:
    """Return a name without its second spelling in brackets or after a slash."""
    return _SECOND.split(text, maxsplit=1)[0]


def figures(value: float, language: str) -> str:
    """Return a number, grouped as the language does."""
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"
    return text.replace(",", "\u202f").replace(".", ",") if language == "ru" else text


def two_lines(text: str) -> list[str]:
    """Return a long name on two lines, broken before a bracket or near the middle."""
    if len(text) < 15 or " " not in text:
        return [text]
    bracket = text.find(" (")
    spaces = [at for at, letter in enumerate(text) if letter == " "]
    cut = bracket if bracket > 0 else min(spaces, key=lambda at: abs(at - len(text) / 2))
    return [text[:cut], text[cut + 1 :]]


def _pieces(text: str) -> list[str]:
    """Return a text cut where a line may end: after spaces, and between the characters of Chinese and Korean."""
    found: list[str] = []
    for part in re.findall(r"\S+\s*", text):
        run = ""
        for letter in part:
            if run and _WIDE.match(letter) and letter not in _NO_START and not run.endswith(("（", "(", "「")):
                found.append(run)
                run = ""
            run += letter
        found.append(run)
    return found


def wrap(text: str, width: float, measure: Callable[[str], float], most: int = 99) -> list[str]:
    """Return a text as lines no wider than `width`.

    Parameters
    ----------
    text
        Clean text.
    width
        In the unit of `measure`.
    measure
        Gives the width of a text.
    most
        Lines at most; the last one then ends in an ellipsis.

    Raises
    ------
    None
        A word that is too wide is cut.
    """
    lines: list[str] = [""]
    pieces = _pieces(text)[::-1]
    while pieces:
        piece = pieces.pop()
        if measure((lines[-1] + piece).rstrip()) <= width:
            lines[-1] += piece
        elif lines[-1]:
            lines.append("")
            pieces.append(piece)
        else:
            fits = max((n for n in range(1, len(piece)) if measure(piece[:n]) <= width), default=1)
            lines[-1] = piece[:fits]
            if piece[fits:]:
                pieces.append(piece[fits:])
        if len(lines) > most:
            return [*(line.rstrip() for line in lines[: most - 1]), _cut(lines[most - 1], width, measure)]
    return [line.rstrip() for line in lines]


def _cut(line: str, width: float, measure: Callable[[str], float]) -> str:
    """Return a line that says it goes on."""
    while line and measure(line.rstrip() + "…") > width:
        line = line[:-1]
    return line.rstrip() + "…"
