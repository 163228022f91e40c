"""What folium elements that somebody added to a map load when the page is opened."""

import sys
from collections.abc import Iterable, Iterator
from typing import Final

import folium
from branca.element import Element, IFrame

from maps.policy import Needs

# folium lets these hang on the map for its elements; we add them only where an element is there
_MAP_FILES: Final = dict((*folium.Map.default_js, *folium.Map.default_css))
_JQUERY: Final = "jquery"
_AWESOME: Final = ("awesome_markers", "awesome_markers_css")
_FONT: Final = "awesome_markers_font_css"
_GLYPHS: Final = "glyphicons_css"
_ROTATE: Final = "awesome_rotate_css"

_SUBDOMAIN: Final = "{s}"
_IN_PAGE: Final = ("data:", "blob:")


def _is_plugin(element: Element, name: str) -> bool:
    """Whether an element is that plugin of folium; importing all plugins to ask would cost 70 ms."""
    plugins = sys.modules.get("folium.plugins")
    return plugins is not None and isinstance(element, getattr(plugins, name))


def elements_below(root: Element) -> Iterator[Element]:
    """Every element that hangs below another, through children and through attributes.

    Parameters
    ----------
    root
        Where to start; it is yielded first.

    Yields
    ------
    branca.element.Element
        Each element once.
    """
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if id(element) in seen:
            continue
        seen.add(id(element))
        yield element
        for name, value in vars(element).items():
            if name != "_parent":
                waiting.extend(_elements_in(value))


def linked_by_map(elements: Iterable[Element], script: str, linked: Iterable[str]) -> list[tuple[str, str]]:
    """Files that folium hangs on every map and that these elements really use.

    Parameters
    ----------
    elements
        The elements on the map.
    script
        folium's rendered script.
    linked
        Addresses that the page loads anyway.

    Returns
    -------
    list of (str, str)
        Address and name of an element that uses it.

    Raises
    ------
    None
        Unknown elements use nothing.
    """
    wanted: dict[str, str] = {}
    for element in elements:
        for file in _files_used(element):
            wanted.setdefault(file, type(element).__name__)
    if any(_JQUERY in url for url in linked):
        wanted.pop(_JQUERY, None)
    if "AwesomeMarkers" not in script:
        wanted = {file: name for file, name in wanted.items() if file not in _AWESOME}
    return [(url, wanted[file]) for file, url in _MAP_FILES.items() if file in wanted]


def note_media(elements: Iterable[Element], needs: Needs) -> None:
    """Note the pictures, tiles, films and frames that elements show.

    Parameters
    ----------
    elements
        The elements on the map.
    needs
        Receives what is found.

    Raises
    ------
    None
        Elements of other kinds are passed over.
    """
    for element in elements:
        name = type(element).__name__
        if isinstance(element, IFrame):
            needs.allow("frame-src", "data:", name)
        for directive, template in _media(element):
            for url in _urls(template, element):
                needs.allow_url(directive, url, name, whole_host=True)


def owner_of(url: str, elements: Iterable[Element]) -> str:
    """Name of the element that links a script or style.

    Parameters
    ----------
    url
        Address of the file.
    elements
        The elements on the map.

    Returns
    -------
    str
        Class name; ``Figure`` if somebody put the link on the page directly.

    Raises
    ------
    None
        An unknown address has the page as its owner.
    """
    for element in elements:
        links = (*getattr(element, "default_js", ()), *getattr(element, "default_css", ()))
        if any(url == link for _, link in links):
            return type(element).__name__
    return "Figure"


def _elements_in(value: object) -> list[Element]:
    if isinstance(value, Element):
        return [value]
    if isinstance(value, dict):
        return [item for item in value.values() if isinstance(item, Element)]
    # coordinates and the like come as long lists; one look at the first item tells
    if isinstance(value, list | tuple) and value and isinstance(value[0], Element):
        return [item for item in value if isinstance(item, Element)]
    return []


def _files_used(element: Element) -> list[str]:
    if _is_plugin(element, "TimeSliderChoropleth") or getattr(element, "embed", True) is False:
        return [_JQUERY]
    if _is_plugin(element, "BeautifyIcon"):
        return [_FONT]
    if type(element) is not folium.Icon:
        return []
    font = _GLYPHS if element.options.get("prefix") == "glyphicon" else _FONT
    rotated = str(element.options.get("extra_classes", "")) != "fa-rotate-0"
    return [*_AWESOME, font, *([_ROTATE] if rotated else [])]


def _media(element: Element) -> list[tuple[str, str]]:
    options = getattr(element, "options", None)
    found = [("img-src", options.get(key)) for key in ("icon_url", "shadow_url")] if isinstance(options, dict) else []
    found += [("img-src", getattr(element, key, None)) for key in ("tiles", "image")]
    found.append(("connect-src", getattr(element, "embed_link", None)))
    found.append(("media-src", getattr(element, "video_url", None)))
    if isinstance(element, folium.map.Layer):
        found.append(("img-src", getattr(element, "url", None)))
    return [(directive, url) for directive, url in found if isinstance(url, str) and not url.startswith(_IN_PAGE)]


def _urls(template: str, element: Element) -> list[str]:
    options = getattr(element, "options", None)
    names = (options.get("subdomains") if isinstance(options, dict) else None) or "abc"
    return [template.replace(_SUBDOMAIN, name) for name in names] if _SUBDOMAIN in template else [template]
