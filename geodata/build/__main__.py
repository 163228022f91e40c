"""Build every data file: ``python -m geodata.build``."""

import tempfile
from pathlib import Path
from typing import Any, Final

import shapely

from geodata.build import cells, labels, lakes, packages, polygons, rail, sea, sources, topojson
from geodata.build.features import border_lines, features_from_topology
from geodata.registry import read_sources

_GEODATA: Final = Path(__file__).resolve().parent.parent


def build_scale(plan: cells.LevelPlan, atlas: Path, lake_package: Path, data: Path) -> dict[str, Any]:
    """Write the files of one scale.

    Parameters
    ----------
    plan
        How the basemap of the scale is made.
    atlas
        Unpacked world-atlas package.
    lake_package
        Unpacked package with lakes.
    data
        Folder to write to.

    Returns
    -------
    dict
        Country code to MultiPolygon in degrees.

    Raises
    ------
    OSError
        If a source or the folder is missing.
    """
    scale = plan.scale
    topology = topojson.decode(packages.read_json(atlas / f"countries-{scale}.json"))
    features = features_from_topology(topology)
    countries, land = polygons.country_shapes(topology, features), polygons.land_shapes(topology)
    polygons.write_packed(data / f"countries_{scale}.npz", topology, countries)
    polygons.write_packed(data / f"land_{scale}.npz", topology, {"": land})
    if scale == "10m":
        polygons.write_packed(data / "pieces_10m.npz", topology, polygons.piece_shapes(topology, countries))
    lines = {
        kind: cells.degrees(topology, shapely.line_merge(shapely.MultiLineString(arcs)))
        for kind, arcs in border_lines(topology, features).items()
    }
    layers = cells.Layers(
        land=list(shapely.get_parts(cells.degrees(topology, land))),
        lakes=lakes.lakes(lake_package, scale),
        borders=lines["borders"],
        disputed=lines["disputed"],
    )
    cells.write_level(data / f"basemap_{scale}.jsonl", plan, cells.build_level(plan, layers))
    return {code: cells.degrees(topology, shape) for code, shape in countries.items()}


def build(folder: Path, data: Path) -> None:
    """Obtain the sources and write all data files.

    Parameters
    ----------
    folder
        Empty folder for the source packages.
    data
        Folder to write to.

    Returns
    -------
    None
        The files are written.

    Raises
    ------
    geodata.build.packages.PackageError
        If a source cannot be obtained.
    """
    atlas, lake_package = packages.unpack(packages.WORLD_ATLAS, folder), packages.unpack(packages.LAKES, folder)
    names, dates = packages.unpack(packages.LOCALE_NAMES, folder), packages.unpack(packages.LOCALE_DATES, folder)
    shapes = {plan.scale: build_scale(plan, atlas, lake_package, data) for plan in cells.PLANS}
    labels.write_labels(data / "country_labels.json", labels.country_labels(names, {**shapes["10m"], **shapes["50m"]}))
    labels.write_labels(data / "cities.json", labels.cities(dates))
    labels.write_labels(data / "seas.json", labels.sea_labels())


def main() -> None:
    """Build into the package and renew the sources file."""
    data = _GEODATA / "data"
    data.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), data)
        sources.write_sources(_GEODATA / "sources.toml", data, sources.provenance())
        rail.main()
        sea.build(packages.unpack(packages.LAKES, Path(folder)), data)
    register = _GEODATA / "sources.toml"
    renewed = {entry["file"]: entry for entry in read_sources(register) if entry["file"].startswith("sea")}
    sources.write_sources(register, data, renewed)
    for path in sorted(data.iterdir()):
        print(f"{path.stat().st_size:>9,} {path.name}")


if __name__ == "__main__":
    main()
