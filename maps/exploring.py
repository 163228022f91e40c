"""Any frame of lines as a map, in one call."""

from __future__ import annotations

import re
import warnings
from itertools import chain, count
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geodata.polyline import encode
from maps import assets
from maps.lanes import stretches, turns
from maps.line_frame import attributes_of, lines_of, values_of
from maps.route_map import RouteMap
from maps.version import GENERATOR
from maps.words import MADE_WITH
from routes.geometry import geod

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

VERSION: Final = 1
"""The page shows such a document as it stands: there are no claims from which a status could follow."""
DEFAULT_TITLE: Final = "Lines"
NO_LAYER: Final = "Other"
NAME_COLUMNS: Final = ("title", "name")
MOST_LANES: Final = 1500
"""Above that many lines none is set beside another: the comparison of all with all would take longer than the page."""
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]*")


class UnknownStyleWarning(UserWarning):
    """A mode or a status has no style of its own; its lines are drawn in a neutral one."""


def explore(
    gdf: gpd.GeoDataFrame,
    *,
    layer: str | None = None,
    mode: str | None = None,
    status: str | None = None,
    title: str | None = None,
    tooltip: str | None = None,
    **kwargs: Any,  # noqa: ANN401 - whatever RouteMap takes
) -> RouteMap:
    """Draw any frame of lines, as `gdf.explore()` does: layers, legend, cards, search and basemap in one offline page.

    Parameters
    ----------
    gdf
        LineStrings or MultiLineStrings in any CRS; one row is one line with one card. Rows without geometry are
        left out.
    layer
        Column, or a constant, by which the lines are grouped; None puts them into one layer.
    mode
        Column, or a constant, that gives the colour: `rail`, `sea`, `road`, `air`, `river` or `unknown`.
    status
        Column, or a constant, that gives the dash: `confirmed`, `evidenced`, `asserted`, `alleged`, `unsupported` or
        `none`. It is shown as given: nothing in a frame of lines bears it out. None draws plain lines.
    title
        Title of the page.
    tooltip
        Column, or a constant, that names a line; None takes a column `title` or `name`, if there is one.
    **kwargs
        As for `RouteMap`, and so for `folium.Map`.

    Returns
    -------
    RouteMap
        A `folium.Map`. The other columns stand on the card of a line, as text.

    Raises
    ------
    TypeError
        If the frame is no GeoDataFrame, or a choice neither a column nor a text.
    ValueError
        If the frame has no CRS or no lines, or holds what is no line or lies outside the world.

    Warns
    -----
    UnknownStyleWarning
        If a mode or a status is none of those above: its lines are drawn in a neutral style, which the legend names.
    maps.line_frame.SkippedLinesWarning
        If rows have no geometry.

    Examples
    --------
    >>> import geopandas
    >>> line = geopandas.GeoSeries.from_wkt(["LINESTRING (130.6 42.4, 131.9 43.1)"], crs="EPSG:4326")
    >>> route_map = explore(line.to_frame("geometry"), mode="rail", title="Khasan to Vladivostok")
    >>> route_map.payload["routes"][0]["length_km"]
    131.8
    """
    lines = lines_of(gdf)
    if not gdf.columns.is_unique:
        twice = sorted({str(name) for name in gdf.columns[gdf.columns.duplicated()]})
        msg = f"the GeoDataFrame has several columns named {', '.join(map(repr, twice))}; rename or drop all but one"
        raise ValueError(msg)
    name = tooltip if tooltip is not None else next((one for one in NAME_COLUMNS if one in gdf.columns), None)
    chosen = {"layer": layer, "mode": mode, "status": status, "tooltip": name}
    values = {what: values_of(gdf, choice, what) for what, choice in chosen.items()}
    _warn_of_strangers(values["mode"], values["status"], [bool(parts) for parts in lines])
    used = {gdf.active_geometry_name, *(choice for choice in chosen.values() if choice in gdf.columns)}
    rows = [attributes_of(row, used) for row in gdf.to_dict("records")]
    payload = _document(lines, values, rows, title or DEFAULT_TITLE, layer)
    return RouteMap(payload=payload, **kwargs)


