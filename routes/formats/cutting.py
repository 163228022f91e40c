"""A case cut to a lens: what was said by a day, told by some parties, happened in a window, on some layers.

What is cut away is in no table, text or source of the result. The rules of days are those of `routes.known`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from routes import schema
from routes.dates import parse
from routes.frames import records
from routes.known import as_known, dated_as_known, measure_is_known, source_is_known
from routes.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from routes.case import Case

LATER: Final = "published-later"
"""Id of the stand-in for sources that cannot have been read on the chosen day."""
_PLACE_COLUMNS: Final = ("place", "declared_origin", "asserted_origin", "declared_destination", "asserted_destination")
_CASE_NOTES: Final = ("summary",)
_SOURCE_NOTES: Final = ("note", "abstract", "annote")


@dataclass(frozen=True)
class Lens:
    """What a file is cut to.

    Attributes
    ----------
    known, by, start, end
        As for `routes.View`.
    on
        Ids of layers, or of groups of layers; None means all.
    """

    known: date | str | None = None
    by: Sequence[str] | None = None
    start: date | str | None = None
    end: date | str | None = None
    on: Sequence[str] | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing is cut."""
        return self == Lens()


def view_of(case: Case, lens: Lens) -> View:
    """Return the case through a lens, but for its layers.

    Raises
    ------
    ValueError
        If a day or a party of the lens is not understood.
    """
    return View(case, known=lens.known, by=lens.by, start=lens.start, end=lens.end)


def cut_case(case: Case, lens: Lens) -> Case:
    """Return a case with only what the lens leaves; it is a sound case of its own and carries no text as read.

    It says in `[cut]` of its `case.toml` what it was cut to.

    Raises
    ------
    ValueError
        If a day or a party of the lens is not understood.
    """
    return _Cutter(case, view_of(case, lens), lens.on).case()


