"""A case to finish: lines from elsewhere as routes that nobody has claimed yet."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from routes import cells, schema
from routes.case import Case, case_from_raw
from routes.checking.meanings import UNSETTLED
from routes.folder import RawCase, RawTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routes.formats.lines import Line

LAYER: Final = "imported"
_DIGITS: Final = 6


def case_from_lines(name: str, lines: Sequence[Line], *, file: str, updated: date | None = None) -> Case:
    """Return a case with a route for each line and a leg for each part of it; nobody claims anything.

    Parameters
    ----------
    name
        Name of the case.
    lines
        At least one.
    file
        Name of the file that they came from, for titles and notes.
    updated
        Day of the case; None means today.
    """
    builder = _Builder(file)
    for number, line in enumerate(lines, start=1):
        builder.add(line, number)
    tables = {
        key: _table(table, builder.rows.get(key, [])) for key, table in schema.TABLES.items() if not table.optional
    }
    optional = {
        key: RawTable(tuple(c.name for c in t.columns), (), ()) for key, t in schema.TABLES.items() if t.optional
    }
    meta = {
        "title": file,
        "summary": f"Lines imported from {file}. Nobody has been named yet who claims that anything moved on them.",
        "updated": updated or date.today(),  # noqa: DTZ011 - the day of the person at the keyboard
        "licence": UNSETTLED,
        "language": "en",
        "layer": [{"id": LAYER, "title": "Imported"}],
    }
    return case_from_raw(RawCase(name=name, meta=meta, tables={**tables, **optional}, geometry=builder.geometry))


class _Builder:
    """Collects rows; ends that lie on each other are one place."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.rows: dict[str, list[dict[str, str]]] = {"places": [], "routes": [], "legs": []}
        self.geometry: dict[str, Any] = {}
        self._places: dict[tuple[float, float], str] = {}
        self._ids: set[str] = set()

    def add(self, line: Line, number: int) -> None:
        title = line.name or f"Line {number}"
        route = self._id(line.name, f"line-{number}")
        self.rows["routes"].append({"id": route, "title": title, "layer": LAYER, "kind": "movement"})
        for seq, part in enumerate(line.parts, start=1):
            points = np.round(part, _DIGITS)
            stops = [self._place(points[end], route, title, seq, word) for end, word in ((0, "start"), (-1, "end"))]
            leg = {
                "route": route,
                "seq": str(seq),
                "from": stops[0],
                "to": stops[1],
                "mode": "unknown",
                "basis": "drawn",
            }
            self.rows["legs"].append(leg)
            geometry = {"type": "LineString", "coordinates": points.tolist()}
            self.geometry[f"{route}.{seq}"] = {"type": "Feature", "properties": {}, "geometry": geometry}

    def _place(self, point: Any, route: str, title: str, seq: int, word: str) -> str:  # noqa: ANN401 - a row of numbers
        lon = (float(point[0]) + 180) % 360 - 180 if abs(point[0]) > 180 else float(point[0])
        at = (round(lon, _DIGITS), float(point[1]))
        if at not in self._places:
            self._places[at] = self._id(f"{route}-{word}-{seq}", "")
            self.rows["places"].append(
                {
                    "id": self._places[at],
                    "name": f"{title}, {word} of part {seq}",
                    "kind": "waypoint",
                    "lon": cells.write_number(at[0]),
                    "lat": cells.write_number(at[1]),
                    "origin": self.file,
                    "verified": "no",
                    "note": f"imported from {self.file}; name it",
                }
            )
        return self._places[at]

    def _id(self, text: str, otherwise: str) -> str:
        """Return an id made of a text, another one if it is taken."""
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
        base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or otherwise
        name, number = base, 2
        while name in self._ids:
            name, number = f"{base}-{number}", number + 1
        self._ids.add(name)
        return name


def _table(table: schema.Table, rows: Sequence[dict[str, str]]) -> RawTable:
    header = tuple(column.name for column in table.columns)
    filled = tuple({name: row.get(name, "") for name in header} for row in rows)
    return RawTable(header, filled, tuple(range(2, 2 + len(rows))))
