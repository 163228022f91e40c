"""The line language in print: `static/linestyle.json` read as the page reads it (`static/linestyle.js`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from maps import assets

THEME: Final = "light"
"""Paper is light."""

STRENGTH: Final = ("confirmed", "evidenced", "asserted", "alleged", "unsupported", "none")


@dataclass(frozen=True, slots=True)
class Look:
    """The look of one leg. Sizes in pixels of the page, which `Canvas.unit` turns into millimetres.

    Attributes
    ----------
    colour
        `#rrggbb`.
    dash
        Lengths of strokes and gaps; empty for a solid line. A stroke of 0 with round caps is a dot.
    width, cap
        Of the line.
    hollow, halo, casing
        Widths of the light core, the wide pale band beneath, and the light rim; 0 for none.
    opacity
        Of the line.
    tick
        Dash and width of the strokes across a railway line, or None.
    arrows
        Whether the direction is shown.
    under
        Whether the line lies beneath the others and takes no lane.
    shows
        What a reader may take from the dash: `status`, `inferred`, `notional`, `infrastructure`, `illustration`,
        `plain` or `neutral`.
    known
        Whether the line language knows the mode and the status.
    """

    colour: str
    dash: tuple[float, ...]
    width: float
    cap: str
    hollow: float
    halo: float
    casing: float
    opacity: float
    tick: tuple[tuple[float, ...], float] | None
    arrows: bool
    under: bool
    shows: str
    known: bool


@lru_cache(maxsize=1)
def style() -> Any:  # noqa: ANN401 - JSON as it stands in the file
    """Return the line language as the page has it. Shared: not to be changed."""
    return assets.line_style()


def colour(name: str) -> str:
    """Return a colour of the light palette, or of a mode as `mode-rail`."""
    made = style()
    mode = made["modes"].get(name.removeprefix("mode-"))
    return str(mode[THEME] if name.startswith("mode-") and mode else made["palette"][THEME][name])


def resolve(*, kind: str, status: str | None, mode: str, basis: str = "network", fallback: bool = False) -> Look:
    """Return the look of a leg: kind illustration and infrastructure win over basis, basis over status.

    Parameters
    ----------
    kind, status
        Of the route; a line of which no status is said, None, is plain.
    mode, basis, fallback
        Of the leg.

    Raises
    ------
    None
        A value that nobody knows gets the neutral look.
    """
    made = style()
    by_kind, by_basis = made["kinds"].get(kind), made["bases"].get(basis)
    by_status = made["plain"] if status is None else made["statuses"].get(status)
    ranked = ((by_kind, kind), (by_basis, basis), (by_status, "plain" if status is None else "status"))
    rule, shows = next(((rule, shows) for rule, shows in ranked if rule), (made["neutral"], "neutral"))
    halo = rule.get("halo", 0)
    look = Look(
        colour=colour(rule.get("colour") or (f"mode-{mode}" if mode in made["modes"] else "neutral")),
        dash=tuple(rule["dash"]),
        width=rule["width"],
        cap=rule["cap"],
        hollow=rule.get("hollow", 0),
        halo=halo,
        casing=0 if halo else rule.get("casing", made["casing"]),
        opacity=made["fallback"]["opacity"] if fallback and not halo else 1.0,
        tick=None,
        arrows=kind in made["arrowed"],
        under=kind == "infrastructure",
        shows=shows,
        known=mode in made["modes"] and bool(by_kind or by_status),
    )
    special = (by_kind or {}).get(mode)
    if not isinstance(special, dict):
        return look
    tick = special.get("tick")
    changes = {key: value for key, value in special.items() if key != "tick"}
    return replace(look, **changes, tick=(tuple(tick["dash"]), tick["width"]) if tick else None)
