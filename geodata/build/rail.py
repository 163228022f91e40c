"""Build the rail network: ``python -m geodata.build.rail``."""

import csv
import tempfile
from pathlib import Path
from typing import Any, Final

import numpy as np

from geodata._store import pieces
from geodata.build import packages, rail_countries, rail_gaps, rail_source, sources
from geodata.build.rail_source import Lines
from geodata.networks.graph import Graph, write_graph

_GEODATA: Final = Path(__file__).resolve().parent.parent
_WHEEL_FILE_SHA256: Final = "de155ac61fb972a3b038d8072feb97f0cf1532f838ccbcd6dea89c3a55735383"
_OSM: Final = {
    "source": "OpenStreetMap, as generalised and redistributed by scgraph_data",
    "version": "scgraph_data 2.0.0",
    "url": "https://github.com/connor-makowski/scgraph_data",
    "licence": "ODbL-1.0 (text in rail_licence.txt); packaging by scgraph_data: MIT",
    "licence_url": "https://opendatacommons.org/licenses/odbl/1-0/",
    "attribution": "© OpenStreetMap contributors (ODbL)",
}
_LICENCES: Final = "spdx-license-list@6.12.0"
_NOTICE: Final = """\
rail.npz and rail_bridges.csv contain information from OpenStreetMap, which is made available under the
Open Database License (ODbL) 1.0: © OpenStreetMap contributors, https://www.openstreetmap.org/copyright.
They are derived from the railway graph of scgraph_data 2.0.0 (MIT License, © 2024 Connor Makowski) and are a
Derivative Database. Attribution: a map or other work made from them must show
"© OpenStreetMap contributors (ODbL)". Share-alike: whoever publicly uses an altered version of these two files must
offer that version under the ODbL as well, as a file or as the steps that make it; the steps that made these files
are in geodata/build/rail*.py. Pictures and pages made from them are Produced Works and need the attribution only.
The ODbL concerns these data files; the program is under its own licence.

The text of the licence follows.

"""
_CHANGES: Final = (
    "Edges that repeat chains of shorter ones dropped; lengths moved from the sphere to WGS 84; a country for every "
    "node from Natural Earth 1:10m; breaks bridged by rule and listed in rail_bridges.csv. This is a derivative "
    "database under the ODbL: whoever passes on an altered version must offer it under the ODbL too."
)


def provenance() -> dict[str, dict[str, Any]]:
    """Give title, source, licence and changes of the files of this module."""
    natural_earth = {
        "source": "Natural Earth 4.1.0, as redistributed by world-atlas",
        "version": "world-atlas 2.0.2",
        "url": "https://github.com/topojson/world-atlas",
        "licence": "Natural Earth: public domain; world-atlas: ISC",
        "licence_url": "https://www.naturalearthdata.com/about/terms-of-use/",
        "attribution": "Made with Natural Earth",
    }
    return {
        "rail.npz": _OSM | {"title": "Railways of the world", "changes": _CHANGES, "also": [natural_earth]},
        "rail_licence.txt": {
            "title": "Notice and licence of the rail network",
            "source": "Open Data Commons, as redistributed by spdx-license-list; notice by this project",
            "version": "ODbL 1.0; spdx-license-list 6.12.0",
            "url": "https://opendatacommons.org/licenses/odbl/1-0/",
            "licence": "text of a licence, passed on unaltered",
            "licence_url": "https://opendatacommons.org/licenses/odbl/1-0/",
            "attribution": _OSM["attribution"],
            "changes": "A notice put before the text.",
        },
        "rail_bridges.csv": _OSM | {"title": "Bridged breaks of the railways", "changes": _CHANGES},
    }


