"""The map as a still picture, for a reader whose browser runs no scripts, in the line language of the page.

It stands beside the table in the page's `noscript` part. A figure for print is `maps.figure`; this one shares its frame
and its looks, leaves lanes and most names out, and takes a few thousand bytes.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geodata import polyline
from geodata.basemap import decoded
from maps import assets
from maps.escape import html_text
from maps.figure import basemap as land
from maps.figure.frame import Box, Frame, fit
from maps.figure.projection import Extent
from maps.figure.room import Room, around
from maps.figure.style import STRENGTH, Look, colour, resolve, style
from maps.figure.texts import name_of, short
from maps.layers import Layers
from maps.words import code, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Points = NDArray[np.float64]

SIZE: Final = (960, 560)
"""Width and height in CSS pixels at full size."""
LAND_BYTES: Final = 11_000
"""Most that coasts and borders may take; they get coarser until they fit."""
_MM_PER_PX: Final = 25.4 / 96
_FINER: Final = 2.0  # a unit of the picture is half a pixel
_COARSER: Final = (1.5, 3.0, 5.0, 8.0, 14.0)  # tolerances of coasts in units
_LINE_TOLERANCE: Final = 0.7
_PAINT: Final = {"sea": (1.0, ""), "land": (40.0, "coast"), "lake": (160.0, ""), "border": (0.0, "border")}
"""What lies on what: the area below which it is left out, in square units (0: lines), and the colour of its edge."""
_NAMES: Final = 14
_COUNTRIES: Final = 14
_LETTER: Final = (0.54, 1.0)  # width of a narrow and a wide letter in ems
_FONT: Final = (26, 24)  # sizes of the names of places and of countries in units
_MARK: Final = 5  # radius of a place in units
_MM: Final = _MM_PER_PX / _FINER  # of a unit; room is counted in millimetres, as for figures
_WORLD: Final = Extent(-180.0, -60.0, 180.0, 80.0)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A route on the picture: its lines in units of the picture, by look."""

    row: Mapping[str, Any]
    parts: Mapping[Look, list[Points]]


def picture(
    document: Mapping[str, Any],
    *,
    lines: Sequence[Points] = (),
    base: Mapping[str, Any] | None = None,
    language: str,
) -> str:
    """Draw the routes that are on at first, over land and borders.

    Parameters
    ----------
    document
        The page's document.
    lines
        Lines of a packed frame, which the document does not hold: each of shape (n, 2), lon, lat in degrees.
    base
        The page's basemap, as `geodata.basemap.basemap` gives it; None draws lines alone.
    language
        Of the names.

    Returns
    -------
    str
        HTML of a figure with an SVG and its legend; empty if there is no line. Every text in it is escaped.

    Raises
    ------
    ValueError
        If a line of the document is damaged.
    """
    bounds = (document.get("view") or {}).get("bounds")
    (west, south), (east, north) = bounds or ((_WORLD.west, _WORLD.south), (_WORLD.east, _WORLD.north))
    size = [side * _MM_PER_PX for side in SIZE]
    frame = fit(Extent(west, max(south, -85.0), east, min(north, 85.0)), Box(0.0, 0.0, size[0], size[1]))
    routes = _routes(document, frame)
    plain = [part for line in lines for part in _units(frame, frame.lines_mm(line))]
    if not routes and not plain:
        return ""
    room = Room(frame.box)
    places = _place_names(document, routes, frame, room, language)
    ground, names = ("", "")
    if base is not None:
        ground, names = _ground(frame, base), _country_names(frame, base, room, language)
    return assets.template("still.html").substitute(
        width=SIZE[0],
        height=SIZE[1],
        box=f"0 0 {SIZE[0] * _FINER:g} {SIZE[1] * _FINER:g}",
        label=html_text(word("plain-picture", language)),
        sea=colour("sea"),
        ground=ground,
        names=names,
        defs="".join(_defined(routes)),
        lines="".join((*_drawn(routes), _plain(plain))),
        places=places,
        caption=html_text(word("plain-some" if plain else "plain-picture", language)),
        legend="".join(_legend(routes, language)),
    )


