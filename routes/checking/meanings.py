"""What rows must say together across tables, and what a reader should know: unverified facts, what nobody claimed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from routes.dates import parse
from routes.evidence import Record
from routes.findings import Finding, fault, warning
from routes.frames import records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from routes.case import Case
    from routes.folder import RawCase

UNSETTLED: Final = "to be settled"
"""Licence of a case whose lines came from elsewhere without one."""
DECLARABLE: Final = frozenset({"notional", "inferred"})
"""What a declared route may rest on: papers and transponders name ends, never the path between them."""


def check_meanings(raw: RawCase, case: Case, *, faults_only: bool = False) -> list[Finding]:
    """Return the findings that need several tables; cells and references must be sound."""
    findings = [
        *_infrastructure(raw, case),
        *_illustrations(raw, case),
        *_stops(raw, case),
        *_leaves(raw, case),
        *_grounds(raw, case),
    ]
    if not faults_only:
        findings += [*_unverified(raw), *_unclaimed(raw, case), *_gaps(raw, case), *_admissions(raw, case)]
        findings += [*_untold(raw, case), *_unsettled(raw)]
    return findings


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
    areas = set(case.places.loc[case.places["lon"].isna(), "id"])
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
        for place in areas.intersection(leg["via"]) if leg["basis"] != "notional" else ():
            remedy = "name a place with a point, or make the leg notional"
            yield fault("legs.csv", line, "via", place, "is a region without a point", remedy)
        if route_kinds[leg["route"]] == "declared" and leg["basis"] not in DECLARABLE:
            remedy = "make it inferred where the declaration names both ends, notional where it names areas only"
            yield fault("legs.csv", line, "basis", leg["basis"], "draws a path for a declaration", remedy)
    with_legs = set(legs["route"])
    for route, line in zip(case.route_table["id"], raw.tables["routes"].lines, strict=True):
        if route not in with_legs:
            yield fault("routes.csv", line, "id", route, "has no legs", "add its legs to legs.csv")


def _leaves(raw: RawCase, case: Case) -> Iterator[Finding]:
    """Yield a fault for a route on a layer that has layers below it: the page has a box to tick for leaves only."""
    above = set(case.layers["parent"].dropna())
    for layer, line in zip(case.route_table["layer"], raw.tables["routes"].lines, strict=True):
        if layer in above:
            yield fault(
                "routes.csv", line, "layer", layer, "has layers of its own below it", "hang the route on a leaf layer"
            )


def _grounds(raw: RawCase, case: Case) -> Iterator[Finding]:
    """Yield faults for claims that rest on what was said later, and withdrawals of what others said."""
    record = _record(case)
    claims = {claim["id"]: claim for claim in records(case.claims)}
    for claim, line in zip(claims.values(), raw.tables["claims"].lines, strict=True):
        ground = claims.get(claim["derived_from"] or "")
        if ground is None:
            continue
        if _is_earlier(claim, ground):
            problem = f"was claimed on {ground['asserted_on']}, after this claim"
            remedy = "name the claim that this one rests on, or mend one of the dates"
            yield fault("claims.csv", line, "derived_from", ground["id"], problem, remedy)
        if claim["stance"] == "withdraws" and claim["party"] not in record.lineage(ground["party"]):
            problem = f"is a claim of {ground['party']}, which {claim['party']} cannot withdraw"
            remedy = "name a claim of the party itself, or write what it says as a denial"
            yield fault("claims.csv", line, "derived_from", ground["id"], problem, remedy)


def _is_earlier(claim: Mapping[str, Any], ground: Mapping[str, Any]) -> bool:
    """Return whether a claim was surely made before another; where a date is imprecise, it may not have been."""
    if claim["asserted_on"] is None or ground["asserted_on"] is None:
        return False
    latest, earliest = parse(claim["asserted_on"]).latest, parse(ground["asserted_on"]).earliest
    return latest is not None and earliest is not None and latest < earliest


def _record(case: Case) -> Record:
    """Return who is part of whom and of what kind, without the claims."""
    names, kinds, part_of = (case.parties[name] for name in ("id", "kind", "part_of"))
    above = {name: whole for name, whole in zip(names, part_of, strict=True) if whole}
    return Record([], dict(zip(names, kinds, strict=True)), above)


def _admissions(raw: RawCase, case: Case) -> Iterator[Finding]:
    """Yield a warning for a paper that admits an act: it can only report what another party admitted."""
    record = _record(case)
    for claim, line in zip(records(case.claims), raw.tables["claims"].lines, strict=True):
        if "admission" in claim["evidence"] and {record.kinds[name] for name in record.lineage(claim["party"])} == {
            "media"
        }:
            problem = f"is an admission, yet {claim['party']} is a medium"
            remedy = "file it as the claim of the party that admits its own act, or leave admission out"
            yield warning("claims.csv", line, "evidence", ";".join(claim["evidence"]), problem, remedy)


def _unclaimed(raw: RawCase, case: Case) -> Iterator[Finding]:
    claimed = {event for events in case.claims["event"] for event in events}
    for event, line in zip(case.events["id"], raw.tables["events"].lines, strict=True):
        if event not in claimed:
            remedy = "add to claims.csv who said so, or who saw it"
            yield warning("events.csv", line, "id", event, "has no claim, so nobody says that it happened", remedy)


def _untold(raw: RawCase, case: Case) -> Iterator[Finding]:
    """Yield a warning for a movement of which there is neither event nor claim, such as a line just imported."""
    told = {route for routes in case.events["routes"] for route in routes} | set(case.claims["route"].dropna())
    for route, kind, line in zip(
        case.route_table["id"], case.route_table["kind"], raw.tables["routes"].lines, strict=True
    ):
        if kind == "movement" and route not in told:
            remedy = (
                "add what happened to events.csv with this route, and who says so to claims.csv; or change its kind"
            )
            yield warning("routes.csv", line, "id", route, "has no event and no claim, so it is on no record", remedy)
    modes = zip(case.leg_table["route"], case.leg_table["mode"], raw.tables["legs"].lines, strict=True)
    for route, mode, line in modes:
        if mode == "unknown" and route not in told:
            remedy = "write rail, sea, road, air or river if it is known"
            yield warning("legs.csv", line, "mode", mode, "is how an imported line begins", remedy)


def _unsettled(raw: RawCase) -> Iterator[Finding]:
    """Yield a warning for a licence that nobody has settled."""
    if raw.meta.get("licence") == UNSETTLED:
        remedy = "ask whoever drew the lines, and write an SPDX id such as CC-BY-4.0"
        yield warning("case.toml", None, "licence", UNSETTLED, "is no licence, so nobody may use the case", remedy)


def _gaps(raw: RawCase, case: Case) -> Iterator[Finding]:
    """Yield a warning for a leg that does not begin where the one before ends; a branch may be meant."""
    legs = zip(records(case.leg_table), raw.tables["legs"].lines, strict=True)
    ordered = sorted(legs, key=lambda one: (one[0]["route"], one[0]["seq"]))
    for (before, _), (leg, line) in pairwise(ordered):
        if before["route"] == leg["route"] and before["to"] != leg["from"]:
            problem = f"does not go on from {before['to']}, where the leg before ends"
            remedy = "mend seq, from or to, unless the route branches here"
            yield warning("legs.csv", line, "from", leg["from"], problem, remedy)


def _unverified(raw: RawCase) -> Iterator[Finding]:
    for name in ("places", "events", "claims", "measures"):
        read = raw.tables[name]
        for row, line in zip(read.rows, read.lines, strict=True):
            if row.get("verified", "").strip() == "no":
                remedy = "check it in a published source, or keep it marked"
                yield warning(f"{name}.csv", line, "verified", row.get("id", ""), "is background, not verified", remedy)
