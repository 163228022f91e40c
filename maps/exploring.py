"""Any frame of lines as a map, in one call."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from itertools import chain, count
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from shapely import LineString

from geodata.polyline import encode
from maps import assets
from maps.dense import Frame, packed
from maps.lanes import stretches, turns
from maps.line_frame import Texts, attributes_of, lines_of, texts_of
from maps.route_map import RouteMap
from maps.version import GENERATOR
from maps.words import MADE_WITH
from routes.dates import parse
from routes.errors import DateError
from routes.geometry import geod

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

VERSION: Final = 1
"""The page shows such a document as it stands: there are no claims from which a status could follow."""
DEFAULT_TITLE: Final = "Lines"
NO_LAYER: Final = "Other"
NAME_COLUMNS: Final = ("title", "name")
MOST_POINTS: Final = 20_000
MOST_LINES: Final = 500
"""Above that many vertices or lines a frame is packed: an SVG element for each would make the page slow."""
_MIDNIGHT: Final = " 00:00:00"


@dataclass(frozen=True, slots=True)
class Layers:
    """The layers of a frame: their titles, and for each row the id of its own."""

    titles: list[str]
    codes: Texts


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
    asserted_on: str | None = None,
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
    asserted_on
        Column with the date on which each line was first said, as dates or in EDTF. The page then has a clock, and
        shows for a chosen day the lines that were known by then; one without a date only while no day is chosen.
    **kwargs
        As for `RouteMap`, and so for `folium.Map`.

    Returns
    -------
    RouteMap
        A `folium.Map`. The other columns stand on the card of a line, as text. A frame with more than 500 lines or
        20 000 vertices is packed into a block of its own and drawn on canvas, in less detail where more could not be
        seen; what can be done with it stays the same.

    Raises
    ------
    TypeError
        If the frame is no GeoDataFrame, or a choice neither a column nor a text.
    ValueError
        If the frame has no CRS or no lines, or holds what is no line or lies outside the world, or a date that is
        none.

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
    chosen = {"layer": layer, "mode": mode, "status": status, "tooltip": name, "asserted_on": asserted_on}
    values = {what: texts_of(gdf, choice, what) for what, choice in chosen.items()}
    drawn = np.unique(lines.rows)
    _warn_of_strangers(values["mode"].used(drawn), values["status"].used(drawn))
    used = {gdf.active_geometry_name, *(choice for choice in chosen.values() if choice in gdf.columns)}
    frame = Frame(
        lines=lines,
        drawn=drawn,
        known_from=_days(values.pop("asserted_on"), drawn, asserted_on),
        attributes=attributes_of(gdf, used),
        **values,
    )
    layers = _layers(frame, title or DEFAULT_TITLE, layer)
    document = _document(frame, layers, title or DEFAULT_TITLE)
    if len(lines.points) > MOST_POINTS or len(lines.sizes) > MOST_LINES:
        return RouteMap(payload=document, packed=packed(frame, layers.codes), **kwargs)
    return RouteMap(payload={**document, "routes": _routes(frame, layers)}, **kwargs)


def _warn_of_strangers(modes: Sequence[str], statuses: Sequence[str]) -> None:
    style = assets.line_style()
    found = [
        f"{what} {value!r}"
        for what, values, known in (("mode", modes, style["modes"]), ("status", statuses, style["statuses"]))
        for value in values
        if value not in known
    ]
    if found:
        modes_known, statuses_known = (", ".join(style[name]) for name in ("modes", "statuses"))
        msg = (
            f"drawn in a neutral style, as there is none for {', '.join(found)}; modes are {modes_known}, statuses "
            f"{statuses_known}. A misspelled name of a column counts as such a value too"
        )
        warnings.warn(msg, UnknownStyleWarning, stacklevel=3)


def _days(texts: Texts, drawn: NDArray[np.int64], column: str | None) -> Texts:
    """Return the day from which each line was known: the last one that its date can mean."""
    used = set(texts.used(drawn))
    days = []
    for text in texts.values:
        try:
            day = parse(text.removesuffix(_MIDNIGHT)).latest if text in used else None
        except DateError as err:
            row = int(drawn[texts.codes[drawn] == texts.values.index(text)][0])
            msg = (
                f"the GeoDataFrame's column {column!r} holds {text!r} in the row at position {row}, which is no date "
                f"in EDTF: {err}; write dates such as 2022-11-02, 2022-11 or 2022"
            )
            raise ValueError(msg) from err
        days.append("" if day is None else day.isoformat())
    missing = np.array([not day for day in days] + [True])
    return Texts(days, np.where(missing[texts.codes], -1, texts.codes))


def _layers(frame: Frame, title: str, layer: str | None) -> Layers:
    """Return the layers in order of first appearance, each with an id of its own."""
    values, codes = frame.layer.values, frame.layer.codes
    names = {
        code: values[code] if code >= 0 else (title if layer is None else NO_LAYER) for code in range(-1, len(values))
    }
    first = dict.fromkeys(names[code] for code in dict.fromkeys(codes[frame.drawn].tolist()))
    ids = _layer_ids(list(first), set(frame.ids))
    place = {name: number for number, name in enumerate(ids)}
    table = np.array([place.get(names[code], 0) for code in range(len(values))] + [place.get(names[-1], 0)])
    return Layers(titles=list(ids), codes=Texts(list(ids.values()), table[codes]))


def _document(frame: Frame, layers: Layers, title: str) -> dict[str, Any]:
    """Return the page's document without its routes; the lists that a case would fill are empty."""
    west, south, east, north = frame.lines.bounds
    return {
        "version": VERSION,
        "generator": GENERATOR,
        "case": {"id": "", "title": title, "language": "en"},
        "view": {"on": None, "bounds": [[west, south], [east, north]]},
        "layers": [
            {"id": id_, "title": name, "on": True, "open": True}
            for id_, name in zip(layers.codes.values, layers.titles, strict=True)
        ],
        **{key: [] for key in ("routes", "places", "events", "claims", "parties", "sources")},
        "credits": [MADE_WITH],
    }


