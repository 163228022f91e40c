"""A stranger's GeoDataFrame as lines that can be drawn, with every fault said at once."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from routes.frames import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

CRS: Final = "EPSG:4326"
MOST_NAMED: Final = 5
_LINES: Final = (
    shapely.GeometryType.LINESTRING,
    shapely.GeometryType.LINEARRING,
    shapely.GeometryType.MULTILINESTRING,
)
_HALF_AROUND: Final = 180.0
_MAX_LON: Final = 360.0  # a line that runs on over the antimeridian
_MAX_LAT: Final = 90.0


class SkippedLinesWarning(UserWarning):
    """Rows of a frame have no line and are not drawn."""


@dataclass(frozen=True)
class FlatLines:
    """The lines of a frame end to end.

    Attributes
    ----------
    points
        Shape (vertices, 2): lon, lat in degrees, EPSG:4326; longitudes run on over the antimeridian.
    sizes
        Vertices of each part, shape (parts,).
    rows
        Position in the frame of the row that a part belongs to, shape (parts,), ascending.
    """

    points: NDArray[np.float64]
    sizes: NDArray[np.int64]
    rows: NDArray[np.int64]

    @property
    def starts(self) -> NDArray[np.int64]:
        """Position of the first vertex of each part, shape (parts,)."""
        return np.cumsum(self.sizes) - self.sizes

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north in degrees."""
        lon, lat = self.points.T
        return (float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))

    def parts(self) -> list[NDArray[np.float64]]:
        """Return the points of each part, shape (n, 2)."""
        return np.split(self.points, self.starts[1:])


def lines_of(gdf: gpd.GeoDataFrame) -> FlatLines:
    """Return the lines of a frame in degrees; a row without geometry has none.

    Parameters
    ----------
    gdf
        Frame with LineStrings or MultiLineStrings in any CRS.

    Returns
    -------
    FlatLines
        In the order of the rows, without a third dimension.

    Raises
    ------
    TypeError
        If it is no GeoDataFrame.
    ValueError
        If it has no geometry, no CRS or no lines, or geometries of other kinds or outside the world.

    Warns
    -----
    SkippedLinesWarning
        If rows have no geometry.
    """
    if not isinstance(gdf, gpd.GeoDataFrame):
        msg = f"explore draws a GeoDataFrame, not a {type(gdf).__name__}; make one with geopandas.GeoDataFrame(...)"
        raise TypeError(msg)
    if gdf.active_geometry_name is None:
        msg = "the GeoDataFrame has no geometry column; choose one with gdf.set_geometry(...)"
        raise ValueError(msg)
    column = gdf.active_geometry_name
    lines = gdf.geometry.to_numpy()
    missing = shapely.is_missing(lines) | shapely.is_empty(lines)
    if missing.all():
        msg = f"the GeoDataFrame has no lines to draw: its column {column!r} holds {len(lines)} rows and no geometry"
        raise ValueError(msg)
    _check_kinds(gdf, column, lines, missing)
    if gdf.crs is None:
        msg = (
            f"the GeoDataFrame has no CRS, so the numbers in its column {column!r} could mean anything; say what they "
            "are, such as gdf.set_crs('EPSG:4326') for longitude and latitude"
        )
        raise ValueError(msg)
    flat = _flat(gdf.geometry.to_crs(CRS).to_numpy())
    _check_world(flat, gdf, column)
    if missing.any():
        rows = _named(gdf.index[missing])
        msg = f"{missing.sum()} of {len(lines)} rows have no geometry and are not drawn: {rows}"
        warnings.warn(msg, SkippedLinesWarning, stacklevel=3)
    return _unwrapped(flat)


def _check_kinds(gdf: gpd.GeoDataFrame, column: str, lines: NDArray[np.object_], missing: NDArray[np.bool_]) -> None:
    strange = ~missing & ~np.isin(shapely.get_type_id(lines), _LINES)
    if strange.any():
        others: dict[str, list[Any]] = {}
        for place in np.flatnonzero(strange).tolist():
            others.setdefault(lines[place].geom_type, []).append(gdf.index[place])
        found = "; ".join(f"{kind} in row {_named(labels)}" for kind, labels in others.items())
        msg = (
            f"the GeoDataFrame's column {column!r} holds what is no line: {found}; keep the lines with "
            "gdf[gdf.geom_type.isin(['LineString', 'MultiLineString'])], or take the edges of areas with gdf.boundary"
        )
        raise ValueError(msg)


def _flat(lines: NDArray[np.object_]) -> FlatLines:
    if (shapely.get_type_id(lines) == shapely.GeometryType.MULTILINESTRING).any():
        parts, rows = shapely.get_parts(lines, return_index=True)
    else:
        # taking parts copies every line
        parts, rows = lines, np.arange(len(lines))
    sizes = shapely.get_num_coordinates(parts).astype(np.int64)
    return FlatLines(shapely.get_coordinates(parts), sizes[sizes > 0], rows[sizes > 0].astype(np.int64))


