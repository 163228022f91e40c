"""The page's data: a case as one JSON document, from which the page works out what was known on any day.

The document holds *facts*: what is on record, with the day from which each piece was known. The page derives status,
denials and lists from them by the rules of `routes.evidence`, for the day, the window and the parties that a reader
chooses (`maps/static/view.js`). `known` and `by` cut the document itself: what was said later, or by others, is not
in the file. The keys are the contract between Python and `maps/static`; what is missing or empty is left out of rows.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from maps.known import dated, source_since
from maps.payload_rows import Rows
from maps.version import GENERATOR
from maps.words import MADE_WITH
from routes import schema
from routes.citations import citation, links, source_note
from routes.frames import records
from routes.geometry import network_credits, place_points
from routes.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from routes.case import Case

VERSION: Final = 2
"""A document of version 1 is shown as it stands: its rows carry their status, and nothing can be chosen."""

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
        Nothing said after this day is in the document; None means everything.
    by
        Only what these parties (ids or groups) say is in the document; None means everyone.
    state
        State string at which the page opens; None means the case's `[view]`.

    Returns
    -------
    dict
        Plain data, keys in a fixed order.

    Raises
    ------
    ValueError
        If `known` or `by` is not understood.
    """
    return _Document(case, View(case, known=known, by=by), state).build()


