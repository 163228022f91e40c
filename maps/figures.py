"""Figures for reading: quantities, lengths, and numbers as JSON carries them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maps.words import FALLBACK, code
from routes.dates import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def number(value: float) -> float | int | None:
    """Return a number as JSON carries it: None for NaN, whole numbers without a point."""
    if value != value:  # noqa: PLR0124 - NaN differs from itself
        return None
    return int(value) if float(value).is_integer() else float(value)


def length_of(legs: Sequence[Mapping[str, Any]], kind: str) -> float | None:
    """Return the length of a drawn route in km; None where the line is no path, and its length would mean nothing."""
    if kind == "illustration" or any(leg["basis"] == "notional" for leg in legs):
        return None
    return round(sum(float(leg["length_km"]) for leg in legs), 1)


def figure_text(value: float) -> str:
    """Return a figure for reading: 15,809 or 50.69."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"


def quantity_text(row: Mapping[str, Any]) -> str | None:
    """Return the figure of a claim as words, such as `at least 10,000 containers`; None if it gives none."""
    low, high = row["quantity"], row["quantity_max"]
    if low != low:  # noqa: PLR0124 - NaN differs from itself
        return None
    figures = figure_text(low) if high != high else f"{figure_text(low)} to {figure_text(high)}"  # noqa: PLR0124
    # the unit stands inside, as languages differ in what follows a figure
    figure = f"{figures} {row['unit'] or ''}".strip()
    return code("quantity_signs", row["quantity_is"] or "exact", FALLBACK, figure=figure)


def measure_text(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return a published length as words: figure, unit, what, stretch and date."""
    low, high = row["value"], row["value_max"]
    figures = figure_text(low) if high != high else f"{figure_text(low)} to {figure_text(high)}"  # noqa: PLR0124
    stretch = "–".join(names[row[end]] for end in ("from", "to") if row[end])
    as_of = f"as of {in_words(row['as_of'])}" if row["as_of"] else ""
    return ", ".join(filter(None, [f"{figures} {row['unit']} {row['what']}", stretch, as_of]))
