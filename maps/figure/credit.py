"""What every copy of a figure must say: whose data, which projection, and what it is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from geodata import BOUNDARY_DISCLAIMER
from maps.figure.texts import clean, say
from maps.words import MADE_WITH, word
from routes.geometry import network_credits

if TYPE_CHECKING:
    from maps.figure.frame import Frame
    from maps.figure.projection import Projection
    from maps.figure.scene import Scene


_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|(?<=。)\s*")


def _degrees(value: float, plus: str, minus: str) -> str:
    return f"{abs(value):g}°{plus if value >= 0 else minus}"


def projection_text(projection: Projection, language: str) -> str:
    """Return the projection in words: name, parallels and centre."""
    parts = [say("figure-projection", language, name=say(f"figure-p-{projection.kind}", language))]
    if projection.parallels:
        at = ", ".join(_degrees(lat, "N", "S") for lat in projection.parallels)
        parts.append(say("figure-parallels", language, at=at))
    at = _degrees(projection.lon, "E", "W")
    if not projection.parallels and projection.kind != "equal-earth":
        at = f"{_degrees(projection.lat, 'N', 'S')} {at}"
    parts.append(say("figure-centred", language, at=at))
    return ", ".join(parts)


def credits_of(scene: Scene, frame: Frame | None, page: dict[str, Any] | None) -> list[str]:
    """Return the sentences of the credits, disclaimers first.

    Parameters
    ----------
    scene
        What is shown.
    frame, page
        The map's window and basemap; None for a figure without a map.
    """
    language = scene.language
    meta = scene.case.meta
    first = []
    if frame is not None:
        first.append(word("disclaimer", language))
        if language == "en" and BOUNDARY_DISCLAIMER not in first[0]:
            first.append(BOUNDARY_DISCLAIMER)
    if meta.get("disclaimer") and meta["disclaimer"] not in first:
        first.append(clean(meta["disclaimer"]))
    if frame is not None:
        first.append(f"{projection_text(frame.projection, language)}; {say('figure-lengths', language)}.")
    authors = ", ".join(meta.get("authors", []))
    made = [f"{word('authors', language, who=clean(authors))}" if authors else "", clean(meta["licence"]), MADE_WITH]
    legs = [leg for route in scene.routes for leg in scene.rows.legs[route.id]]
    of_map = [*page["attribution"], *network_credits(legs)] if page else []
    said = dict.fromkeys(sentence for text in first for sentence in _SENTENCE.split(text))
    return [*said, "; ".join(filter(None, dict.fromkeys([*made, *of_map]))) + "."]