def _routes(document: Mapping[str, Any], frame: Frame) -> list[_Drawn]:
    """Return the routes whose layer is on at first, those that count most last."""
    on = Layers(document.get("layers") or ()).chosen((document.get("view") or {}).get("on"))
    found = []
    for row in document.get("routes") or ():
        if row.get("layer") not in on:
            continue
        parts: dict[Look, list[Points]] = {}
        for leg in row.get("legs") or ():
            if leg.get("line"):
                cut = _units(frame, frame.lines_mm(polyline.decode(leg["line"])))
                parts.setdefault(_look(row, leg), []).extend(cut)
        parts = {look: cut for look, cut in parts.items() if cut}
        if parts:
            found.append(_Drawn(row, parts))
    order = {status: -number for number, status in enumerate(STRENGTH)}

    def rank(one: _Drawn) -> tuple[bool, int]:
        return not all(look.under for look in one.parts), order.get(str(one.row.get("status")), 0)

    return sorted(found, key=rank)


def _look(row: Mapping[str, Any], leg: Mapping[str, Any]) -> Look:
    return resolve(
        kind=str(row.get("kind") or ""),
        status=row.get("status"),
        mode=str(leg.get("mode") or "unknown"),
        basis=str(leg.get("basis") or "network"),
        fallback=bool(leg.get("fallback")),
    )


def _units(frame: Frame, lines: Iterable[Points]) -> list[Points]:
    """Return lines on the paper as lines of the picture, y downwards, without vertices that nobody would see."""
    found = []
    for mm in lines:
        line = shapely.simplify(shapely.LineString(_flipped(frame, mm)), _LINE_TOLERANCE)
        points = np.rint(shapely.get_coordinates(line))
        if len(points) > 1:
            found.append(points)
    return found


def _flipped(frame: Frame, mm: Points) -> Points:
    scale = _FINER / _MM_PER_PX
    return np.column_stack([mm[:, 0] * scale, (frame.box.h - mm[:, 1]) * scale])


def _path(lines: Iterable[Points], *, closed: bool = False) -> str:
    """Return lines of whole numbers as the data of an SVG path, in steps from point to point."""
    texts = []
    for points in lines:
        whole = points.astype(np.int64)
        steps = [step for step in np.diff(whole, axis=0).tolist() if step != [0, 0]]
        walked = " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-")
        texts.append(f"M{whole[0][0]} {whole[0][1]}l{walked or '0 0'}{'z' if closed else ''}")
    return "".join(texts)


def _ground(frame: Frame, base: Mapping[str, Any]) -> str:
    """Return land and borders, as fine as there is room for."""
    levels = [level for level in base.get("levels") or () if level["min_zoom"] <= frame.zoom and level["cells"]]
    shapes = [_shapes(frame, decoded(land.near(level, frame))) for level in levels]
    made = ""
    for tolerance in _COARSER:
        # from the last ones, which have fewer vertices
        shapes = [{kind: _simpler(lines, tolerance, _PAINT[kind][0]) for kind, lines in one.items()} for one in shapes]
        made = "".join(map(_level, shapes))
        if len(made) <= LAND_BYTES:
            break
    return made


def _shapes(frame: Frame, parts: Mapping[str, Sequence[Points]]) -> dict[str, list[Points]]:
    """Return water, land, lakes and borders of a level in units of the picture."""
    found = {
        "sea": land.rings(frame, [land.ring(box) for box in parts["boxes"]]),
        "land": land.rings(frame, parts["land"]),
        "lake": land.rings(frame, parts["lakes"]),
        "border": land.lines(frame, [*parts["borders"], *parts["disputed"]]),
    }
    return {kind: [_flipped(frame, mm) for mm in lines] for kind, lines in found.items()}


