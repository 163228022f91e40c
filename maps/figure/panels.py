"""Small multiples: the same map by year, or by who says so."""

from __future__ import annotations

import warnings
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

from maps.figure.sheet import Panel
from routes import dates

if TYPE_CHECKING:
    from maps.figure.scene import Scene

Name = TypeVar("Name")

MOST: Final = 12
BY: Final = ("year", "party")


class LeftOutWarning(UserWarning):
    """More small maps were asked for than a sheet holds."""


def by_year(scene: Scene) -> list[Panel]:
    """Return a map for each year in which something on the shown routes can have happened.

    What is known, and by whom it is told, stays as chosen; only the window of what happened changes.

    Raises
    ------
    ValueError
        If nothing that is shown has a date.
    """
    drawn = {route.id for route in scene.routes}
    lens = scene.lens
    years: set[int] = set()
    for event in scene.view.events().to_dict("records"):
        row = scene.case.events.loc[scene.case.events["id"] == event["event"]].iloc[0]
        span = dates.parse(event["when"]) if event["when"] else None
        if span and span.earliest and span.latest and drawn.intersection(row["routes"]):
            years.update(range(span.earliest.year, span.latest.year + 1))
    inside = sorted(
        year
        for year in years
        if (not lens.start or year >= lens.start.year) and (not lens.end or year <= lens.end.year)
    )
    if not inside:
        msg = "nothing on the shown routes has a date, so there are no maps by year; switch on other layers"
        raise ValueError(msg)
    kept = _kept(inside[::-1], "years")[::-1]
    return [
        Panel(
            scene.through(
                start=max(filter(None, (lens.start, date(year, 1, 1)))),
                end=min(filter(None, (lens.end, date(year, 12, 31)))),
            ),
            str(year),
        )
        for year in kept
    ]


def by_party(scene: Scene) -> list[Panel]:
    """Return a map for each of the chosen parties or groups; if none is chosen, for the case's groups.

    Raises
    ------
    ValueError
        If the case has no groups and no party is chosen.
    """
    names = list(scene.lens.by or ())
    if not names:
        names = list(dict.fromkeys(group for groups in scene.case.parties["groups"] for group in groups))
    if not names:
        msg = "the case has no groups of parties; choose parties with --by ID, several times"
        raise ValueError(msg)
    return [Panel(one, one.teller(name)) for name in _kept(names, "parties") for one in (scene.through(by=(name,)),)]


def _kept(names: list[Name], what: str) -> list[Name]:
    """Return as many as a sheet holds."""
    if len(names) > MOST:
        left = ", ".join(map(str, names[MOST:]))
        warnings.warn(f"a sheet holds {MOST} maps; {what} left out: {left}", LeftOutWarning, stacklevel=3)
    return names[:MOST]
