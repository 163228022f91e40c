"""The paper: a matplotlib figure on which everything is placed in millimetres from the lower left corner."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from maps.figure import texts
from maps.figure.fonts import STRETCH
from maps.figure.frame import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Points = NDArray[np.float64]

PT_PER_MM: Final = 72 / 25.4
LINE_HEIGHT: Final = 1.22
_DOT_MM: Final = 0.003  # a stroke of no length is drawn by no backend alike


@dataclass(frozen=True, slots=True)
class Ink:
    """How a text looks. `size` in points; `halo` in millimetres."""

    size: float
    colour: str = "#1d2126"
    bold: bool = False
    italic: bool = False
    halo: float = 0.0
    halo_colour: str = "#f6f3ec"


@dataclass(frozen=True, slots=True)
class Written:
    """A line of text that stands on the paper: what, where, and as what (`label`, `title`, `legend` ...)."""

    text: str
    box: Box
    size: float
    role: str


class Canvas:
    """Draws on the paper, each thing over the one before.

    Parameters
    ----------
    width, height
        Of the paper in millimetres.
    families
        Font families, best first.
    unit
        Millimetres that stand for a pixel of the page's line language.
    """

    def __init__(self, width: float, height: float, families: Sequence[str], unit: float) -> None:
        from matplotlib.figure import Figure  # noqa: PLC0415 - only once a figure is drawn

        self.width, self.height = width, height
        self.families = tuple(families)
        self.unit = unit
        self.figure = Figure(figsize=(width / 25.4, height / 25.4), facecolor="white")
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(0, height)
        self.written: list[Written] = []
        self._order = 0

    def _add(self, patch: Any, clip: Box | None) -> None:  # noqa: ANN401 - any patch
        self._order += 1
        patch.set_zorder(self._order)
        self.axes.add_artist(patch)  # unlike add_patch, asks for no new limits
        if clip is not None:  # only now: the axes clip to themselves what they take in
            from matplotlib.transforms import Bbox, TransformedBbox  # noqa: PLC0415 - as above

            corners = Bbox.from_extents(clip.x, clip.y, clip.right, clip.top)
            patch.set_clip_box(TransformedBbox(corners, self.axes.transData))

    def line(
        self,
        parts: Sequence[Points],
        colour: str,
        width: float,
        *,
        dash: Sequence[float] = (),
        cap: str = "butt",
        opacity: float = 1.0,
        clip: Box | None = None,
    ) -> None:
        """Draw lines; width and dashes in millimetres."""
        from matplotlib.patches import PathPatch  # noqa: PLC0415 - as above

        if not parts:
            return
        patch = PathPatch(
            _path(parts, closed=False),
            facecolor="none",
            edgecolor=colour,
            linewidth=width * PT_PER_MM,
            linestyle=(0, tuple(max(one, _DOT_MM) * PT_PER_MM for one in dash)) if len(dash) else "solid",
            capstyle="projecting" if cap == "square" else cap,
            joinstyle="round",
            alpha=opacity if opacity < 1 else None,
        )
        self._add(patch, clip)

    def area(
        self,
        rings: Sequence[Points],
        fill: str,
        *,
        edge: str | None = None,
        width: float = 0.0,
        clip: Box | None = None,
        opacity: float = 1.0,
    ) -> None:
        """Fill rings as one path by the non-zero rule, and stroke them if there is an edge."""
        from matplotlib.patches import PathPatch  # noqa: PLC0415 - as above

        if not rings:
            return
        patch = PathPatch(
            _path(rings, closed=True),
            facecolor=fill,
            edgecolor=edge or "none",
            linewidth=width * PT_PER_MM,
            joinstyle="round",
            alpha=opacity if opacity < 1 else None,
        )
        self._add(patch, clip)

    def rectangle(self, box: Box, fill: str, *, edge: str | None = None, width: float = 0.0) -> None:
        """Fill a box."""
        corners = [(box.x, box.y), (box.right, box.y), (box.right, box.top), (box.x, box.top), (box.x, box.y)]
        self.area([np.array(corners)], fill, edge=edge, width=width)

    def size_of(self, text: str, ink: Ink) -> tuple[float, float]:
        """Return width and height of one line of text in millimetres."""
        return _width(text, self.families, ink.size, ink.bold, ink.italic), ink.size * LINE_HEIGHT / PT_PER_MM

    def wrap(self, text: str, width: float, ink: Ink, most: int = 99) -> list[str]:
        """Return a text as lines no wider than so many millimetres."""
        return texts.wrap(texts.clean(text), width, lambda line: self.size_of(line, ink)[0], most)

    def write(self, text: str, box: Box, ink: Ink, *, role: str, align: str = "left") -> None:
        """Write one line of text in a box, in the middle of its height."""
        from matplotlib import patheffects  # noqa: PLC0415 - as above

        shown = texts.clean(text)
        x = {"left": box.x, "center": box.x + box.w / 2, "right": box.right}[align]
        baseline = box.y + box.h / 2 - 0.36 * ink.size / PT_PER_MM  # half of a capital's height
        made = self.axes.text(
            x,
            baseline,
            shown,
            color=ink.colour,
            fontproperties=_font(self.families, ink.size, ink.bold, ink.italic),
            ha=align,
            va="baseline",
            parse_math=False,
        )
        if ink.halo:
            stroke = patheffects.Stroke(linewidth=2 * ink.halo * PT_PER_MM, foreground=ink.halo_colour)
            made.set_path_effects([stroke, patheffects.Normal()])
        self._order += 1
        made.set_zorder(self._order)
        width = self.size_of(shown, ink)[0]
        left = {"left": x, "center": x - width / 2, "right": x - width}[align]
        self.written.append(Written(shown, Box(left, box.y, width, box.h), ink.size, role))

    def paragraph(self, lines: Sequence[str], x: float, top: float, ink: Ink, *, role: str) -> float:
        """Write lines from a top edge downwards; give the lower edge."""
        height = ink.size * LINE_HEIGHT / PT_PER_MM
        for line in lines:
            top -= height
            self.write(line, Box(x, top, 0, height), ink, role=role)
        return top


def _font(families: tuple[str, ...], size: float, bold: bool, italic: bool) -> Any:  # noqa: ANN401
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415 - as above

    return FontProperties(
        family=list(families),
        size=size,
        weight="bold" if bold else "normal",
        style="italic" if italic else "normal",
        stretch=STRETCH,
    )


@lru_cache(maxsize=8192)
def _width(text: str, families: tuple[str, ...], size: float, bold: bool, italic: bool) -> float:
    from matplotlib.textpath import text_to_path  # noqa: PLC0415 - as above

    font = _font(families, size, bold, italic)
    return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]) / PT_PER_MM


def _path(parts: Sequence[Points], *, closed: bool) -> Any:  # noqa: ANN401 - a matplotlib path
    from matplotlib.path import Path  # noqa: PLC0415 - as above

    codes = []
    for part in parts:
        code = np.full(len(part), Path.LINETO, dtype=np.uint8)
        code[0] = Path.MOVETO
        if closed:
            code[-1] = Path.CLOSEPOLY
        codes.append(code)
    return Path(np.round(np.concatenate(parts), 4), np.concatenate(codes))
