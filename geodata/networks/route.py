"""What routing gives: a line with its lengths, its stops on the track and what was bridged."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from geodata.networks.graph import Floats

NETWORK: Final = "railways of OpenStreetMap, generalised (scgraph_data)"
VERSION: Final = "2.0.0"


class Snap(NamedTuple):
    """Where a stop meets the track."""

    lon: float
    lat: float
    distance_m: float


class BridgeUse(NamedTuple):
    """A bridge over a break of the source that a route runs on."""

    id: str
    length_m: float


class Stage(NamedTuple):
    """The part of a route between two adjacent stops: vertices ``start`` to ``stop`` (included) of its line."""

    start: int
    stop: int
    track_m: float
    bridges: tuple[BridgeUse, ...]


@dataclass(frozen=True, eq=False)
class RailRoute:
    """A route along railways.

    Attributes
    ----------
    lon_lat
        The line, shape (n, 2), degrees in EPSG:4326. The source keeps few vertices: the line cuts corners.
    length_m
        Geodesic length of that line on WGS 84, in metres.
    track_m
        Length of the same path along the track as the source measured it before it thinned the vertices,
        in metres; nearer to published lengths than ``length_m``, never shorter.
    snaps
        For each stop, via places included, its point on the track and the distance to it.
    stages
        The same between each two adjacent stops, via places included: which part of the line, its track length, never
        shorter than that part, and its bridges.
    bridges
        The bridges over breaks of the source that the route uses, in order of travel.
    countries
        ISO 3166-1 alpha-2 codes in order of travel, each once.
    gauge_breaks
        Positions of those stops at which no gauge of the track before is one of the track after.
    network, version
        What was routed on.
    """

    lon_lat: Floats
    length_m: float
    track_m: float
    snaps: tuple[Snap, ...]
    bridges: tuple[BridgeUse, ...]
    countries: tuple[str, ...]
    gauge_breaks: tuple[int, ...] = ()
    stages: tuple[Stage, ...] = ()
    network: str = NETWORK
    version: str = VERSION
