"""The bounds by which reports become voyages; each can be set, and each says where its default comes from."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Final

EXIT_RATIO: Final = 4 / 3
"""A stay ends beyond this many radii, so that a berth near the edge is one stay. Global Fishing Watch enters a port
at 3 km and leaves it at 4 km (globalfishingwatch.org, anchorages, ports and voyages data)."""
SLACK_KM: Final = 1.0
"""A jump this short is never impossible: positions are off by tens of metres and times by seconds."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What counts as a call, a gap, an impossible jump.

    Attributes
    ----------
    gap_h
        Two successive reports further apart than this, in hours, have a gap between them. 12 h is the bound of the
        study of disabled transponders by Welch et al. (2022), Science Advances 8, eabq2109.
    radius_km
        How near to a port's point a vessel is in the port, where the port gives no radius of its own. 10 km is how far
        Waybill's sea network lets a port lie from its water.
    dwell_h
        A stay shorter than this, from the first to the last report in the port, is passing by. In 2 h a vessel
        crosses the default radius twice at 5.4 kn.
    away_km
        A vessel that comes back to the port it left has made a voyage only if it went farther than this from the port;
        50 km is five times the default radius, so that shifting anchorage is none.
    speed_kn
        A report that would need more than this, in knots, is left out. 60 kn: the fastest ferry in service,
        Francisco (2013), reached 58.1 kn on trial.
    tolerance_m
        How far a line may lie from its reports, in metres; 0 keeps a vertex for every report. 100 m is less than a
        pixel of the page at any zoom below 11.
    """

    gap_h: float = 12.0
    radius_km: float = 10.0
    dwell_h: float = 2.0
    away_km: float = 50.0
    speed_kn: float = 60.0
    tolerance_m: float = 100.0

    def __post_init__(self) -> None:
        """Refuse what is no bound.

        Raises
        ------
        ValueError
            Naming every bound that is no finite number, is negative, or is 0 where that means nothing.
        """
        may_be_zero = {"dwell_h", "away_km", "tolerance_m"}
        wrong = []
        for field in fields(self):
            value = getattr(self, field.name)
            low = 0.0 if field.name in may_be_zero else math.ulp(0.0)
            if not (isinstance(value, (int, float)) and math.isfinite(value) and value >= low):
                wrong.append(
                    f"{field.name}={value!r} must be {'0 or more' if field.name in may_be_zero else 'above 0'}"
                )
        if wrong:
            raise ValueError("; ".join(wrong))
