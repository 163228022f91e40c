"""The page's security policy: what stands in the page may run, and nothing else."""

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from typing import Final
from urllib.parse import quote, urlsplit

from maps.escape import plain_lines, script_text, style_text

_STYLE_ATTRIBUTE: Final = re.compile(r"""\bstyle\s*=\s*(["'])(.*?)\1""", re.IGNORECASE | re.DOTALL)
_UNICODE_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_HOST: Final = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?")
_NOTHING: Final = "'none'"
_URL_SAFE: Final = "/:@!$&()*+=~%-._"  # a policy keeps ";" and "," for itself


@dataclass(frozen=True, slots=True)
class Script:
    """A script of the page, in it or from elsewhere.

    Attributes
    ----------
    text
        JavaScript; empty if the script is linked.
    url
        Address; empty if the script is in the page.
    foreign
        Whether it may write HTML with style attributes, as folium's scripts do.
    """

    text: str = ""
    url: str = ""
    foreign: bool = False

    @property
    def inner(self) -> str:
        """Text between the tags."""
        return script_text(self.text)


@dataclass(frozen=True, slots=True)
class Style:
    """A style sheet of the page, in it or from elsewhere.

    Attributes
    ----------
    text
        CSS; empty if the sheet is linked.
    url
        Address; empty if the sheet is in the page.
    """

    text: str = ""
    url: str = ""

    @property
    def inner(self) -> str:
        """Text between the tags."""
        return style_text(self.text)


@dataclass(frozen=True, slots=True)
class Markup:
    """HTML that goes into the page as it is, with the scripts and styles in it.

    Attributes
    ----------
    text
        HTML.
    """

    text: str

    @property
    def inner(self) -> str:
        """The HTML with line ends as the browser will see them."""
        return plain_lines(self.text)


Part = Script | Style | Markup


@dataclass
class Needs:
    """What a page may load although it is not in the page.

    Attributes
    ----------
    sources
        For each directive of the policy the allowed addresses, each with the names of the elements that ask for it.
    refused
        Phrases on what elements ask for and the policy cannot name.
    """

    sources: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def allow(self, directive: str, source: str, element: str) -> None:
        """Note that an element asks for an address.

        Parameters
        ----------
        directive
            Name in the security policy, such as ``img-src``.
        source
            Host with its scheme, or the address of one file.
        element
            Name of the element's class.
        """
        self.sources.setdefault(directive, {}).setdefault(source, set()).add(element)

    def allow_url(self, directive: str, url: str, element: str, *, whole_host: bool = False) -> None:
        """Note that an element asks for a file, or refuse it.

        Parameters
        ----------
        directive
            Name in the security policy.
        url
            Address of the file.
        element
            Name of the element's class.
        whole_host
            Whether everything on the file's host is allowed, as for tiles.
        """
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if not _HOST.fullmatch(host):
            # relative addresses, and hosts that the policy's grammar cannot hold
            self.refused.append(f"{element} asks for {url!r}, which is not an absolute http(s) address")
            return
        self.allow(directive, host if whole_host else quote(f"{host}{parts.path}", safe=_URL_SAFE), element)

    def of(self, directive: str) -> list[str]:
        """Addresses allowed under a directive, sorted.

        Parameters
        ----------
        directive
            Name in the security policy.

        Returns
        -------
        list of str
            Empty if there are none.
        """
        return sorted(self.sources.get(directive, ()))

    def online(self) -> list[str]:
        """Say in words what the page loads from elsewhere.

        Returns
        -------
        list of str
            One phrase for each address, sorted; empty for a page that loads nothing.
        """
        askers: dict[str, set[str]] = {}
        for sources in self.sources.values():
            for source, elements in sources.items():
                if source.startswith(("http://", "https://")):
                    askers.setdefault(source, set()).update(elements)
        return [f"{', '.join(sorted(askers[source]))} loads {source}" for source in sorted(askers)]


class InlineParts(HTMLParser):
    """Scripts and styles in a piece of HTML.

    Attributes
    ----------
    scripts, styles
        Texts between the tags.
    links
        Directive and address of each linked script and style sheet.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.links: list[tuple[str, str]] = []
        self._into: list[str] | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a script, a style or a link."""
        given = dict(attrs)
        if tag == "script" and given.get("src"):
            self.links.append(("script-src", str(given["src"])))
        elif tag == "link" and "stylesheet" in (given.get("rel") or "") and given.get("href"):
            self.links.append(("style-src", str(given["href"])))
        elif tag in {"script", "style"}:
            self._into = self.scripts if tag == "script" else self.styles
            self._into.append("")

    def handle_data(self, data: str) -> None:
        """Collect text between the tags."""
        if self._into is not None:
            self._into[-1] += data

    def handle_endtag(self, tag: str) -> None:
        """Stop collecting."""
        if tag in {"script", "style"}:
            self._into = None


def policy_from_parts(parts: Iterable[Part], needs: Needs) -> str:
    """Write the policy of a page.

    Parameters
    ----------
    parts
        Everything in the page that may be or hold a script or a style.
    needs
        What else may be loaded, linked scripts and styles among it.

    Returns
    -------
    str
        Value of a ``Content-Security-Policy`` header or meta element.

    Raises
    ------
    None
        A page without scripts has a policy that forbids them.
    """
    hashes: dict[str, dict[str, None]] = {"script-src": {}, "style-src": {}, "style-src-attr": {}}
    for part in parts:
        for directive, source in _hashes(part):
            hashes[directive][source] = None
    directives: dict[str, list[str]] = {"default-src": []}
    directives |= {name: [*found, *needs.of(name)] for name, found in hashes.items()}
    if directives["style-src-attr"]:
        directives["style-src-attr"].insert(0, "'unsafe-hashes'")
    directives["img-src"] = ["data:", *needs.of("img-src")]
    directives |= {name: needs.of(name) for name in ("font-src", "media-src", "frame-src", "connect-src")}
    directives |= {"base-uri": [], "form-action": []}
    return "; ".join(f"{name} {' '.join(sources or [_NOTHING])}" for name, sources in directives.items())


def hash_source(text: str) -> str:
    """Name of an inline script or style in a security policy.

    Parameters
    ----------
    text
        The text between the tags, as the browser reads it.

    Returns
    -------
    str
        Quoted, such as ``'sha256-...'``.

    Raises
    ------
    None
        Lone surrogates are hashed as the page's file will hold them.
    """
    digest = hashlib.sha256(text.encode("utf-8", "replace")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


_lasting_hash = lru_cache(maxsize=64)(hash_source)


def _hashes(part: Part) -> Iterator[tuple[str, str]]:
    match part:
        case Script(url=url) | Style(url=url) if url:
            return
        case Script():
            yield "script-src", _lasting_hash(part.inner)
        case Style():
            yield "style-src", _lasting_hash(part.inner)
        case Markup():
            inline = InlineParts(part.inner)
            yield from (("script-src", hash_source(text)) for text in inline.scripts)
            yield from (("style-src", hash_source(text)) for text in inline.styles)
    if isinstance(part, Markup) or (isinstance(part, Script) and part.foreign):
        yield from (("style-src-attr", hash_source(value)) for value in _style_attributes(part.text))


def _style_attributes(text: str) -> Iterator[str]:
    # folium writes HTML into scripts, where quotes may be JavaScript escapes
    for match in _STYLE_ATTRIBUTE.finditer(text):
        value = _UNICODE_ESCAPE.sub(lambda escaped: chr(int(escaped[1], 16)), match[2])
        yield html.unescape(value)
