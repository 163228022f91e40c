"""Lines of a KML file: LineStrings and tracks of its placemarks."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from routes.errors import ExchangeError
from routes.formats.plain.drawings import Drawings, point
from routes.formats.plain.xml import children, descendants, local_name, root_of, text_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from routes.formats.plain.drawings import Point

_SHAPES = ("LineString", "Track", "Point", "Polygon", "Model")


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
        for shape in descendants(placemark, *_SHAPES):
            kind = local_name(shape)
            if kind in {"LineString", "Track"}:
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
        texts = [one.split(",") for one in text_of(shape, "coordinates").split()]
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
    """Return the text of a balloon without its markup; scripts and styles are no text."""
    if "<" not in html and "&" not in html:
        return html
    parser = _Text()
    parser.feed(html)
    parser.close()
    return "".join(parser.found).strip()


class _Text(HTMLParser):
    """Collects the text between tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - its signature
        self._hidden += tag in {"script", "style"}
        if tag in {"br", "p", "li", "div", "tr"} and self.found:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"} and self._hidden:
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(data)
