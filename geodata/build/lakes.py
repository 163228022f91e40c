"""Natural Earth lakes, from a package that carries them at 1:110m and 1:50m (on a grid of 2-4 km)."""

from pathlib import Path
from typing import Any

import shapely

from geodata.build import topojson
from geodata.build.cells import degrees
from geodata.build.features import polygon
from geodata.build.packages import read_json


def lakes(folder: Path, scale: str) -> list[Any]:
    """Read the lakes of a scale.

    Parameters
    ----------
    folder
        The unpacked source package.
    scale
        ``"110m"`` or ``"50m"``; for ``"10m"`` the 1:50m lakes are given, as there are none finer.

    Returns
    -------
    list
        Valid shapely polygons in degrees.

    Raises
    ------
    OSError
        If the package has no such file.
    """
    name = "110m" if scale == "110m" else "50m"
    topology = topojson.decode(read_json(folder / "dist" / f"world_{name}.json"))
    shapes = [
        polygon(topology, part)
        for geometry in topology.objects["lakes"]["geometries"]
        for part in topojson.parts(geometry)
    ]
    valid = shapely.get_parts(shapes)
    polygons = [shape for shape in valid if shape.geom_type == "Polygon" and not shape.is_empty]
    return [degrees(topology, shape) for shape in polygons]
