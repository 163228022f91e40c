"""Faults of routing: a stop that is off the network, or that cannot be reached."""

from typing import Literal, NamedTuple

Reason = Literal["off-network", "no-path"]
"""``off-network``: nothing within the bound; ``no-path``: tracks there, but no way to them."""


class NearNode(NamedTuple):
    """A node of the network near to a stop that could not be used."""

    lon: float
    lat: float
    country: str
    distance_m: float

    def __str__(self) -> str:
        """Say where the node is and how far away."""
        return f"{self.lon:.3f},{self.lat:.3f} {self.country} {self.distance_m / 1000:.1f} km away"


class RoutingError(ValueError):
    """A stop cannot be routed to.

    Attributes
    ----------
    stop
        Position of the stop among all stops of the request, via places included.
    lon_lat
        Its longitude and latitude in degrees.
    reason
        ``"off-network"`` or ``"no-path"``.
    countries
        The countries that may be passed; ``None`` if all may.
    nearest
        The nearest nodes that can be reached, nearest first.
    """

    def __init__(
        self,
        stop: int,
        lon_lat: tuple[float, float],
        *,
        reason: Reason,
        bound_m: float,
        countries: tuple[str, ...] | None,
        nearest: tuple[NearNode, ...],
    ) -> None:
        self.stop = stop
        self.lon_lat = lon_lat
        self.reason = reason
        self.bound_m = bound_m
        self.countries = countries
        self.nearest = nearest
        where = f"stop {stop} at {lon_lat[0]:.4f},{lon_lat[1]:.4f}"
        within = f" within {';'.join(countries)}" if countries else ""
        what = (
            f"has no track within {bound_m / 1000:g} km{within}"
            if reason == "off-network"
            else f"cannot be reached by rail from the stop before it{within}"
        )
        seen = "; ".join(map(str, nearest)) or "none"
        super().__init__(f"{where} {what}; nearest reachable nodes: {seen}")
