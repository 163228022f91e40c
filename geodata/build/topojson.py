"""Decode TopoJSON: quantised, delta-coded arcs into integer coordinates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ring = list[int]
"""Arc numbers in order; ``~n`` means arc n backwards."""
Part = list[Ring]
"""A polygon: outer ring, then holes."""


@dataclass(frozen=True)
class Topology:
    """Arcs on a whole-number grid, with the step and origin of the grid in degrees."""

    arcs: list[NDArray[np.int64]]
    scale: tuple[float, float]
    translate: tuple[float, float]
    objects: dict[str, Any]

    def ring(self, numbers: Ring) -> NDArray[np.int64]:
        """Join arcs into one closed ring of grid coordinates, shape (n, 2)."""
        pieces = [self.arcs[number] if number >= 0 else self.arcs[~number][::-1] for number in numbers]
        joined = [pieces[0], *(piece[1:] for piece in pieces[1:])]
        return np.concatenate(joined)

    def to_grid(self, lon: float, lat: float) -> tuple[float, float]:
        """Turn degrees into grid coordinates."""
        return (
            (lon - self.translate[0]) / self.scale[0],
            (lat - self.translate[1]) / self.scale[1],
        )


def decode(document: dict[str, Any]) -> Topology:
    """Decode a TopoJSON document.

    Parameters
    ----------
    document
        Parsed TopoJSON of type Topology with a ``transform``.

    Returns
    -------
    Topology
        Arcs as absolute grid coordinates.

    Raises
    ------
    ValueError
        If the document is no quantised topology.
    """
    if document.get("type") != "Topology" or "transform" not in document:
        msg = f"expected a quantised Topology, got type {document.get('type')!r} without transform"
        raise ValueError(msg)
    transform = document["transform"]
    return Topology(
        arcs=[np.cumsum(np.asarray(arc, dtype=np.int64), axis=0) for arc in document["arcs"]],
        scale=(float(transform["scale"][0]), float(transform["scale"][1])),
        translate=(float(transform["translate"][0]), float(transform["translate"][1])),
        objects=document["objects"],
    )


def parts(geometry: dict[str, Any]) -> list[Part]:
    """List the polygons of a Polygon or MultiPolygon geometry as arc numbers.

    Parameters
    ----------
    geometry
        A TopoJSON geometry object.

    Returns
    -------
    list
        Polygons; empty for a null geometry.

    Raises
    ------
    ValueError
        If the geometry has another type.
    """
    match geometry.get("type"):
        case "Polygon":
            return [geometry["arcs"]]
        case "MultiPolygon":
            return list(geometry["arcs"])
        case None:
            return []
        case other:
            msg = f"cannot read a geometry of type {other!r}; expected Polygon or MultiPolygon"
            raise ValueError(msg)


def arc_numbers(polygons: Sequence[Part]) -> Iterator[int]:
    """Yield the number of every arc that polygons use, without direction."""
    for polygon in polygons:
        for ring in polygon:
            for number in ring:
                yield number if number >= 0 else ~number