def _level(shapes: Mapping[str, Sequence[Points]]) -> str:
    texts = []
    for kind, (speck, stroke) in _PAINT.items():
        data = _path(shapes[kind], closed=bool(speck))
        fill = colour(kind) if speck else "none"
        line = f' stroke="{colour(stroke)}" stroke-width="{1 if speck else 2}"' if stroke else ""
        texts += [f'<path d="{data}" fill="{fill}"{line}/>'] if data else []
    return "".join(texts)


def _simpler(lines: Sequence[Points], tolerance: float, speck: float) -> list[Points]:
    """Return lines, or rings that are no specks, with fewer vertices."""
    kept = [points for points in lines if not speck or abs(land.area(points)) >= speck]
    simple = shapely.simplify([shapely.LineString(points) for points in kept], tolerance)
    rounded = (np.rint(shapely.get_coordinates(line)) for line in simple)
    return [points for points in rounded if len(points) > (3 if speck else 1)]


def _defined(routes: Sequence[_Drawn]) -> Iterable[str]:
    """Yield the shape of every line once: casing, core and stroke are drawn from it."""
    for number, route in enumerate(routes):
        for part, lines in enumerate(route.parts.values()):
            yield f'<path id="wbs{number}-{part}" d="{_path(lines)}"/>'


def _drawn(routes: Sequence[_Drawn]) -> Iterable[str]:
    for number, route in enumerate(routes):
        for part, look in enumerate(route.parts):
            yield from _strokes(look, f'<use href="#wbs{number}-{part}"')
    for route in routes:
        if route.row.get("denied_by"):
            longest = max((line for lines in route.parts.values() for line in lines), key=_length)
            x, y = _middle(longest)
            yield f'<use href="#wbs-denied" x="{x:.0f}" y="{y:.0f}"/>'


def _strokes(look: Look, shape: str) -> Iterable[str]:
    """Yield a line as it is drawn, from the lowest coat up; sizes are pixels of the page."""
    rim = colour("casing")
    if look.halo:
        yield f'{shape} stroke="{look.colour}" stroke-width="{look.halo * _FINER:g}" stroke-opacity="0.14"/>'
    elif look.casing and not look.under:
        yield f'{shape} stroke="{rim}" stroke-width="{(look.width + look.casing) * _FINER:g}"/>'
    dash = f' stroke-dasharray="{" ".join(f"{one * _FINER:g}" for one in look.dash)}"' if look.dash else ""
    cap = f' stroke-linecap="{look.cap}"' if look.cap != "butt" else ""
    yield f'{shape} stroke="{look.colour}" stroke-width="{look.width * _FINER:g}"{dash}{cap}/>'
    if look.hollow:
        yield f'{shape} stroke="{rim}" stroke-width="{look.hollow * _FINER:g}"/>'


def _plain(lines: Sequence[Points]) -> str:
    if not lines:
        return ""
    return f'<path d="{_path(lines)}" stroke="{colour("mode-unknown")}" stroke-width="{1.5 * _FINER:g}"/>'


def _length(line: Points) -> float:
    return float(np.hypot(*np.diff(line, axis=0).T).sum())


def _middle(line: Points) -> tuple[float, float]:
    middle = shapely.line_interpolate_point(shapely.LineString(line), 0.5, normalized=True)
    return float(middle.x), float(middle.y)


def _place_names(document: Mapping[str, Any], routes: Sequence[_Drawn], frame: Frame, room: Room, language: str) -> str:
    """Return marks and names of the places at which most legs begin or end, as far as there is room."""
    for line in (line for route in routes for lines in route.parts.values() for line in lines):
        room.add_line(line * _MM)
    shown = _places(document, routes, frame, room)
    texts: list[str] = []
    for x, y, row in shown:
        if row.get("kind") != "region":
            room.take(Box(x, y, 0.0, 0.0).grown(_MARK * _MM))
            texts.append(f'<circle cx="{x / _MM:.0f}" cy="{y / _MM:.0f}" r="{_MARK}"/>')
    names: list[str] = []
    for x, y, row in shown:
        if len(names) == _NAMES:
            break
        name = short(name_of(row, language))
        if name in names:
            continue
        best = room.best(around(x, y, _box(name, _FONT[0]), 2 * _MARK * _MM), later=0.5)
        if best is not None:
            names.append(name)
            texts.append(_text(name, room.take(best[0]), _FONT[0]))
    return "".join(texts)


