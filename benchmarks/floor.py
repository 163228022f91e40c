"""What the lines of a frame need at least: bytes, seconds and pictures, computed without any of the tools."""

from __future__ import annotations

import time
import zlib
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

PRECISION_DEG = 1e-5  # about a metre
LEVEL = 6
BASE64 = 4 / 3
PICTURES_MS = 2 * 1000 / 60  # a change can be seen at the second picture after it


def floor(gdf: gpd.GeoDataFrame) -> dict[str, float]:
    """Seconds to pack the frame, and megabytes of its packed lines and attributes in a page."""
    begun = time.perf_counter()
    geometry = packed_geometry(gdf.geometry.to_numpy())
    attributes = sum(packed_column(gdf[name]) for name in gdf.columns if name != gdf.geometry.name)
    return {
        "build": time.perf_counter() - begun,
        "geometry": geometry * BASE64 / 1e6,
        "attributes": attributes * BASE64 / 1e6,
        "html": (geometry + attributes) * BASE64 / 1e6,
        "picture": PICTURES_MS,
    }


def packed_geometry(lines: np.ndarray) -> int:
    """Bytes of the deflated coordinates: second differences along each line, zigzag, the four bytes in planes.

    Varints of the same numbers come out a tenth larger on these lines.
    """
    coords, index = shapely.get_coordinates(lines, return_index=True)
    whole = np.rint(coords / PRECISION_DEG).astype(np.int32)
    bends = _differences(_differences(whole, index), index)
    zigzag = ((bends << 1) ^ (bends >> 31)).T.ravel().astype(np.uint32)  # all longitudes, then all latitudes
    planes = zigzag.view(np.uint8).reshape(-1, 4).T.tobytes()
    lengths = np.bincount(index, minlength=len(lines)).astype(np.uint32).tobytes()
    return len(zlib.compress(planes, LEVEL)) + len(zlib.compress(lengths, LEVEL))


def packed_column(values: pd.Series) -> int:
    """Bytes of a deflated column of text; few different values are listed once and numbered."""
    codes, names = values.factorize()
    if len(names) > 255:
        return len(zlib.compress("\n".join(values).encode(), LEVEL))
    return len(zlib.compress("\n".join(names).encode() + codes.astype(np.uint8).tobytes(), LEVEL))


def _differences(values: np.ndarray, index: np.ndarray) -> np.ndarray:
    """Subtract from each vertex the one before it, but not that of the line before."""
    found = values.copy()
    same = (index[1:] == index[:-1])[:, None]
    found[1:] -= values[:-1] * same
    return found
