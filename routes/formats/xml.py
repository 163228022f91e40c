"""XML for KML and GPX: written by element, so that text from a case is only ever text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Mapping

_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, Char


def clean(text: str) -> str:
    """Return a text without characters that no XML can hold; each becomes U+FFFD."""
    return _ILLEGAL.sub("\ufffd", text)


def add(parent: ET.Element, tag: str, text: object = None, **attributes: str) -> ET.Element:
    """Add an element with a text and attributes and return it."""
    element = ET.SubElement(parent, tag, {name: clean(value) for name, value in attributes.items()})
    if text is not None:
        element.text = clean(str(text))
    return element


def add_if(parent: ET.Element, tag: str, text: object) -> None:
    """Add an element if there is a text for it."""
    if text:
        add(parent, tag, text)


def document(root: ET.Element, namespaces: Mapping[str, str]) -> bytes:
    """Return a whole document; `namespaces` maps prefixes (the default is "") to URIs and is declared on the root."""
    for prefix, uri in namespaces.items():
        root.set(f"xmlns:{prefix}" if prefix else "xmlns", uri)
    ET.indent(root, " ")
    content: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return content + b"\n"
