"""The fonts of a figure, found by rule, and a warning where one is missing."""

from __future__ import annotations

import warnings
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

BASE: Final = "DejaVu Sans"
"""Latin and Cyrillic; matplotlib brings it along."""
CJK: Final = {
    "ko": ("Noto Sans CJK KR", "Noto Sans KR", "NanumGothic"),
    "zh": ("Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Zen Hei"),
}
_ANY_CJK: Final = ("Noto Sans CJK KR", "Noto Sans CJK SC", "Noto Sans CJK JP", "NanumGothic", "WenQuanYi Zen Hei")
_REMEDY: Final = "install a font that has it, such as Debian's fonts-noto-cjk for Korean and Chinese"
STRETCH: Final = "condensed"
"""Names on a map are many; fonts without narrow letters are taken as they are."""


class MissingFontWarning(UserWarning):
    """No font on this machine has a character of the figure; a box stands for it."""


def families(texts: Iterable[str], language: str) -> list[str]:
    """Return the font families for some texts, best first, and warn of characters that none of them has.

    Parameters
    ----------
    texts
        Everything that will be written.
    language
        Decides between Korean and Chinese shapes of the same character.

    Returns
    -------
    list of str
        For Korean and Chinese their own font first, as its Latin letters suit it; else `BASE`, and a font of East Asia
        after it only if something needs it.

    Warns
    -----
    MissingFontWarning
        Once, with the first such characters.
    """
    letters = {letter for text in texts for letter in text if not letter.isspace()}
    wanted = CJK.get(language, ())
    found = [*[name for name in wanted if name in _installed()][:1], BASE]
    missing = letters - _letters(tuple(found), letters)
    for name in _ANY_CJK:
        if missing and name in _installed() and name not in found:
            has = _letters((name,), missing)
            if has:
                found.append(name)
                missing -= has
    if missing:
        first = "".join(sorted(missing)[:12])
        msg = f"no font on this machine has {first!r}, so boxes stand for {len(missing)} characters; {_REMEDY}"
        warnings.warn(msg, MissingFontWarning, stacklevel=2)
    return found


def has_cff(names: Iterable[str]) -> bool:
    """Return whether a family's letters are CFF outlines, which a PDF cannot carry as TrueType (type 42)."""
    return any(_file(name).lower().endswith((".otf", ".otc", ".ttc")) and "CFF " in _tables(name) for name in names)


def _installed() -> frozenset[str]:
    from matplotlib.font_manager import fontManager  # noqa: PLC0415 - only once a figure is drawn

    return frozenset(entry.name for entry in fontManager.ttflist)


def _font(name: str) -> Any:  # noqa: ANN401 - FT2Font
    from matplotlib.font_manager import FontProperties, fontManager, get_font  # noqa: PLC0415 - as above

    return get_font(fontManager.findfont(FontProperties(family=[name], stretch=STRETCH)))


@lru_cache(maxsize=16)
def _file(name: str) -> str:
    return str(_font(name).fname)


@lru_cache(maxsize=16)
def _tables(name: str) -> tuple[str, ...]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - comes with matplotlib

    with TTFont(_file(name), fontNumber=0, lazy=True) as font:
        return tuple(font.keys())


def _letters(names: tuple[str, ...], letters: set[str]) -> set[str]:
    """Return those of some letters that a font has."""
    fonts = [_font(name) for name in names]
    return {letter for letter in letters if any(font.get_char_index(ord(letter)) for font in fonts)}
