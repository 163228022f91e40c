"""Whether a WKB can be handed to GEOS, which follows nested geometries as deep as they go, until its stack ends."""

from __future__ import annotations

import struct
from typing import Final

_POINT, _LINE, _POLYGON, _POINTS, _LINES = 1, 2, 3, 4, 5
_PARTS: Final = {_POINTS: _POINT, _LINES: _LINE}


def is_plain(content: bytes) -> bool:
    """Return whether it is a point, a line, a polygon, or several points or lines, with as many bytes as it says.

    Parameters
    ----------
    content
        Well-known binary, ISO or as PostGIS extends it.
    """
    try:
        kind, at = _ends(content, 0)
    except (struct.error, IndexError):
        return False
    return kind > 0 and at <= len(content)


def _ends(content: bytes, at: int, allowed: int | None = None) -> tuple[int, int]:
    """Return the kind of the geometry at a byte and the byte after it; kind 0 for what is not plain."""
    order = "<" if content[at] else ">"
    (code,) = struct.unpack_from(f"{order}I", content, at + 1)
    at += 5
    if code & 0x20000000:  # an id of a reference system follows
        at += 4
    dimensions = 2 + bool(code & 0x80000000) + bool(code & 0x40000000)
    kind, iso = (code & 0xFFFF) % 1000, (code & 0xFFFF) // 1000
    dimensions = max(dimensions, {0: 2, 1: 3, 2: 3, 3: 4}.get(iso, 4))
    if allowed is not None and kind != allowed:
        return 0, at
    if kind == _POINT:
        return kind, at + 8 * dimensions
    if kind not in {_LINE, _POLYGON, *_PARTS}:
        return 0, at
    (count,) = struct.unpack_from(f"{order}I", content, at)
    at += 4
    if kind == _LINE:
        return kind, at + 8 * dimensions * count
    for _ in range(count):
        if kind == _POLYGON:
            (points,) = struct.unpack_from(f"{order}I", content, at)
            at += 4 + 8 * dimensions * points
        else:
            part, at = _ends(content, at, _PARTS[kind])
            if not part:
                return 0, at
    return kind, at
