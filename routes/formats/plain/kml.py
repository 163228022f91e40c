"""Lines of a KML file: LineStrings and tracks of its placemarks."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from routes import limits
from routes.errors import ExchangeError
from routes.formats.plain.drawings import Drawings, point
from routes.formats.plain.xml import children, descendants, local_name, root_of, text_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from routes.formats.plain.drawings import Point

_TAG = re.compile(r"""(?:/[a-zA-Z]|[!?]|(?P<name>[a-zA-Z][^\s/>]*))(?:(?:[^>"']|"[^"]*"|'[^']*')*>|[^>]*>)""")
_BREAKS = frozenset({"br", "p", "li", "div", "tr"})
_LINES = frozenset({"LineString", "LinearRing", "Track"})
_SHAPES = (*_LINES, "Point", "Polygon", "Model")


def read(file: str, content: bytes) -> Drawings:
    """Return the lines of a KML text, one a placemark.

    Raises
    ------
    ExchangeError
        If it is no KML, or declares a document type.
    """
    drawings = Drawings(file)
    for number, placemark in enumerate(descendants(root_of(file, content, "kml"), "Placemark"), start=1):
        texts = _texts(placemark)
        where = f"placemark {number} {texts['name']!r}" if texts["name"] else f"placemark {number}"
        parts = []
        borders = {ring for area in descendants(placemark, "Polygon") for ring in descendants(area, "LinearRing")}
        for shape in descendants(placemark, *_SHAPES):
            kind = local_name(shape)
            if shape in borders:
                continue
            if kind in _LINES:
                parts.append(_points(file, where, shape))
            else:
                drawings.ignored[f"{kind} geometries"] += 1
        if parts:
            drawings.add(parts, texts)
    return drawings


def _points(file: str, where: str, shape: Element) -> list[Point]:
    if local_name(shape) == "Track":
        texts = ["".join(one.itertext()).split() for one in children(shape, "coord")]
    else:
        written = text_of(shape, "coordinates")
        if written.count(",") > 2 * limits.POINTS.value:  # one or two a point; split, each would take far more room
            remedy = limits.POINTS.remedy("keep only the lines that are needed, or simplify them")
            raise ExchangeError(file, f"holds more than {limits.POINTS}", remedy, where=where)
        texts = [one.split(",") for one in written.split()]
    for text in texts:
        if len(text) < 2:
            remedy = "write each as lon,lat without a space after the comma"
            raise ExchangeError(file, "is not a coordinate", remedy, where=where, value=",".join(text))
    return [point(file, where, text[0], text[1]) for text in texts]


def _texts(placemark: Element) -> dict[str, str]:
    texts = {"name": text_of(placemark, "name"), "description": plain_text(text_of(placemark, "description"))}
    for data in descendants(placemark, "Data"):
        texts.setdefault(data.get("name", ""), text_of(data, "value"))
    for data in descendants(placemark, "SimpleData"):
        texts.setdefault(data.get("name", ""), "".join(data.itertext()).strip())
    return texts


def plain_text(html: str) -> str:
    """Return the text of a balloon without its markup; scripts, styles and comments are no text.

    The parser of the standard library takes the square and worse of some broken markup; this takes one pass.
    """
    if "<" not in html and "&" not in html:
        return html
    first, *rest = html.split("<")
    found, hidden = [first], ""
    for piece in rest:
        if hidden:
            is_comment = hidden == "!--"
            at = piece.find("-->") if is_comment else 0 if piece.lower().startswith(f"/{hidden}") else -1
            if at >= 0:
                hidden = ""
                found.append(piece[at + 3 :] if is_comment else piece.partition(">")[2])
            continue
        tag = _TAG.match(piece)
        if piece.startswith("!--"):
            _, closed, text = piece.partition("-->")
            hidden = "" if closed else "!--"
            found.append(text)
        elif tag is None:
            found.append(f"<{piece}")
        else:
            name = (tag["name"] or "").lower()
            hidden = name if name in {"script", "style"} else ""
            found += ["\n"] if name in _BREAKS and any(found) else []
            found += [] if hidden else [piece[tag.end() :]]
    return unescape("".join(found)).strip()
