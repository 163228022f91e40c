"""What a figure shows: the routes, places and events of a case at a state, by the rules of the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from maps.figure.texts import clean, has_word, joined, name_of, when
from maps.layers import Layers
from maps.payload_rows import Rows
from maps.words import code, word
from routes import schema
from routes.frames import records
from routes.geometry import place_points
from routes.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from maps.state import State
    from routes.case import Case


@dataclass(frozen=True)
class Leg:
    """A leg of a shown route.

    Attributes
    ----------
    ends
        Ids of the places it joins.
    mode, basis, fallback
        As in the case.
    line
        Longitudes (which may pass 180) and latitudes.
    lane, lanes
        Its place among the shown routes on one track.
    """

    ends: tuple[str, str]
    mode: str
    basis: str
    fallback: bool
    line: NDArray[np.float64]
    lane: int
    lanes: int


@dataclass(frozen=True)
class Route:
    """A shown route with what `routes.View` says of it."""

    id: str
    title: str
    kind: str
    status: str
    denied_by: tuple[str, ...]
    legs: tuple[Leg, ...]


@dataclass(frozen=True)
class Lens:
    """Through what the record is seen: layers that are on, day, window, tellers, language.

    Attributes
    ----------
    on
        Ids of the leaf layers that are on.
    known, start, end
        Days; None is open.
    by
        Parties or groups; None is everyone.
    language
        `en`, `ko`, `ru` or `zh`.
    """

    on: frozenset[str]
    known: date | None
    start: date | None
    end: date | None
    by: tuple[str, ...] | None
    language: str


def lens_of(case: Case, state: State, language: str | None = None) -> Lens:
    """Return the lens at a state; what the state leaves open is as the case's `[view]` says.

    Parameters
    ----------
    case
        The case.
    state
        Resolved against the case.
    language
        Wins over the state's; None takes the state's, else the case's.

    Raises
    ------
    None
        A state has been checked.
    """
    opening = case.meta.get("view", {})
    on = opening.get("on") if state.on is None else state.on
    start = opening.get("from") if state.start is None else state.start_day
    end = opening.get("to") if state.end is None else state.end_day
    if start and end and start > end:  # one end of the case's own on the wrong side of the other
        start, end = (None, end) if state.start is None else (start, None)
    spoken = language or state.language or case.meta.get("language", "en")
    return Lens(
        on=Layers(records(case.layers)).chosen(on),
        known=opening.get("known") if state.known is None else state.known_day,
        start=start,
        end=end,
        by=state.by or None,
        language=spoken if spoken in {"en", "ko", "ru", "zh"} else "en",
    )


class Scene:
    """The record of a case through a lens.

    Parameters
    ----------
    case
        The case.
    lens
        What is chosen.
    """

    def __init__(self, case: Case, lens: Lens) -> None:
        self.case = case
        self.lens = lens
        self.language = lens.language
        self.view = View(case, known=lens.known, by=lens.by, start=lens.start, end=lens.end)
        self.rows = Rows(case, self.view)

    def through(self, **changes: Any) -> Scene:  # noqa: ANN401 - fields of a Lens
        """Return the same case through another lens."""
        return Scene(self.case, replace(self.lens, **changes))

    @cached_property
    def routes(self) -> list[Route]:
        """Routes that are drawn, in the order of the case."""
        rows = [row for row in records(self.view.routes()) if row["layer"] is None or row["layer"] in self.lens.on]
        shown = {row["route"] for row in rows}
        return [
            Route(
                row["route"],
                clean(row["title"]),
                row["kind"],
                str(row["status"]),
                tuple(row["denied_by"]),
                tuple(_leg(leg, row["route"], shown) for leg in self.rows.legs[row["route"]]),
            )
            for row in rows
        ]

    @cached_property
    def places(self) -> dict[str, tuple[Mapping[str, Any], tuple[float, float]]]:
        """Rows and points (longitude, latitude) of all places that have one, by id."""
        rows = {row["id"]: row for row in records(self.case.places)}
        points = place_points(self.case, rows)
        return {name: (rows[name], point) for name, point in points.items()}

    @cached_property
    def parties(self) -> dict[str, Mapping[str, Any]]:
        """Rows of the parties by id."""
        return {row["id"]: row for row in records(self.case.parties)}

    def party(self, name: str) -> str:
        """Return the name of a party in the reader's language."""
        return name_of(self.parties[name], self.language) if name in self.parties else clean(name)

    @cached_property
    def events(self) -> list[dict[str, Any]]:
        """Events that are known through the lens and whose layer is on."""
        known = set(self.view.events()["event"])
        rows = [row for row in records(self.case.events) if row["id"] in known]
        return [row for row in rows if row["layer"] is None or row["layer"] in self.lens.on]

    @cached_property
    def point_events(self) -> list[dict[str, Any]]:
        """Events with a place on the map and no drawn route, as the page marks them."""
        drawn = set(self.view.routes()["route"])
        return [
            event
            for event in self.events
            if event["place"] in self.places
            and self.places[event["place"]][0]["kind"] != "region"
            and not drawn.intersection(event["routes"])
        ]

    @property
    def title(self) -> str:
        """Title of the case."""
        return clean(self.case.meta["title"])

    @property
    def dateline(self) -> str:
        """As known when, as told by whom, and what happened when."""
        lens, language = self.lens, self.language
        if lens.known:
            parts = [word("as-known", language, date=when(lens.known.isoformat(), language))]
        else:
            parts = [word("on-record", language, date=when(self.case.meta["updated"].isoformat(), language))]
        if lens.by:
            parts.append(word("as-told", language, who=self.tellers))
        days = {"from": lens.start, "to": lens.end}
        said = {name: when(day.isoformat(), language) for name, day in days.items() if day}
        if said:
            key = "between" if len(said) == 2 else next(iter(said))
            parts.append(word(f"happened-{key}", language, **said))
        return "; ".join(parts)

    @property
    def tellers(self) -> str:
        """Names of those whose claims count."""
        return joined([self.teller(name) for name in self.lens.by or ()], self.language) or word(
            "told-everyone", self.language
        )

    def teller(self, name: str) -> str:
        """Return the name of a party or group: the title that the case gives a group, else the page's word for it."""
        title = self.case.meta.get(schema.GROUPS, {}).get(name)
        if title and name not in self.parties:
            return clean(title)
        return word(key, self.language) if has_word(key := f"told-group-{name}") else self.party(name)

    def status(self, route: Route) -> str:
        """Return the words for a route's status."""
        return code("status", route.status, self.language)

    def denial(self, route: Route) -> str:
        """Return who denies a route; empty if nobody does."""
        who = joined([self.party(name) for name in route.denied_by], self.language)
        return word("denied", self.language, who=who) if who else ""


def _leg(leg: Mapping[str, Any], route: str, shown: set[str]) -> Leg:
    stretch = leg.get("stretch")
    lane, lanes = stretch.lane(route, shown) if stretch else (0, 1)
    return Leg((leg["from"], leg["to"]), leg["mode"], leg["basis"], bool(leg["fallback"]), leg["line"], lane, lanes)
