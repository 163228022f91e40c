"""What a figure says to those who do not see it, and the caption with sources that goes beneath it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maps.figure.texts import clean, joined, say
from maps.known import source_is_known
from maps.words import code
from routes.citations import citation, links
from routes.frames import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from maps.figure.counts import Count
    from maps.figure.scene import Route, Scene

_NAMED: Final = 40


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts beside a figure.

    Attributes
    ----------
    title
        Of the case.
    alt
        What can be seen, for `alt` and `<desc>`.
    caption
        What stands beneath a figure in a report.
    sources
        Citations of all that is shown, in the order of the case.
    credits
        As on the sheet.
    """

    title: str
    alt: str
    caption: str
    sources: tuple[str, ...]
    credits: tuple[str, ...]

    def as_file(self, language: str) -> str:
        """Return the text of the file beside the figure."""
        parts = [
            (say("figure-alt", language), [self.alt]),
            (say("figure-caption", language), [self.caption]),
            (say("figure-sources", language), [f"{n}. {text}" for n, text in enumerate(self.sources, 1)]),
            (say("figure-credits", language), list(self.credits)),
        ]
        return "\n\n".join("\n".join([head, "-" * len(head), *body]) for head, body in parts if body) + "\n"


def alt_of_map(scenes: Sequence[Scene], headings: Sequence[str], drawn: Sequence[Sequence[str]]) -> str:
    """Return what the maps of a sheet show: each route with its status and who denies it."""
    first = scenes[0]
    language = first.language
    said = [say("figure-alt-map", language, title=first.title, dateline=headings[0])]
    for number, (scene, ids) in enumerate(zip(scenes, drawn, strict=True)):
        routes = [route for route in scene.routes if route.id in set(ids)]
        if len(scenes) > 1:
            said.append(f"{headings[number + 1]}:")
        if not routes:
            said.append(say("figure-alt-none", language))
            continue
        said.append(say("figure-alt-routes", language, n=len(routes)))
        shown = [_route(scene, route) for route in routes[:_NAMED]]
        said.append("; ".join(shown) + ("; …" if len(routes) > _NAMED else "") + ".")
    return clean(" ".join(said))


def _route(scene: Scene, route: Route) -> str:
    modes = joined(
        [code("mode", mode, scene.language) for mode in dict.fromkeys(leg.mode for leg in route.legs)], scene.language
    )
    parts = [f"{route.title} ({modes}): {scene.status(route)}", scene.denial(route)]
    return ", ".join(filter(None, parts))


def alt_of_counts(scene: Scene, found: Sequence[Count], unit: str, lines: Sequence[str]) -> str:
    """Return every figure of the panel with who, when and since when."""
    head = say("figure-alt-counts", scene.language, unit=clean(unit), title=scene.title, dateline=scene.dateline)
    return clean(f"{head} " + "; ".join(f"{count.who}: {line}" for count, line in zip(found, lines, strict=True)) + ".")


def sources_of(scene: Scene, claims: Iterable[str]) -> list[str]:
    """Return the citations of some claims, each once, none that appeared after the chosen day."""
    wanted = set(claims)
    named = {name for row in records(scene.case.claims) if row["id"] in wanted for name in row["sources"]}
    found = []
    for row in records(scene.case.sources):
        if row["id"] in named and source_is_known(row, scene.lens.known):
            url = links(row)[0]
            text = citation(row)
            found.append(clean(text if not url or url in text else f"{text} {url}"))
    return found