def _places(
    document: Mapping[str, Any], routes: Sequence[_Drawn], frame: Frame, room: Room
) -> list[tuple[float, float, Mapping[str, Any]]]:
    """Return where the places of the routes lie, in millimetres, those of most legs first."""
    ends = Counter(leg.get(end) for route in routes for leg in route.row.get("legs") or () for end in ("from", "to"))
    found = []
    for row in sorted(document.get("places") or (), key=lambda row: -ends[row["id"]]):
        x, y = (_flipped(frame, frame.to_mm(np.array([(row["lon"], row["lat"])])))[0] * _MM).tolist()
        if ends[row["id"]] and room.inside.has(x, y):
            found.append((x, y, row))
    return found


def _country_names(frame: Frame, base: Mapping[str, Any], room: Room, language: str) -> str:
    """Return the names of countries, the greatest first, where they cover no line."""
    texts: list[str] = []
    for row in sorted(base.get("countries") or (), key=lambda row: row["min_zoom"]):
        if row["min_zoom"] > frame.zoom + 1 or len(texts) >= _COUNTRIES:
            break
        name = str(row["names"].get(language) or row["names"]["en"])
        width, height = _box(name, _FONT[1])
        for points in frame.turned(np.array([(row["lon"], row["lat"])])):
            x, y = _flipped(frame, frame.to_mm(points))[0] * _MM
            box = Box(x - width / 2, y - height / 2, width, height)
            if np.isfinite([x, y]).all() and room.is_free(box) and room.crossings(box) < 0.25 * width:
                texts.append(_text(name, room.take(box), _FONT[1]))
    return "".join(texts)


def _box(text: str, size: int) -> tuple[float, float]:
    """Return the width and height of a text in millimetres, about."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return size * _MM * (_LETTER[0] * (len(text) - wide) + _LETTER[1] * wide), size * _MM * 1.2


def _text(text: str, box: Box, size: int) -> str:
    # the box is as high as the line, whose letters stand on its lower fifth
    x, y = box.x / _MM, (box.y + 0.78 * box.h) / _MM
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}">{html_text(text)}</text>'


def _legend(routes: Sequence[_Drawn], language: str) -> Iterable[str]:
    """Yield a row for each colour, dash and mark on the picture."""
    looks = [look for route in routes for look in route.parts]
    moved = [look for look in looks if look.shows not in {"infrastructure", "illustration"}]
    used = {look.colour for look in moved}
    for mode in style()["modes"]:
        if colour(f"mode-{mode}") in used:
            plain = replace(
                moved[0], colour=colour(f"mode-{mode}"), dash=(), width=3, cap="butt", hollow=0, halo=0, casing=0
            )
            yield _sample(plain, code("mode", mode, language))
    for status in STRENGTH:
        found = [
            look for route in routes for look in route.parts if look.shows == "status" and route.row["status"] == status
        ]
        if found:
            yield _sample(replace(found[0], colour=colour("mode-unknown"), casing=0), code("status", status, language))
    for shows, key in (
        ("inferred", "inferred"),
        ("notional", "notional"),
        ("infrastructure", "infrastructure-legend"),
        ("illustration", "illustration"),
    ):
        found = [look for look in looks if look.shows == shows]
        if found:
            yield _sample(replace(found[0], casing=0), word(key, language))
    if any(route.row.get("denied_by") for route in routes):
        mark = '<use href="#wbs-denied" x="34" y="20"/>'
        yield _legend_row(mark, word("denied-legend", language))


def _sample(look: Look, text: str) -> str:
    return _legend_row("".join(_strokes(replace(look, halo=min(look.halo, 14)), '<path d="M2 20h64"')), text)


def _legend_row(mark: str, text: str) -> str:
    return assets.template("still_row.html").substitute(mark=mark, text=html_text(text)).rstrip("\n")