def _routes(frame: Frame, layers: Layers) -> list[dict[str, Any]]:
    """Return the lines as the page takes the routes of a case."""
    ids = dict(zip(frame.drawn.tolist(), frame.ids, strict=True))
    legs: list[dict[str, Any]] = []
    for row, part in zip(frame.lines.rows.tolist(), frame.lines.parts(), strict=True):
        seq = legs[-1]["seq"] + 1 if legs and legs[-1]["route"] == ids[row] else 1
        legs.append({"route": ids[row], "seq": seq, "geometry": LineString(part), "mode": frame.mode[row] or "unknown"})
    by_route = _legs(legs, list(ids.values()))
    return [
        {
            "id": id_,
            "title": frame.tooltip[row] or f"Line {row + 1}",
            "layer": layers.codes[row],
            **({"status": status} if (status := frame.status[row]) else {}),
            **({"known_from": day} if (day := frame.known_from[row]) else {}),
            "attributes": {name: text for name, texts in frame.attributes.items() if (text := texts[row]) is not None},
            "length_km": round(sum(leg["length_km"] for leg in by_route[id_]), 1),
            "legs": by_route[id_],
            **{key: [] for key in ("denied_by", "events", "claims", "measures")},
        }
        for row, id_ in ids.items()
    ]


def _legs(legs: Sequence[dict[str, Any]], order: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the legs as the page draws them, by route, with the routes beside them."""
    around = turns(legs)
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in order}
    for leg, stretch in zip(legs, stretches(legs, order), strict=True):
        line = np.asarray(leg["geometry"].coords)
        row = {
            "seq": leg["seq"],
            "mode": leg["mode"],
            "line": encode(line + np.array([360.0 * around[leg["route"]], 0.0]), precision=5),
            "length_km": round(geod().line_length(line[:, 0], line[:, 1]) / 1000, 1),
        }
        if len(stretch.beside) > 1:
            row |= {"beside": list(stretch.beside), "mirrored": stretch.mirrored}
        found[leg["route"]].append(row)
    return found


def _layer_ids(titles: Sequence[str], taken: set[str]) -> dict[str, str]:
    """Return an id for each layer: its title where that makes one of its own, else a number."""
    found: dict[str, str] = {}
    for title in titles:
        slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") if title.isascii() else ""
        numbered = (f"layer-{number}" for number in count(1))
        names = chain([slug] if slug else [], numbered)
        found[title] = next(name for name in names if name not in taken and name not in found.values())
    return found
