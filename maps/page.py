"""The finished page: one HTML file around what folium rendered."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import Template
from typing import Any

from maps import assets, manifest, pages
from maps.escape import html_text, json_text
from maps.policy import Markup, Needs, Part, Script, Style, policy_from_parts
from maps.version import GENERATOR
from maps.words import FALLBACK, code, word


@dataclass(frozen=True, slots=True)
class Page:
    """What a page is made of.

    Attributes
    ----------
    title, language
        Plain text and a language tag.
    head, body, scripts
        Parts, in order; `body` comes before the data, `scripts` after it.
    noscript
        HTML for a reader without JavaScript.
    data
        JSON by the id of its block, already written by `json_text`.
    needs
        What the page may load from elsewhere.
    inputs
        What it is made from, as `manifest.inputs_of` gives it.
    """

    title: str
    language: str
    head: Sequence[Part]
    body: Sequence[Part]
    scripts: Sequence[Part]
    noscript: str
    data: Mapping[str, str]
    needs: Needs = field(default_factory=Needs)
    inputs: Mapping[str, Any] = field(default_factory=dict)


def pieces(page: Page) -> Iterator[str]:
    """Write a page as HTML, piece by piece: many lines take megabytes, and every copy of them takes those again.

    Parameters
    ----------
    page
        Its parts.

    Yields
    ------
    str
        The document in order, with a security policy that admits exactly the scripts and styles in it, and a manifest
        of its inputs after the data.

    Raises
    ------
    FileNotFoundError
        If a template is missing.
    """
    before, between, after = map(Template, re.split(r"\$(?:data|manifest)", assets.template("page.html").template))
    end = after.substitute(scripts="\n".join(map(_part_html, page.scripts)))
    yield from manifest.signed(_unsigned(page, before, between), page.inputs, end)


def _unsigned(page: Page, before: Template, between: Template) -> Iterator[str]:
    noscript_style = Style(assets.template("noscript.css").template)
    head = [*page.head, Markup(f"<noscript>{_part_html(noscript_style)}</noscript>")]
    policy = policy_from_parts([*head, *page.body, *page.scripts], page.needs)
    yield before.substitute(
        language=html_text(page.language),
        policy=html_text(policy),
        generator=html_text(GENERATOR),
        title=html_text(page.title),
        head="\n".join(map(_part_html, head)),
        noscript=page.noscript,
        body="\n".join(map(_part_html, page.body)),
    )
    for number, (id_, json) in enumerate(page.data.items()):
        yield f"{chr(10) if number else ''}{pages.opening(id_)}"
        yield json
        yield pages.CLOSING
    yield between.template


def write(page: Page) -> str:
    """Write a page as HTML.

    Parameters
    ----------
    page
        Its parts.

    Returns
    -------
    str
        The document, as `pieces` gives it.

    Raises
    ------
    FileNotFoundError
        If a template is missing.
    """
    return "".join(pieces(page))


def data_blocks(**blocks: object) -> dict[str, str]:
    """Write the JSON blocks of a page.

    Parameters
    ----------
    **blocks
        Value by short name; ``data`` becomes the block ``waybill-data``.

    Returns
    -------
    dict
        JSON text by the block's id; None is left out.

    Raises
    ------
    ValueError
        If a value has no JSON form.
    """
    named = {f"waybill-{name}": value for name, value in blocks.items() if value is not None}
    return {name: json_text(value, block=name) for name, value in named.items()}


def noscript(payload: Mapping[str, Any], *, title: str, many: int = 0, picture: str = "") -> str:
    """What a reader without JavaScript gets: title, summary, a still picture and the routes as a table.

    Parameters
    ----------
    payload
        The page's data.
    title
        The page's title.
    many
        How many lines stand packed in a block of their own: they are counted by layer titles instead of listed.
    picture
        HTML of the picture, as `maps.still.picture` draws it.

    Returns
    -------
    str
        HTML, every value escaped.

    Raises
    ------
    None
        Missing values are left empty.
    """
    case = payload.get("case") or {}
    known = (payload.get("cut") or payload).get("known")
    language = case.get("language") or FALLBACK
    paragraphs = [
        _plain(case.get("summary")),
        word("plain-known", language, date=known) if known else None,
        case.get("disclaimer"),
        "; ".join(payload.get("credits") or ()),
    ]
    why = word("plain-why", language)
    if many:
        layers = ", ".join(str(layer.get("title")) for layer in payload.get("layers") or ())
        why = word("plain-many", language, n=f"{many:,}", layers=layers)
    return assets.template("noscript.html").substitute(
        title=html_text(title),
        paragraphs="\n".join(f"<p>{html_text(text)}</p>" for text in paragraphs if text),
        picture=picture,
        why=html_text(why),
        table="" if many else _noscript_table(payload, language),
    )


def _noscript_table(payload: Mapping[str, Any], language: str) -> str:
    heads = {
        "route": "plain-route",
        "status": "plain-status",
        "denied_by": "plain-denied-by",
        "length": "length",
    }
    table = assets.template("noscript_table.html").substitute(
        {name: html_text(word(key, language)) for name, key in heads.items()},
        rows="\n".join(_noscript_rows(payload, language)),
    )
    return table.rstrip("\n")


def _plain(text: Any) -> str | None:  # noqa: ANN401 - as JSON has it
    """Return a text of the document whole; its sentences may stand apart, each with the day from which it was known."""
    return " ".join(sentence for sentence, _ in text) if isinstance(text, list) else text


def _noscript_rows(payload: Mapping[str, Any], language: str) -> Iterable[str]:
    row = assets.template("noscript_row.html")
    names = {party["id"]: party.get("name") for party in payload.get("parties") or ()}
    for route in payload.get("routes") or ():
        status = code("status", str(route.get("status") or ""), language)
        length_km = route.get("length_km")
        yield row.substitute(
            title=html_text(route.get("title")),
            status=html_text(status),
            denied_by=html_text(", ".join(names.get(party) or party for party in route.get("denied_by") or ())),
            length=html_text("" if length_km is None else f"{length_km:,g} km"),
        ).rstrip("\n")


def _part_html(part: Part) -> str:
    match part:
        case Markup():
            return part.inner
        case Script(url=url) if url:
            return f'<script src="{html_text(url)}"></script>'
        case Style(url=url) if url:
            return f'<link rel="stylesheet" href="{html_text(url)}">'
        case Script():
            return f"<script>{part.inner}</script>"
        case Style():
            return f"<style>{part.inner}</style>"
