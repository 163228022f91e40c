"""Faults of routing at sea: a place without water, water without a way, a passage nobody knows."""

from typing import Literal

Reason = Literal["off-water", "no-path", "unknown-passage"]
"""``off-water``: no water within the bound; ``no-path``: water there, but no way to it that is allowed."""


class SeaRoutingError(ValueError):
    """A route at sea cannot be given.

    Attributes
    ----------
    stop
        Position of the stop among all stops of the request, via included; -1 if the fault is not a stop's.
    lon_lat
        Its longitude and latitude in degrees; ``None`` for an unknown passage.
    reason
        ``"off-water"``, ``"no-path"`` or ``"unknown-passage"``.
    distance_m
        Geodesic distance from the stop to the nearest water that ships can reach, in metres, where known.
    nearest
        Longitude and latitude of that water, where known.
    passages
        The passages that were forbidden, or the name that is unknown.
    """

    def __init__(
        self,
        message: str,
        *,
        reason: Reason,
        stop: int = -1,
        lon_lat: tuple[float, float] | None = None,
        distance_m: float | None = None,
        nearest: tuple[float, float] | None = None,
        passages: tuple[str, ...] = (),
    ) -> None:
        self.stop = stop
        self.lon_lat = lon_lat
        self.reason = reason
        self.distance_m = distance_m
        self.nearest = nearest
        self.passages = passages
        super().__init__(message)
