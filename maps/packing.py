"""Many lines in few bytes: whole numbers as differences, split into planes of bytes, deflated where that helps."""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

PRECISION: Final = 5
"""Decimal digits of a degree that are kept: 1e-5 degrees are about 1.1 m on the ground."""
_BYTE: Final = 8
_NOISE_BITS: Final = 7.8
"""A plane of bytes with more information than that per byte is stored as it is: deflate would win nothing."""
_LEVEL: Final = 6
_SAMPLE: Final = 1 << 16


def pack_points(points: NDArray[np.float64], sizes: NDArray[np.int64], *, precision: int = PRECISION) -> dict[str, Any]:
    """Write the points of lines as planes of bytes.

    Each axis is one list of whole numbers: for the first vertex of a line its difference from the first of the line
    before, for the others the step from the vertex before, or the change of that step, whichever is smaller.

    Parameters
    ----------
    points
        Shape (vertices, 2): lon, lat in degrees, finite; longitudes may pass 180.
    sizes
        Vertices of each line, shape (lines,), each at least 1; their sum is the number of vertices.
    precision
        Decimal digits of a degree that are kept.

    Returns
    -------
    dict
        ``lines``, ``vertices``, ``precision``, ``sizes`` (packed whole numbers) and ``axes``: for lon and lat each
        ``order`` (1 for steps, 2 for their changes) and ``planes``, as `pack_integers` gives them.

    Raises
    ------
    ValueError
        If a number is out of the range of 32 bits, which no degree with up to 6 digits is.
    """
    starts = np.cumsum(sizes) - sizes
    scale = 10.0**precision
    axes = []
    for axis in range(2):
        whole = np.rint(points[:, axis] * scale)
        if len(whole) and np.abs(whole).max() > np.iinfo(np.int32).max // 4:
            msg = f"{precision} digits of a degree do not fit into 32 bits; keep fewer"
            raise ValueError(msg)
        first = whole.astype(np.int32)
        del whole
        axes.append(_axis(first, starts, sizes))
    counts = {"lines": len(sizes), "vertices": len(points)}
    return {**counts, "precision": precision, "sizes": pack_integers(sizes), "axes": axes}


def _axis(numbers: NDArray[np.int32], starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> dict[str, Any]:
    steps = np.empty_like(numbers)
    steps[:1] = numbers[:1]
    np.subtract(numbers[1:], numbers[:-1], out=steps[1:])
    changes = np.empty_like(steps)
    changes[:1] = steps[:1]
    np.subtract(steps[1:], steps[:-1], out=changes[1:])
    second = starts[sizes > 1] + 1
    changes[second] = steps[second]
    heads = np.diff(numbers[starts], prepend=np.int32(0)).astype(np.int32)
    steps[starts] = changes[starts] = heads
    order, chosen = (2, changes) if _bits(changes) < _bits(steps) else (1, steps)
    return {"order": order, "planes": pack_integers(chosen)}


def _bits(numbers: NDArray[np.int32]) -> float:
    """Return roughly how many bits the numbers of a sample take in all."""
    sample = numbers[:: max(1, len(numbers) // _SAMPLE)]
    return float(np.log2(1.0 + np.abs(sample.astype(np.float64))).sum())


def pack_integers(numbers: NDArray[np.integer[Any]]) -> list[list[str]]:
    """Write whole numbers as planes of bytes, the lowest first, each with how it is written.

    Parameters
    ----------
    numbers
        Shape (n,), within 31 bits and a sign.

    Returns
    -------
    list of [how, text]
        Base64 of a plane, `how` being ``deflate`` (RFC 1950) or ``raw``; planes above the last one that is not all
        zeros are left out. The numbers are zigzag coded: 0, -1, 1, -2 become 0, 1, 2, 3.

    Raises
    ------
    None
        Numbers out of range are not expected here.

    Examples
    --------
    >>> pack_integers(np.array([0, 0, 0]))
    []
    >>> [how for how, _ in pack_integers(np.array([1, 300]))]
    ['raw', 'raw']
    """
    whole = numbers.astype(np.int32)
    zigzag = ((whole << 1) ^ (whole >> 31)).view(np.uint32)
    by_plane = zigzag.astype("<u4", copy=False).view(np.uint8).reshape(-1, 4)
    highest = int(zigzag.max(initial=0)).bit_length()
    return [_plane(np.ascontiguousarray(by_plane[:, plane])) for plane in range(-(-highest // _BYTE))]


def _plane(plane: NDArray[np.uint8]) -> list[str]:
    counts = np.bincount(plane[:: max(1, len(plane) // _SAMPLE)], minlength=256)
    share = counts[counts > 0] / counts.sum()
    if float(-(share * np.log2(share)).sum()) < _NOISE_BITS:
        deflated = zlib.compress(plane.data, _LEVEL)
        if len(deflated) < len(plane):
            return ["deflate", base64.b64encode(deflated).decode("ascii")]
    return ["raw", base64.b64encode(plane.data).decode("ascii")]


def pack_json(value: object) -> str:
    """Write a value as deflated JSON in base64.

    Parameters
    ----------
    value
        What JSON can carry.

    Returns
    -------
    str
        Base64 of the zlib stream (RFC 1950) of UTF-8.

    Raises
    ------
    ValueError
        If a value has no JSON form.
    """
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode("ascii"), _LEVEL)).decode("ascii")


def unpack_integers(planes: Sequence[Sequence[str]], count: int) -> NDArray[np.int64]:
    """Read what `pack_integers` wrote.

    Parameters
    ----------
    planes
        Its result.
    count
        How many numbers there are.

    Returns
    -------
    ndarray
        Shape (count,).

    Raises
    ------
    ValueError
        If a plane does not hold so many bytes.
    """
    zigzag = np.zeros(count, np.uint32)
    for place, (how, text) in enumerate(planes):
        raw = base64.b64decode(text)
        plane = np.frombuffer(zlib.decompress(raw) if how == "deflate" else raw, np.uint8)
        zigzag |= plane.astype(np.uint32) << np.uint32(_BYTE * place)
    return (zigzag >> 1).astype(np.int64) ^ -(zigzag & 1).astype(np.int64)


def unpack_points(packed: Mapping[str, Any]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Read what `pack_points` wrote.

    Parameters
    ----------
    packed
        Its result.

    Returns
    -------
    points, sizes
        As `pack_points` took them, rounded to its precision.

    Raises
    ------
    ValueError
        If the planes are damaged.
    """
    sizes = unpack_integers(packed["sizes"], packed["lines"])
    starts = np.cumsum(sizes) - sizes
    columns = []
    for axis in packed["axes"]:
        numbers = unpack_integers(axis["planes"], packed["vertices"])
        heads = np.cumsum(numbers[starts])
        numbers[starts] = 0
        for _ in range(axis["order"]):
            numbers = np.cumsum(numbers)
            numbers -= np.repeat(numbers[starts], sizes)
        columns.append(numbers + np.repeat(heads, sizes))
    return np.column_stack(columns) / 10.0 ** packed["precision"], sizes
