"""XML from strangers: no document type, no entities, no outside files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes import limits
from routes.errors import ExchangeError
from routes.findings import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element  # only the type; parsing is defusedxml's


def root_of(file: str, content: bytes, name: str) -> Element:
    """Return the root element of an XML text.

    Parameters
    ----------
    name
        What the root must be called, without its namespace.

    Raises
    ------
    ExchangeError
        If it is no such XML, or declares a document type or entities.
    """
    import defusedxml  # noqa: PLC0415 - only where XML is read
    import defusedxml.ElementTree  # noqa: PLC0415 - as above

    try:
        parser = defusedxml.ElementTree.XMLParser(target=_bounded_builder(file), forbid_dtd=True)
        parser.feed(content)
        root: Element = parser.close()
    except ExchangeError:
        raise
    except defusedxml.DefusedXmlException as err:
        remedy = "remove the <!DOCTYPE …> from the file; Waybill reads none, as it can hide other files in this one"
        raise ExchangeError(file, "declares a document type", remedy) from err
    except (defusedxml.ElementTree.ParseError, ValueError, LookupError) as err:
        raise ExchangeError(file, f"is not XML ({err})", f"save it as {name.upper()} anew") from err
    if local_name(root) != name:
        remedy = f"give a file whose first element is <{name}>"
        raise ExchangeError(file, f"is XML, but not {name.upper()}", remedy, value=shortened(local_name(root)))
    return root


def _bounded_builder(file: str) -> object:
    """Return what makes elements of what a parser meets, and refuses more of them than is read."""
    from xml.etree.ElementTree import TreeBuilder  # noqa: PLC0415 - it makes elements; parsing is defusedxml's

    class Bounded(TreeBuilder):
        depth = 0
        left = limits.VALUES.value
        deepest = limits.DEPTH.value

        def start(self, tag: str, attrs: dict[str, str]) -> Element:
            self.depth += 1
            self.left -= 1 + len(attrs)
            if self.depth > self.deepest:
                remedy = limits.DEPTH.remedy("make it flatter")
                raise ExchangeError(file, f"is nested deeper than {limits.DEPTH}", remedy)
            if self.left < 0:
                remedy = limits.VALUES.remedy("keep only the lines that are needed")
                raise ExchangeError(file, f"holds more than {limits.VALUES}", remedy)
            return super().start(tag, attrs)

        def end(self, tag: str) -> Element:
            self.depth -= 1
            return super().end(tag)

    return Bounded()


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, *names: str) -> Iterator[Element]:
    """Yield the children of an element that bear one of some names, in any namespace."""
    for child in element:
        if local_name(child) in names:
            yield child


def descendants(element: Element, *names: str) -> Iterator[Element]:
    """Yield the elements below an element that bear one of some names, in any namespace and in their order."""
    for one in element.iter():
        if one is not element and local_name(one) in names:
            yield one


def text_of(element: Element, name: str) -> str:
    """Return the text of the first child of that name; "" without one."""
    child = next(children(element, name), None)
    return ("".join(child.itertext()) if child is not None else "").strip()
