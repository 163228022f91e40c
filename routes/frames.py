"""Frames as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

if TYPE_CHECKING:
    import pandas as pd


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame as one dict a row, in order."""
    return cast("list[dict[str, Any]]", frame.to_dict("records"))


def text_of(value: object) -> str | None:
    """Return a cell of any kind as text without white space around it; None for what is missing or empty."""
    # NaN differs from itself; NaT and NA are no scalars to NumPy
    if value is None or (np.isscalar(value) and value != value) or repr(value) in {"<NA>", "NaT"}:  # noqa: PLR0124
        return None
    return str(value).strip() or None
