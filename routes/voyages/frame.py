"""The frame of voyages: its columns, and how it is made of what each vessel gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

CRS: Final = "EPSG:4326"
MODE: Final = "sea"
AS_DECLARED: Final = "declared is actual"
NOT_AS_DECLARED: Final = "declared is not actual"
NOT_KNOWN: Final = "declared or actual not known"

CONTRACT: Final = {
    "id": "str",
    "title": "str",
    "vessel": "str",
    "mode": "str",
    "departure": "datetime64[us, UTC]",
    "departure_port": "str",
    "arrival": "datetime64[us, UTC]",
    "arrival_port": "str",
    "declared": "str",
    "declared_port": "str",
    "declared_is_actual": "boolean",
    "declaration": "str",
    "first_report": "datetime64[us, UTC]",
    "last_report": "datetime64[us, UTC]",
    "reports": "int64",
    "gaps": "int64",
    "longest_gap_h": "float64",
    "gap_list": "str",
    "length_km": "float64",
}
"""Columns of the frame beside its geometry, with their types; see `tracks` for what they mean."""

PARTS: Final = {
    "vessel": "str",
    "departure_at": "int64",
    "arrival_at": "int64",
    "first_us": "int64",
    "last_us": "int64",
    "declared": "str",
    "declared_at": "int64",
    "reports": "int64",
    "gaps": "int64",
    "longest_gap_h": "float64",
    "gap_list": "str",
    "length_km": "float64",
    "line": "object",
}
"""Columns of the rows that workers give: ports by position (-1 for none), times in microseconds, lines as WKB."""


def frame_of(parts: Sequence[pd.DataFrame], ids: Sequence[str], names: Sequence[str]) -> gpd.GeoDataFrame:
    """Return the voyages of all vessels as one frame, in order of vessel and first report.

    Parameters
    ----------
    parts
        Rows with the columns of `PARTS`, in any order.
    ids, names
        Of the ports, by position.

    Returns
    -------
    GeoDataFrame
        The columns of `CONTRACT`, and lines in EPSG:4326 with continuous longitude.

    Raises
    ------
    KeyError
        If a part lacks a column.
    """
    empty = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in PARTS.items()})
    rows = pd.concat([part for part in parts if len(part)] or [empty], ignore_index=True)
    rows = rows.sort_values(["vessel", "first_us"], kind="stable", ignore_index=True)
    first, last = (pd.to_datetime(rows[name], unit="us", utc=True).dt.as_unit("us") for name in ("first_us", "last_us"))
    departs, arrives, declares = (rows[name].to_numpy() for name in ("departure_at", "arrival_at", "declared_at"))
    known = (declares >= 0) & (arrives >= 0)
    actual = pd.Series(declares == arrives, index=rows.index, dtype="boolean").where(known)
    declaration = np.where(known, np.where(declares == arrives, AS_DECLARED, NOT_AS_DECLARED), NOT_KNOWN)
    columns: dict[str, Any] = {
        "id": [f"voyage-{number:06d}" for number in range(1, len(rows) + 1)],
        "title": _titles(rows["vessel"], first, departs, arrives, names),
        "vessel": rows["vessel"],
        "mode": MODE,
        "departure": first.where(departs >= 0),
        "departure_port": _named(departs, ids),
        "arrival": last.where(arrives >= 0),
        "arrival_port": _named(arrives, ids),
        "declared": rows["declared"],
        "declared_port": _named(declares, ids),
        "declared_is_actual": actual,
        "declaration": declaration,
        "first_report": first,
        "last_report": last,
        **{name: rows[name] for name in ("reports", "gaps", "longest_gap_h", "gap_list", "length_km")},
    }
    lines = gpd.GeoSeries(shapely.from_wkb(rows["line"].to_numpy(dtype=object)), crs=CRS)
    return gpd.GeoDataFrame(pd.DataFrame(columns, index=rows.index).astype(CONTRACT), geometry=lines)


def _named(places: Any, texts: Sequence[str]) -> pd.Series:  # noqa: ANN401 - an array
    return pd.Series([texts[place] if place >= 0 else None for place in places.tolist()], dtype="str")


def _titles(vessels: pd.Series, first: pd.Series, departs: Any, arrives: Any, names: Sequence[str]) -> list[str]:  # noqa: ANN401 - arrays
    days = first.dt.strftime("%Y-%m-%d")
    return [
        f"{vessel}: {names[start] if start >= 0 else '?'} – {names[end] if end >= 0 else '?'}, {day}"
        for vessel, day, start, end in zip(vessels, days, departs.tolist(), arrives.tolist(), strict=True)
    ]
