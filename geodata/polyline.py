"""Encoded polylines: many coordinates as one short ASCII text.

The format is the common one: latitude before longitude, differences, zigzag, five bits a
character from ``?`` on. Arrays stay in lon, lat order on our side. Longitudes are not wrapped, so
a line may run past 180 degrees.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

_BITS: Final = 5
_CHUNK_MASK: Final = 0x1F
_MORE: Final = 0x20
_OFFSET: Final = 63
_MAX_CHUNKS: Final = 13  # 64 bits in chunks of five


def encode(lonlat: ArrayLike, *, precision: int = 5) -> str:
    """Write coordinates as an encoded polyline.

    Parameters
    ----------
    lonlat
        Array of shape (n, 2), degrees, lon before lat, EPSG:4326. Longitudes may pass 180. Missing
        values are refused.
    precision
        Decimal digits kept; 5 is about one metre.

    Returns
    -------
    str
        ASCII text; empty for no coordinates.

    Raises
    ------
    ValueError
        If the shape is not (n, 2) or a coordinate is not finite.

    Examples
    --------
    >>> encode([(-120.2, 38.5), (-120.95, 40.7), (-126.453, 43.252)])
    '_p~iF~ps|U_ulLnnqC_mqNvxq`@'
    """
    points = np.asarray(lonlat, dtype=np.float64)
    if points.size == 0:
        return ""
    if points.ndim != 2 or points.shape[1] != 2:
        msg = f"coordinates have shape {points.shape!r}; pass an array of shape (n, 2), lon, lat"
        raise ValueError(msg)
    if not np.isfinite(points).all():
        row = int(np.flatnonzero(~np.isfinite(points).all(axis=1))[0])
        msg = f"coordinate {row} is {points[row].tolist()!r}; drop missing points before encoding"
        raise ValueError(msg)
    quantised = np.rint(points[:, ::-1] * 10.0**precision).astype(np.int64)
    return encode_quantised(quantised)


def encode_quantised(latlon: NDArray[np.int64]) -> str:
    """Write whole-number coordinates, lat before lon, as an encoded polyline.

    Parameters
    ----------
    latlon
        Array of shape (n, 2), degrees times ten to the power of the precision.

    Returns
    -------
    str
        ASCII text.

    Raises
    ------
    None
        Nothing beyond what numpy raises for arrays of another kind.
    """
    differences = np.diff(latlon, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).ravel()
    zigzag = ((differences << 1) ^ (differences >> 63)).astype(np.uint64)
    largest = int(zigzag.max(initial=np.uint64(0)))
    width = max(1, -(-largest.bit_length() // _BITS))
    shifts = np.arange(width, dtype=np.uint64) * np.uint64(_BITS)
    rest = zigzag[:, None] >> shifts
    chunks = (rest & np.uint64(_CHUNK_MASK)).astype(np.uint8)
    more = np.zeros(rest.shape, dtype=bool)
    more[:, :-1] = rest[:, 1:] > 0
    used = rest > 0
    used[:, 0] = True
    characters = chunks + np.where(more, _MORE, 0).astype(np.uint8) + np.uint8(_OFFSET)
    return bytes(characters[used]).decode("ascii")


def decode(text: str, *, precision: int = 5) -> NDArray[np.float64]:
    """Read an encoded polyline.

    Parameters
    ----------
    text
        What :func:`encode` wrote.
    precision
        Decimal digits the text was written with.

    Returns
    -------
    numpy.ndarray
        Shape (n, 2), degrees, lon before lat, EPSG:4326; (0, 2) for an empty text.

    Raises
    ------
    ValueError
        If the text holds a foreign character or ends within a coordinate.

    Examples
    --------
    >>> decode("_p~iF~ps|U").tolist()
    [[-120.2, 38.5]]
    """
    if not text:
        return np.empty((0, 2), dtype=np.float64)
    raw = np.frombuffer(text.encode("utf-8"), dtype=np.uint8).astype(np.int64) - _OFFSET
    if raw.min() < 0 or raw.max() > _CHUNK_MASK + _MORE:
        place = int(np.flatnonzero((raw < 0) | (raw > _CHUNK_MASK + _MORE))[0])
        msg = f"character {place} of the polyline is outside '?' to '~'; the text is damaged"
        raise ValueError(msg)
    last = (raw & _MORE) == 0
    ends = np.flatnonzero(last)
    if not last[-1] or len(ends) % 2:
        msg = f"the polyline ends within a coordinate: ...{text[-12:]!r}; the text is cut off"
        raise ValueError(msg)
    starts = np.concatenate(([0], ends[:-1] + 1))
    if int((ends - starts).max()) >= _MAX_CHUNKS:
        msg = "a number of the polyline is longer than 64 bits; the text is damaged"
        raise ValueError(msg)
    position = np.arange(len(raw)) - np.repeat(starts, ends - starts + 1)
    zigzag = np.add.reduceat((raw & _CHUNK_MASK) << (_BITS * position), starts)
    differences = (zigzag >> 1) ^ -(zigzag & 1)
    latlon = differences.reshape(-1, 2).cumsum(axis=0)
    return np.ascontiguousarray(latlon[:, ::-1] / 10.0**precision)
