"""A page from what folium rendered: its pieces, without its links, plus ours."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from branca.element import CssLink, Element, JavascriptLink, Link

from maps import added, assets, page, still
from maps.dense import BLOCK
from maps.policy import InlineParts, Markup, Needs, Part, Script, Style

if TYPE_CHECKING:
    from maps.route_map import PageFigure, RouteMap

DEFAULT_LANGUAGE: Final = "en"

_LEAFLET_JS: Final = "leaflet.js"
_LEAFLET_CSS: Final = "leaflet.css"
_ID: Final = re.compile(r"[0-9a-f]{32}")

Renumber = Callable[[str], str]


@contextmanager
def children_kept(root: Element) -> Iterator[None]:
    """Undo what rendering hangs on the elements below a root, so that they can be rendered again.

    Parameters
    ----------
    root
        The figure.

    Yields
    ------
    None
        Render within.
    """
    kept = [(element, element._children.copy()) for element in added.elements_below(root)]  # noqa: SLF001 - branca has no other access
    try:
        yield
    finally:
        for element, children in kept:
            element._children = children  # noqa: SLF001


def page_from_figure(figure: "PageFigure", **kwargs: object) -> page.Page:
    """Make the page of a figure whose elements have just rendered themselves into it.

    Parameters
    ----------
    figure
        The figure, its header, html and script filled.
    **kwargs
        Passed to the elements that still have to render.

    Returns
    -------
    page.Page
        All parts, with ids that depend on nothing but their order.

    Raises
    ------
    FileNotFoundError
        If Leaflet's package or a file of our own is missing.
    ValueError
        If the data holds something that JSON cannot carry.
    """
    route_map = figure.route_map
    elements = list(added.elements_below(figure))
    renumber = _renumber(elements)
    own_name = route_map.get_name()
    scripts = {name: child.render(**kwargs) for name, child in figure.script._children.items()}  # noqa: SLF001
    own_script = scripts.pop(own_name, "")
    added_script = "\n".join(scripts.values())
    needs = Needs()
    added.note_media(elements, needs)
    head = _head(figure, elements, own_script + added_script, needs, **kwargs)
    body = [Markup(child.render(**kwargs)) for child in figure.html._children.values()]  # noqa: SLF001
    _note_links((*head, *body), elements, needs)
    mount = assets.template("mount.js").substitute(map=own_name, keep_view="true" if route_map.keeps_view else "false")
    title = figure.title or route_map.title
    return page.Page(
        title=title,
        language=(route_map.payload.get("case") or {}).get("language") or DEFAULT_LANGUAGE,
        head=[_renumbered(part, renumber) for part in head],
        body=[_renumbered(part, renumber) for part in body],
        # each in an element of its own: a fault in an added element's script does not stop ours
        scripts=[
            Script("\n".join(assets.static_texts("js"))),
            Script(renumber(own_script), foreign=True),
            *([Script(renumber(added_script), foreign=True)] if added_script else []),
            Script(renumber(mount)),
        ],
        noscript=_noscript(route_map, title),
        data=_data(route_map),
        needs=needs,
        inputs=route_map.inputs,
    )


def _noscript(route_map: "RouteMap", title: str) -> str:
    payload, packed = route_map.payload, route_map.packed
    language = (payload.get("case") or {}).get("language") or DEFAULT_LANGUAGE
    lines = packed.near if packed is not None else ()
    drawn = still.picture(payload, lines=lines, base=route_map.basemap_data, language=language)
    return page.noscript(payload, title=title, many=packed.rows if packed is not None else 0, picture=drawn)


def _data(route_map: "RouteMap") -> dict[str, str]:
    blocks = page.data_blocks(data=route_map.payload)
    if route_map.packed is not None:
        blocks[BLOCK] = route_map.packed.block
    if route_map.basemap_json is not None:
        blocks["waybill-basemap"] = route_map.basemap_json
    return blocks | page.data_blocks(style=assets.line_style(), words=assets.page_words())


def _head(figure: "PageFigure", elements: Sequence[Element], script: str, needs: Needs, **kwargs: object) -> list[Part]:
    own_name = figure.route_map.get_name()
    header = figure.header._children.items()  # noqa: SLF001
    rest = [child for name, child in header if name not in {"meta_http", own_name} and not _is_leaflet(child)]
    links = [child.url for child in rest if isinstance(child, Link)]
    from_map = added.linked_by_map(elements, script, links)
    jquery = any("jquery" in url for url in (*links, *(url for url, _ in from_map)))
    head: list[Part] = [
        Style(assets.template("page.css").template),
        Style(assets.packaged_text(_LEAFLET_CSS) or ""),
        *(Style(text) for text in assets.static_texts("css")),
        Style(assets.template("map_box.css").substitute(_box(figure.route_map))),
        *_switches(figure.route_map),
        Script(assets.packaged_text(_LEAFLET_JS) or ""),
        Script(assets.leaflet_defaults()),
    ]
    for url, name in from_map:
        head.append(_linked(url, name, needs, style=url.endswith(".css")))
    if "$(" in script and not jquery:
        head.append(Script(assets.packaged_text("jquery.min.js") or assets.template("query.js").template))
    for child in rest:
        if isinstance(child, JavascriptLink | CssLink):
            owner = added.owner_of(child.url, elements)
            head.append(_linked(child.url, owner, needs, style=isinstance(child, CssLink)))
        else:
            head.append(Markup(child.render(**kwargs)))
    return head


def _is_leaflet(child: Element) -> bool:
    # it is in the page already; a second one would undo what was added to the first
    return isinstance(child, Link) and child.url.rpartition("/")[2] in {_LEAFLET_JS, _LEAFLET_CSS}


def _linked(url: str, owner: str, needs: Needs, *, style: bool) -> Part:
    text = assets.packaged_text(url)
    if text is not None:
        return Style(text) if style else Script(text, foreign=True)
    _allow_link("style-src" if style else "script-src", url, owner, needs)
    return Style(url=url) if style else Script(url=url)


def _note_links(parts: Sequence[Part], elements: Sequence[Element], needs: Needs) -> None:
    for part in parts:
        if isinstance(part, Markup):
            for directive, url in InlineParts(part.text).links:
                _allow_link(directive, url, added.owner_of(url, elements), needs)


def _allow_link(directive: str, url: str, owner: str, needs: Needs) -> None:
    needs.allow_url(directive, url, owner)
    if directive == "style-src" and directive in needs.sources:
        # a style sheet's own pictures and fonts lie beside it
        for kind in ("img-src", "font-src"):
            needs.allow_url(kind, url, owner, whole_host=True)


def _switches(route_map: "RouteMap") -> list[Part]:
    switches = route_map.global_switches
    names = {"L_NO_TOUCH": switches.no_touch, "L_DISABLE_3D": switches.disable_3d}
    return [Script(f"window.{name} = true;") for name, on in names.items() if on]


def _box(route_map: "RouteMap") -> dict[str, str]:
    sizes = {name: getattr(route_map, name) for name in ("width", "height", "left", "top")}
    return {
        "id": route_map.get_name(),
        "position": str(route_map.position),
        "font_size": str(route_map.font_size),
        **{name: f"{value:g}{unit}" for name, (value, unit) in sizes.items()},
    }


def _renumber(elements: Sequence[Element]) -> Renumber:
    # folium's ids are random; only ids of these elements are touched, never a text that looks like one
    known = {element._id for element in elements}  # noqa: SLF001
    numbers: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        id_ = match[0]
        return numbers.setdefault(id_, f"{len(numbers) + 1:032x}") if id_ in known else id_

    return lambda text: _ID.sub(number, text)


def _renumbered(part: Part, renumber: Renumber) -> Part:
    match part:
        case Markup(text):
            return Markup(renumber(text))
        case Style(text=text, url=url):
            return Style(renumber(text), url)
        case _:
            return part
