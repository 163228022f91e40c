"""Position reports to voyages between ports, in one call."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from routes.errors import ReportsError
from routes.findings import listed
from routes.voyages.columns import check_given
from routes.voyages.files import open_files, pieces_of, report_paths
from routes.voyages.frame import frame_of
from routes.voyages.left_out import as_records, by_reason, by_vessel
from routes.voyages.plan import client_of, in_this_process, on_cluster
from routes.voyages.ports import read_ports
from routes.voyages.progress import bar
from routes.voyages.reading import check_first_rows
from routes.voyages.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd
    import pandas as pd

    from routes.voyages.left_out import LeftOut
    from routes.voyages.plan import Found

PIECE_MB: Final = 32.0
"""What one task may read at once, as it takes in memory: about half a million reports."""
ALONE_MB: Final = 100.0
"""Up to so much no other process is asked: starting them would take longer than the work."""
TOO_FAST: Final = "the vessel could not have got there"
REPEATED: Final = "another report of the same vessel and time was kept"


class LeftOutWarning(UserWarning):
    """Reports were left out because they say what cannot be."""


@dataclass(frozen=True, slots=True)
class Result:
    """Voyages, and what was left out on the way to them."""

    voyages: gpd.GeoDataFrame
    left_out: tuple[LeftOut, ...]


def tracks(
    reports: str | Path | Iterable[str | Path],
    ports: pd.DataFrame | str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    scheduler: str | None = None,
    workers: int | None = None,
    piece_mb: float = PIECE_MB,
    progress: bool | None = None,
    **rules: float,
) -> gpd.GeoDataFrame:
    """Return the voyages between ports that position reports of vessels tell of.

    Parameters
    ----------
    reports
        CSV or Parquet files, or folders of them. Columns: vessel (or mmsi, imo), time (ISO 8601; UTC where no zone is
        given), lon, lat (degrees, EPSG:4326) and, if there, declared (or destination). Rows may be in any order and
        the reports of a vessel in any number of files.
    ports
        Frame or CSV file with id, name, lon, lat, and optionally locode, names, kind, radius_km; the `places.csv` of a
        case will do.
    columns
        Names of columns, where they differ: `{"vessel": "MMSI", "declared": "Ziel"}`.
    scheduler
        Address of a Dask scheduler, such as `tcp://host:8786`, whose workers see the files under the same paths; None
        works on this machine.
    workers
        Processes to start on this machine; None for one a core, and none at all for less than about 100 MB of reports.
    piece_mb
        What one task may hold, in MB of memory; the answers do not depend on it.
    progress
        Whether to draw a bar on the standard error; None draws it on a terminal.
    **rules
        `gap_h`, `radius_km`, `dwell_h`, `away_km`, `speed_kn`, `tolerance_m`: the bounds of
        `routes.voyages.rules.Rules`.

    Returns
    -------
    GeoDataFrame
        One row a voyage, in order of vessel and time: id, title, vessel, mode (`sea`), departure, arrival (UTC; NaT
        where not known), departure_port, arrival_port, declared_port (ids; missing where not known), declared (as
        written, the last before the arrival), declared_is_actual (boolean; missing where nothing was declared, the
        text is no port's name, or the arrival is not known), declaration (the same in words, as a layer for
        `maps.explore`), first_report, last_report (UTC), reports (how many), gaps (how many), longest_gap_h, gap_list
        (text), length_km (geodesic, of the line), geometry (LineString, EPSG:4326, longitude continuous, within
        `tolerance_m` of all reports). `attrs["left_out"]` lists what was left out, by reason.

    Raises
    ------
    ReportsError
        With every fault of files, columns and ports.
    MissingExtraError
        If more than one process is needed and Dask is not installed.
    ClusterError
        If the cluster cannot be reached or gave up.
    ValueError, TypeError
        If a bound is none.
    OSError
        If a file cannot be read.

    Warns
    -----
    LeftOutWarning
        If reports were left out for more than being repeated.
    """
    result = voyages_and_left_out(
        reports, ports, columns=columns, scheduler=scheduler, workers=workers, piece_mb=piece_mb, progress=progress,
        rules=Rules(**rules),
    )  # fmt: skip
    told = [str(one) for one in result.left_out if one.reason != REPEATED]
    if told:
        warnings.warn("; ".join(told), LeftOutWarning, stacklevel=2)
    return result.voyages


def voyages_and_left_out(
    reports: str | Path | Iterable[str | Path],
    ports: pd.DataFrame | str | Path,
    *,
    rules: Rules,
    columns: Mapping[str, str] | None = None,
    scheduler: str | None = None,
    workers: int | None = None,
    piece_mb: float = PIECE_MB,
    progress: bool | None = None,
) -> Result:
    """Return the same as `tracks`, with what was left out beside it and no warning.

    Parameters
    ----------
    reports, ports, columns, scheduler, workers, piece_mb, progress
        As for `tracks`.
    rules
        The bounds.

    Raises
    ------
    ReportsError, MissingExtraError, ClusterError, ValueError, OSError
        As `tracks` does.
    """
    known_ports = read_ports(ports, rules.radius_km)
    files = open_files(report_paths(reports), _checked(columns, workers, piece_mb))
    check_first_rows(files)
    piece_bytes = max(1, int(piece_mb * 1e6))
    groups, total_bytes = pieces_of(files, piece_bytes)
    if not groups:
        names = listed(Path(file.path).name for file in files)
        raise ReportsError([f"no file holds more than a header: {names}; give files with rows"])
    draw = bar(progress)
    if total_bytes <= ALONE_MB * 1e6 and scheduler is None and workers is None:
        found = in_this_process(groups, known_ports, rules, draw)
    else:
        buckets = max(1, -(-total_bytes // piece_bytes))
        with client_of(scheduler, workers) as client:
            found = on_cluster(groups, buckets, known_ports, rules, client, draw)
    left_out = (
        *by_reason(found.pieces, files),
        *by_vessel(TOO_FAST, [(count.reports, count.examples) for count in found.too_fast]),
        *by_vessel(REPEATED, [(count.reports, count.examples) for count in found.repeated]),
    )
    _check_any(found, left_out)
    voyages = frame_of(found.parts, known_ports.ids, known_ports.names)
    voyages.attrs["left_out"] = as_records(left_out)
    return Result(voyages, left_out)


def _checked(columns: Mapping[str, str] | None, workers: int | None, piece_mb: float) -> dict[str, str]:
    given = dict(columns or {})
    faults = check_given(given)
    if workers is not None and workers < 1:
        faults.append(f"workers={workers!r}: give 1 or more")
    if not piece_mb > 0:
        faults.append(f"piece_mb={piece_mb!r}: give more than 0")
    if faults:
        raise ReportsError(faults)
    return given


def _check_any(found: Found, left_out: tuple[LeftOut, ...]) -> None:
    """Refuse reports of which none is sound."""
    if not any(count.sound for count in found.pieces):
        raise ReportsError(["no report can be used", *map(str, left_out)])