def _check_world(flat: FlatLines, gdf: gpd.GeoDataFrame, column: str) -> None:
    lon, lat = flat.points.T
    # what is no number makes its extremes none, and no comparison with it holds; the extremes take no memory
    if max(-lon.min(), lon.max()) <= _MAX_LON and max(-lat.min(), lat.max()) <= _MAX_LAT:
        return
    inside = (np.abs(flat.points) <= (_MAX_LON, _MAX_LAT)).all(axis=1)
    at = np.flatnonzero(~inside)
    part = np.searchsorted(np.cumsum(flat.sizes), at, side="right")
    rows, first = np.unique(flat.rows[part], return_index=True)
    bad = [
        f"row {gdf.index[row]!r}: longitude {lon:g}, latitude {lat:g}"
        for row, (lon, lat) in zip(rows.tolist(), flat.points[at[first]].tolist(), strict=True)
    ]
    more = f" and {len(bad) - MOST_NAMED} more" if len(bad) > MOST_NAMED else ""
    msg = (
        f"the GeoDataFrame's column {column!r} holds points outside the world, {'; '.join(bad[:MOST_NAMED])}"
        f"{more}; its CRS {str(gdf.crs)!r} is probably not that of its numbers: gdf.set_crs(..., allow_override=True)"
    )
    raise ValueError(msg)


def _unwrapped(flat: FlatLines) -> FlatLines:
    """Return the lines with longitudes that run on: points more than half around the globe apart are neighbours."""
    step = np.diff(flat.points[:, 0])
    step[flat.starts[1:] - 1] = 0.0
    if not (np.abs(step) > _HALF_AROUND).any():
        return flat
    parts = flat.parts()
    for part in {
        int(place) for place in np.searchsorted(flat.starts, np.flatnonzero(np.abs(step) > _HALF_AROUND), "right") - 1
    }:
        parts[part][:, 0] = np.unwrap(parts[part][:, 0], period=360.0)
    return FlatLines(np.concatenate(parts), flat.sizes, flat.rows)


def _named(labels: Iterable[Any]) -> str:
    found = [repr(label) for label in labels]
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return ", ".join(found[:MOST_NAMED]) + more


@dataclass(frozen=True, slots=True)
class Texts:
    """The cells of a column as text, each text once.

    Attributes
    ----------
    values
        Texts without white space around them, none empty; a text may stand twice.
    codes
        For each row the place of its text in `values`, -1 where a value is missing or empty; shape (rows,).
    """

    values: list[str]
    codes: NDArray[np.int64]

    def __getitem__(self, row: int) -> str | None:
        """Return the text of a row, None for a missing one."""
        code = int(self.codes[row])
        return None if code < 0 else self.values[code]

    def used(self, rows: NDArray[np.int64]) -> list[str]:
        """Return the texts of some rows, each once, in order of first appearance."""
        codes = self.codes[rows]
        found, first = np.unique(codes[codes >= 0], return_index=True)
        return list(dict.fromkeys(self.values[code] for code in found[np.argsort(first)].tolist()))

    @classmethod
    def of(cls, column: pd.Series) -> Texts:
        """Return the texts of a column."""
        uniques: Any
        try:
            codes, uniques = pd.factorize(column)
        except TypeError:  # lists and the like, of which each is its own
            codes, uniques = np.arange(len(column)), column.to_numpy()
        # the types of Python write numbers as people do; dates keep those of pandas
        plain = uniques.tolist() if isinstance(uniques, np.ndarray) else list(uniques)
        texts = [text_of(value) for value in plain]
        missing = np.array([text is None for text in texts] + [True])
        return cls([text or "" for text in texts], np.where(missing[codes], -1, codes).astype(np.int64))


def texts_of(gdf: gpd.GeoDataFrame, choice: str | None, what: str) -> Texts:
    """Return for each row the text of a column, or of a constant.

    Parameters
    ----------
    gdf
        The frame.
    choice
        Name of a column, else a constant for all rows; None for nothing.
    what
        What the values are for, for the message.

    Returns
    -------
    Texts
        One for each row.

    Raises
    ------
    TypeError
        If the choice is no text.
    """
    if choice is not None and choice in gdf.columns:
        return Texts.of(gdf[choice])
    if choice is not None and not isinstance(choice, str):
        msg = (
            f"{what}={choice!r} is neither a column of the GeoDataFrame nor a text; its columns are {list(gdf.columns)}"
        )
        raise TypeError(msg)
    text = text_of(choice)
    return Texts([text or ""], np.full(len(gdf), -1 if text is None else 0))


def attributes_of(gdf: gpd.GeoDataFrame, used: Iterable[str]) -> dict[str, Texts]:
    """Return the columns that are not drawn otherwise, as text by name."""
    skipped = set(used)
    return {str(name): Texts.of(gdf[name]) for name in gdf.columns if name not in skipped}
