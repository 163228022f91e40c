"""Lines from files that know nothing of cases: GeoJSON, KML, GPX and CSV."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from routes import limits
from routes.errors import ExchangeError

if TYPE_CHECKING:
    from pathlib import Path

    from routes.formats.plain.drawings import Drawings

READERS: Final = {
    ".geojson": "geojson",
    ".json": "geojson",
    ".kml": "kml",
    ".gpx": "gpx",
    ".csv": "table",
    ".tsv": "table",
}
"""Suffix of a file and the module here that reads it."""


def read_drawings(path: Path) -> Drawings:
    """Return the lines of a GeoJSON, KML, GPX or CSV file, in its order.

    Parameters
    ----------
    path
        The file. Coordinates are WGS 84 in degrees.

    Raises
    ------
    ExchangeError
        If the file is none of these, is too large, is broken, or holds no line.
    OSError
        If it cannot be read.
    """
    module = READERS.get(path.suffix.lower())
    if module is None:
        remedy = "give a file that ends in .geojson, .kml, .gpx or .csv, or a .gpkg or .xlsx made by `waybill export`"
        raise ExchangeError(path.name, "is no kind of file that holds lines for Waybill", remedy)
    if not limits.is_regular(path):
        raise ExchangeError(path.name, "is no file but a pipe, a device or a folder", "save it as a file")
    if path.stat().st_size > limits.FILE.bytes:
        remedy = limits.FILE.remedy("keep only the lines that are needed")
        raise ExchangeError(path.name, f"is larger than {limits.FILE}", remedy)
    drawings: Drawings = import_module(f"routes.formats.plain.{module}").read(path.name, path.read_bytes())
    if not drawings.lines:
        ignored = drawings.ignored_in_words()
        problem = f"holds no line, only {ignored}" if ignored else "holds no line"
        raise ExchangeError(path.name, problem, "draw each route as a line")
    return drawings
