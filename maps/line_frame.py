"""A stranger's GeoDataFrame as lines that can be drawn, with every fault said at once."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import shapely
from shapely import LineString

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CRS: Final = "EPSG:4326"
MOST_NAMED: Final = 5
_LINES: Final = frozenset({"LineString", "MultiLineString", "LinearRing"})
_MAX_LON: Final = 360.0  # a line that runs on over the antimeridian
_MAX_LAT: Final = 90.0


class SkippedLinesWarning(UserWarning):
    """Rows of a frame have no line and are not drawn."""


def lines_of(gdf: gpd.GeoDataFrame) -> list[list[LineString]]:
    """Return the lines of each row in degrees; a row without geometry has none.

    Parameters
    ----------
    gdf
        Frame with LineStrings or MultiLineStrings in any CRS.

    Returns
    -------
    list of list of LineString
        In the order of the rows, EPSG:4326, lon, lat, without a third dimension; longitudes run on over the
        antimeridian.

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
    geometry = gdf.geometry
    missing = [place for place, line in enumerate(geometry) if line is None or line.is_empty]
    if len(missing) == len(geometry):
        msg = f"the GeoDataFrame has no lines to draw: its column {column!r} holds {len(geometry)} rows and no geometry"
        raise ValueError(msg)
    _check_kinds(gdf, column)
    if gdf.crs is None:
        msg = (
            f"the GeoDataFrame has no CRS, so the numbers in its column {column!r} could mean anything; say what they "
            "are, such as gdf.set_crs('EPSG:4326') for longitude and latitude"
        )
        raise ValueError(msg)
    degrees = geometry.to_crs(CRS)
    _check_world(degrees, column, gdf.crs)
    if missing:
        rows = _named(gdf.index[place] for place in missing)
        msg = f"{len(missing)} of {len(geometry)} rows have no geometry and are not drawn: {rows}"
        warnings.warn(msg, SkippedLinesWarning, stacklevel=3)
    return [_parts(line) for line in degrees]


def _check_kinds(gdf: gpd.GeoDataFrame, column: str) -> None:
    others: dict[str, list[Any]] = {}
    for label, line in zip(gdf.index, gdf.geometry, strict=True):
        if line is not None and not line.is_empty and line.geom_type not in _LINES:
            others.setdefault(line.geom_type, []).append(label)
    if others:
        found = "; ".join(f"{kind} in row {_named(labels)}" for kind, labels in others.items())
        msg = (
            f"the GeoDataFrame's column {column!r} holds what is no line: {found}; keep the lines with "
            "gdf[gdf.geom_type.isin(['LineString', 'MultiLineString'])], or take the edges of areas with gdf.boundary"
        )
        raise ValueError(msg)


def _check_world(degrees: gpd.GeoSeries, column: str, crs: object) -> None:
    bad = []
    for label, line in degrees.items():
        if line is None or line.is_empty:
            continue
        points = shapely.get_coordinates(line)
        inside = np.isfinite(points).all(axis=1) & (np.abs(points) <= (_MAX_LON, _MAX_LAT)).all(axis=1)
        if not inside.all():
            lon, lat = points[~inside][0].tolist()
            bad.append(f"row {label!r}: longitude {lon:g}, latitude {lat:g}")
    if bad:
        more = f" and {len(bad) - MOST_NAMED} more" if len(bad) > MOST_NAMED else ""
        msg = (
            f"the GeoDataFrame's column {column!r} holds points outside the world, {'; '.join(bad[:MOST_NAMED])}"
            f"{more}; its CRS {str(crs)!r} is probably not that of its numbers: gdf.set_crs(..., allow_override=True)"
        )
        raise ValueError(msg)


def _named(labels: Iterable[Any]) -> str:
    found = [repr(label) for label in labels]
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return ", ".join(found[:MOST_NAMED]) + more


def _parts(line: Any) -> list[LineString]:  # noqa: ANN401 - shapely has no types
    if line is None or line.is_empty:
        return []
    parts = [part for part in getattr(line, "geoms", [line]) if not part.is_empty]
    return [_flat(part) for part in parts]


def _flat(part: LineString) -> LineString:
    points = shapely.get_coordinates(part)
    # two points that lie more than half around the globe apart are neighbours over the antimeridian
    points[:, 0] = np.unwrap(points[:, 0], period=360.0)
    return LineString(points)


def values_of(gdf: gpd.GeoDataFrame, choice: str | None, what: str) -> list[str | None]:
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
    list of str or None
        Text without white space around it; None where a value is missing or empty.

    Raises
    ------
    TypeError
        If the choice is no text.
    """
    if choice is None:
        return [None] * len(gdf)
    if choice in gdf.columns:
        return [text_of(value) for value in gdf[choice]]
    if not isinstance(choice, str):
        msg = (
            f"{what}={choice!r} is neither a column of the GeoDataFrame nor a text; its columns are {list(gdf.columns)}"
        )
        raise TypeError(msg)
    return [text_of(choice)] * len(gdf)


def text_of(value: Any) -> str | None:  # noqa: ANN401 - whatever a cell holds
    """Return a cell as text; None for what is missing or empty."""
    if value is None or (np.isscalar(value) and value != value) or repr(value) in {"<NA>", "NaT"}:  # noqa: PLR0124 - NaN differs from itself
        return None
    return str(value).strip() or None


def attributes_of(row: Mapping[str, Any], used: Iterable[str]) -> dict[str, str]:
    """Return the cells of a row that hold something and are not drawn otherwise, as text by column."""
    skipped = set(used)
    texts = {str(key): text_of(value) for key, value in row.items() if key not in skipped}
    return {key: text for key, text in texts.items() if text is not None}
