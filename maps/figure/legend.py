"""The legend: what is shown, all of it, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from maps.figure import lines, marks
from maps.figure.canvas import LINE_HEIGHT, PT_PER_MM, Ink
from maps.figure.frame import Box
from maps.figure.style import Look, resolve, style
from maps.words import code, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maps.figure.canvas import Canvas
    from maps.figure.lines import Run
    from maps.figure.sheet import Sizes

_SAMPLE_PX: Final = 50.0
_GAP_MM: Final = 0.9
_HEAD_GAP_MM: Final = 1.3
_WHOLE: Final = 1.3  # how much taller columns may be so that no group is cut


@dataclass(frozen=True, slots=True)
class Shown:
    """What lies in the windows of a figure.

    Attributes
    ----------
    maps
        Lines of each map.
    denied, events
        How many lines carry a badge, and how many stars stand there.
    """

    maps: tuple[tuple[Run, ...], ...]
    denied: int
    events: int

    @property
    def runs(self) -> list[Run]:
        """Lines of all maps."""
        return [run for mine in self.maps for run in mine]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the legend.

    Attributes
    ----------
    group
        `mode`, `status` or `other`.
    key
        The value it explains, such as `rail`, `asserted` or `denied`.
    label
        Its words.
    looks
        The lines it shows, one or several beside each other; none for a badge or a star.
    """

    group: str
    key: str
    label: str
    looks: tuple[Look, ...] = ()


def entries(shown: Shown, language: str) -> list[Entry]:
    """Return the rows that explain what is shown.

    Parameters
    ----------
    shown
        What lies in the figure.
    language
        Of the words.

    Raises
    ------
    None
        A value that nobody knows has a row of its own.
    """
    made = style()
    runs = shown.runs
    coloured = {run.mode for run in runs if run.look.shows in {"status", "inferred", "notional"}}
    dashed = {run.route.status for run in runs if run.look.shows == "status"}
    found = [
        Entry("mode", mode, code("mode", mode, language), (_look(mode=mode),))
        for mode in made["modes"]
        if mode in coloured
    ]
    found += [
        Entry("status", status, code("status", status, language), (_look(status=status),))
        for status in made["statuses"]
        if status in dashed
    ]
    return [*found, *_others(shown, language)]


def _others(shown: Shown, language: str) -> list[Entry]:
    """Return the rows for everything but colours and dashes."""
    runs = shown.runs
    found: list[Entry] = []
    shows = {run.look.shows for run in runs}
    if shown.denied:
        found.append(Entry("other", "denied", word("denied-legend", language)))
    if "inferred" in shows:
        found.append(Entry("other", "inferred", word("inferred", language), (_look(basis="inferred"),)))
    if "notional" in shows:
        look = _look(basis="notional", status="asserted")
        found.append(Entry("other", "notional", word("notional", language), (look,)))
    if "illustration" in shows:
        look = _look(kind="illustration", basis="notional")
        found.append(Entry("other", "illustration", word("illustration", language), (look,)))
    if "infrastructure" in shows:
        built = dict.fromkeys(run.mode for run in runs if run.look.shows == "infrastructure")
        looks = dict.fromkeys(_look(kind="infrastructure", mode=mode) for mode in built)
        found.append(Entry("other", "infrastructure", word("infrastructure-legend", language), tuple(looks)))
    if any(run.fallback for run in runs):
        found.append(Entry("other", "fallback", word("fallback-legend", language), (_look(fallback=True),)))
    if shown.events:
        found.append(Entry("other", "event", word("event-legend", language)))
    strange = sorted(
        {run.route.status if run.look.shows == "neutral" else run.mode for run in runs if not run.look.known}
    )
    if strange:
        label = word("unknown-style", language, list=", ".join(strange))
        found.append(Entry("other", "unknown", label, (_look(status="", mode=""),)))
    return found


def _look(
    *, kind: str = "movement", status: str = "confirmed", mode: str = "unknown", basis: str = "network",
    fallback: bool = False,
) -> Look:  # fmt: skip
    return resolve(kind=kind, status=status, mode=mode, basis=basis, fallback=fallback)


_HEADS: Final = {"mode": "legend-mode", "status": "legend-status", "other": "legend-other"}


@dataclass(frozen=True, slots=True)
class _Row:
    lines: tuple[str, ...]
    height: float
    entry: Entry | None


