"""What rows must say together across tables, and what a reader should know: unverified facts and homonyms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.findings import Finding, fault, warning
from routes.frames import records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routes.case import Case
    from routes.folder import RawCase


def check_meanings(raw: RawCase, case: Case) -> list[Finding]:
    """Return the findings that need several tables; cells and references must be sound."""
    return [*_infrastructure(raw, case), *_illustrations(raw, case), *_stops(raw, case), *_unverified(raw)]


def _infrastructure(raw: RawCase, case: Case) -> Iterator[Finding]:
    """Yield a fault for an event on a track: traffic is another route, so that track and cargo stay apart."""
    tracks = set(case.route_table.loc[case.route_table["kind"] == "infrastructure", "id"])
    for routes, line in zip(case.events["routes"], raw.tables["events"].lines, strict=True):
        for route in tracks.intersection(routes):
            remedy = "name a movement route over that track, or the place where it happened"
            yield fault("events.csv", line, "routes", route, "is infrastructure, which carries no events", remedy)


def _illustrations(raw: RawCase, case: Case) -> Iterator[Finding]:
    table = case.route_table
    rows = zip(table["id"], table["kind"], table["illustrates"], raw.tables["routes"].lines, strict=True)
    used = {route for routes in case.events["routes"] for route in routes}
    for route, kind, illustrates, line in rows:
        if kind == "illustration" and illustrates is None:
            yield fault(
                "routes.csv", line, "illustrates", "", "is empty", "name the event that the drawing illustrates"
            )
        if kind == "illustration" and route in used:
            remedy = "make it a movement route, or take it out of the event"
            yield fault("routes.csv", line, "kind", kind, "is an illustration, yet an event names it", remedy)
        if kind != "illustration" and illustrates is not None:
            remedy = "clear it, or make the route an illustration"
            yield fault("routes.csv", line, "illustrates", illustrates, "belongs to illustrations only", remedy)


def _stops(raw: RawCase, case: Case) -> Iterator[Finding]:
    """Yield faults for legs that end where their basis cannot: a region is an area, a port is a point."""
    kinds = dict(zip(case.places["id"], case.places["kind"], strict=True))
    route_kinds = dict(zip(case.route_table["id"], case.route_table["kind"], strict=True))
    legs = case.leg_table
    for leg, line in zip(records(legs), raw.tables["legs"].lines, strict=True):
        for column in ("from", "to"):
            kind = kinds[leg[column]]
            if leg["basis"] == "notional" and kind == "port":
                remedy = "end it in a region; a named port is more than the claim says"
                yield fault("legs.csv", line, column, leg[column], "is a port, and the leg is notional", remedy)
            if leg["basis"] != "notional" and kind == "region":
                remedy = "make the leg notional, or name a place"
                yield fault("legs.csv", line, column, leg[column], "is a region, and the leg is not notional", remedy)
        if route_kinds[leg["route"]] == "declared" and leg["basis"] != "notional":
            remedy = "make it notional"
            yield fault("legs.csv", line, "basis", leg["basis"], "draws a path for a declaration", remedy)
    with_legs = set(legs["route"])
    for route, line in zip(case.route_table["id"], raw.tables["routes"].lines, strict=True):
        if route not in with_legs:
            yield fault("routes.csv", line, "id", route, "has no legs", "add its legs to legs.csv")


def _unverified(raw: RawCase) -> Iterator[Finding]:
    for name in ("places", "events", "claims", "measures"):
        read = raw.tables[name]
        for row, line in zip(read.rows, read.lines, strict=True):
            if row.get("verified", "").strip() == "no":
                remedy = "check it in a published source, or keep it marked"
                yield warning(f"{name}.csv", line, "verified", row.get("id", ""), "is background, not verified", remedy)
