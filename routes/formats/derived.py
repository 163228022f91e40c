"""Grids of what Waybill works out: what the file is, statuses, citations. They are read by people, never read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from routes import cells
from routes.formats.grids import Grid

if TYPE_CHECKING:
    from routes.formats.extract import Extract

_STATUS: Final = (
    "what", "id", "title", "status", "occurrence", "movement", "cargo", "destination", "denied_by", "claims",
    "citations", "length_km", "as_known_on", "licence",
)  # fmt: skip


def derived_grids(extract: Extract) -> list[Grid]:
    """Return the grids `about`, `status` and `citations`."""
    about = tuple({"key": key, "value": value} for key, value in extract.about.items())
    citations = tuple({"source": name, **row} for name, row in extract.citations.items())
    return [
        Grid("about", ("key", "value"), about),
        Grid("status", _STATUS, (*_routes(extract), *_events(extract)), frozenset({"length_km"})),
        Grid("citations", ("source", "citation", "url", "archived"), citations),
    ]


def _routes(extract: Extract) -> list[dict[str, str | float | bool | None]]:
    return [
        {
            "what": "route",
            "id": row["id"],
            "title": row["title"],
            "status": row["status"],
            **_shared(extract, row["denied_by"], row["claims"]),
            "length_km": round(float(row["length_km"]), 1),
        }
        for row in extract.routes
    ]


def _events(extract: Extract) -> list[dict[str, str | float | bool | None]]:
    return [
        {
            "what": "event",
            "id": row["id"],
            "title": row["title"],
            **row["statuses"],
            **_shared(extract, row["denied_by"], row["claims"]),
        }
        for row in extract.events
    ]


def _shared(extract: Extract, denied_by: tuple[str, ...], claims: tuple[str, ...]) -> dict[str, str]:
    return {
        "denied_by": cells.write(denied_by),
        "claims": cells.write(claims),
        "citations": extract.cited(claims),
        "as_known_on": extract.about["as_known_on"],
        "licence": extract.about["licence"],
    }
