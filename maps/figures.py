"""Lengths of drawn routes, and numbers as JSON carries them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
