"""A figure as bytes: the same figure gives the same bytes, and its text can be searched in every format."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape, quoteattr

from maps.figure.canvas import PT_PER_MM
from maps.figure.fonts import has_cff
from maps.version import GENERATOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maps.figure.canvas import Canvas
    from maps.figure.caption import Texts

FORMATS: Final = ("svg", "pdf", "png")
TYPE_42, TYPE_3 = 42, 3
_OPEN: Final = re.compile(r"<svg\b[^>]*>")


def settings(families: Sequence[str]) -> dict[str, Any]:
    """Return matplotlib's settings for a figure.

    In SVG letters are outlines, so that they are right wherever it is opened. In PDF fonts are embedded, only the
    letters used: as TrueType (type 42), or, where a font has CFF outlines as Noto's East Asian ones, as type 3, which
    every reader shows; matplotlib would put them into the file as a TrueType font, which they are not.
    """
    return {
        "svg.hashsalt": "waybill",
        "svg.fonttype": "path",
        "svg.id": None,
        "pdf.fonttype": TYPE_3 if has_cff(families) else TYPE_42,
        "pdf.compression": 6,
        "font.family": list(families),
        "lines.scale_dashes": False,
        "path.simplify": False,
        "text.hinting": "none",  # letters keep the widths by which the sheet was laid out
        "text.parse_math": False,
        "text.usetex": False,
    }


def to_bytes(canvas: Canvas, kind: str, *, dpi: float, texts: Texts, language: str) -> bytes:
    """Return the figure as a file's content.

    Parameters
    ----------
    canvas
        The drawn sheet.
    kind
        `svg`, `pdf` or `png`.
    dpi
        Dots an inch, for PNG.
    texts, language
        For title and description in the file.

    Raises
    ------
    None
        A drawn sheet can be written.
    """
    file = io.BytesIO()
    if kind == "svg":
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        canvas.figure.savefig(file, format="svg", metadata=nothing)
        return _finished(file.getvalue().decode("utf-8"), canvas, texts, language).encode("utf-8")
    if kind == "pdf":
        about = {
            "Title": texts.title,
            "Subject": texts.alt,
            "Creator": GENERATOR,
            "Producer": GENERATOR,
            "CreationDate": None,
        }
        canvas.figure.savefig(file, format="pdf", metadata=about)
        return file.getvalue()
    pixels = [round(side / 25.4 * dpi) for side in (canvas.width, canvas.height)]
    # half a thousandth more, as matplotlib cuts off what is left of a pixel
    canvas.figure.set_size_inches((pixels[0] + 0.0005) / dpi, (pixels[1] + 0.0005) / dpi)
    about = {"Title": texts.title, "Description": texts.alt, "Software": GENERATOR}
    canvas.figure.savefig(file, format="png", dpi=dpi, metadata=about)
    canvas.figure.set_size_inches(canvas.width / 25.4, canvas.height / 25.4)
    return file.getvalue()


def _finished(svg: str, canvas: Canvas, texts: Texts, language: str) -> str:
    """Return the SVG with its size in millimetres, title, description, and its words as text that can be found."""
    opening = _OPEN.search(svg)
    assert opening  # noqa: S101 - matplotlib writes one
    tag = re.sub(r'\b(width|height)="[^"]*"', lambda m: f'{m[1]}="{getattr(canvas, m[1]):g}mm"', opening[0])
    tag = tag[:-1] + f' role="img" aria-labelledby="wb-title wb-desc" xml:lang={quoteattr(language)}>'
    about = f'\n <title id="wb-title">{escape(texts.title)}</title>\n <desc id="wb-desc">{escape(texts.alt)}</desc>'
    body = svg[opening.end() :]
    end = body.rindex("</svg>")
    # matplotlib leaves each text in a comment above its outlines
    body = re.sub(r"<!--.*?-->\n?\s*", "", body[:end], flags=re.DOTALL)
    return f"{svg[: opening.start()]}{tag}{about}{body}{_findable(canvas)}</svg>\n"


def _findable(canvas: Canvas) -> str:
    """Return the words once more as text without ink, over their outlines: to search, to select, to copy."""
    lines = [' <g fill="none" stroke="none" font-family="sans-serif" aria-hidden="true">']
    for one in canvas.written:
        if not one.text:
            continue
        x = one.box.x * PT_PER_MM
        y = (canvas.height - one.box.y - one.box.h / 2) * PT_PER_MM + 0.36 * one.size
        length = one.box.w * PT_PER_MM
        lines.append(
            f'  <text x="{x:.2f}" y="{y:.2f}" font-size="{one.size:.2f}" textLength="{max(length, 0.01):.2f}" '
            f'lengthAdjust="spacingAndGlyphs">{escape(one.text)}</text>'
        )
    return "\n".join([*lines, " </g>", ""])
