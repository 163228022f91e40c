"""What was asked for, checked before anything is drawn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maps.figure import panels, sheet
from maps.figure.write import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

SIZE: Final = "170x110mm"
_SIZE: Final = re.compile(r"(\d{1,4}(?:\.\d{1,3})?) ?[x×] ?(\d{1,4}(?:\.\d{1,3})?) ?mm")
_MOST_DPI: Final = 1200
_MOST_PIXELS: Final = 200_000_000


def kind_of(path: Path) -> str:
    """Return the format that a file's ending names.

    Raises
    ------
    ValueError
        If it is none of svg, pdf and png.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        msg = f"{path.name!r}: a figure ends in .svg, .pdf or .png"
        raise ValueError(msg)
    return kind


def size_of(text: str) -> tuple[float, float]:
    """Return width and height in millimetres of `170x110mm`.

    Raises
    ------
    ValueError
        If the text is not such a size, or smaller or larger than a figure can be.
    """
    match = _SIZE.fullmatch(text.strip())
    if not match:
        msg = f"{text!r} is not a size; write width and height as 170x110mm"
        raise ValueError(msg)
    width, height = float(match[1]), float(match[2])
    least = sheet.LEAST_MM
    if width < least[0] or height < least[1] or max(width, height) > sheet.MOST_MM:
        msg = f"{text!r}: a figure is at least {least[0]:g}x{least[1]:g}mm and at most {sheet.MOST_MM:g} mm long"
        raise ValueError(msg)
    return width, height


def check_options(dpi: float, width: float, height: float, language: str | None, small_multiples: str | None) -> None:
    """Refuse what no figure can be.

    Raises
    ------
    ValueError
        If resolution, language or the kind of small multiples is none.
    """
    if not 30 <= dpi <= _MOST_DPI or width * height / 25.4**2 * dpi**2 > _MOST_PIXELS:
        msg = f"dpi: {dpi!r} gives no useful picture; choose 30 to {_MOST_DPI}, fewer for a large sheet"
        raise ValueError(msg)
    if language not in {None, "en", "ko", "ru", "zh"}:
        msg = f"language: {language!r} is not one of en, ko, ru, zh"
        raise ValueError(msg)
    if small_multiples not in {None, *panels.BY}:
        msg = f"small_multiples: {small_multiples!r} is neither 'year' nor 'party'"
        raise ValueError(msg)
