"""A case with a payload in every text of every file, as a folder on disk.

Row `r-<payload>` of routes.csv holds that payload in each of its texts, and so on through all tables, so that a text
that comes back wrong names what it was and where it stood.
"""

from __future__ import annotations

import csv
import io
import json
from contextlib import contextmanager
from datetime import date

import pytest
import tomli_w
from corpus import SHORT, TEXTS

from routes import schema

TABLES = tuple(schema.TABLES)
OWN = "own column"
TOML_TEXTS = ("title", "summary", "licence", "disclaimer")
SOURCE_TEXTS = ("title", "publisher", "container-title", "abstract", "type", "annote", "language")
_DAY = date(2026, 1, 31)
_STARTS = {
    "places": "x-",
    "routes": "r-",
    "legs": "r-",
    "events": "e-",
    "claims": "c-",
    "parties": "p-",
    "measures": "m-",
}
_REQUIRED = {
    "places": {"kind": "settlement"},
    "routes": {"kind": "movement"},
    "legs": {"seq": "1", "to": "hub", "mode": "air", "basis": "great-circle"},
    "events": {"when": "2022-11-02", "kind": "movement"},
    "claims": {"stance": "asserts", "asserted_on": "2022-11-03", "about": "movement;cargo", "quantity": "5"},
    "parties": {"kind": "state"},
    "measures": {"what": "length", "value": "100", "unit": "km"},
}


def text_columns(table):
    """Return the columns of a table that hold free text."""
    return [column.name for column in schema.TABLES[table].columns if column.kind == "text"]


def with_names(text):
    """Return a payload as a name in another language, as far as such a cell can hold it."""
    return " ".join(text.replace(schema.SEPARATOR, ",").split()) or "-"


def _rows(table, payloads):
    for number, payload in enumerate(payloads):
        row = dict.fromkeys(text_columns(table), payload.text) | _REQUIRED[table]
        row["id"] = f"{_STARTS[table]}{payload.id}"
        if table == "places":
            row |= {"lon": f"{100 + number % 15 * 2.5:g}", "lat": f"{30 + number // 15 * 2.5:g}"}
        if table in {"places", "parties"}:
            row["names"] = f"ko={with_names(payload.text)};ru={with_names(payload.text)}"
        links = {
            "routes": {"layer": f"l-{payload.id}"},
            "legs": {
                "route": f"r-{payload.id}",
                "from": f"x-{payload.id}",
                "basis": "drawn" if number == 0 else "great-circle",
            },
            "events": {"routes": f"r-{payload.id}", "place": f"x-{payload.id}", "declared_destination": "hub"},
            "claims": {"event": f"e-{payload.id}", "party": f"p-{payload.id}", "sources": f"s-{payload.id}"},
            "parties": {"groups": f"g-{payload.id}"},
            "measures": {"subject": f"r-{payload.id}", "sources": f"s-{payload.id}"},
        }
        yield row | links.get(table, {}) | {OWN: payload.text}
    if table == "places":
        yield {"id": "hub", "name": "Hub", "kind": "settlement", "lon": "120", "lat": "20"}
    if table == "claims":
        following = [*payloads[1:], payloads[0]]
        for payload, other in zip(payloads, following, strict=True):
            yield {
                "id": f"d-{payload.id}", "event": f"e-{payload.id}", "party": f"p-{other.id}", "stance": "denies",
                "asserted_on": "2022-11-05", "about": "movement", "statement": payload.text, "sources": f"s-{other.id}",
            }  # fmt: skip


def csv_text(header, rows):
    """Return rows as CSV, every cell to the letter."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, header, restval="", quoting=csv.QUOTE_ALL, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def own_columns(table, payloads=SHORT):
    """Return the names that the columns of the author's own bear: every payload that can be one, once."""
    taken = {column.name for column in schema.TABLES[table].columns} | set(schema.RESERVED.get(table, ()))
    names = {}
    for payload in payloads:
        name = payload.text.strip()
        if name and name not in taken:
            names[payload.id] = name
            taken.add(name)
    return names


def table_text(table, payloads=SHORT):
    """Return a table of the case as CSV; each column of the author's own is filled in the row of its payload."""
    rows = list(_rows(table, payloads))
    names = own_columns(table, payloads)
    for row, payload in zip(rows, payloads, strict=False):
        if payload.id in names:
            row[names[payload.id]] = payload.text
    header = [column.name for column in schema.TABLES[table].columns] + [OWN, *names.values()]
    return csv_text(header, rows)


def joined(payloads=SHORT):
    """Return all payloads in one text, which is what `case.toml` says of the case."""
    return " \u00b7 ".join(payload.text for payload in payloads)


def meta(payloads=SHORT):
    """Return `case.toml`: all payloads joined in its texts, one a layer in the layers'."""
    whole = joined(payloads)
    layers = [{"id": "group", "title": whole, "note": whole, "open": True}]
    layers += [{"id": f"l-{p.id}", "title": p.text, "note": p.text, "parent": "group"} for p in payloads]
    texts = dict.fromkeys(TOML_TEXTS, whole)
    # a title for each would make the file of the long ones too long
    groups = {f"g-{p.id}": p.text for p in payloads if len(p.text) < 1000}
    own = {"updated": _DAY, "authors": [p.text for p in payloads], "language": "en"}
    return {**texts, **own, "groups": groups, "layer": layers}


def sources(payloads=SHORT):
    """Return the sources: a payload in every text of each, in its authors, and in a variable that CSL does not have."""
    found = []
    for payload in payloads:
        item = {"id": f"s-{payload.id}"} | dict.fromkeys(SOURCE_TEXTS, payload.text)
        item["author"] = [{"family": payload.text, "given": payload.text}, {"literal": payload.text}]
        item["note"] = with_names(payload.text)
        item |= {"issued": {"date-parts": [[2022, 11, 4]]}, "URL": f"https://example.org/{payload.id}"}
        found.append({payload.text.strip(): payload.text} | item)
    return found


def drawing():
    """Return the line of the first route, drawn, with payloads as its properties and as names of them."""
    properties = {text: text for text in TEXTS.values()}
    line = {"type": "LineString", "coordinates": [[100.0, 30.0], [115.0, 25.0], [120.0, 20.0]]}
    return {"type": "Feature", "id": TEXTS["html-script"], "properties": properties, "geometry": line}


@contextmanager
def allowed():
    """Allow a case.toml in which texts of 100,000 characters stand several times, as its author would."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WAYBILL_MAX_TOML_KIB", "8192")
        yield


def write(folder, payloads=SHORT):
    """Write the case into a folder and return it."""
    folder.mkdir(parents=True)
    (folder / "case.toml").write_bytes(tomli_w.dumps(meta(payloads)).encode())
    for table in TABLES:
        (folder / f"{table}.csv").write_bytes(table_text(table, payloads).encode())
    (folder / "sources.json").write_text(json.dumps(sources(payloads), ensure_ascii=False), encoding="utf-8")
    (folder / "geometry").mkdir()
    (folder / "geometry" / f"r-{payloads[0].id}.geojson").write_text(json.dumps(drawing()), encoding="utf-8")
    return folder
