"""$ waybill status"""  # noqa: D400 - a module of the command opens with its invocation

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from maps.cli.options import (
    by_option,
    case_argument,
    clear_errors,
    json_option,
    known_day,
    known_option,
    read_state,
    state_option,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from routes.case import Case
    from routes.view import View

_ASPECTS = ("occurrence", "movement", "cargo", "destination")


@click.command("status")
@case_argument
@known_option
@by_option
@state_option
@json_option
@clear_errors
def command(case: str, known: str | None, by: tuple[str, ...], state: str | None, as_json: bool) -> None:
    """Print the routes and events of CASE with status, denied-by and claims, as known on a day and told by some.

    Of a state only `known` and `by` count here; --known and --by go before them.
    """
    from routes.reading import read_case  # noqa: PLC0415 - as above
    from routes.view import View  # noqa: PLC0415 - pandas loads only once the command runs

    read = read_case(case)
    opening = read_state(state, read)
    if opening is not None:
        opening, _ = opening.resolve(read)
    day = known or known_day(opening, read)
    view = View(read, known=day, by=list(by or (opening and opening.by) or ()) or None)
    if as_json:
        click.echo(json.dumps(_document(read, view), ensure_ascii=False, indent=1))
        return
    for line in _lines(read, view):
        click.echo(line)


def _document(case: Case, view: View) -> dict[str, Any]:
    from routes.frames import records  # noqa: PLC0415 - pandas loads only once the command runs

    shown = {claim.id for claim in view.claims}
    claims = [_plain(row, view) for row in records(case.claims) if row["id"] in shown]
    return {
        "case": case.name,
        "known": view.known.isoformat() if view.known else None,
        "by": view.by,
        "routes": records(view.routes()),
        "events": records(view.events()),
        "claims": claims,
    }


def _plain(row: Mapping[str, Any], view: View) -> dict[str, Any]:
    """Return a claim as JSON can carry it, its note as then known."""
    from maps.known import as_known  # noqa: PLC0415 - as above

    plain = {key: None if value != value else value for key, value in row.items()}  # noqa: PLR0124 - NaN
    return plain | {"note": as_known(row["note"], view.known)}


def _lines(case: Case, view: View) -> Iterator[str]:
    """Yield the report line by line; what strangers wrote is made safe to print."""
    from routes.findings import one_line  # noqa: PLC0415 - only once the command runs
    from routes.frames import records  # noqa: PLC0415 - as above

    claims = {row["id"]: row for row in records(case.claims)}
    day = f"as known on {view.known}" if view.known else "as known today"
    tellers = ", ".join(view.by) if view.by else "everyone"
    yield one_line(f"{case.meta['title']}: {day}, as told by {tellers}")
    yield ""
    yield "ROUTES"
    for route in records(view.routes()):
        yield one_line(f"{route['route']}: {route['status']}{_denied(route)}: {route['title']}")
        yield from (f"    {_claim(claims[name])}" for name in route["claims"])
    yield ""
    yield "EVENTS"
    for event in records(view.events()):
        statuses = ", ".join(f"{aspect} {event[aspect]}" for aspect in _ASPECTS if event[aspect])
        found = (statuses or "nothing counts") + _denied(event)
        yield one_line(f"{event['event']}: {event['when'] or 'undated'}: {found}: {event['title']}")
        yield from (f"    {_claim(claims[name])}" for name in event["claims"])


def _denied(row: Mapping[str, Any]) -> str:
    return f", denied by {', '.join(row['denied_by'])}" if row["denied_by"] else ""


def _claim(row: Mapping[str, Any]) -> str:
    """Return one claim on one line: when, who, what stance, on what, with which evidence, where to read it."""
    from routes.findings import one_line  # noqa: PLC0415 - as above

    evidence = f" with {', '.join(row['evidence'])}" if row["evidence"] and row["evidence"] != ("none",) else ""
    grade = "/".join(filter(None, [row["source_grade"], row["info_grade"]]))
    marks = [f"graded {grade}" if grade else "", "" if row["verified"] != "no" else "unverified, not counted"]
    sources = f"[{', '.join(row['sources'])}]" if row["sources"] else "[no source]"
    head = f"{row['asserted_on'] or 'undated'} {row['party']} {row['stance']} {', '.join(row['about'])}{evidence}"
    tail = " ".join(filter(None, [", ".join(filter(None, marks)), sources]))
    return one_line(f"{head} ({row['id']}): {row['statement']} {tail}")
