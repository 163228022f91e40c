"""A frame of many lines as a page carries it: columns instead of rows, coordinates packed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from maps.escape import json_text
from maps.packing import pack_integers, pack_json, pack_points

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from maps.line_frame import FlatLines, Texts

BLOCK: Final = "waybill-lines"
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
_ONCE: Final = 0.5
"""A column of which more than this part are different texts is written row by row."""
_NEAR: Final = (64, 16)  # lines, and points of each, that decide where the basemap has detail


@dataclass(frozen=True)
class Frame:
    """What is drawn of a frame of lines.

    Attributes
    ----------
    lines
        Its lines.
    drawn
        Positions of the rows that have one, ascending.
    layer, mode, status, tooltip, known_from
        Texts by row; `known_from` holds days in ISO 8601.
    attributes
        Texts by row, by name of the column.
    """

    lines: FlatLines
    drawn: NDArray[np.int64]
    layer: Texts
    mode: Texts
    status: Texts
    tooltip: Texts
    known_from: Texts
    attributes: Mapping[str, Texts]

    @cached_property
    def own_ids(self) -> list[str] | None:
        """The ids of a column `id`, if they can stand in a link and differ; else None."""
        texts = self.attributes.get("id")
        if texts is None:
            return None
        codes = texts.codes[self.drawn]
        if (codes < 0).any():
            return None
        own = [texts.values[code] for code in codes.tolist()]
        return own if len(set(own)) == len(own) and all(map(_SLUG.fullmatch, own)) else None

    @cached_property
    def ids(self) -> list[str]:
        """An id for each row that is drawn: its own where it has one, else its number."""
        return self.own_ids or [f"line-{row + 1}" for row in self.drawn.tolist()]


@dataclass(frozen=True, slots=True)
class Packed:
    """A frame of lines as a page carries it.

    Attributes
    ----------
    block
        JSON of the block `waybill-lines`, safe inside a script element.
    near
        Some of its lines, each of shape (n, 2), lon, lat: where a basemap should have detail.
    bounds
        West, south, east, north in degrees.
    rows
        How many lines there are.
    """

    block: str
    near: list[NDArray[np.float64]]
    bounds: tuple[float, float, float, float]
    rows: int


def packed(frame: Frame, layer: Texts) -> Packed:
    """Pack the rows of a frame that are drawn.

    Parameters
    ----------
    frame
        What is drawn.
    layer
        Id of the layer of each row.

    Returns
    -------
    Packed
        Its block holds ``points`` as `maps.packing.pack_points` gives them, ``rows`` (packed: the number of parts of
        each line, left out where each has one) and ``columns``, deflated JSON: ``number`` (packed positions in the
        frame), ``id``, ``title``, ``layer``, ``mode``, ``status`` and ``known_from``, and ``attributes``, a list of
        names and columns. A column is ``{"values": [text, ...], "codes": packed}``, where code 0 is a missing value
        and code n the n-th text; without ``codes`` there is one text, or null, for each line.

    Raises
    ------
    ValueError
        If a longitude is out of the range that can be packed.
    """
    lines = frame.lines
    parts = np.bincount(np.searchsorted(frame.drawn, lines.rows), minlength=len(frame.drawn))
    columns = {
        "number": pack_integers(np.diff(frame.drawn, prepend=0)),
        "id": frame.own_ids,
        "title": _column(frame.tooltip, frame.drawn),
        "layer": _column(layer, frame.drawn),
        "mode": _column(frame.mode, frame.drawn),
        "status": _column(frame.status, frame.drawn),
        "known_from": _column(frame.known_from, frame.drawn),
        "attributes": [[name, _column(texts, frame.drawn)] for name, texts in frame.attributes.items()],
    }
    block: dict[str, Any] = {
        "version": 1,
        "lines": len(frame.drawn),
        "points": pack_points(lines.points, lines.sizes),
        "columns": pack_json(columns),
    }
    if (parts > 1).any():
        block["rows"] = pack_integers(parts)
    return Packed(
        # base64 and numbers: nothing in it needs to be escaped, which would take a copy for each character looked for
        block=json_text(block, block=BLOCK),
        near=_some(lines),
        bounds=lines.bounds,
        rows=len(frame.drawn),
    )


def _column(texts: Texts, drawn: NDArray[np.int64]) -> dict[str, Any] | None:
    """Return a column of some rows; None if none of them has a value."""
    codes = texts.codes[drawn]
    if not (codes >= 0).any():
        return None
    used, codes = np.unique(codes, return_inverse=True)
    missing = int(used[0] < 0)
    values = [texts.values[code] for code in used[missing:].tolist()]
    if len(values) > _ONCE * len(drawn):
        by_code = [*([None] * missing), *values]
        return {"values": [by_code[code] for code in codes.tolist()]}
    return {"values": values, "codes": pack_integers(codes + 1 - missing)}


def _some(lines: FlatLines) -> list[NDArray[np.float64]]:
    """Return some points of some of the lines, spread evenly over them."""
    most, each = _NEAR
    starts, sizes = lines.starts, lines.sizes
    return [
        lines.points[start : start + size : max(1, size // each)]
        for start, size in zip(
            starts[:: max(1, len(starts) // most)], sizes[:: max(1, len(sizes) // most)], strict=True
        )
    ]