def build_graph(lines: Lines) -> tuple[Graph, list[rail_gaps.Bridge]]:
    """Add countries and bridges to the lines of the source.

    Parameters
    ----------
    lines
        The lines.

    Returns
    -------
    tuple
        The network and its bridges, in the order of the network's edges.

    Raises
    ------
    geodata.registry.DataError
        If the country polygons have not been built yet.
    """
    polygons = pieces("10m")
    places = rail_countries.places_of(lines, polygons)
    tips, margin_m = rail_gaps.dead_ends(lines), rail_gaps.BORDER_MARGIN_M
    bordering = rail_countries.beside_borders(lines, polygons, places, tips, margin_m)
    bridges = rail_gaps.find_bridges(lines, places.country, bordering)
    tail = np.concatenate((lines.tail, [bridge.tail for bridge in bridges])).astype(np.int32)
    head = np.concatenate((lines.head, [bridge.head for bridge in bridges])).astype(np.int32)
    track_m = np.concatenate((lines.track_m, [np.ceil(bridge.length_m) for bridge in bridges]))
    row = np.concatenate((np.full(len(lines.tail), -1), np.arange(len(bridges)))).astype(np.int32)
    order = np.lexsort((head, tail))
    place = np.argsort(order)
    across = places.across.copy()
    across[:, 0] = place[across[:, 0]]
    graph = Graph(
        lon=lines.lon,
        lat=lines.lat,
        tail=tail[order],
        head=head[order],
        track_m=track_m[order],
        bridge=row[order],
        codes=places.codes,
        country=places.country,
        near=places.near,
        across=across[np.argsort(across[:, 0], kind="stable")],
    )
    return graph, bridges


def write_bridges(path: Path, graph: Graph, bridges: list[rail_gaps.Bridge]) -> None:
    """Write the table of bridges.

    Parameters
    ----------
    path
        The CSV file.
    graph
        The network.
    bridges
        Its bridges.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("id", "lon_from", "lat_from", "lon_to", "lat_to", "length_m", "countries", "rule"))
        for bridge in bridges:
            ends = [(float(graph.lon[n]), float(graph.lat[n])) for n in (bridge.tail, bridge.head)]
            code = graph.codes[graph.country[bridge.tail]]
            degrees = [f"{value:.3f}" for end in ends for value in end]
            writer.writerow((_key(code, ends), *degrees, round(bridge.length_m), code, bridge.rule))


def _key(code: str, ends: list[tuple[float, float]]) -> str:
    """Name a bridge after the millidegrees of its ends, so that a rebuild keeps the name."""
    (lon_a, lat_a), (lon_b, lat_b) = sorted(ends)
    grid = [round(abs(value) * 1000) for value in (lat_a, lon_a, lat_b, lon_b)]
    side = ("n" if lat_a >= 0 else "s", "e" if lon_a >= 0 else "w")
    return f"{code.lower()}-{grid[0]}{side[0]}-{grid[1]}{side[1]}-{grid[2]}-{grid[3]}"


def build(wheel: Path, data: Path) -> None:
    """Write the network and the table of its bridges.

    Parameters
    ----------
    wheel
        The wheel of ``scgraph_data`` 2.0.0.
    data
        Folder to write to.

    Raises
    ------
    ValueError
        If the railways in the wheel are not those this build was written for.
    """
    neighbours, lat_lon, sha256 = rail_source.read_wheel(wheel)
    if sha256 != _WHEEL_FILE_SHA256:
        msg = f"the railways in {wheel.name!r} have SHA-256 {sha256!r}, expected {_WHEEL_FILE_SHA256!r}"
        raise ValueError(msg)
    dropped = rail_source.drop_shortcuts(neighbours)
    graph, bridges = build_graph(rail_source.lines_from(neighbours, lat_lon))
    write_graph(graph, data / "rail.npz")
    write_bridges(data / "rail_bridges.csv", graph, bridges)
    print(f"{len(graph.lon):,} nodes, {len(graph.tail):,} edges, {dropped:,} dropped, {len(bridges):,} bridges")


def write_licence(path: Path, package: Path) -> None:
    """Write the notice and the text of the licence.

    Parameters
    ----------
    path
        The text file.
    package
        Unpacked package with the texts of licences.

    Raises
    ------
    OSError
        If the text is missing or the file cannot be written.
    """
    text = packages.read_json(package / "licenses" / "ODbL-1.0.json")["licenseText"]
    path.write_text(_NOTICE + text.rstrip() + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    """Build into the package and renew the sources file."""
    with tempfile.TemporaryDirectory() as folder:
        build(rail_source.obtain(Path(folder)), _GEODATA / "data")
        write_licence(_GEODATA / "data" / "rail_licence.txt", packages.unpack(_LICENCES, Path(folder)))
    sources.write_sources(_GEODATA / "sources.toml", _GEODATA / "data", provenance())


if __name__ == "__main__":
    main()
