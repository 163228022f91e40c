"""GeoPackage 1.3: the tables of a case as layers and attribute tables, with styles for QGIS, metadata and the files.

Written with sqlite3 alone, so that the same case gives the same bytes: what libraries write holds the time of writing.
"""

from __future__ import annotations

import json
import sqlite3
import struct
from typing import TYPE_CHECKING, Any, Final

import shapely
from shapely import MultiLineString, Point

from routes.formats.derived import derived_grids
from routes.formats.extract import parts_of
from routes.formats.gpkg_style import styles
from routes.formats.grids import Grid, grids_from_texts
from routes.writing import folder_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from routes.formats.extract import Extract
    from routes.formats.grids import Cell

FID, GEOMETRY, PREFIX = "fid", "geom", "wb_"
"""Names of the key and the geometry of every layer, and the prefix of columns that Waybill works out."""
COLUMNS, FILES = "waybill_columns", "waybill_files"
"""Tables that say which columns are the case's own and under which name, and that hold the files to the letter."""
_SRS: Final = 4326
_APPLICATION, _VERSION = 0x47504B47, 10300  # GPKG 1.3.0, requirement 2
_SCHEMA: Final = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
  definition TEXT NOT NULL, scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,
  md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL,
  mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT,
  row_id_value INTEGER, timestamp DATETIME NOT NULL, md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id));
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
  f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30),
  styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME);
"""


def content(extract: Extract) -> bytes:
    """Return the GeoPackage of a case."""
    writer = _Writer(extract)
    writer.write()
    return writer.bytes()


class _Writer:
    """One GeoPackage in memory."""

    def __init__(self, extract: Extract) -> None:
        self.extract = extract
        self.when = f"{extract.case.meta['updated']}T00:00:00.000Z"
        self.database = sqlite3.connect(":memory:", isolation_level=None)
        self.database.execute(f"PRAGMA application_id = {_APPLICATION}")
        self.database.execute(f"PRAGMA user_version = {_VERSION}")
        self.database.executescript(_SCHEMA)

    def bytes(self) -> bytes:
        content = self.database.serialize()
        self.database.close()
        return bytes(content)

    def write(self) -> None:
        self._reference_systems()
        texts = folder_texts(self.extract.case)
        columns: list[dict[str, Cell]] = []
        shapes = {"routes": self._routes(), "legs": self._legs(), "places": self._places()}
        for grid in [*grids_from_texts(texts), *derived_grids(self.extract)]:
            names = column_names(grid.header)
            columns += [
                {"table_name": grid.name, "position": float(at), "column_name": names[name], "name": name}
                for at, name in enumerate(grid.header)
            ]
            self._table(grid, names, shapes.get(grid.name))
        self._table(Grid(COLUMNS, ("table_name", "position", "column_name", "name"), tuple(columns)))
        files = tuple({"name": name, "text": text} for name, text in texts.items())
        self._table(Grid(FILES, ("name", "text"), files), exact=True)
        self._metadata()
        for name, qml in styles(self.extract).items():
            row = (name, GEOMETRY, "waybill", qml, "", 1, "colour: mode; dash: status", "", self.when)
            self.database.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,"
                " styleQML, styleSLD, useAsDefault, description, owner, update_time)"
                " VALUES ('', '', ?,?,?,?,?,?,?,?,?)",
                row,
            )
        self._contents("layer_styles", "attributes", None)

    def _reference_systems(self) -> None:
        from pyproj import CRS  # noqa: PLC0415 - only where a GeoPackage is made

        wkt = CRS.from_epsg(_SRS).to_wkt("WKT1_GDAL")
        rows = [
            ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian coordinate reference system"),
            ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
            ("WGS 84 geodetic", _SRS, "EPSG", _SRS, wkt, "longitude/latitude coordinates in decimal degrees"),
        ]
        self.database.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)", rows)

    def _contents(self, name: str, kind: str, bounds: Sequence[float] | None) -> None:
        row = (
            name,
            kind,
            name,
            "",
            self.when,
            *(bounds or (None, None, None, None)),
            _SRS if kind == "features" else None,
        )
        self.database.execute("INSERT INTO gpkg_contents VALUES (?,?,?,?,?,?,?,?,?,?)", row)

    def _table(
        self, grid: Grid, names: Mapping[str, str] | None = None, shapes: _Shapes | None = None, *, exact: bool = False
    ) -> None:
        """Write one table; `shapes` makes it a layer with worked-out columns beside the case's own."""
        names = names or {name: name for name in grid.header}
        extra = shapes.columns if shapes else {}
        fields = [f"{quoted(names[name])} {_sql_type(grid, name)}" for name in grid.header]
        fields += [f"{quoted(PREFIX + name)} {'REAL' if name.endswith('_km') else 'TEXT'}" for name in extra]
        head = [f"{FID} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"]
        head += [f"{GEOMETRY} {shapes.kind}"] if shapes else []
        self.database.execute(f"CREATE TABLE {quoted(grid.name)} ({', '.join(head + fields)})")
        bounds = _bounds(shapes.geometries) if shapes else None
        self._contents(grid.name, "features" if shapes else "attributes", bounds)
        if shapes:
            row = (grid.name, GEOMETRY, shapes.kind, _SRS, 0, 0)
            self.database.execute("INSERT INTO gpkg_geometry_columns VALUES (?,?,?,?,?,?)", row)
        places = ", ".join("?" * (1 + bool(shapes) + len(fields)))
        for number, row_ in enumerate(grid.rows):
            values: list[Any] = [number + 1]
            values += [blob(shapes.geometries[number])] if shapes else []
            values += [row_.get(name) if exact else _stored(row_.get(name)) for name in grid.header]
            values += [_stored(extra[name][number]) for name in extra]
            self.database.execute(f"INSERT INTO {quoted(grid.name)} VALUES ({places})", values)  # noqa: S608 - quoted

    def _routes(self) -> _Shapes:
        extract = self.extract
        lines = [
            MultiLineString([p for leg in extract.legs[r["id"]] for p in parts_of(leg["geometry"])])
            for r in extract.routes
        ]
        columns: dict[str, list[Cell]] = {
            "status": [row["status"] for row in extract.routes],
            "denied_by": [extract.party_names(row["denied_by"]) for row in extract.routes],
            "claims": [
                "\n".join(extract.claim_words(extract.claims[c]) for c in row["claims"]) for row in extract.routes
            ],
            "citations": [extract.cited(row["claims"]) for row in extract.routes],
            "layer": [extract.layer_paths.get(row["layer"], "") for row in extract.routes],
            "length_km": [round(float(row["length_km"]), 1) for row in extract.routes],
        }
        return _Shapes("MULTILINESTRING", lines, columns | self._shared(len(lines)))

    def _legs(self) -> _Shapes:
        extract = self.extract
        routes = {row["id"]: row for row in extract.routes}
        by_key = {(leg["route"], leg["seq"]): leg for legs in extract.legs.values() for leg in legs}
        table = extract.case.leg_table
        legs = [by_key[key] for key in zip(table["route"], table["seq"], strict=True)]
        of = [routes[leg["route"]] for leg in legs]
        columns: dict[str, list[Cell]] = {
            "title": [row["title"] for row in of],
            "kind": [row["kind"] for row in of],
            "status": [row["status"] for row in of],
            "denied_by": [extract.party_names(row["denied_by"]) for row in of],
            "made_by": [leg["made_by"] for leg in legs],
            "length_km": [None if leg["basis"] == "notional" else round(float(leg["length_km"]), 1) for leg in legs],
        }
        lines = [MultiLineString(parts_of(leg["geometry"])) for leg in legs]
        return _Shapes("MULTILINESTRING", lines, columns | self._shared(len(lines)))

    def _places(self) -> _Shapes:
        points = list(self.extract.case.places.geometry)
        return _Shapes("POINT", points, self._shared(len(points)))

    def _shared(self, count: int) -> dict[str, list[Cell]]:
        about = self.extract.about
        return {"as_known_on": [about["as_known_on"]] * count, "licence": [about["licence"]] * count}

    def _metadata(self) -> None:
        """Record licence, day and sources where GIS programs look for them."""
        said = {**self.extract.about, "sources": [row["citation"] for row in self.extract.citations.values()]}
        self.database.execute(
            "INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'https://json-schema.org/draft/2020-12/schema',"
            " 'application/json', ?)",
            [json.dumps(said, ensure_ascii=False, indent=1)],
        )
        self.database.execute(
            "INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?, 1, NULL)", [self.when]
        )
        definition = "http://www.geopackage.org/spec/#extension_metadata"
        for table in ("gpkg_metadata", "gpkg_metadata_reference"):
            row = (table, None, "gpkg_metadata", definition, "read-write")
            self.database.execute("INSERT INTO gpkg_extensions VALUES (?,?,?,?,?)", row)


