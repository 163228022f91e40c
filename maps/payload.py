"""The page's data: a case as one JSON document, already as known on a day and told by some parties.

The page only shows what stands here. Statuses are those of `routes.evidence`; lines are encoded polylines of five
decimals (about a metre). The keys are the contract between Python and `maps/static`; see `docs/page.md`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geodata.polyline import encode
from maps.figures import length_of, measure_text, number, quantity_text
from maps.known import as_known, dated_as_known, measure_is_known, source_is_known
from maps.lanes import lanes, turns
from maps.version import GENERATOR
from maps.words import INFO_GRADES, MADE_WITH, SOURCE_GRADES, STATUSES
from routes import schema
from routes.citations import citation, links, source_note
from routes.dates import in_words
from routes.evidence import strongest
from routes.frames import records
from routes.geometry import gauge_breaks, network_credits, place_points
from routes.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from routes.case import Case
    from routes.evidence import Finding

VERSION: Final = 1
_PLACE_COLUMNS: Final = ("place", "declared_origin", "asserted_origin", "declared_destination", "asserted_destination")


def payload(
    case: Case, *, known: date | str | None = None, by: Sequence[str] | None = None, state: str | None = None
) -> dict[str, Any]:
    """Return the document that the page shows.

    Parameters
    ----------
    case
        A checked case.
    known
        Nothing said after this day is in the document; None means the case's `[view] known`, or everything.
    by
        Parties (ids or groups) whose claims count; None means everyone.
    state
        Canonical text of the state at which the page opens (`maps.State.encode`); it takes nothing from the document.

    Returns
    -------
    dict
        Plain data, keys in a fixed order. What is missing is left out or None.

    Raises
    ------
    ValueError
        If `known` or `by` is not understood.
    """
    if known is None:
        known = case.meta.get("view", {}).get("known")
    document = _Document(case, View(case, known=known, by=by)).build()
    if state is not None:
        document["view"]["state"] = state
    return document


class _Document:
    """Builds the document; holds the tables by id."""

    def __init__(self, case: Case, view: View) -> None:
        self.case = case
        self.view = view
        self.known = view.known
        self.route_rows = records(view.routes())
        self.event_rows = records(view.events())
        self.shown = {row["route"] for row in self.route_rows}
        self.sources = {row["id"]: row for row in records(case.sources)}
        self.events = {row["id"]: row for row in records(case.events)}
        self.claim_order = {claim.id: number for number, claim in enumerate(view.claims)}

    def build(self) -> dict[str, Any]:
        """Return the whole document."""
        layers = self._layers()
        claims = [self._claim(row) for row in self._shown_claims]
        events = [self._event(row) for row in self.event_rows]
        routes = [self._route(row) for row in self.route_rows]
        places = self._places()
        return {
            "version": VERSION,
            "generator": GENERATOR,
            "case": self._case(),
            "known": self.known.isoformat() if self.known else None,
            "by": list(self.view.by) if self.view.by is not None else None,
            "view": self._view(layers),
            "layers": layers,
            "routes": routes,
            "places": places,
            "events": events,
            "claims": claims,
            "parties": self._parties(),
            "sources": self._sources(claims, routes, places),
            "credits": self._credits(),
            "words": {"status": STATUSES, "source_grades": SOURCE_GRADES, "info_grades": INFO_GRADES},
        }

    def _case(self) -> dict[str, Any]:
        meta = self.case.meta
        return {
            "id": self.case.name,
            "title": meta["title"],
            "summary": meta.get("summary"),
            "updated": meta["updated"].isoformat(),
            "authors": list(meta.get("authors", [])),
            "licence": meta["licence"],
            "disclaimer": meta.get("disclaimer"),
            "language": meta.get("language", "en"),
        }

    def _view(self, layers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Return how the page opens: layers that are on (None: as each says itself), and the bounds."""
        on = self.case.meta.get("view", {}).get("on")
        shown = {layer["id"] for layer in layers}
        return {"on": None if on is None else [name for name in on if name in shown], "bounds": self._bounds()}

    def _credits(self) -> list[str]:
        """Return who made the case and the map; what the basemap is made of stands in the basemap's own block."""
        authors = ", ".join(self.case.meta.get("authors", []))
        licence = self.case.meta["licence"]
        networks = network_credits(leg for legs in self._legs.values() for leg in legs)
        return [f"Case: {authors}, {licence}" if authors else licence, MADE_WITH, *networks]

    def _layers(self) -> list[dict[str, Any]]:
        """Return the layers; those with nothing to show on the chosen day are left out, as their titles would tell."""
        layers = records(self.case.layers)
        parents = {layer["id"]: layer["parent"] for layer in layers}
        used: set[str] = set()
        shown = [row["layer"] for row in self.route_rows]
        shown += [self.events[row["event"]]["layer"] for row in self.event_rows]
        for layer in shown:
            above = layer
            while above and above not in used:
                used.add(above)
                above = parents[above]
        keys = ("id", "title", "parent", "note", "on", "open")
        return [
            {**{key: layer[key] for key in keys}, "note": as_known(layer["note"], self.known)}
            for layer in layers
            if layer["id"] in used
        ]

    @cached_property
    def _legs(self) -> dict[str, list[dict[str, Any]]]:
        """Return the legs of the shown routes, with their lanes, by route."""
        legs = [leg for leg in records(self.case.legs) if leg["route"] in self.shown]
        kinds = {row["route"]: row["kind"] for row in self.route_rows}
        coloured = [leg for leg in legs if kinds[leg["route"]] != "infrastructure"]
        around = turns(legs)
        beside = lanes(coloured, [row["route"] for row in self.route_rows])
        for leg, (lane, count) in zip(coloured, beside, strict=True):
            leg["lane"], leg["lanes"] = lane, count
        for leg in legs:
            leg["line"] = np.asarray(leg["geometry"].coords) + np.array([360.0 * around[leg["route"]], 0.0])
        grouped: dict[str, list[dict[str, Any]]] = {row["route"]: [] for row in self.route_rows}
        for leg in sorted(legs, key=lambda leg: leg["seq"]):
            grouped[leg["route"]].append(leg)
        return grouped

    def _route(self, row: Mapping[str, Any]) -> dict[str, Any]:
        name = row["route"]
        record = self._route_records[name]
        legs = self._legs[name]
        return {
            "id": name,
            "title": record["title"],
            "layer": record["layer"],
            "kind": record["kind"],
            "status": row["status"],
            "statuses": _statuses(self.view.route_findings(name)),
            "denied_by": list(row["denied_by"]),
            "countries": list(record["countries"]),
            "note": as_known(record["note"], self.known),
            "attributes": self._own(record, schema.ROUTES),
            "length_km": length_of(legs, record["kind"]),
            "track_km": number(round(sum(leg["track_km"] for leg in legs), 1)),
            "gauge_breaks": gauge_breaks(legs),
            "fallback": any(leg["fallback"] for leg in legs),
            "measures": self._measures(name),
            "events": list(row["events"]),
            "claims": [claim.id for claim in self.view.claims if claim.route == name],
            "legs": [self._leg(leg) for leg in legs],
        }

    @cached_property
    def _route_records(self) -> dict[str, dict[str, Any]]:
        return {row["id"]: row for row in records(self.case.route_table)}

    def _leg(self, leg: Mapping[str, Any]) -> dict[str, Any]:
        published = leg["published_km"]
        source = leg["published_source"]
        return {
            "seq": int(leg["seq"]),
            "from": leg["from"],
            "to": leg["to"],
            "mode": leg["mode"],
            "basis": leg["basis"],
            "line": encode(leg["line"], precision=5),
            "length_km": None if leg["basis"] == "notional" else round(leg["length_km"], 1),
            "track_km": number(round(leg["track_km"], 1)),
            "published_km": number(published),
            "published_source": self._published_source(source),
            "made_by": leg["made_by"],
            "gauge_mm": leg["gauge_mm"],
            "fallback": leg["fallback"],
            "lane": leg.get("lane", 0),
            "lanes": leg.get("lanes", 1),
            "note": as_known(leg["note"], self.known),
        }

    def _published_source(self, source: str | None) -> dict[str, str | None]:
        if source is not None and source in self.sources:
            return {"text": None, "source": source if self._source_known(source) else None}
        return {"text": as_known(source, self.known), "source": None}

    def _measures(self, subject: str) -> list[dict[str, Any]]:
        """Return the published figures on a route or place, side by side and never merged."""
        return [
            {
                "text": measure_text(row, self._place_names),
                "sources": [s for s in row["sources"] if self._source_known(s)],
                "verified": row["verified"],
                "note": as_known(row["note"], self.known),
            }
            for row in self._measure_rows
            if row["subject"] == subject and measure_is_known(row, self.sources, self.known)
        ]

    @cached_property
    def _measure_rows(self) -> list[dict[str, Any]]:
        return records(self.case.measures)

    @cached_property
    def _place_names(self) -> dict[str, str]:
        return dict(zip(self.case.places["id"], self.case.places["name"], strict=True))

    def _event(self, row: Mapping[str, Any]) -> dict[str, Any]:
        name = row["event"]
        record = self.events[name]
        found = self.view.event_findings(name)
        listed = ("declared_origin", "asserted_origin", "declared_destination", "asserted_destination")
        known_events = {row["event"] for row in self.event_rows}
        return {
            "id": name,
            **{key: record[key] for key in ("title", "when")},
            "when_text": in_words(record["when"]) if record["when"] else None,
            **{
                key: record[key] for key in ("kind", "place", "layer", "carrier", "cargo", "declared_cargo", "verified")
            },
            "routes": [route for route in record["routes"] if route in self.shown],
            "related": [event for event in record["related"] if event in known_events],
            **{key: list(record[key]) for key in listed},
            "not_found": dated_as_known(record["not_found"], self.known),
            "note": as_known(record["note"], self.known),
            "attributes": self._own(record, schema.EVENTS),
            "statuses": {aspect: finding.status for aspect, finding in found.items()},
            "denied_by": {aspect: list(finding.denied_by) for aspect, finding in found.items() if finding.denied_by},
            "origins": max((finding.origins for finding in found.values()), default=0),
            "claims": list(row["claims"]),
        }

    @cached_property
    def _shown_claims(self) -> list[dict[str, Any]]:
        rows = [row for row in records(self.case.claims) if row["id"] in self.claim_order]
        return sorted(rows, key=lambda row: self.claim_order[row["id"]])

    def _claim(self, row: Mapping[str, Any]) -> dict[str, Any]:
        derived = row["derived_from"]
        return {
            "id": row["id"],
            "party": row["party"],
            "stance": row["stance"],
            "asserted_on": row["asserted_on"],
            "asserted_text": in_words(row["asserted_on"]) if row["asserted_on"] else None,
            "about": list(row["about"]),
            "statement": row["statement"],
            "evidence": list(row["evidence"]),
            "source_grade": row["source_grade"],
            "info_grade": row["info_grade"],
            "quantity_text": quantity_text(row),
            "counted_from_text": in_words(row["counted_from"]) if row["counted_from"] else None,
            "derived_from": derived if derived in self.claim_order else None,
            "verified": row["verified"],
            "sources": [name for name in row["sources"] if self._source_known(name)],
            "later_sources": sum(not self._source_known(name) for name in row["sources"]),
            "routes": list(row["routes"]),
            "place": row["place"],
            "note": as_known(row["note"], self.known),
            "attributes": self._own(row, schema.CLAIMS),
        }

    def _source_known(self, name: str) -> bool:
        return name in self.sources and source_is_known(self.sources[name], self.known)

    def _sources(
        self,
        claims: Iterable[Mapping[str, Any]],
        routes: Sequence[Mapping[str, Any]],
        places: Iterable[Mapping[str, Any]],
    ) -> list[dict[str, Any]]:
        """Return the sources of what is shown, and no others, in the order of the case."""
        used = {name for claim in claims for name in claim["sources"]}
        for measured in (*routes, *places):
            used.update(name for measure in measured["measures"] for name in measure["sources"])
        used.update(leg["published_source"]["source"] for route in routes for leg in route["legs"])
        found = []
        for name, source in self.sources.items():
            if name in used:
                url, archived = links(source)
                row = {"id": name, "text": citation(source), "url": url, "archived": archived}
                found.append({**row, "note": as_known(source_note(source), self.known)})
        return found

    def _parties(self) -> list[dict[str, Any]]:
        """Return the parties that speak in what is shown, with those that they are part of."""
        used = {party for claim in self.view.claims for party in self.view.record.lineage(claim.party)}
        rows = records(self.case.parties)
        keys = ("id", "name", "kind", "part_of", "country")
        return [{key: row[key] or None for key in keys} for row in rows if row["id"] in used]

    def _places(self) -> list[dict[str, Any]]:
        """Return the places of the shown routes and events; regions take the point at which their links end."""
        used = {leg[end] for legs in self._legs.values() for leg in legs for end in ("from", "to")}
        for row in self.event_rows:
            record = self.events[row["event"]]
            for column in _PLACE_COLUMNS:
                value = record[column]
                used.update(value if isinstance(value, tuple) else [value] if value else [])
        rows = [row for row in records(self.case.places) if row["id"] in used]
        anchors = place_points(self.case, [row["id"] for row in rows])
        return [self._place(row, anchors[row["id"]]) for row in rows if row["id"] in anchors]

    def _place(self, row: Mapping[str, Any], point: tuple[float, float]) -> dict[str, Any]:
        return {
            **{key: row[key] for key in ("id", "name", "kind")},
            "lon": round(point[0], 5),
            "lat": round(point[1], 5),
            "names": row["names"],
            "country": list(row["country"]),
            "precision_m": number(row["precision_m"]),
            "origin": row["origin"],
            "verified": row["verified"],
            "note": as_known(row["note"], self.known),
            "measures": self._measures(row["id"]),
        }

    def _own(self, row: Mapping[str, Any], table: schema.Table) -> dict[str, str]:
        """Return the columns of the author's own that hold something that could be known."""
        documented = {column.name for column in table.columns} | {"geometry", "length_km", "fallback"}
        texts = {key: value for key, value in row.items() if key not in documented and isinstance(value, str)}
        return {key: kept for key, value in texts.items() if (kept := as_known(value, self.known))}

    def _bounds(self) -> list[list[float]] | None:
        """Return the bounds of the layers that are on at first, [[west, south], [east, north]]."""
        first = set(self.case.meta.get("view", {}).get("on", []))
        layers = {row["id"]: row["parent"] for row in records(self.case.layers)}

        def is_on(layer: str | None) -> bool:
            return bool(layer) and (layer in first or is_on(layers.get(layer or "")))

        names = {row["route"] for row in self.route_rows if not first or is_on(row["layer"])}
        lines = [leg["line"] for name in sorted(names) for leg in self._legs[name]]
        if not lines:
            return None
        points = np.concatenate(lines)
        return [points.min(axis=0).tolist(), points.max(axis=0).tolist()]


def _statuses(found: Iterable[Mapping[str, Finding]]) -> dict[str, str]:
    by_aspect: dict[str, list[Any]] = {}
    for one in found:
        for aspect, finding in one.items():
            by_aspect.setdefault(aspect, []).append(finding.status)
    return {aspect: strongest(statuses) for aspect, statuses in by_aspect.items()}
