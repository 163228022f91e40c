"""GeoParquet: one row a leg, with what its route is and what is claimed of it."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from routes.formats.extract import parts_of

if TYPE_CHECKING:
    from routes.formats.extract import Extract


def content(extract: Extract) -> bytes:
    """Return the file; what it is stands in the key `waybill` of its metadata, as JSON."""
    import geopandas as gpd  # noqa: PLC0415 - only where it is needed
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above
    from shapely import MultiLineString  # noqa: PLC0415 - as above

    rows = [_row(extract, route, leg) for route in extract.routes for leg in extract.legs[route["id"]]]
    lines = [
        MultiLineString(parts_of(leg["geometry"])) for route in extract.routes for leg in extract.legs[route["id"]]
    ]
    frame = gpd.GeoDataFrame(rows, columns=_COLUMNS, geometry=gpd.GeoSeries(lines, crs="EPSG:4326"))
    frame = frame.astype({name: "float64" if name.endswith(("_km", "seq")) else "object" for name in _COLUMNS})
    first = io.BytesIO()
    frame.to_parquet(first, index=False)
    table = pq.read_table(io.BytesIO(first.getvalue()))
    about = json.dumps(extract.about, ensure_ascii=False)
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), b"waybill": about.encode()})
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()


_COLUMNS = [
    "route", "title", "layer", "kind", "seq", "from", "to", "mode", "basis", "made_by", "length_km", "published_km",
    "status", "denied_by", "events", "claims", "citations", "as_known_on", "licence",
]  # fmt: skip


def _row(extract: Extract, route: dict[str, Any], leg: dict[str, Any]) -> dict[str, Any]:
    keys = ("seq", "from", "to", "mode", "basis", "made_by", "published_km")
    return {
        "route": route["id"],
        **{key: route[key] for key in ("title", "kind", "status")},
        "layer": extract.layer_paths.get(route["layer"]),
        **{key: leg[key] for key in keys},
        "length_km": None if leg["basis"] == "notional" else round(float(leg["length_km"]), 1),
        "denied_by": extract.party_names(route["denied_by"]),
        "events": ";".join(route["events"]),
        "claims": "\n".join(extract.claim_words(extract.claims[name]) for name in route["claims"]),
        "citations": extract.cited(route["claims"]),
        "as_known_on": extract.about["as_known_on"],
        "licence": extract.about["licence"],
    }