class _Shapes:
    """The geometries of a layer, and the columns that Waybill works out for it."""

    def __init__(self, kind: str, geometries: Sequence[BaseGeometry], columns: Mapping[str, Sequence[Cell]]) -> None:
        self.kind = kind
        self.geometries = geometries
        self.columns = columns


def column_names(header: Iterable[str]) -> dict[str, str]:
    """Return a name in SQLite for each column; it tells no upper from lower case, and some names are taken."""
    taken = {FID, GEOMETRY, "rowid", "oid", "_rowid_", "ogc_fid"}
    names = {}
    for name in header:
        new = name.replace("\x00", "")
        while new.lower() in taken or new.lower().startswith(PREFIX) or not new:
            new = f"own_{new}"
        taken.add(new.lower())
        names[name] = new
    return names


def quoted(name: str) -> str:
    """Return a name as SQL quotes it."""
    return '"' + name.replace('"', '""') + '"'


def blob(geometry: BaseGeometry) -> bytes:
    """Return a geometry as GeoPackage stores it: a header, and WKB in little endian."""
    empty = geometry.is_empty
    wkb: bytes = shapely.to_wkb(geometry, byte_order=1)
    flags = 0x01 | (0x10 if empty else 0 if isinstance(geometry, Point) else 0x02)
    envelope = b"" if empty or isinstance(geometry, Point) else struct.pack("<4d", *_envelope(geometry.bounds))
    return b"GP\x00" + struct.pack("<Bi", flags, _SRS) + envelope + wkb


def _envelope(bounds: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, south, east, north = bounds
    return west, east, south, north


def shown(text: str) -> str:
    """Return a text as a cell of a GeoPackage holds it: programs in C read no further than a NUL."""
    return text.replace("\x00", "\ufffd")


def _stored(cell: Cell) -> Cell:
    return shown(cell) if isinstance(cell, str) else cell


def _sql_type(grid: Grid, name: str) -> str:
    if name in grid.numbers or name == "position":
        return "REAL"
    return "BOOLEAN" if grid.name == "layers" and name in {"on", "open"} else "TEXT"


def _bounds(geometries: Sequence[BaseGeometry]) -> Sequence[float] | None:
    if not len(geometries):
        return None
    west, south, east, north = shapely.total_bounds(geometries)
    return None if west != west else (west, south, east, north)  # noqa: PLR0124 - NaN where all are empty
