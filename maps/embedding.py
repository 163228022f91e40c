"""Snippets that show a finished page in another one."""

from __future__ import annotations

import html
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from maps import assets, pages
from maps.escape import html_text, json_text
from maps.state import IgnoredStateWarning, State

if TYPE_CHECKING:
    from collections.abc import Callable

FORMS: Final = ("iframe", "markdown", "quarto", "html", "wordpress", "script")
HEIGHT_PX: Final = 640
"""What suits a page between 520 and 900 px wide; the host script sets what the map asks for at its width."""
LOWEST_PX: Final = 200

_GENERATOR: Final = '<meta name="generator" content="Waybill '
_TITLE: Final = ("<title>", "</title>")
_PUNCTUATION: Final = re.compile(r"([!#$%()*+,./:=?@\[\\\]^_`{|}~-])")
_SPACE: Final = re.compile(r"\s+")
# what the tools of the map need: sources open in a tab of their own, and a page is printed
_SANDBOX: Final = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-modals"
_SCHEMES: Final = ("", "http", "https")


def embed(
    path: str | Path | None = None,
    *,
    form: str = "iframe",
    state: State | str | None = None,
    height: int = HEIGHT_PX,
    title: str | None = None,
    src: str | None = None,
    sandbox: bool = False,
) -> str:
    """Return the text that shows a page of Waybill in another page.

    Parameters
    ----------
    path
        The page, as `RouteMap.save` or `waybill render` wrote it; only for the form `script` none is needed.
    form
        `iframe`: HTML of a frame that loads the page from beside. `markdown`: the same, with a plain link below it for
        readers that drop frames. `quarto`: as a raw block. `wordpress`: as a custom HTML block. `html`: a frame that
        holds the whole page, so that there is no second file. `script`: the script that lets links of a text set
        the map.
    state
        How the map opens; None as the page does by itself.
    height
        Height in CSS pixels.
    title
        What a screen reader calls the frame; None takes the title of the page.
    src
        Address at which the page will be found; None takes the name of the file, which is then expected beside.
    sandbox
        Whether the frame is closed off from the page around it.

    Returns
    -------
    str
        Text without a newline at its end; every value in it is escaped.

    Raises
    ------
    ValueError
        If the form, the height or the address is not understood, or the file is not a page of Waybill.
    OSError
        If the file cannot be read.

    Warns
    -----
    IgnoredStateWarning
        If a part of the state is not understood; it is left out.

    Examples
    --------
    >>> embed(form="script").splitlines()[0]
    '<script>'
    """
    if form not in FORMS:
        msg = f"{form!r} is no form of a snippet; choose one of {', '.join(FORMS)}"
        raise ValueError(msg)
    if form == "script":
        return _filled("embed_script.html", script=assets.template("host.js").template.rstrip())
    if path is None:
        msg = f"the form {form!r} needs the file of the map; write one with `waybill render`"
        raise ValueError(msg)
    if height < LOWEST_PX:
        msg = f"a frame of {height!r} px is too low to show a map; give at least {LOWEST_PX}"
        raise ValueError(msg)
    path = Path(path)
    page = _page(path)
    wanted = _state_text(state)
    address = _address(path, src) + (f"#{wanted}" if wanted else "")
    source = f'srcdoc="{html_text(_opening(page, wanted))}"' if form == "html" else f'src="{html_text(address)}"'
    name = _one_line(title if title is not None else _title_of(page)) or path.stem
    iframe = _filled(
        "embed_iframe.html",
        id=frame_id(path),
        source=source,
        title=html_text(name),
        height=str(int(height)),
        sandbox=f' sandbox="{_SANDBOX}"' if sandbox else "",
    )
    wrap: dict[str, Callable[[], str]] = {
        "markdown": lambda: _filled("embed_markdown.md", iframe=iframe, text=_markdown_text(name), address=address),
        "quarto": lambda: _filled("embed_quarto.md", iframe=iframe),
        "wordpress": lambda: _filled("embed_wordpress.html", iframe=iframe),
    }
    return wrap[form]() if form in wrap else iframe


def frame_id(path: str | Path) -> str:
    """Return the id of the frame of a page, by which links of a text name it.

    Parameters
    ----------
    path
        The page.

    Returns
    -------
    str
        `waybill-` and the name of the file in small letters, digits and hyphens.

    Raises
    ------
    None
        Any name will do.

    Examples
    --------
    >>> frame_id("Supply routes.html")
    'waybill-supply-routes'
    """
    return "waybill-" + (re.sub(r"[^a-z0-9]+", "-", Path(path).stem.lower()).strip("-") or "map")


def _filled(name: str, **values: str) -> str:
    return assets.template(name).substitute(values).rstrip("\n")


def _page(path: Path) -> str:
    page = pages.read_page(path).decode("utf-8", "replace")
    if _GENERATOR not in page[:20_000]:
        msg = f"{str(path)!r} is not a page that Waybill wrote; make one with `waybill render`"
        raise ValueError(msg)
    return page


def _title_of(page: str) -> str:
    found = pages.between(page, *_TITLE)
    return html.unescape(page[found]) if found else ""


def _state_text(state: State | str | None) -> str:
    if state is None:
        return ""
    state = State.parse(state) if isinstance(state, str) else state
    if complaints := state.complaints():
        warnings.warn("\n".join(complaints), IgnoredStateWarning, stacklevel=3)
    text = state.encode()
    return "" if text == State().encode() else text


def _opening(page: str, state: str) -> str:
    """Return a page that opens at a state by itself: a frame that holds its page has no address to say it in."""
    if not state:
        return page
    found = pages.block(page, "waybill-data")
    data = pages.parsed(page[found]) if found else None
    view = (data.get("view") or {}) if data is not None else None
    if not found or data is None or not isinstance(view, dict):
        msg = "the page holds no data that could open at a state; make it anew with `waybill render`"
        raise ValueError(msg)
    data["view"] = {**view, "state": state}
    return page[: found.start] + json_text(data, block="waybill-data") + page[found.stop :]


def _address(path: Path, src: str | None) -> str:
    """Return an address without a character that could end it in an attribute or in a link of Markdown."""
    if src is None:
        # nothing but the name: a colon in it must not make a scheme of what stands before
        return quote(path.name, safe="")
    text = src.strip()
    if urlsplit(text).scheme.lower() not in _SCHEMES or not text:
        msg = f"{src!r} is no address of a map; give one that begins with https:// or a path such as maps/routes.html"
        raise ValueError(msg)
    return quote(text.partition("#")[0], safe="/:?&=%~+,;@")


def _one_line(text: str) -> str:
    # a line break could end a block of Markdown
    return _SPACE.sub(" ", text).strip()


def _markdown_text(text: str) -> str:
    """Return a text as Markdown that is text as HTML too."""
    return html_text(_PUNCTUATION.sub(r"\\\1", text))
