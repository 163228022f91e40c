"""The reports of some whole vessels cut into rows of voyages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import shapely

from routes.geometry import geod
from routes.voyages.cutting import voyages_of
from routes.voyages.frame import PARTS
from routes.voyages.left_out import MOST_EXAMPLES
from routes.voyages.order import HOUR_US
from routes.voyages.thinning import continuous, kept_vertices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from routes.voyages.cutting import Voyage
    from routes.voyages.ports import Ports
    from routes.voyages.rules import Rules

MOST_GAPS: Final = 50
"""As many gaps are told in the text of a voyage; all are counted."""


@dataclass(slots=True)
class BucketCount:
    """How many reports of some vessels were left out for one reason, with the first by vessel and time."""

    reports: int
    examples: list[tuple[str, str]]


def cut_bucket(reports: pd.DataFrame, ports: Ports, rules: Rules) -> tuple[pd.DataFrame, BucketCount, BucketCount]:
    """Return the voyages of some vessels, each of which has all its reports here.

    Parameters
    ----------
    reports
        As `cleaning.clean` gives them, in any order.
    ports
        Where the ports are.
    rules
        The bounds.

    Returns
    -------
    tuple
        Rows with the columns of `frame.PARTS`, in order of vessel and time; and what was left out as repeated and as
        too fast.

    Raises
    ------
    KeyError
        If a column is missing.
    """
    vessel, vessels = pd.factorize(reports["vessel"], sort=True)
    declared, texts = pd.factorize(reports["declared"], sort=True, use_na_sentinel=True)
    declared_at = [ports.resolve(text) for text in texts]
    times, lon, lat = (reports[name].to_numpy() for name in ("time", "lon", "lat"))
    order = np.argsort(vessel, kind="stable")
    bounds = np.searchsorted(vessel[order], np.arange(len(vessels) + 1))
    rows: list[tuple[Any, ...]] = []
    repeated, too_fast = BucketCount(0, []), BucketCount(0, [])
    for number, name in enumerate(vessels):
        own = order[bounds[number] : bounds[number + 1]]
        cut = voyages_of(times[own], lon[own], lat[own], declared[own], ports, rules)
        for voyage in cut.voyages:
            said = (texts[voyage.declared], declared_at[voyage.declared]) if voyage.declared >= 0 else (None, -1)
            rows.append(_row(name, voyage, said, (times[own], lon[own], lat[own]), rules))
        for count, left in ((repeated, cut.repeated), (too_fast, cut.too_fast)):
            count.reports += len(left)
            if len(count.examples) < MOST_EXAMPLES:
                count.examples += [(name, _moment(time)) for time in np.sort(times[own[left]])[:MOST_EXAMPLES]]
    return pd.DataFrame(rows, columns=list(PARTS)).astype(PARTS), repeated, too_fast


def _row(
    vessel: str,
    voyage: Voyage,
    said: tuple[str | None, int],
    columns: Sequence[NDArray[Any]],
    rules: Rules,
) -> tuple[Any, ...]:
    times, lon, lat = (column[voyage.rows] for column in columns)
    lon = continuous(lon)
    at = kept_vertices(lon, lat, rules.tolerance_m)
    gaps_h = (times[voyage.gaps + 1] - times[voyage.gaps]) / HOUR_US
    return (
        vessel,
        voyage.departure_port,
        voyage.arrival_port,
        int(times[0]),
        int(times[-1]),
        *said,
        len(times),
        len(voyage.gaps),
        float(gaps_h.max()) if len(gaps_h) else 0.0,
        _gap_list(times, lon, lat, voyage.gaps),
        float(geod().line_length(lon[at], lat[at])) / 1000,
        shapely.to_wkb(shapely.LineString(np.column_stack((lon[at], lat[at])))),
    )


def _gap_list(times: NDArray[Any], lon: NDArray[Any], lat: NDArray[Any], gaps: NDArray[Any]) -> str:
    """Return the gaps as text: begin, end, and how far apart the reports around each are along the geodesic."""
    shown = gaps[:MOST_GAPS]
    if not len(shown):
        return ""
    _, _, metres = geod().inv(lon[shown], lat[shown], lon[shown + 1], lat[shown + 1])
    texts = [
        f"{_moment(times[at])}/{_moment(times[at + 1])} {km:.0f} km"
        for at, km in zip(shown.tolist(), np.asarray(metres) / 1000, strict=True)
    ]
    more = [f"and {len(gaps) - len(shown)} more"] if len(gaps) > len(shown) else []
    return "; ".join(texts + more)


def _moment(time_us: Any) -> str:  # noqa: ANN401 - a number of NumPy or of Python
    return f"{np.datetime64(int(time_us) // 1_000_000, 's')}Z"
