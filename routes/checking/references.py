"""References: ids that nothing has, and chains that bite their own tail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from routes import limits, schema
from routes.checking.chains import chain_faults
from routes.findings import Finding, fault, shortened
from routes.nearest import near
from routes.routing import passages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from routes.folder import RawCase


_MOST_HINTS: Final = 100
"""Dangling ids for which it is worked out what may have been meant."""


def check_references(raw: RawCase) -> list[Finding]:
    """Return the faults of references between the files of a case."""
    keys = _keys(raw)
    most = limits.FINDINGS.value
    findings: list[Finding] = []
    for name, table in schema.TABLES.items():
        read = raw.tables[name]
        for column in table.columns:
            if not column.to or column.name not in read.header:
                continue
            if any(keys[target] is None for target in column.to):
                continue  # the file could not be read: one fault for it is enough
            known = dict.fromkeys(key for target in column.to for key in keys[target] or ())
            for row, line in zip(read.rows, read.lines, strict=True):
                named = known if len(findings) < _MOST_HINTS else None
                parts = _unknown(column, row[column.name], known)
                findings += [_dangling(table.file, line, column, part, named) for part in parts]
                if len(findings) > most:
                    return findings
    findings += _cycles(raw, "claims", "derived_from", "a claim cannot rest on itself; clear one of them")
    findings += _cycles(raw, "parties", "part_of", "a party cannot be part of itself; clear one of them")
    findings += _narrowing(raw)
    return findings


def _keys(raw: RawCase) -> dict[str, list[str] | None]:
    """Return the ids of every table; None for those of a file that could not be read or has no ids."""
    keys: dict[str, list[str] | None] = {
        name: None if f"{name}.csv" in raw.unread or "id" not in table.header else [_id(row) for row in table.rows]
        for name, table in raw.tables.items()
    }
    layers = [layer.get("id") for layer in _dicts(raw.meta.get("layer"))]
    keys["layers"] = [name for name in layers if isinstance(name, str)] or None
    keys["passages"] = list(passages()) if _names_passages(raw) else []
    unread = "sources.json" in raw.unread
    keys["sources"] = None if unread else [str(item.get("id")) for item in _dicts(raw.sources)]
    return keys


def _id(row: Mapping[str, str]) -> str:
    return row.get("id", "").strip()


def _names_passages(raw: RawCase) -> bool:
    """Return whether any leg can name a passage; most cases do not, and need not read the list."""
    places = {_id(row) for row in raw.tables["places"].rows}
    named = {name for row in raw.tables["legs"].rows for key in ("via", "avoid") for name in _parts(row.get(key, ""))}
    return not named <= places


def _dicts(items: object) -> list[Mapping[str, object]]:
    return [item for item in items if isinstance(item, dict)] if isinstance(items, (list, tuple)) else []


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(schema.SEPARATOR) if part.strip()]


def _unknown(column: schema.Column, text: str, known: Mapping[str, None]) -> list[str]:
    """Return the ids of a cell that nothing has; what is no id at all is a fault of its own."""
    parts = _parts(text) if column.kind == "refs" else [text.strip()] if text.strip() else []
    return [part for part in parts if part not in known and schema.ID.fullmatch(part)]


def _dangling(file: str, line: int, column: schema.Column, part: str, known: Mapping[str, None] | None) -> Finding:
    """Return the fault of an id that nothing has; without the known ones no hint is given."""
    meant = near(part, known) if known else None
    where = " or ".join(_file(target) for target in column.to)
    remedy = f"did you mean {meant!r}? " if meant else ""
    return fault(file, line, column.name, part, f"is not in {where}", f"{remedy}add it there or mend the id")


def _file(target: str) -> str:
    return {"layers": "case.toml", "sources": "sources.json", "passages": "`waybill networks sea`"}.get(
        target, f"{target}.csv"
    )


def _cycles(raw: RawCase, table: str, column: str, remedy: str) -> Iterator[Finding]:
    read = raw.tables[table]
    above = {_id(row): row.get(column, "").strip() for row in read.rows if row.get(column, "").strip()}
    wrong = {name: (problem, other or remedy) for name, problem, other in chain_faults(above)}
    for row, line in zip(read.rows, read.lines, strict=True):
        if (found := wrong.get(_id(row))) is not None:
            yield fault(f"{table}.csv", line, column, row.get(column, ""), *found)


def _narrowing(raw: RawCase) -> Iterator[Finding]:
    """Yield a fault for a claim narrowed to a route that none of its events has."""
    if "events.csv" in raw.unread:
        return
    of_event = {_id(row): set(_parts(row.get("routes", ""))) for row in raw.tables["events"].rows}
    read = raw.tables["claims"]
    for row, line in zip(read.rows, read.lines, strict=True):
        events: Sequence[str] = _parts(row.get("event", ""))
        has = set().union(*(of_event.get(event, set()) for event in events))
        strange = [route for route in _parts(row.get("routes", "")) if route not in has]
        if events and strange:
            problem = f"{shortened(strange[0])!r} is no route of {shortened(', '.join(events))}"
            remedy = "add it to the event's routes, or narrow the claim to one of them"
            yield fault("claims.csv", line, "routes", row.get("routes", ""), problem, remedy)
