"""The rows of the page's document: routes, legs, places, events and claims as JSON carries them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geodata.polyline import encode
from maps.figures import length_of, number
from maps.known import as_known, dated, dated_as_known, measure_is_known, measure_since, text_since
from maps.lanes import stretches, turns
from routes import dates, schema
from routes.frames import records
from routes.geometry import gauge_breaks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from routes.case import Case
    from routes.view import View

_LISTED: Final = ("declared_origin", "asserted_origin", "declared_destination", "asserted_destination")
_ALWAYS: Final = frozenset({"id", "title", "legs", "seq"})


class Rows:
    """The rows of a case as known on the view's day and told by its parties.

    Parameters
    ----------
    case
        The case.
    view
        What the document is cut to.
    """

    def __init__(self, case: Case, view: View) -> None:
        self.case = case
        self.view = view
        self.known = view.known
        self.sources = {row["id"]: row for row in records(case.sources)}
        self.route_rows = records(view.routes())
        self._opening = {row["route"]: row for row in self.route_rows}

    @cached_property
    def _route_records(self) -> list[dict[str, Any]]:
        """Return the routes that are drawn on some day up to the chosen one."""
        last = self.known or self.case.meta["updated"]
        rows = records(self.case.route_table)
        return [
            row
            for row in rows
            if row["id"] in self._opening
            or (row["kind"] == "infrastructure" and row["exists"] and dates.parse(row["exists"]).overlaps(None, last))
        ]

    @cached_property
    def shown(self) -> set[str]:
        """Ids of these routes."""
        return {row["id"] for row in self._route_records}

    @cached_property
    def event_records(self) -> list[dict[str, Any]]:
        """Events that somebody speaks of."""
        spoken_of = {event for claim in self.view.claims for event in claim.events}
        return [row for row in records(self.case.events) if row["id"] in spoken_of]

    def layers_used(self) -> list[str | None]:
        """Return the layers that hold a route or an event."""
        return [row["layer"] for row in (*self._route_records, *self.event_records)]

    @cached_property
    def legs(self) -> dict[str, list[dict[str, Any]]]:
        """Legs of the shown routes, with the routes beside them, by route."""
        legs = [leg for leg in records(self.case.legs) if leg["route"] in self.shown]
        kinds = {row["id"]: row["kind"] for row in self._route_records}
        coloured = [leg for leg in legs if kinds[leg["route"]] != "infrastructure"]
        around = turns(legs)
        for leg, stretch in zip(coloured, stretches(coloured, list(kinds)), strict=True):
            leg["stretch"] = stretch
        for leg in legs:
            leg["line"] = np.asarray(leg["geometry"].coords) + np.array([360.0 * around[leg["route"]], 0.0])
        grouped: dict[str, list[dict[str, Any]]] = {name: [] for name in kinds}
        for leg in sorted(legs, key=lambda leg: leg["seq"]):
            grouped[leg["route"]].append(leg)
        return grouped

    def routes(self) -> list[dict[str, Any]]:
        """Return the routes; status and denials are those of the cut, for readers without the page's scripts."""
        return [self._route(row) for row in self._route_records]

    def _route(self, record: Mapping[str, Any]) -> dict[str, Any]:
        name = record["id"]
        legs = self.legs[name]
        opening = self._opening.get(name, {"status": record["kind"], "denied_by": ()})
        return _slim(
            {
                **{key: record[key] for key in ("id", "title", "layer", "kind")},
                "status": opening["status"],
                "denied_by": list(opening["denied_by"]),
                "countries": list(record["countries"]),
                **{key: record[key] for key in ("exists", "illustrates")},
                "note": dated(record["note"], self.known),
                "attributes": self._own(record, schema.ROUTES),
                "length_km": length_of(legs, record["kind"]),
                "track_km": number(round(sum(leg["track_km"] for leg in legs), 1)),
                "gauge_breaks": gauge_breaks(legs),
                "fallback": any(leg["fallback"] for leg in legs),
                "measures": self._measures(name),
                "legs": [self._leg(leg) for leg in legs],
            }
        )

    def _leg(self, leg: Mapping[str, Any]) -> dict[str, Any]:
        stretch = leg.get("stretch")
        shared = stretch is not None and len(stretch.beside) > 1
        return _slim(
            {
                "seq": int(leg["seq"]),
                **{key: leg[key] for key in ("from", "to", "mode", "basis")},
                "line": encode(leg["line"], precision=5),
                "length_km": None if leg["basis"] == "notional" else round(leg["length_km"], 1),
                "track_km": number(round(leg["track_km"], 1)),
                "published_km": number(leg["published_km"]),
                "published_source": self._published_source(leg["published_source"]),
                **{key: leg[key] for key in ("made_by", "gauge_mm", "fallback")},
                "beside": list(stretch.beside) if shared and stretch else None,
                "mirrored": bool(shared and stretch and stretch.mirrored),
                "note": dated(leg["note"], self.known),
            }
        )

    def _published_source(self, source: str | None) -> dict[str, Any]:
        if source is not None and source in self.sources:
            return {"source": source}
        return _slim({"text": dated(source, self.known)})

    def _measures(self, subject: str) -> list[dict[str, Any]]:
        """Return the published figures on a route or place, side by side and never merged."""
        return [
            _slim(
                {
                    **{key: number(row[key]) for key in ("value", "value_max")},
                    **{key: row[key] for key in ("unit", "what", "from", "to", "as_of", "verified")},
                    "sources": list(row["sources"]),
                    "note": dated(row["note"], self.known),
                    "since": measure_since(row, self.sources),
                }
            )
            for row in self.measures
            if row["subject"] == subject and measure_is_known(row, self.sources, self.known)
        ]

    @cached_property
    def measures(self) -> list[dict[str, Any]]:
        """Rows of `measures.csv`."""
        return records(self.case.measures)

    def place(self, row: Mapping[str, Any], point: tuple[float, float]) -> dict[str, Any]:
        """Return a place; `point` is where it is drawn, lon and lat in degrees."""
        return _slim(
            {
                **{key: row[key] for key in ("id", "name", "kind")},
                "lon": round(point[0], 5),
                "lat": round(point[1], 5),
                "names": row["names"],
                "country": list(row["country"]),
                "precision_m": number(row["precision_m"]),
                "origin": row["origin"],
                "verified": row["verified"],
                "note": dated(row["note"], self.known),
                "measures": self._measures(row["id"]),
            }
        )

    def events(self) -> list[dict[str, Any]]:
        """Return the events, without status: the page derives it."""
        known = {row["id"] for row in self.event_records}
        keys = ("id", "title", "when", "kind", "place", "layer", "carrier", "cargo", "declared_cargo", "verified")
        return [
            _slim(
                {
                    **{key: row[key] for key in keys},
                    "routes": [route for route in row["routes"] if route in self.shown],
                    "related": [event for event in row["related"] if event in known],
                    **{key: list(row[key]) for key in _LISTED},
                    "not_found": self._not_found(row["not_found"]),
                    "note": dated(row["note"], self.known),
                    "attributes": self._own(row, schema.EVENTS),
                }
            )
            for row in self.event_records
        ]

    def _not_found(self, text: str | None) -> list[str] | None:
        kept = dated_as_known(text, self.known)
        return [kept, text_since(kept)] if kept else None

    def claims(self) -> list[dict[str, Any]]:
        """Return the claims in the order of their table, which breaks ties between claims of one day."""
        shown = {claim.id for claim in self.view.claims}
        return [self._claim(row) for row in records(self.case.claims) if row["id"] in shown]

    def _claim(self, row: Mapping[str, Any]) -> dict[str, Any]:
        texts = ("party", "stance", "asserted_on", "statement", "source_grade", "info_grade", "unit", "quantity_is")
        return _slim(
            {
                "id": row["id"],
                "events": list(row["event"]),
                **{key: row[key] for key in ("route", "place")},
                **{key: row[key] for key in texts},
                **{key: list(row[key]) for key in ("about", "evidence", "sources", "routes")},
                **{key: number(row[key]) for key in ("quantity", "quantity_max")},
                **{key: row[key] for key in ("counted_from", "derived_from", "verified")},
                "note": dated(row["note"], self.known),
                "attributes": self._own(row, schema.CLAIMS),
            }
        )

    def _own(self, row: Mapping[str, Any], table: schema.Table) -> dict[str, Any]:
        """Return the columns of the author's own that hold something that could be known."""
        documented = {column.name for column in table.columns} | {"geometry", "length_km", "fallback"}
        texts = {key: value for key, value in row.items() if key not in documented and isinstance(value, str)}
        return {key: dated(value, self.known) for key, value in texts.items() if as_known(value, self.known)}


def _slim(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without what is missing, empty or false: hundreds of rows would carry it for nothing."""
    return {
        key: value
        for key, value in row.items()
        if key in _ALWAYS or not (value is None or value is False or value in ("", [], {}, ()))
    }
