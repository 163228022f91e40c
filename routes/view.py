"""A case as known on a day and told by some parties: what is shown, and with which status.

The rules are in `routes.evidence`; this module applies them to the events and routes of a case.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from routes import dates
from routes.evidence import Claim, Finding, Record, findings, known_claims, strongest
from routes.frames import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from routes.case import Case


def record_of(case: Case) -> Record:
    """Return the claims and parties of a case as the rules see them."""
    claims = [
        Claim(
            id=row["id"],
            events=row["event"],
            route=row["route"],
            place=row["place"],
            routes=row["routes"],
            party=row["party"],
            stance=row["stance"],
            about=row["about"],
            evidence=row["evidence"],
            derived_from=row["derived_from"],
            verified=row["verified"] != "no",
            known_from=dates.parse(row["asserted_on"]).latest if row["asserted_on"] else None,
            position=position,
        )
        for position, row in enumerate(records(case.claims))
    ]
    parties = case.parties
    part_of = {party: above for party, above in zip(parties["id"], parties["part_of"], strict=True) if above}
    return Record(claims, dict(zip(parties["id"], parties["kind"], strict=True)), part_of)


class View:
    """A case as known on a day and told by some parties: what is shown, and with which status.

    Parameters
    ----------
    case
        The case.
    known
        A day (date or ISO text); claims made later are not there. None means everything on record.
    by
        Ids of parties, or names of their `groups`; None means everyone.
    start, end
        First and last day (date or ISO text) of the window of events: one that cannot have happened in it is not
        there. None is open; an event without a date is always there.

    Raises
    ------
    ValueError
        If `known`, `start` or `end` is not a date, or `by` names no party and no group of the case.
    """

    def __init__(
        self,
        case: Case,
        *,
        known: date | str | None = None,
        by: str | Sequence[str] | None = None,
        start: date | str | None = None,
        end: date | str | None = None,
    ) -> None:
        self.case = case
        self.known = _day(known, "known")
        self.start, self.end = _day(start, "start"), _day(end, "end")
        self.by = None if by is None else _parties(case, by)
        self.record = record_of(case)

    @cached_property
    def claims(self) -> list[Claim]:
        """Claims that are shown, in the order in which they were made."""
        return known_claims(self.record, self.known, self.by)

    @cached_property
    def _on_event(self) -> dict[str, list[Claim]]:
        found: dict[str, list[Claim]] = {}
        for claim in self.claims:
            for event in claim.events:
                if event not in self._outside:
                    found.setdefault(event, []).append(claim)
        return found

    @cached_property
    def _outside(self) -> set[str]:
        """Return the events that cannot have happened in the window."""
        if self.start is None and self.end is None:
            return set()
        whens = zip(self.case.events["id"], self.case.events["when"], strict=True)
        return {event for event, when in whens if when and not dates.parse(when).overlaps(self.start, self.end)}

    @cached_property
    def _on_route(self) -> dict[str, list[Claim]]:
        found: dict[str, list[Claim]] = {}
        for claim in self.claims:
            if claim.route:
                found.setdefault(claim.route, []).append(claim)
        return found

    def event_findings(self, event: str, route: str | None = None) -> dict[str, Finding]:
        """Return the finding on each aspect of an event, or of what is said of it on one of its routes."""
        claims = self._on_event.get(event, [])
        if route is not None:
            claims = [claim for claim in claims if not claim.routes or route in claim.routes]
        return findings(self.record, claims, withdrawals=self._withdrawals, route=route)

    @cached_property
    def _withdrawals(self) -> list[Claim]:
        return [claim for claim in self.claims if claim.stance == "withdraws"]

    def events(self) -> pd.DataFrame:
        """Return the events that are shown.

        Returns
        -------
        DataFrame
            event, title, when, kind; occurrence, movement, cargo, destination (status; None where nothing counts);
            denied_by, claims (tuples of ids); origins (most independent origins of any aspect).
        """
        rows = []
        for row in records(self.case.events):
            claims = self._on_event.get(row["id"])
            if not claims:
                continue
            found = self.event_findings(row["id"])
            statuses = {
                aspect: found[aspect].status if aspect in found else None
                for aspect in ("occurrence", "movement", "cargo", "destination")
            }
            rows.append(
                {key: row[key] for key in ("title", "when", "kind")}
                | statuses
                | {
                    "event": row["id"],
                    "denied_by": _union(finding.denied_by for finding in found.values()),
                    "origins": max((finding.origins for finding in found.values()), default=0),
                    "claims": tuple(claim.id for claim in claims),
                }
            )
        columns = ["event", "title", "when", "kind", "occurrence", "movement", "cargo", "destination"]
        return pd.DataFrame(rows, columns=[*columns, "denied_by", "origins", "claims"], dtype="object")

    def routes(self) -> pd.DataFrame:
        """Return the routes that are drawn.

        Returns
        -------
        DataFrame
            route, title, layer, kind, status (a `Status`, or `infrastructure` or `illustration`), denied_by, events,
            claims (tuples of ids).
        """
        rows = [row for route in records(self.case.route_table) if (row := self._route(route)) is not None]
        columns = ["route", "title", "layer", "kind", "status", "denied_by", "events", "claims"]
        return pd.DataFrame(rows, columns=columns, dtype="object")

    @cached_property
    def _events_of_route(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for event, routes in zip(self.case.events["id"], self.case.events["routes"], strict=True):
            for route in routes:
                found.setdefault(route, []).append(event)
        return found

    def _claims_on(self, route: str) -> dict[str | None, list[Claim]]:
        """Return what is said of a route: by event, and under None what is said of the route itself."""
        by_event: dict[str | None, list[Claim]] = {
            event: [claim for claim in self._on_event.get(event, []) if not claim.routes or route in claim.routes]
            for event in self._events_of_route.get(route, [])
        }
        by_event[None] = self._on_route.get(route, [])
        return {event: claims for event, claims in by_event.items() if claims}

    def route_findings(self, route: str) -> list[dict[str, Finding]]:
        """Return the findings on each aspect of a route: one mapping an event, and one for the route itself."""
        return [
            findings(self.record, claims, withdrawals=self._withdrawals, route=route)
            for claims in self._claims_on(route).values()
        ]

    def _route(self, route: dict[str, str | None]) -> dict[str, object] | None:
        """Return the row of one route, or None if it is not drawn."""
        name, kind = str(route["id"]), route["kind"]
        groups = self._claims_on(name)
        if not self._is_drawn(route, on_record=name in self._events_of_route, known=bool(groups)):
            return None
        found = self.route_findings(name)
        aspect = "destination" if kind == "declared" else "movement"
        status: str = strongest(one[aspect].status for one in found if aspect in one)
        claims = sorted({c.id: c for group in groups.values() for c in group}.values(), key=lambda c: c.order)
        return {
            "route": name,
            "title": route["title"],
            "layer": route["layer"],
            "kind": kind,
            "status": str(kind) if kind in {"infrastructure", "illustration"} else status,
            "denied_by": _union(finding.denied_by for one in found for finding in one.values()),
            "events": tuple(event for event in groups if event is not None),
            "claims": tuple(claim.id for claim in claims),
        }

    def _is_drawn(self, route: dict[str, str | None], *, on_record: bool, known: bool) -> bool:
        if route["kind"] == "infrastructure":
            return self._exists(route["exists"])
        if route["kind"] == "illustration":
            return route["illustrates"] is None or route["illustrates"] in self._on_event
        has_claims = on_record or any(claim.route == route["id"] for claim in self.record.claims.values())
        return known or not has_claims

    def _exists(self, exists: str | None) -> bool:
        """Return whether infrastructure exists on the day, or when the case was last updated."""
        if not exists:
            return True
        day = self.known or self.case.meta.get("updated")
        span = dates.parse(exists)
        return span.overlaps(day, day) and span.overlaps(self.start, self.end)


def _union(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for group in groups for one in group))


def _day(day: date | str | None, name: str) -> date | None:
    if isinstance(day, datetime):  # a datetime is a date too, but does not compare with one
        return day.date()
    if day is None or isinstance(day, date):
        return day
    try:
        return date.fromisoformat(day)
    except ValueError as err:
        msg = f"{name}: {day!r} is not a day; write it as 2022-11-10"
        raise ValueError(msg) from err


def _parties(case: Case, by: str | Sequence[str]) -> tuple[str, ...]:
    """Return the ids of parties given by id or by group."""
    by = [by] if isinstance(by, str) else by
    ids = set(case.parties["id"])
    chosen: dict[str, None] = {}
    for name in by:
        members = [
            party for party, groups in zip(case.parties["id"], case.parties["groups"], strict=True) if name in groups
        ]
        if name in ids:
            chosen[name] = None
        elif members:
            chosen.update(dict.fromkeys(members))
        else:
            groups = sorted({group for row in case.parties["groups"] for group in row})
            msg = f"by: {name!r} is neither a party nor a group of this case; groups are {', '.join(groups) or 'none'}"
            raise ValueError(msg)
    return tuple(chosen)
