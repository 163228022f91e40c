"""Where the water is at 1:10 million: whether a line keeps to it, and the corners that lines bend around."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata._store import Geometries
from geodata.networks.sea_sphere import RADIUS_M, Floats, cross, directions, geodesic

_BUCKET_DEG: Final = 2.0
CLEARANCE_M: Final = (100.0, 30.0, 8.0)
"""How far off a corner of the land a line passes; the smaller ones only where the larger do not fit."""
_NEAR: Final = -1e-4  # 600 m outside a triangle: further than any clearance
_SHARP: Final = 3.0  # a sharp corner is passed at no more than this many clearances

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Corners:
    """Corners where land juts out, in buckets of two degrees: positions and outward steps, as unit vectors."""

    at: Floats
    outward: Floats
    start: Ints
    count: Ints
    middle: Floats
    reach: Floats

    def inside(self, a: Floats, v: Floats, b: Floats, clearance_m: float) -> Floats:
        """Find corners in the triangle of three directions, moved off the land by the clearance."""
        return self._pick(_sides(a, v, b), *_cap(a, v, b), clearance_m)

    def near(self, centre: Floats, radius_m: float, clearance_m: float) -> Floats:
        """Find corners within a radius of a direction, moved off the land."""
        index = self._candidates(centre, np.cos(min(radius_m / RADIUS_M, np.pi)))
        moved = self.at[index] + self.outward[index] * (clearance_m / RADIUS_M)
        return np.asarray(moved[moved @ centre >= np.cos(radius_m / RADIUS_M)])

    def _candidates(self, centre: Floats, cosine: float) -> Ints:
        angle = np.arccos(np.clip(cosine, -1.0, 1.0))
        hit = np.flatnonzero(self.middle @ centre >= np.cos(np.minimum(angle + self.reach, np.pi)))
        counts = self.count[hit]
        offset = np.arange(counts.sum()) - np.repeat(counts.cumsum() - counts, counts)
        return np.asarray(np.repeat(self.start[hit], counts) + offset)

    def _pick(self, sides: Floats, centre: Floats, cosine: float, clearance_m: float) -> Floats:
        index = self._candidates(centre, cosine)
        at, outward = self.at[index], self.outward[index]
        held = at @ sides.T
        some = np.flatnonzero((held[:, 0] > _NEAR) & (held[:, 1] > _NEAR) & (held[:, 2] > _NEAR))
        at, outward, held = at[some], outward[some], held[some]
        least = (held + (outward @ sides.T) * (clearance_m / RADIUS_M)).min(axis=1, initial=1.0)
        moved = least >= -1e-12
        close = ~moved & (held.min(axis=1, initial=1.0) >= 0)
        off_m = np.where(moved, clearance_m, CLEARANCE_M[-1])[:, None]
        kept = (at + outward * (off_m / RADIUS_M))[moved | close]
        return np.asarray(kept / np.sqrt((kept**2).sum(axis=1, keepdims=True)))


def _sides(a: Floats, v: Floats, b: Floats) -> Floats:
    """Give the planes through the sides of a triangle, pointing inwards."""
    sides = np.array([cross(a, v), cross(v, b), cross(b, a)])
    sides /= np.maximum(np.sqrt((sides**2).sum(axis=1, keepdims=True)), 1e-300)
    return np.asarray(sides if sides[0] @ b >= 0 else -sides)


def _cap(a: Floats, v: Floats, b: Floats) -> tuple[Floats, float]:
    """Give the middle of a triangle and the cosine of a radius that covers it."""
    centre = a + v + b
    centre = centre / np.linalg.norm(centre)
    return centre, float(min(centre @ a, centre @ v, centre @ b))


def corners_of(polygons: Geometries) -> Corners:
    """Collect the corners of polygons whose outer rings run counter-clockwise, inner rings clockwise."""
    _, lon_lat, (rings, _) = shapely.to_ragged_array(polygons)
    ring = np.repeat(np.arange(len(rings) - 1), np.diff(rings))
    last = np.zeros(len(lon_lat), dtype=bool)
    last[rings[1:] - 1] = True
    here = np.flatnonzero(~last)  # the last vertex of a ring repeats the first
    before = here - 1
    first = rings[:-1]
    begins = np.isin(here, first)
    before[begins] = rings[ring[here[begins]] + 1] - 2
    squeeze = np.cos(np.radians(np.minimum(np.abs(lon_lat[here, 1]), 89.9)))
    into, out = (lon_lat[here] - lon_lat[before]), (lon_lat[here + 1] - lon_lat[here])
    into, out = (_unit(step * np.column_stack((squeeze, np.ones(len(here))))) for step in (into, out))
    juts = into[:, 0] * out[:, 1] - into[:, 1] * out[:, 0] > 1e-9
    here, into, out = here[juts], into[juts], out[juts]
    side = np.column_stack((into[:, 1] + out[:, 1], -into[:, 0] - out[:, 0]))  # to the right, away from land
    half = np.hypot(*side.T) / 2
    side /= np.maximum(np.hypot(*side.T), 1e-12)[:, None]
    side *= np.minimum(1 / np.maximum(half, 1e-9), _SHARP)[:, None]
    return _bucketed(lon_lat[here], side)


def _unit(steps: Floats) -> Floats:
    return np.asarray(steps / np.maximum(np.hypot(*steps.T), 1e-12)[:, None])


def _bucketed(lon_lat: Floats, side: Floats) -> Corners:
    cell = np.floor(lon_lat / _BUCKET_DEG).astype(np.int64)
    key = cell[:, 1] * 1000 + cell[:, 0]
    order = np.argsort(key, kind="stable")
    lon_lat, side = lon_lat[order], side[order]
    _, start, count = np.unique(key[order], return_index=True, return_counts=True)
    at = directions(lon_lat)
    east = np.column_stack((-np.sin(np.radians(lon_lat[:, 0])), np.cos(np.radians(lon_lat[:, 0])), np.zeros(len(at))))
    outward = east * side[:, :1] + np.cross(at, east) * side[:, 1:]
    middle = np.add.reduceat(at, start)
    middle /= np.linalg.norm(middle, axis=1, keepdims=True)
    cosine = np.minimum.reduceat((at * np.repeat(middle, count, axis=0)).sum(axis=1), start)
    return Corners(at, outward, start, count, middle, np.arccos(np.clip(cosine, -1, 1)) + 1e-4)


class Water:
    """The water of the world: everything that is not in the polygons of the land."""

    def __init__(self, land: Geometries) -> None:
        self.land = land
        shapely.prepare(land)
        self._tree = shapely.STRtree(land)
        self.corners = corners_of(land)

    def clear(self, lines: Geometries) -> NDArray[np.bool_]:
        """Say of each shapely line or point (lon, lat; longitudes may pass 180) whether it touches no land."""
        free = np.ones(len(lines), dtype=bool)
        bounds = shapely.bounds(lines)
        for turn in (0.0, -360.0, 360.0):
            some = np.flatnonzero(free & (bounds[:, 2] + turn >= -180) & (bounds[:, 0] + turn <= 180))
            if not len(some):
                continue
            moved = (
                lines[some]
                if turn == 0
                else shapely.transform(lines[some], lambda at, by=turn: at + np.array([by, 0.0]))
            )
            which, piece = self._tree.query(moved)
            hit = shapely.intersects(self.land[piece], moved[which])
            free[some[which[hit]]] = False
        return free

    def is_clear(self, line: Floats) -> bool:
        """Say whether a line, shape (n, 2), touches no land."""
        return bool(self.clear(np.array([shapely.linestrings(line)], dtype=object))[0])

    def sees(self, start: Floats, end: Floats) -> bool:
        """Say whether the geodesic between two points touches no land."""
        return self.is_clear(geodesic(start, end))

    def seen_from(self, start: Floats, others: Floats) -> NDArray[np.bool_]:
        """Say which of other points, not far away, can be reached along straight edges in lon, lat."""
        lines = np.empty((len(others), 2, 2))
        lines[:, 0], lines[:, 1] = start, others
        lines[:, 1, 0] -= np.round((lines[:, 1, 0] - start[0]) / 360.0) * 360.0
        return self.clear(shapely.linestrings(lines))

    def is_wet(self, lon_lat: Floats) -> bool:
        """Say whether a point is off the land."""
        return bool(self.clear(np.array([shapely.points(lon_lat)], dtype=object))[0])

    def shore_from(self, lon_lat: Floats, within_deg: float) -> Geometries:
        """Give the land within some degrees of latitude of a point, longitudes turned beside it."""
        lon, lat = lon_lat
        wide = within_deg / max(np.cos(np.radians(min(abs(lat) + within_deg, 89.0))), 0.02)
        found = []
        for turn in (0.0, -360.0, 360.0):
            window = (lon + turn - wide, lat - within_deg, lon + turn + wide, lat + within_deg)
            for piece in self._tree.query(shapely.box(*window)):
                part = shapely.clip_by_rect(self.land[piece], *window)
                found.append(shapely.transform(part, lambda at, by=turn: at - np.array([by, 0.0])))
        return np.array(found, dtype=object)


class Walled:
    """Water with lines that must not be crossed: gates of passages that are not to be used.

    It remembers what sees what: pulling a line taut asks the same again and again.
    """

    def __init__(self, water: Water, gates: Geometries) -> None:
        self.corners = water.corners
        self._water = water
        turns = [np.array([turn, 0.0]) for turn in (-360.0, 0.0, 360.0)] if len(gates) else []
        turned = [shapely.transform(gates, lambda at, by=turn: at + by) for turn in turns]
        self._walls = shapely.union_all(np.concatenate(turned)) if turned else shapely.Point()
        self._seen: dict[bytes, bool] = {}
        shapely.prepare(self._walls)

    def sees(self, start: Floats, end: Floats) -> bool:
        """Say whether the geodesic between two points touches no land and crosses no gate."""
        key = start.tobytes() + end.tobytes()
        if key not in self._seen:
            line = geodesic(start, end)
            walled = shapely.intersects(self._walls, shapely.linestrings(line))
            self._seen[key] = not walled and self._water.is_clear(line)
        return self._seen[key]
