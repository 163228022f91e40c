"""Figures of different claims side by side: who, said when, counted since when. Never joined, never summed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from maps.figure.canvas import LINE_HEIGHT, PT_PER_MM, Ink
from maps.figure.credit import credits_of
from maps.figure.frame import Box
from maps.figure.furniture import round_down
from maps.figure.sheet import GREY, Sizes, foot, head
from maps.figure.texts import clean, figures, say, when
from maps.words import code, word
from routes.frames import records

if TYPE_CHECKING:
    from maps.figure.canvas import Canvas
    from maps.figure.scene import Scene

UNIT: Final = "containers"
_INK: Final = "#1d2126"
_SAMPLES: Final = ("exact", "about", "at-least", "at-most", "range")


@dataclass(frozen=True, slots=True)
class Count:
    """One figure that somebody gave.

    Attributes
    ----------
    claim
        Id of the claim.
    event
        Title of the event that it is on.
    who
        Name of the party.
    said, since
        In words; `since` is empty where the start of the count is not stated.
    low, high
        The figure; equal unless a range was given.
    sign
        `exact`, `about`, `at-least`, `at-most` or `range`.
    repeats
        Name of the party whose figure it repeats, or empty.
    """

    claim: str
    event: str
    who: str
    said: str
    since: str
    low: float
    high: float
    sign: str
    repeats: str


def counts_of(scene: Scene, unit: str = UNIT, *, only_on: bool = False) -> list[Count]:
    """Return the figures in a unit that are known through the scene's lens, in the order in which they were said.

    Parameters
    ----------
    scene
        Its day, tellers and window count. With `only_on` a claim counts only if one of its events lies in a layer that
        is on, or on a route in one.
    unit
        As in the case's `claims.csv`.

    Raises
    ------
    ValueError
        If there is none; the message lists the units that there are.
    """
    rows = {row["id"]: row for row in records(scene.case.claims)}
    events = {row["id"]: row for row in records(scene.case.events)}
    drawn = {route.id for route in scene.routes}

    def is_on(event: str) -> bool:
        row = events[event]
        return not only_on or row["layer"] in scene.lens.on or bool(drawn.intersection(row["routes"]))

    about = {
        name: event["event"]
        for event in reversed(records(scene.view.events()))
        if is_on(event["event"])
        for name in event["claims"]
    }
    known = [rows[claim.id] for claim in scene.view.claims if claim.id in about]
    with_figure = [
        row for row in known if row["quantity"] == row["quantity"] and row["unit"] and "quantity" in row["about"]
    ]
    found = [row for row in with_figure if row["unit"] == unit]
    if not found:
        units = ", ".join(sorted({clean(row["unit"]) for row in with_figure})) or "none"
        msg = f"nobody gives a figure in {unit!r} here; units on record: {units}"
        raise ValueError(msg)
    return [_count(scene, row, rows, clean(events[about[row["id"]]]["title"])) for row in found]


def _count(scene: Scene, row: dict, rows: dict, event: str) -> Count:  # type: ignore[type-arg]  # rows of a table
    language = scene.language
    low, high = row["quantity"], row["quantity_max"]
    is_range = high == high  # noqa: PLR0124 - NaN differs from itself
    origin = rows.get(row["derived_from"])
    return Count(
        claim=row["id"],
        event=event,
        who=scene.party(row["party"]),
        said=when(row["asserted_on"], language) if row["asserted_on"] else "",
        since=when(row["counted_from"], language) if row["counted_from"] else "",
        low=float(low),
        high=float(high if is_range else low),
        sign="range" if is_range else (row["quantity_is"] or "exact"),
        repeats=scene.party(origin["party"]) if origin else "",
    )


def draw(canvas: Canvas, scene: Scene, found: list[Count], unit: str, sizes: Sizes) -> None:
    """Draw the panel: a row a claim, all on one axis from zero, no line from one to another.

    Raises
    ------
    ValueError
        If the paper is too small for so many rows.
    """
    language = scene.language
    title = f"{say('figure-counts-title', language, unit=clean(unit))} – {scene.title}"
    top = head(canvas, title, f"{scene.dateline}. {word('figures-note', language)}", sizes)
    bottom = foot(canvas, credits_of(scene, None, None), sizes)
    small, ink = Ink(sizes.legend * 0.92, GREY), Ink(sizes.legend * 1.04)
    line = small.size * LINE_HEIGHT / PT_PER_MM
    bottom = _key(canvas, {count.sign for count in found}, bottom, small, language)
    left_texts = [(count.who, _about(count, language)) for count in found]
    column = max(max(canvas.size_of(who, ink)[0], canvas.size_of(about, small)[0]) for who, about in left_texts)
    column = min(column, canvas.width * 0.46)
    axis = Box(sizes.margin + column + 3, bottom + line * 1.6, 0, 0)
    axis = Box(axis.x, axis.y, canvas.width - sizes.margin - axis.x - 4, top - axis.y - 1)
    step = axis.h / len(found)
    if step < 2 * line:
        msg = f"{len(found)} figures need {len(found) * 2 * line - axis.h:.0f} mm more height; give a larger --size"
        raise ValueError(msg)
    step = min(step, 12.0)
    low_y = top - 1 - step * len(found)
    axis = Box(axis.x, low_y, axis.w, top - 1 - low_y)
    to_x = _axis(canvas, axis, max(count.high for count in found), small, language)
    for number, (count, (who, about)) in enumerate(zip(found, left_texts, strict=True)):
        y = axis.top - (number + 0.5) * step
        texts = [(who, ink), (about, small)] + ([(count.event, small)] if step >= 3.2 * line else [])
        for place, (text, style) in enumerate(texts):
            shown = canvas.wrap(text, column, style, 1)[0]
            low = y + (len(texts) / 2 - 1 - place) * line
            canvas.write(shown, Box(sizes.margin, low, 0, line), style, role="row")
        _figure(canvas, count, (to_x(count.low), to_x(count.high)), y, axis, small, language)


def _number(count: Count, language: str) -> str:
    """Return the figure with its sign, such as `at least 10,000`."""
    low, high = figures(count.low, language), figures(count.high, language)
    number = low if count.low == count.high else word("range", language, low=low, high=high)
    return number if count.sign in {"exact", "range"} else code("quantity_signs", count.sign, language, figure=number)


def in_words(count: Count, language: str) -> str:
    """Return a figure in words: how many, said when, counted since when."""
    return f"{_number(count, language)} ({_about(count, language)})"


def _about(count: Count, language: str) -> str:
    """Return said when and since when, and whose figure it is."""
    since = (
        say("figure-counts-since", language, date=count.since)
        if count.since
        else say("figure-counts-no-start", language)
    )
    parts = [say("figure-counts-said", language, date=count.said) if count.said else "", since]
    parts.append(word("derived", language, who=count.repeats) if count.repeats else "")
    return "; ".join(filter(None, parts))


def _axis(canvas: Canvas, axis: Box, most: float, ink: Ink, language: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    """Draw the axis from zero; give the function from a figure to its place."""
    end = most * 1.25  # room for the arrows of "at least" and their words
    step = round_down(end / 4)
    line = ink.size * LINE_HEIGHT / PT_PER_MM

    def to_x(value: float) -> float:
        return axis.x + axis.w * value / end

    values = np.arange(0, end, step)
    for value in values:
        x = to_x(value)
        canvas.line([np.array([(x, axis.y), (x, axis.top)])], "#d9d4ca" if value else "#75726c", 0.2)
        canvas.write(
            figures(float(value), language), Box(x - 8, axis.y - line - 0.5, 16, line), ink, role="axis", align="center"
        )
    return to_x


def _figure(
    canvas: Canvas, count: Count, at: tuple[float, float], y: float, axis: Box, ink: Ink, language: str
) -> None:
    """Draw one figure and write it beside."""
    low, high = at
    _glyph(canvas, count.sign, low, high, y)
    text = _number(count, language)
    width, height = canvas.size_of(text, ink)
    x = high + (5.6 if count.sign == "at-least" else 2.0)
    if x + width > axis.right + 3:
        x = low - width - (5.6 if count.sign == "at-most" else 2.0)
    canvas.write(
        text, Box(x, y - height / 2, width, height), Ink(ink.size, _INK, halo=0.5, halo_colour="#ffffff"), role="figure"
    )


def _glyph(canvas: Canvas, sign: str, low: float, high: float, y: float) -> None:
    """Draw the sign of a figure: point, ring, point with an arrow into the open, or bar."""
    angles = np.linspace(0, 2 * np.pi, 25)
    dot = np.column_stack([np.cos(angles), np.sin(angles)]) * 0.85
    if sign == "range":
        canvas.area(
            [np.array([(low, y - 0.7), (high, y - 0.7), (high, y + 0.7), (low, y + 0.7), (low, y - 0.7)])],
            "#8f8b84",
            edge=_INK,
            width=0.25,
        )
        return
    if sign in {"at-least", "at-most"}:
        way = 1 if sign == "at-least" else -1
        tip = low + way * 4.6
        canvas.line([np.array([(low, y), (tip - way * 0.6, y)])], _INK, 0.35, dash=(0.9, 0.6))
        canvas.area([np.array([(tip, y), (tip - way * 1.3, y + 0.75), (tip - way * 1.3, y - 0.75), (tip, y)])], _INK)
        canvas.line([np.array([(low, y - 1.1), (low, y + 1.1)])], _INK, 0.45)
        return
    canvas.area([dot + np.array([low, y])], "#ffffff" if sign == "about" else _INK, edge=_INK, width=0.35)


def _key(canvas: Canvas, signs: set[str], bottom: float, ink: Ink, language: str) -> float:
    """Draw what the signs mean, those that are there; give the height at which the key ends."""
    line = ink.size * LINE_HEIGHT / PT_PER_MM
    x, y = 5.0, bottom + line / 2
    for sign in _SAMPLES:
        if sign not in signs:
            continue
        start = x + (4.6 if sign == "at-most" else 0.6)
        _glyph(canvas, sign, start, start + 4.6, y)
        mark = 2.4 if sign in {"exact", "about"} else 6.2
        text = say(f"figure-sign-{sign}", language)
        width = canvas.size_of(text, ink)[0]
        canvas.write(text, Box(x + mark, bottom, width, line), ink, role="legend")
        x += mark + width + 4
    return bottom + line + 1.6
