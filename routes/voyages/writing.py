"""Voyages written as a file that other programs read."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from routes.errors import ExchangeError
from routes.geometry import for_files
from routes.output import is_one_of, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd

DRIVERS: Final = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".parquet": ""}
_LAYER: Final = "voyages"


def check_suffix(path: Path) -> None:
    """Refuse a file whose name says no format, before the work is done.

    Raises
    ------
    ExchangeError
        If it ends in none of the suffixes of `DRIVERS`.
    """
    if path.suffix.lower() not in DRIVERS:
        remedy = f"give a name that ends in {', '.join(DRIVERS)}"
        raise ExchangeError(path.name, "is no kind of file that voyages are written as", remedy)


def check_apart(path: Path, inputs: Iterable[Path]) -> None:
    """Refuse to write over a file that is read, under whatever name it was given.

    Parameters
    ----------
    path
        File to write.
    inputs
        Files to read.

    Raises
    ------
    ExchangeError
        If the file to write is one of them.
    OSError
        If a file cannot be reached.
    """
    if is_one_of(path, inputs):
        raise ExchangeError(path.name, "is one of the files that are read", "give the voyages a name of their own")


def write_voyages(voyages: gpd.GeoDataFrame, path: Path) -> None:
    """Write voyages as GeoPackage, GeoJSON or GeoParquet, whole or not at all.

    Lines that pass 180 degrees are split there and lie within ±180, as RFC 7946 asks for; a column that is missing in
    a row is null. Texts stay as they were reported: none of these formats runs a text as a formula.

    Parameters
    ----------
    voyages
        As `tracks` gives them.
    path
        File to write; its suffix says the format.

    Raises
    ------
    ExchangeError
        If the suffix is not known.
    OSError
        If the folder is missing or cannot be written; a file that stood there is as it was.
    """
    check_suffix(path)
    frame = voyages.set_geometry(voyages.geometry.map(for_files), crs=voyages.crs)
    driver = DRIVERS[path.suffix.lower()]
    with tempfile.TemporaryDirectory(prefix="waybill-") as folder:
        made = Path(folder) / f"{_LAYER}{path.suffix.lower()}"
        if driver == "GPKG":
            frame.to_file(made, driver=driver, layer=_LAYER, engine="pyogrio")
        elif driver:
            frame.to_file(made, driver=driver, engine="pyogrio", RFC7946=True, WRITE_NAME=False)
        else:
            frame.to_parquet(made, index=False)
        write_whole(path, made.read_bytes())
