"""Frames as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import pandas as pd


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame as one dict a row, in order."""
    return cast("list[dict[str, Any]]", frame.to_dict("records"))
