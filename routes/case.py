"""A case in memory: its tables as plain frames, its lines built when first asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
from shapely import Point

from routes import cells, schema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from routes.findings import Finding
    from routes.folder import RawCase, RawTable

CRS = "EPSG:4326"
"""WGS 84, the CRS of every public frame; order is lon, lat."""


@dataclass(frozen=True)
class Case:
    """A case: who says that what moved where, on what evidence.

    Every frame has its keys as columns; the index means nothing. Missing values: None for text, ids and dates, NaN
    for numbers, an empty tuple for several values, an empty dict for names. Columns of the author's own follow the
    documented ones as text.

    Attributes
    ----------
    name
        Name of the folder or built-in case.
    meta
        `case.toml` without the layers: title, summary, updated, authors, licence, language, disclaimer, view.
    layers
        Layer tree in order: id, title, parent, note, on, open.
    places
        GeoDataFrame of Points (empty Point for a region without one), EPSG:4326. The columns lon and lat are what
        counts: lines are drawn from them and they are what is written. To move a place, change them; a geometry that
        was moved alone is a fault.
    events, claims, parties, measures
        Tables as in `routes.schema`.
    sources
        One row a source, one column a CSL-JSON variable, values as in the JSON.
    route_table, leg_table
        `routes.csv` and `legs.csv` without geometry; `routes` and `legs` add the lines.
    geometry
        GeoJSON of drawn legs by file stem.
    read_as
        The CSV files as they were read, so that a cell that was not changed is written back to the letter.
    texts
        All files as they were read, so that a file whose content was not changed is written back to the letter, with
        its comments and its layout.
    """

    name: str
    meta: Mapping[str, Any]
    layers: pd.DataFrame
    places: gpd.GeoDataFrame
    route_table: pd.DataFrame
    leg_table: pd.DataFrame
    events: pd.DataFrame
    claims: pd.DataFrame
    parties: pd.DataFrame
    measures: pd.DataFrame
    sources: pd.DataFrame
    geometry: Mapping[str, Any] = field(default_factory=dict)
    read_as: Mapping[str, RawTable] = field(default_factory=dict, repr=False)
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def legs(self) -> gpd.GeoDataFrame:
        """Legs with their lines: `leg_table` plus geometry (LineString, continuous longitude), length_km, fallback."""
        from routes.geometry import leg_lines  # noqa: PLC0415 - geometry costs pyproj, which status and check do not need

        return leg_lines(self)

    @cached_property
    def routes(self) -> gpd.GeoDataFrame:
        """Routes with their lines: `route_table` plus geometry (MultiLineString), length_km, fallback."""
        from routes.geometry import route_lines  # noqa: PLC0415 - as for `legs`

        return route_lines(self)

    def check(self) -> list[Finding]:
        """Return every fault and warning of the case as it stands in memory; changes nothing.

        Beside what `check_case` finds in a folder, a frame that breaks its contract (`routes.contract`) is a fault.
        """
        from routes.checking import check_frames  # noqa: PLC0415 - checking imports this module

        return check_frames(self)

    def write(self, path: str | Path) -> Path:
        """Write the case as a folder and return its path; what was read comes back without loss.

        Raises
        ------
        FileExistsError
            If `path` exists and is not an empty folder or a case.
        CaseFaultsError
            If the case holds what no file can: half a character, or a place whose geometry was moved without its lon
            and lat.
        """
        from routes.writing import write_folder  # noqa: PLC0415 - writing imports this module

        return write_folder(self, path)

    def status(
        self, *, known: date | str | None = None, by: Sequence[str] | None = None
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the routes and the events with their status as known on a date and told by some parties.

        See `routes.view.View` for the columns and `routes.evidence` for the rules.
        """
        from routes.view import View  # noqa: PLC0415 - only where statuses are asked for

        view = View(self, known=known, by=by)
        return view.routes(), view.events()

    def _repr_html_(self) -> str:
        """Show the case in a notebook; the map of it is `maps.RouteMap(case)`."""
        from routes.summary import html_summary  # noqa: PLC0415 - only notebooks ask for it

        return html_summary(self)


def case_from_raw(raw: RawCase) -> Case:
    """Return the frames of a raw case without schema faults.

    Raises
    ------
    routes.cells.CellError
        If a cell does not hold what its column is for; check the raw case first.
    """
    frames = {name: frame_from_raw(table, raw.tables[name]) for name, table in schema.TABLES.items()}
    return Case(
        name=raw.name,
        meta={key: value for key, value in raw.meta.items() if key != "layer"},
        layers=frame_from_layers(raw.meta.get("layer", [])),
        places=_with_points(frames["places"]),
        route_table=frames["routes"],
        leg_table=frames["legs"],
        events=frames["events"],
        claims=frames["claims"],
        parties=frames["parties"],
        measures=frames["measures"],
        sources=frame_from_sources(raw.sources),
        geometry=dict(raw.geometry),
        read_as=dict(raw.tables),
        texts=dict(raw.texts),
    )


def frame_from_raw(table: schema.Table, raw: RawTable) -> pd.DataFrame:
    """Return a raw table as a frame: the documented columns in their order, then the author's own as text."""
    known = {column.name: column for column in table.columns}
    own = [name for name in raw.header if name not in known]
    data: dict[str, pd.Series[Any]] = {}
    for name in [*known, *own]:
        column = known.get(name) or schema.Column(name)
        values = [cells.parse(column, row.get(name, "")) for row in raw.rows]
        data[name] = pd.Series(values, dtype="float64" if column.kind == "number" else "object")
    return pd.DataFrame(data)


def frame_from_sources(sources: Sequence[Any]) -> pd.DataFrame:
    """Return CSL-JSON items as a frame with a column a variable; what an item lacks is None."""
    names = dict.fromkeys(["id", *(key for item in sources for key in item)])
    return pd.DataFrame(
        {name: pd.Series([item.get(name) for item in sources], dtype="object") for name in names},
    )


def frame_from_layers(layers: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Return the layers of `case.toml` as a frame; `on` and `open` are true where it does not say."""
    own = dict.fromkeys(key for layer in layers for key in layer if key not in schema.LAYER_KEYS)
    defaults = {"on": True, "open": True}
    return pd.DataFrame(
        {
            key: pd.Series([layer.get(key, defaults.get(key)) for layer in layers], dtype="object")
            for key in [*schema.LAYER_KEYS, *own]
        }
    )


def _with_points(places: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return places as points; a region without coordinates is an empty point."""
    points = [
        Point(lon, lat) if lon == lon and lat == lat else Point()  # noqa: PLR0124 - NaN differs from itself
        for lon, lat in zip(places["lon"], places["lat"], strict=True)
    ]
    return gpd.GeoDataFrame(places, geometry=gpd.GeoSeries(points, crs=CRS, index=places.index))
