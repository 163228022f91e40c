"""Rendering: a case in, a map page out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from maps.route_map import RouteMap
from routes.reading import read_case

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from maps.state import State
    from routes.case import Case


def render(
    case: Case | str | Path,
    path: str | Path | None = None,
    *,
    known: date | str | None = None,
    by: Sequence[str] | None = None,
    state: State | str | None = None,
) -> RouteMap:
    """Return the map of a case, and save it if a path is given.

    Parameters
    ----------
    case
        A `Case`, a folder, or the name of a built-in case.
    path
        File to write: one HTML page that needs no network. It is written beside and renamed.
    known
        Show only what was said by this day (date or `2022-11-10`); None shows everything on record.
    by
        Show only what these parties (ids or groups) say; None shows everyone.
    state
        How the page opens, as a `State` or its text such as `z=6&on=cover-routes&known=2022-11`. Unlike `known` and
        `by`, which cut the file, it takes nothing away: the reader can go on from there. None: as the case says.

    Returns
    -------
    RouteMap
        A `folium.Map`; further folium layers can be added before it is saved.

    Raises
    ------
    routes.CaseNotFoundError, routes.CaseFaultsError
        If there is no such case, or it has faults.
    ValueError
        If `known` or `by` is not understood.

    Warns
    -----
    maps.state.IgnoredStateWarning
        If a part of the state is not understood or names what the case does not have; it is left out.

    Examples
    --------
    >>> import maps
    >>> route_map = maps.render("dprk-russia", known="2022-11-10")
    """
    if isinstance(case, (str, Path)):
        case = read_case(case)
    route_map = RouteMap(case, known=known, by=by, state=state)
    if path is not None:
        route_map.save(path)
    return route_map