class _Cutter:
    """Decides what of each table is left; every set holds ids."""

    def __init__(self, case: Case, view: View, on: Sequence[str] | None) -> None:
        self.whole = case
        self.view = view
        self.known = view.known
        self.on = None if on is None else set(on)

    def case(self) -> Case:
        tables = {
            "layers": self._noted("layers", self.layers, None),
            "route_table": self._routes(),
            "leg_table": self._legs(),
            "events": self._events(),
            "claims": self._claims(),
            "parties": self._noted("parties", self.parties, schema.PARTIES),
            "places": self._noted("places", self.places, schema.PLACES),
            "measures": self._measures(),
            "sources": self._sources(),
        }
        stems = {f"{row['route']}.{row['seq']:.0f}" for row in records(tables["leg_table"])} | self.routes
        drawings = {stem: document for stem, document in self.whole.geometry.items() if stem in stems}
        return replace(self.whole, meta=self._meta(), geometry=drawings, read_as={}, texts={}, **tables)

    @cached_property
    def _parents(self) -> dict[str, str | None]:
        return {row["id"]: row["parent"] for row in records(self.whole.layers)}

    def _is_on(self, layer: str | None) -> bool:
        if self.on is None:
            return True
        while layer:
            if layer in self.on:
                return True
            layer = self._parents.get(layer)
        return False

    @cached_property
    def routes(self) -> set[str]:
        """Routes that are drawn."""
        return {row["route"] for row in records(self.view.routes()) if self._is_on(row["layer"])}

    @cached_property
    def events(self) -> set[str]:
        """Events that are shown, on a route, a layer, or nowhere in particular."""
        shown = set(self.view.events()["event"])
        rows = [row for row in records(self.whole.events) if row["id"] in shown]
        if self.on is None:
            return {row["id"] for row in rows}
        return {
            row["id"]
            for row in rows
            if (
                self.routes.intersection(row["routes"])
                if row["routes"]
                else not row["layer"] or self._is_on(row["layer"])
            )
        }

    @cached_property
    def claims(self) -> set[str]:
        """Claims on something that is shown."""
        return {
            claim.id
            for claim in self.view.claims
            if claim.place or claim.route in self.routes or self.events.intersection(claim.events)
        }

    @cached_property
    def parties(self) -> set[str]:
        """Parties that speak, with those that they are part of."""
        claims = self.whole.claims
        speakers = claims.loc[claims["id"].isin(self.claims), "party"]
        return {party for speaker in speakers for party in self.view.record.lineage(speaker)}

    @cached_property
    def places(self) -> set[str]:
        """Places that a shown row names."""
        named: set[str] = set()
        for leg in records(self.whole.leg_table):
            if leg["route"] in self.routes:
                named.update((leg["from"], leg["to"], *leg["via"]))
        for event in records(self.whole.events):
            if event["id"] in self.events:
                for column in _PLACE_COLUMNS:
                    named.update(_several(event[column]))
        named.update(row["place"] for row in records(self.whole.claims) if row["id"] in self.claims and row["place"])
        for row in records(self.whole.measures):
            if row["subject"] in self.routes | named:
                named.update(row[end] for end in ("from", "to") if row[end])
        return named

    def _meta(self) -> dict[str, Any]:
        meta = {key: value for key, value in self.whole.meta.items() if key in schema.META_KEYS}
        for key in _CASE_NOTES:
            meta[key] = as_known(meta.get(key), self.known)
        on = self.whole.meta.get("view", {}).get("on")
        left = [name for name in on or () if name in self.layers]
        kept = {key: value for key, value in meta.items() if value is not None}
        return kept | ({"view": {"on": left}} if left else {}) | self._groups() | self._mark()

    def _groups(self) -> dict[str, Any]:
        """Return the titles of the groups in which some party is left."""
        rows = (row for row in records(self.whole.parties) if row["id"] in self.parties)
        used = {name for row in rows for name in row["groups"]}
        titles = self.whole.meta.get(schema.GROUPS, {})
        kept = {name: title for name, title in titles.items() if name in used}
        return {schema.GROUPS: kept} if kept else {}

    def _mark(self) -> dict[str, Any]:
        """Return what the case says of being a part of another, so that nobody takes it for the whole."""
        lens = {
            "known": self.known,
            "by": None if self.view.by is None else list(self.view.by),
            "from": self.view.start,
            "to": self.view.end,
            "on": None if self.on is None else sorted(self.on),
        }
        mark = self.whole.meta.get(schema.CUT, {}) | {key: value for key, value in lens.items() if value is not None}
        return {schema.CUT: mark} if mark else {}

    @cached_property
    def layers(self) -> set[str]:
        """Layers that hold something, with those above them."""
        found: set[str] = set()
        tables = ((self.whole.route_table, self.routes), (self.whole.events, self.events))
        for layer in (row["layer"] for table, ids in tables for row in records(table) if row["id"] in ids):
            above = layer
            while above and above not in found:
                found.add(above)
                above = self._parents.get(above)
        return found

    def _noted(self, name: str, ids: set[str], table: schema.Table | None, **changes: Any) -> Any:  # noqa: ANN401 - a frame of any kind
        """Return the rows of some ids, their notes and the author's own columns as known."""
        whole = getattr(self.whole, name)
        frame = whole[whole["id"].isin(ids)].reset_index(drop=True).copy()
        documented = {column.name for column in table.columns} if table else set(schema.LAYER_KEYS)
        notes = [key for key in frame.columns if key == "note" or key not in documented | {"geometry"}]
        for key in notes:
            frame[key] = _objects([as_known(v, self.known) if isinstance(v, str) else v for v in frame[key]])
        for key, change in changes.items():
            frame[key] = _objects([change(value) for value in frame[key]])
        return frame

    def _routes(self) -> pd.DataFrame:
        frame: pd.DataFrame = self._noted(
            "route_table", self.routes, schema.ROUTES,
            illustrates=lambda event: event if event in self.events else None, exists=self._as_then,
        )  # fmt: skip
        return frame

    def _as_then(self, exists: str | None) -> str | None:
        """Return when infrastructure exists, without an end that lies after the chosen day."""
        if not exists or self.known is None or "/" not in exists:
            return exists
        latest = parse(exists).latest
        return exists if latest is None or latest <= self.known else f"{exists.partition('/')[0]}/.."

    def _legs(self) -> pd.DataFrame:
        legs = self.whole.leg_table
        keyed = _Cutter(replace(self.whole, leg_table=legs.assign(id=legs["route"])), self.view, None)
        frame: pd.DataFrame = keyed._noted("leg_table", self.routes, schema.LEGS).drop(columns="id")
        known = {row["id"]: source_is_known(row, self.known) for row in records(self.whole.sources)}
        texts = [
            (text if known[text] else None) if text in known else as_known(text, self.known)
            for text in frame["published_source"]
        ]
        frame["published_source"] = _objects(texts)
        return frame

    def _events(self) -> pd.DataFrame:
        frame: pd.DataFrame = self._noted(
            "events", self.events, schema.EVENTS,
            routes=lambda routes: tuple(route for route in routes if route in self.routes),
            layer=lambda layer: layer if layer in self.layers else None,
            related=lambda events: tuple(event for event in events if event in self.events),
            not_found=lambda text: dated_as_known(text, self.known),
        )  # fmt: skip
        return frame

    def _claims(self) -> pd.DataFrame:
        frame: pd.DataFrame = self._noted(
            "claims", self.claims, schema.CLAIMS,
            event=lambda events: tuple(event for event in events if event in self.events),
            route=lambda route: route if route in self.routes else None,
            routes=lambda routes: tuple(route for route in routes if route in self.routes),
            derived_from=lambda claim: claim if claim in self.claims else None,
            sources=self._known_sources,
        )  # fmt: skip
        return frame

    @cached_property
    def _readable(self) -> set[str]:
        """Sources that can have been read on the chosen day."""
        return {row["id"] for row in records(self.whole.sources) if source_is_known(row, self.known)}

    def _known_sources(self, sources: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in sources if name in self._readable) or ((LATER,) if sources else ())

    def _measures(self) -> pd.DataFrame:
        rows = {row["id"]: row for row in records(self.whole.sources)}
        subjects = self.routes | self.places
        kept = {
            row["id"]
            for row in records(self.whole.measures)
            if row["subject"] in subjects and measure_is_known(row, rows, self.known)
        }
        frame: pd.DataFrame = self._noted(
            "measures", kept, schema.MEASURES,
            sources=lambda sources: tuple(name for name in sources if name in self._readable),
        )  # fmt: skip
        return frame

    def _sources(self) -> pd.DataFrame:
        """Return the sources of what is left, and a stand-in for those published later."""
        used = {name for frame in (self._claims(), self._measures()) for names in frame["sources"] for name in names}
        used.update(name for name in self._legs()["published_source"] if name)
        whole = self.whole.sources
        frame: pd.DataFrame = whole[whole["id"].isin(used)].reset_index(drop=True).copy()
        for key in _SOURCE_NOTES:
            if key in frame:
                frame[key] = _objects([as_known(v, self.known) if isinstance(v, str) else v for v in frame[key]])
        if LATER in used:
            later = {"id": LATER, "type": "document", "title": "a source published after the chosen day"}
            frame = pd.DataFrame(
                {name: _objects([*frame[name], later.get(name)]) for name in dict.fromkeys([*frame.columns, *later])}
            )
        return frame


def _several(value: Any) -> Iterable[str]:  # noqa: ANN401 - one id, several, or none
    return value if isinstance(value, tuple) else [value] if value else []


def _objects(values: Sequence[Any]) -> pd.Series[Any]:
    return pd.Series(values, dtype="object")
