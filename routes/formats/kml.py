"""KML 2.2: folders as the layer tree, dates as TimeSpan, balloons with claims and citations."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from routes import dates
from routes.formats.extract import parts_of
from routes.formats.gpkg_style import COLOURS, look
from routes.formats.xml import add, add_if, document
from routes.frames import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from routes.formats.extract import Extract

_NAMESPACES: Final = {"": "http://www.opengis.net/kml/2.2", "atom": "http://www.w3.org/2005/Atom"}
_WIDTHS: Final = {"infrastructure": 1.5, "illustration": 2, "none": 1.5, "notional": 6}
_ALPHA: Final = {"confirmed": "ff", "evidenced": "e6", "asserted": "b3", "notional": "66"}
"""KML draws no dashes: a weaker status is paler, and the name of each line says it."""


def content(extract: Extract) -> bytes:
    """Return the document."""
    return _Kml(extract).bytes()


class _Kml:
    """One KML document."""

    def __init__(self, extract: Extract) -> None:
        self.extract = extract
        self.root = ET.Element("kml")
        self.document = add(self.root, "Document")
        self.points = {row["id"]: row for row in extract.places}
        self.events = {row["id"]: row for row in extract.events}

    def bytes(self) -> bytes:
        about = self.extract.about
        add(self.document, "name", about["title"])
        add(self.document, "open", "1")
        add_if(ET.SubElement(self.document, "atom:author"), "atom:name", about.get("authors") or about["made_with"])
        lines = [f"{key.replace('_', ' ')}: {value}" for key, value in about.items()]
        add(self.document, "description", _paragraphs(lines))
        self._styles()
        self._data(self.document, about)
        self._folders()
        self._places()
        return document(self.root, _NAMESPACES)

    def _styles(self) -> None:
        used = {
            (leg["mode"], self._look(row, leg)) for row in self.extract.routes for leg in self.extract.legs[row["id"]]
        }
        for mode, name in sorted(used):
            style = add(self.document, "Style", id=f"{mode}-{name}")
            line = add(style, "LineStyle")
            red, green, blue = (COLOURS[mode][at : at + 2] for at in (1, 3, 5))
            add(line, "color", f"{_ALPHA.get(name, '99')}{blue}{green}{red}")
            add(line, "width", _WIDTHS.get(name, 3))
            self._balloon(style)
        self._balloon(add(self.document, "Style", id="point"))

    def _balloon(self, style: ET.Element) -> None:
        add(add(style, "BalloonStyle"), "text", "<h3>$[name]</h3>$[description]")

    def _look(self, row: Mapping[str, Any], leg: Mapping[str, Any]) -> str:
        return look(leg["basis"], row["kind"], row["status"])

    def _folders(self) -> None:
        layers = records(self.extract.case.layers)
        folders: dict[str | None, ET.Element] = {}

        def folder(layer: Mapping[str, Any]) -> ET.Element:
            name = layer["id"]
            if name not in folders:
                above = next((row for row in layers if row["id"] == layer["parent"]), None)
                parent = folder(above) if above else self.document
                folders[name] = add(parent, "Folder", id=f"layer-{name}")
                add(folders[name], "name", layer["title"])
                add(folders[name], "visibility", int(bool(layer["on"])))
                add(folders[name], "open", int(bool(layer["open"])))
                if layer["note"]:
                    add(folders[name], "description", _paragraphs([layer["note"]]))
            return folders[name]

        for layer in layers:
            folder(layer)
        layer_of = {row["id"]: row["layer"] for row in self.extract.routes}
        for route in self.extract.routes:
            self._route(folders.get(route["layer"], self.document), route)
        rest = ET.Element("Folder", id="events")
        add(rest, "name", "Events on no layer")
        for event in self.extract.events:
            on = event["layer"] or next((layer_of[route] for route in event["routes"] if route in layer_of), None)
            self._event(folders.get(on, rest), event)
        if len(rest) > 1:
            self.document.append(rest)

    def _route(self, folder: ET.Element, row: Mapping[str, Any]) -> None:
        """Add a placemark for each way of travel of a route, because a placemark has one colour."""
        legs = self.extract.legs[row["id"]]
        groups: dict[str, list[dict[str, Any]]] = {}
        for leg in legs:
            groups.setdefault(f"{leg['mode']}-{self._look(row, leg)}", []).append(leg)
        denied = f", denied by {self.extract.party_names(row['denied_by'])}" if row["denied_by"] else ""
        for number, (style, group) in enumerate(groups.items()):
            mode = f", {group[0]['mode']}" if len(groups) > 1 else ""
            mark = add(folder, "Placemark", id=f"route-{row['id']}-{number}")
            add(mark, "name", f"{row['title']} ({row['status']}{denied}{mode})")
            add(mark, "Snippet", "", maxLines="0")
            add(mark, "description", self._balloon_text(row, [row["note"]]))
            self._span(mark, [self.events[event]["when"] for event in row["events"]] or [row["exists"]])
            add(mark, "styleUrl", f"#{style}")
            self._data(mark, self._facts(row) | {"length_km": f"{row['length_km']:.1f}", "basis": group[0]["basis"]})
            lines = add(mark, "MultiGeometry")
            for part in (part for leg in group for part in parts_of(leg["geometry"])):
                line = add(lines, "LineString")
                add(line, "tessellate", "1")
                add(line, "coordinates", " ".join(f"{x:.6f},{y:.6f}" for x, y in part.coords))

    def _event(self, folder: ET.Element, row: Mapping[str, Any]) -> None:
        mark = add(folder, "Placemark", id=f"event-{row['id']}")
        add(mark, "name", row["title"])
        add(mark, "Snippet", "", maxLines="0")
        notes = [f"{key}: {row[key]}" for key in ("carrier", "cargo", "declared_cargo") if row[key]]
        add(
            mark,
            "description",
            self._balloon_text(row, [self.extract.statuses(row), *notes, row["not_found"], row["note"]]),
        )
        self._span(mark, [row["when"]])
        add(mark, "styleUrl", "#point")
        self._data(mark, self._facts(row) | {"status": self.extract.statuses(row), "when": row["when"] or ""})
        if place := self.points.get(row["place"] or ""):
            self._point(mark, place)

    def _places(self) -> None:
        folder = add(self.document, "Folder", id="places")
        add(folder, "name", "Places")
        for row in self.extract.places:
            mark = add(folder, "Placemark", id=f"place-{row['id']}")
            add(mark, "name", row["name"])
            add(mark, "Snippet", "", maxLines="0")
            add(mark, "description", _paragraphs(filter(None, [row["kind"], row["note"], row["origin"]])))
            add(mark, "styleUrl", "#point")
            self._point(mark, row)

    def _point(self, mark: ET.Element, place: Mapping[str, Any]) -> None:
        add(add(mark, "Point"), "coordinates", f"{place['lon']:.6f},{place['lat']:.6f}")

    def _facts(self, row: Mapping[str, Any]) -> dict[str, str]:
        return {
            "id": row["id"],
            "status": row.get("status") or "",
            "denied_by": self.extract.party_names(row["denied_by"]),
            "as_known_on": self.extract.about["as_known_on"],
            "licence": self.extract.about["licence"],
        }

    def _data(self, parent: ET.Element, values: Mapping[str, str]) -> None:
        extended = add(parent, "ExtendedData")
        for key, value in values.items():
            if value:
                add(add(extended, "Data", name=key), "value", value)

    def _span(self, mark: ET.Element, whens: Iterable[str | None]) -> None:
        """Add the time from the first to the last day that some dates can mean; an open end stays open."""
        spans = [dates.parse(when) for when in whens if when]
        if not spans:
            return
        begins, ends = [span.earliest for span in spans], [span.latest for span in spans]
        first = None if None in begins else min(day for day in begins if day)
        last = None if None in ends else max(day for day in ends if day)
        if first or last:
            span = add(mark, "TimeSpan")
            add_if(span, "begin", first and first.isoformat())
            add_if(span, "end", last and last.isoformat())

    def _balloon_text(self, row: Mapping[str, Any], notes: Sequence[str | None]) -> str:
        """Return the balloon as HTML: notes, then every claim with its citations, then day and licence."""
        denied = f"Denied by {self.extract.party_names(row['denied_by'])}" if row["denied_by"] else None
        parts = [_paragraphs(filter(None, [denied, *notes]))]
        claims = [self.extract.claims[name] for name in row["claims"]]
        if claims:
            parts.append("<ul>" + "".join(f"<li>{self._claim(claim)}</li>" for claim in claims) + "</ul>")
        about = self.extract.about
        parts.append(
            _paragraphs([f"As known on {about['as_known_on']}, as told by {about['as_told_by']}. {about['licence']}"])
        )
        return "".join(parts)

    def _claim(self, claim: Mapping[str, Any]) -> str:
        cited = (self.extract.citations[name] for name in claim["sources"] if name in self.extract.citations)
        return "<br>".join([_safe(self.extract.claim_words(claim)), *map(_citation, cited)])


def _citation(row: Mapping[str, str]) -> str:
    if not row["url"]:
        return _safe(row["citation"])
    return f'<a href="{_safe(row["url"])}">{_safe(row["citation"])}</a>'


def _safe(text: str) -> str:
    """Return a text as HTML; Google Earth would put data in place of `$[name]`, so that is broken up too."""
    return html.escape(text).replace("$[", "$&#91;")


def _paragraphs(lines: Iterable[str]) -> str:
    return "".join(f"<p>{_safe(line)}</p>" for line in lines)
