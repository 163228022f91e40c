"""A case begun from lines: one route a line, drawn and claimed by nobody yet; `waybill check` says what is missing."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from routes import schema
from routes.case import case_from_raw
from routes.cells import write_number
from routes.checking.meanings import UNSETTLED
from routes.folder import RawCase, RawTable
from routes.formats.plain import read_drawings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from routes.case import Case
    from routes.formats.plain.drawings import Drawings, Line, Point

LAYER: Final = "imported"
# names that are no files on Windows, whatever their ending; the file of a drawn line is named after its route
_DEVICE: Final = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
_DECIMALS: Final = 6  # 0.1 m; what RFC 7946 advises
_SAME_PLACE_DECIMALS: Final = 5  # about a metre: ends nearer than that are one place
_ID_LENGTH: Final = 60

_TOML: Final = """\
# Begun from {file}. What is drawn here nobody claims yet: `waybill check` lists what is missing.
title = {title}
# Say in a sentence or two what the case is about, and who keeps it.
summary = ""
updated = {updated}
authors = []
# The terms under which you publish it, such as CC-BY-4.0; mind those of the file that the lines come from.
licence = {licence}
language = "en"
disclaimer = "Schematic; not for navigation or targeting."

# The layer tree, in order. Give each sort of route a layer of its own, and name it in routes.csv.
[[layer]]
id = "{layer}"
title = "Imported"
"""


def import_lines(path: Path, *, updated: date | None = None) -> Case:
    """Return a case begun from a GeoJSON, KML, GPX or CSV file of lines.

    Parameters
    ----------
    path
        The file; WGS 84 in degrees.
    updated
        Day to write into `case.toml`; None means today.

    Returns
    -------
    Case
        One route a line on the layer `imported`, its legs drawn, its ends as places, no events, claims or sources.
        It can be rendered as it is: what nobody claims is drawn plain.

    Raises
    ------
    ExchangeError
        If the file cannot be read or holds no line.
    OSError
        If it cannot be opened.
    """
    return skeleton(read_drawings(path), updated=updated)


def skeleton(drawings: Drawings, *, updated: date | None = None) -> Case:
    """Return the case of some lines; see `import_lines`.

    Raises
    ------
    None
        Lines that were read make a case.
    """
    return _Skeleton(drawings, updated or datetime.now().astimezone().date()).case()


class _Skeleton:
    """Collects the rows of the case, line by line."""

    def __init__(self, drawings: Drawings, updated: date) -> None:
        self.file = drawings.file
        self.lines = drawings.lines
        self.updated = updated
        self.places: dict[tuple[float, float], dict[str, str]] = {}
        self.routes: dict[str, dict[str, str]] = {}
        self.legs: list[dict[str, str]] = []
        self.geometry: dict[str, Any] = {}
        self.own = _own_columns(drawings.lines)

    def case(self) -> Case:
        for number, line in enumerate(self.lines, start=1):
            self._route(number, line)
        tables = {"places": list(self.places.values()), "routes": list(self.routes.values()), "legs": self.legs}
        stem = self.file.rpartition(".")[0] or self.file
        toml = _TOML.format(
            file=" ".join(self.file.split()),
            title=_quoted(stem.replace("_", " ")),
            updated=self.updated.isoformat(),
            licence=_quoted(UNSETTLED),
            layer=LAYER,
        )
        return case_from_raw(
            RawCase(
                name=slug(stem, "imported"),
                meta=tomllib.loads(toml),
                tables={name: _table(table, tables.get(name, [])) for name, table in schema.TABLES.items()},
                geometry=self.geometry,
                texts={"case.toml": toml},
            )
        )

    def _route(self, number: int, line: Line) -> None:
        title = line.name or f"Line {number}"
        name = unique(slug(title, f"line-{number}"), self.routes)
        own = {self.own[key]: text for key, text in line.attributes.items() if key in self.own}
        row = {"id": name, "title": title, "layer": LAYER, "kind": "movement", "note": line.note}
        self.routes[name] = row | own
        mode = line.mode.strip().lower()
        for seq, part in enumerate(line.parts, start=1):
            ends = [self._place(title, at) for at in (part[0], part[-1])]
            leg = dict(zip(("from", "to"), ends, strict=True))
            rest = {"mode": mode if mode in schema.MODES else "unknown", "basis": "drawn"}
            self.legs.append({"route": name, "seq": str(seq), **leg, **rest})
            stem = name if len(line.parts) == 1 else f"{name}.{seq}"
            self.geometry[stem] = {"type": "LineString", "coordinates": [_position(at) for at in part]}

    def _place(self, title: str, at: Point) -> str:
        lon, lat = _position(at)
        key = (round(lon, _SAME_PLACE_DECIMALS), round(lat, _SAME_PLACE_DECIMALS))
        if key not in self.places:
            number = len(self.places) + 1
            self.places[key] = {
                "id": f"place-{number}",
                "name": f"Place {number}",
                "kind": "waypoint",
                "lon": write_number(lon),
                "lat": write_number(lat),
                "origin": f"end of a line of {' '.join(self.file.split())}",
                "verified": "no",
                "note": f"An end of {title!r}, as drawn. Give it its name and kind.",
            }
        return self.places[key]["id"]


def _table(table: schema.Table, rows: Sequence[dict[str, str]]) -> RawTable:
    header = dict.fromkeys([*(column.name for column in table.columns), *(key for row in rows for key in row)])
    filled = tuple({key: row.get(key, "") for key in header} for row in rows)
    return RawTable(tuple(header), filled, tuple(range(2, 2 + len(filled))))


def _own_columns(lines: Sequence[Line]) -> dict[str, str]:
    """Return the columns of the author's own that `routes.csv` gets, by what the file calls them.

    A name that the table gives a meaning of its own gets a mark, so that it means nothing there.
    """
    taken = {column.name for column in schema.ROUTES.columns} | set(schema.RESERVED["routes"])
    names: dict[str, str] = {}
    for key in dict.fromkeys(key for line in lines for key in line.attributes):
        names[key] = unique(f"imported {key}" if key.lower() in taken else key, {*taken, *names.values()})
    return names


def slug(text: str, fallback: str) -> str:
    """Return an id made of a text: its Latin letters and digits, hyphens between.

    Parameters
    ----------
    fallback
        Id where the text has none of these.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_ID_LENGTH].strip("-") or fallback
    return f"{found}-{fallback}" if _DEVICE.fullmatch(found) else found


def unique(name: str, taken: dict[str, Any] | set[str]) -> str:
    """Return a name that is not taken yet, with a number behind it if it must be."""
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found


def _position(at: Point) -> list[float]:
    """Return a point as files have it: longitude within ±180, at most six decimals."""
    lon = at[0] if -180.0 <= at[0] <= 180.0 else (at[0] + 180.0) % 360.0 - 180.0
    return [round(lon, _DECIMALS) + 0.0, round(at[1], _DECIMALS) + 0.0]


def _quoted(text: str) -> str:
    """Return a text as a TOML string; JSON writes the same escapes."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