def _warn_of_strangers(modes: Sequence[str | None], statuses: Sequence[str | None], drawn: Sequence[bool]) -> None:
    style = assets.line_style()
    found = [
        f"{what} {value!r}"
        for what, values, known in (("mode", modes, style["modes"]), ("status", statuses, style["statuses"]))
        for value in dict.fromkeys(value for value, is_drawn in zip(values, drawn, strict=True) if is_drawn)
        if value is not None and value not in known
    ]
    if found:
        modes_known, statuses_known = (", ".join(style[name]) for name in ("modes", "statuses"))
        msg = (
            f"drawn in a neutral style, as there is none for {', '.join(found)}; modes are {modes_known}, statuses "
            f"{statuses_known}. A misspelled name of a column counts as such a value too"
        )
        warnings.warn(msg, UnknownStyleWarning, stacklevel=3)


def _document(
    lines: Sequence[Sequence[Any]],
    values: dict[str, list[str | None]],
    attributes: Sequence[dict[str, str]],
    title: str,
    layer: str | None,
) -> dict[str, Any]:
    """Return the page's document; the lists that a case would fill are empty."""
    drawn = [place for place, parts in enumerate(lines) if parts]
    ids = _ids(attributes, drawn)
    titles = {place: values["layer"][place] or (title if layer is None else NO_LAYER) for place in drawn}
    layers = _layer_ids(list(dict.fromkeys(titles.values())), set(ids.values()))
    legs = [
        {"route": ids[place], "seq": seq, "geometry": part, "mode": values["mode"][place] or "unknown"}
        for place in drawn
        for seq, part in enumerate(lines[place], start=1)
    ]
    by_route = _legs(legs, list(ids.values()))
    routes = [
        {
            "id": ids[place],
            "title": values["tooltip"][place] or f"Line {place + 1}",
            "layer": layers[titles[place]],
            **({"status": status} if (status := values["status"][place]) else {}),
            "attributes": attributes[place],
            "length_km": round(sum(leg["length_km"] for leg in by_route[ids[place]]), 1),
            "legs": by_route[ids[place]],
            **{key: [] for key in ("denied_by", "events", "claims", "measures")},
        }
        for place in drawn
    ]
    return {
        "version": VERSION,
        "generator": GENERATOR,
        "case": {"id": "", "title": title, "language": "en"},
        "view": {"on": None, "bounds": None},
        "layers": [{"id": id_, "title": name, "on": True, "open": True} for name, id_ in layers.items()],
        "routes": routes,
        **{key: [] for key in ("places", "events", "claims", "parties", "sources")},
        "credits": [MADE_WITH],
    }


def _legs(legs: Sequence[dict[str, Any]], order: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the legs as the page draws them, by route, with the routes beside them."""
    around = turns(legs)
    lanes = stretches(legs, order) if len(legs) <= MOST_LANES else [None] * len(legs)
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in order}
    for leg, stretch in zip(legs, lanes, strict=True):
        line = np.asarray(leg["geometry"].coords)
        row = {
            "seq": leg["seq"],
            "mode": leg["mode"],
            "line": encode(line + np.array([360.0 * around[leg["route"]], 0.0]), precision=5),
            "length_km": round(geod().line_length(line[:, 0], line[:, 1]) / 1000, 1),
        }
        if stretch is not None and len(stretch.beside) > 1:
            row |= {"beside": list(stretch.beside), "mirrored": stretch.mirrored}
        found[leg["route"]].append(row)
    return found


def _ids(attributes: Sequence[dict[str, str]], drawn: Sequence[int]) -> dict[int, str]:
    """Return an id for each row: those of a column `id` if they can stand in a link and differ, else numbers."""
    own = {place: attributes[place].get("id", "") for place in drawn}
    if len(set(own.values())) == len(own) and all(_SLUG.fullmatch(id_) for id_ in own.values()):
        return own
    return {place: f"line-{place + 1}" for place in drawn}


def _layer_ids(titles: Sequence[str], taken: set[str]) -> dict[str, str]:
    """Return an id for each layer: its title where that makes one of its own, else a number."""
    found: dict[str, str] = {}
    for title in titles:
        slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") if title.isascii() else ""
        numbered = (f"layer-{number}" for number in count(1))
        names = chain([slug] if slug else [], numbered)
        found[title] = next(name for name in names if name not in taken and name not in found.values())
    return found