class Legend:
    """Entries laid out for a column of a width.

    Parameters
    ----------
    canvas
        Where it will be drawn.
    found
        The entries.
    width
        Of a column in millimetres.
    sizes
        Of letters and line language.
    language
        Of the headings.
    """

    def __init__(self, canvas: Canvas, found: Sequence[Entry], width: float, sizes: Sizes, language: str) -> None:
        self.canvas, self.width = canvas, width
        self.ink, self.head = Ink(sizes.legend), Ink(sizes.legend * 0.96, "#4b4740", bold=True)
        self.sample = _SAMPLE_PX * sizes.unit
        self.rows: list[_Row] = []
        group = ""
        for entry in found:
            if entry.group != group:
                group = entry.group
                self._add(word(_HEADS[group], language), None)
            self._add(entry.label, entry)

    def _add(self, text: str, entry: Entry | None) -> None:
        ink = self.ink if entry else self.head
        room = self.width - (self.sample + 1.4 if entry else 0)
        wrapped = self.canvas.wrap(text, room, ink)
        height = len(wrapped) * ink.size * LINE_HEIGHT / PT_PER_MM + (_GAP_MM if entry else _HEAD_GAP_MM)
        self.rows.append(_Row(tuple(wrapped), height, entry))

    def columns(self, count: int) -> list[list[_Row]]:
        """Return the rows in columns of about the same height: groups whole, unless that makes them much taller."""
        blocks: list[list[_Row]] = []
        for row in self.rows:
            if row.entry is None:
                blocks.append([])
            blocks[-1].append(row)
        whole = _balanced(blocks, count)
        # a heading stays with its first row
        cut = [piece for block in blocks for piece in (block[:2], *([row] for row in block[2:]))]
        split = _balanced(cut, count)
        return whole if self.height(whole) <= _WHOLE * self.height(split) else split

    @staticmethod
    def height(columns: Sequence[Sequence[_Row]]) -> float:
        """Return the height of the tallest column."""
        return max((sum(row.height for row in column) for column in columns), default=0.0)

    def draw(self, columns: Sequence[Sequence[_Row]], x: float, top: float, gap: float) -> None:
        """Draw columns side by side from an upper left corner."""
        for number, column in enumerate(columns):
            left = x + number * (self.width + gap)
            y = top + (_HEAD_GAP_MM * 0.55 if column and column[0].entry is None else 0.0)
            for row in column:
                self._draw_row(row, left, y)
                y -= row.height

    def _draw_row(self, row: _Row, x: float, top: float) -> None:
        ink = self.ink if row.entry else self.head
        line = ink.size * LINE_HEIGHT / PT_PER_MM
        if row.entry is None:
            self.canvas.paragraph(row.lines, x, top - _HEAD_GAP_MM * 0.55, ink, role="legend-head")
            return
        y = top - line / 2
        self._mark(row.entry, x, y)
        self.canvas.paragraph(row.lines, x + self.sample + 1.4, top, ink, role="legend")

    def _mark(self, entry: Entry, x: float, y: float) -> None:
        middle = x + self.sample / 2
        if entry.key == "denied":
            marks.badge(self.canvas, middle, y)
        elif entry.key == "event":
            marks.star(self.canvas, middle, y)
        width = self.sample / max(1, len(entry.looks))
        for number, look in enumerate(entry.looks):
            start, end = x + number * width, x + (number + 1) * width - (0.8 if number + 1 < len(entry.looks) else 0)
            clip = Box(start, y - 3, end - start, 6)
            lines.sample(self.canvas, _low(look), np.array([(start, y), (end, y)]), clip)


def _balanced(blocks: Sequence[Sequence[_Row]], count: int) -> list[list[_Row]]:
    """Return blocks of rows in so many columns at most, as low as they can be."""
    heights = [sum(row.height for row in block) for block in blocks]
    limit = max([sum(heights) / count, *heights], default=0.0)
    while True:
        made: list[list[_Row]] = [[]]
        used = 0.0
        for block, height in zip(blocks, heights, strict=True):
            if made[-1] and used + height > limit + 1e-6:
                made.append([])
                used = 0.0
            made[-1] += block
            used += height
        if len(made) <= count:
            return made
        limit += 0.5


def _low(look: Look) -> Look:
    """Return a look whose halo fits a row."""
    return replace(look, halo=min(look.halo, 16.0))