class _Document:
    """Builds the document; holds the tables by id."""

    def __init__(self, case: Case, view: View, state: str | None) -> None:
        self.case = case
        self.view = view
        self.state = state
        self.known = view.known
        self.rows = Rows(case, view)

    def build(self) -> dict[str, Any]:
        """Return the whole document."""
        layers = self._layers()
        routes = self.rows.routes()
        events = self.rows.events()
        claims = self.rows.claims()
        places = self._places()
        return {
            "version": VERSION,
            "generator": GENERATOR,
            "case": self._case(),
            "cut": {
                "known": self.known.isoformat() if self.known else None,
                "by": list(self.view.by) if self.view.by is not None else None,
            },
            "view": self._view(layers),
            "layers": layers,
            "routes": routes,
            "places": places,
            "events": events,
            "claims": claims,
            "parties": self._parties(),
            "sources": self._sources(claims, routes, places),
            "credits": self._credits(),
        }

    def _case(self) -> dict[str, Any]:
        meta = self.case.meta
        return {
            "id": self.case.name,
            "title": meta["title"],
            "summary": dated(meta.get("summary"), self.known),
            "updated": meta["updated"].isoformat(),
            "authors": list(meta.get("authors", [])),
            "licence": meta["licence"],
            "disclaimer": meta.get("disclaimer"),
            "language": meta.get("language", "en"),
            **self._groups(),
        }

    def _groups(self) -> dict[str, dict[str, str]]:
        """Return the titles that the case gives to groups in which somebody speaks."""
        titles = self.case.meta.get(schema.GROUPS, {})
        used = {name for party in self._parties() for name in party.get("groups", ())}
        kept = {name: title for name, title in titles.items() if name in used}
        return {"groups": kept} if kept else {}

    def _view(self, layers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Return how the page opens: layers that are on (None: as each says itself), dates, bounds, state."""
        view = self.case.meta.get("view", {})
        on = view.get("on")
        shown = {layer["id"] for layer in layers}
        return {
            "on": None if on is None else [name for name in on if name in shown],
            **{key: view[key].isoformat() if view.get(key) else None for key in ("known", "from", "to")},
            "bounds": self._bounds(),
            "state": self.state,
        }

    def _credits(self) -> list[str]:
        """Return who made the case and the map; what the basemap is made of stands in the basemap's own block."""
        authors = ", ".join(self.case.meta.get("authors", []))
        licence = self.case.meta["licence"]
        networks = network_credits(leg for legs in self.rows.legs.values() for leg in legs)
        return [f"Case: {authors}, {licence}" if authors else licence, MADE_WITH, *networks]

    def _layers(self) -> list[dict[str, Any]]:
        """Return the layers; those with nothing to show are left out, as their titles would tell."""
        layers = records(self.case.layers)
        parents = {layer["id"]: layer["parent"] for layer in layers}
        used: set[str] = set()
        for layer in self.rows.layers_used():
            above = layer
            while above and above not in used:
                used.add(above)
                above = parents[above]
        keys = ("id", "title", "parent", "note", "on", "open")
        return [
            {**{key: layer[key] for key in keys}, "note": dated(layer["note"], self.known)}
            for layer in layers
            if layer["id"] in used
        ]

    def _sources(
        self,
        claims: Iterable[Mapping[str, Any]],
        routes: Sequence[Mapping[str, Any]],
        places: Iterable[Mapping[str, Any]],
    ) -> list[dict[str, Any]]:
        """Return the sources of what is told, and no others, in the order of the case."""
        used = {name for claim in claims for name in claim.get("sources", ())}
        for measured in (*routes, *places):
            used.update(name for measure in measured.get("measures", ()) for name in measure.get("sources", ()))
        used.update(leg.get("published_source", {}).get("source") for route in routes for leg in route["legs"])
        found = []
        for name, source in self.rows.sources.items():
            if name in used:
                url, archived = links(source)
                row = {"id": name, "text": citation(source), "url": url, "archived": archived}
                row |= {"since": source_since(source), "note": dated(source_note(source), self.known)}
                found.append({key: value for key, value in row.items() if value})
        return found

    def _parties(self) -> list[dict[str, Any]]:
        """Return the parties that speak, with those that they are part of."""
        used = {party for claim in self.view.claims for party in self.view.record.lineage(claim.party)}
        rows = [row for row in records(self.case.parties) if row["id"] in used]
        keys = ("id", "name", "kind", "part_of", "country", "names", "groups")
        return [{key: row[key] for key in keys if row[key]} for row in rows]

    def _places(self) -> list[dict[str, Any]]:
        """Return the places of the routes and events; regions take the point at which their links end."""
        used = {leg[end] for legs in self.rows.legs.values() for leg in legs for end in ("from", "to")}
        used |= {name for row in self.rows.measures if row["subject"] in self.rows.shown for name in _ends(row)}
        for record in self.rows.event_records:
            for column in _PLACE_COLUMNS:
                value = record[column]
                used.update(value if isinstance(value, tuple) else [value] if value else [])
        rows = [row for row in records(self.case.places) if row["id"] in used]
        anchors = place_points(self.case, [row["id"] for row in rows])
        return [self.rows.place(row, anchors[row["id"]]) for row in rows if row["id"] in anchors]

    @cached_property
    def _parents(self) -> dict[str, str | None]:
        return {row["id"]: row["parent"] for row in records(self.case.layers)}

    def _bounds(self) -> list[list[float]] | None:
        """Return the bounds of the layers that are on at first, [[west, south], [east, north]]."""
        opens = View(
            self.case,
            known=self.known or self.case.meta.get("view", {}).get("known"),
            by=self.view.by,
        )
        first = set(self.case.meta.get("view", {}).get("on", []))

        def is_on(layer: str | None) -> bool:
            return bool(layer) and (layer in first or is_on(self._parents.get(layer or "")))

        rows = records(opens.routes()) if opens.known != self.known else self.rows.route_rows
        names = {row["route"] for row in rows if not first or is_on(row["layer"])}
        lines = [leg["line"] for name in sorted(names & self.rows.legs.keys()) for leg in self.rows.legs[name]]
        if not lines:
            return None
        points = np.concatenate(lines)
        return [points.min(axis=0).tolist(), points.max(axis=0).tolist()]


def _ends(measure: Mapping[str, Any]) -> list[str]:
    return [measure[end] for end in ("from", "to") if measure[end]]
