"""Large frames of route legs, the same bytes for the same size: what `lines` draws with every tool."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

SEED = 20_261_126
CHUNK_VERTICES = 200_000  # made in parts, so that making the frame needs little more memory than the frame
EARTH_RADIUS_KM = 6371.0088
MAX_LAT = 75.0
MODES = ("rail", "sea", "road", "air")
COLOURS = {"rail": "#8b1a1a", "sea": "#1f5fa8", "road": "#5a6b1c", "air": "#6a3d9a"}
STATUSES = ("confirmed", "evidenced", "asserted", "alleged", "unsupported")
PLACES = ("Aktau", "Busan", "Chita", "Dalian", "Ereen", "Fuzhou", "Gwadar", "Hanko", "Izmir", "Jask", "Khasan", "Lagos")
WHO = ("The port office", "A shipping register", "The customs journal", "An analyst", "The railway's bulletin")
DOES = ("lists", "mentions", "describes", "disputes", "shows", "repeats")
WHAT = ("wagons of fuel", "containers", "bulk carriers", "a freight train", "tank cars", "a convoy of lorries")
WHERE = ("at the border", "off the pier", "on the siding", "by the depot", "in the roads", "near the bridge")


@dataclass(frozen=True)
class Size:
    """How many lines a frame has, of how many vertices each, in how many layers."""

    lines: int
    vertices: int
    layers: int

    def __str__(self) -> str:
        return f"{self.lines:,} lines x {self.vertices} vertices in {self.layers} layers"


SIZES = {
    "S": Size(30, 200, 6),
    "M": Size(1_000, 100, 20),
    "L": Size(10_000, 100, 50),
    "XL": Size(100_000, 50, 60),
}


def frame(size: Size, seed: int = SEED) -> gpd.GeoDataFrame:
    """Return a frame of legs, EPSG:4326, with longitudes that run on over the antimeridian.

    The columns are id, name, layer, mode, status, first_said, start, end (ISO dates as text), source, link, geometry.
    """
    random = np.random.default_rng(seed)
    rows = max(1, CHUNK_VERTICES // size.vertices)
    counts = [min(rows, size.lines - first) for first in range(0, size.lines, rows)]
    legs = np.concatenate([_legs(random, count, size.vertices) for count in counts])
    return gpd.GeoDataFrame(_attributes(random, size), geometry=legs, crs="EPSG:4326")


def _legs(random: np.random.Generator, count: int, vertices: int) -> np.ndarray:
    """Walk from places all over the world, each step turned a little from the last."""
    step_km = np.clip(random.lognormal(7.8, 0.7, (count, 1)), 200, 8000) / (vertices - 1)
    noise = random.normal(0, 0.25, (count, vertices))
    turns = 0.5 * noise + 0.5 * np.roll(noise, 1, axis=1)  # neighbours share half of their turn: bends, not corners
    heading = random.uniform(0, 2 * np.pi, (count, 1)) + np.cumsum(turns, axis=1)
    # legs keep off the poles: the heading is squeezed towards east and west
    step_deg = np.degrees(step_km / EARTH_RADIUS_KM) * random.lognormal(0, 0.1, (count, vertices))
    lat = random.uniform(-50, 65, (count, 1)) + np.cumsum(0.6 * step_deg * np.sin(heading), axis=1)
    lat = MAX_LAT - np.abs((lat - MAX_LAT) % (4 * MAX_LAT) - 2 * MAX_LAT)  # reflected at both limits
    lon = np.cumsum(step_deg * np.cos(heading) / np.cos(np.radians(lat)), axis=1)
    lon = random.uniform(-180, 180, (count, 1)) + np.clip(lon, -179, 179)
    index = np.repeat(np.arange(count), vertices)
    return shapely.linestrings(np.column_stack([lon.ravel(), lat.ravel()]), indices=index)


def _attributes(random: np.random.Generator, size: Size) -> dict[str, object]:
    def some(values: tuple[str, ...]) -> np.ndarray:
        return np.array(values, dtype=object)[random.integers(len(values), size=size.lines)]

    def day(first: np.ndarray, spread: int) -> np.ndarray:
        return first + random.integers(spread, size=size.lines).astype("timedelta64[D]")

    number = np.arange(size.lines)
    text = pd.Series(number).astype(str)
    start = day(np.full(size.lines, np.datetime64("2022-02-24")), 1400)
    first_said, end = day(start, 120), day(start, 60)
    tons = pd.Series(random.integers(20, 9000, size=size.lines)).astype(str)
    hour = pd.Series(random.integers(1440, size=size.lines)).map("{:04d}".format)
    sentence = some(WHO) + " " + some(DOES) + " " + tons + " t, " + some(WHAT) + " " + some(WHERE) + " at " + hour
    return {
        "id": "leg-" + text,
        "name": some(PLACES[::2]) + " to " + some(PLACES[1::2]) + ", leg " + text,
        "layer": "Layer " + pd.Series(number * size.layers // size.lines + 1).astype(str).str.zfill(2),
        "mode": some(MODES),
        "status": some(STATUSES),
        "first_said": first_said.astype(str),
        "start": start.astype(str),
        "end": end.astype(str),
        "source": sentence,
        "link": "https://example.org/reports/" + text + "/" + tons,
    }
