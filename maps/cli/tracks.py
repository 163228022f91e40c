"""$ waybill tracks"""  # noqa: D400 - a module of the command opens with its invocation

from __future__ import annotations

from pathlib import Path

import click

from maps.cli.options import clear_errors


def _columns(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for one in given:
        what, equals, column = one.partition("=")
        if not equals or not column:
            msg = f"{one!r}: write what it holds and the name of the column, such as vessel=MMSI"
            raise click.BadParameter(msg)
        found[what.strip()] = column
    return found


@click.command("tracks")
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--ports", type=click.Path(path_type=Path, dir_okay=False), required=True,
    help="CSV with id, name, lon, lat, and perhaps locode, names, radius_km; the places.csv of a case will do.",
)  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True,
    help="File to write; its suffix says the format: gpkg, geojson or parquet.",
)  # fmt: skip
@click.option(
    "--column", "columns", metavar="WHAT=NAME", multiple=True, callback=_columns,
    help="Name of the column for vessel, time, lon, lat or declared, if it is another; may be given several times.",
)  # fmt: skip
@click.option("--gap", "gap_h", metavar="HOURS", type=float, default=12.0, show_default=True,
              help="Silence longer than this is a gap.")  # fmt: skip
@click.option("--radius", "radius_km", metavar="KM", type=float, default=10.0, show_default=True,
              help="How near to its point a vessel is in a port that has no radius of its own.")  # fmt: skip
@click.option("--dwell", "dwell_h", metavar="HOURS", type=float, default=2.0, show_default=True,
              help="A shorter stay in a port is passing by.")  # fmt: skip
@click.option("--away", "away_km", metavar="KM", type=float, default=50.0, show_default=True,
              help="How far from a port a vessel must go to make a voyage back to it.")  # fmt: skip
@click.option("--speed", "speed_kn", metavar="KNOTS", type=float, default=60.0, show_default=True,
              help="Reports that would need more are left out.")  # fmt: skip
@click.option("--tolerance", "tolerance_m", metavar="METRES", type=float, default=100.0, show_default=True,
              help="How far a line may lie from its reports; 0 keeps all vertices.")  # fmt: skip
@click.option("--scheduler", metavar="ADDRESS", help="A running Dask scheduler, such as tcp://host:8786.")
@click.option(
    "--workers", metavar="N", type=click.IntRange(min=1), help="Processes on this machine; one a core if not given."
)
@click.option("--piece-mb", metavar="MB", type=click.FloatRange(min=0, min_open=True), default=None,
              help="Memory that one task may take for what it reads; the answers do not depend on it.")  # fmt: skip
@clear_errors
def command(
    reports: tuple[Path, ...],
    ports: Path,
    output: Path,
    columns: dict[str, str],
    scheduler: str | None,
    workers: int | None,
    piece_mb: float | None,
    **rules: float,
) -> None:
    """Write the voyages that position REPORTS tell of: CSV or Parquet files, or folders of them.

    A voyage runs from port to port, with departure, arrival, gaps in reporting, the declared destination and the port
    that was reached. Reports are archived data, and may be more than fit into memory; more than about 100 MB are worked
    on with Dask, on this machine or on the cluster of --scheduler. What is left out is counted on stderr, by reason.

    The file is written beside and renamed, so a failure leaves the old one whole. Prints the name of the file.
    """
    from routes.errors import MissingExtraError, ReportsError  # noqa: PLC0415 - only once the command runs
    from routes.findings import one_line  # noqa: PLC0415 - as above
    from routes.voyages.files import report_paths  # noqa: PLC0415 - as above
    from routes.voyages.rules import Rules  # noqa: PLC0415 - as above
    from routes.voyages.tracks import PIECE_MB, voyages_and_left_out  # noqa: PLC0415 - as above
    from routes.voyages.writing import check_apart, check_suffix, write_voyages  # noqa: PLC0415 - as above

    check_suffix(output)
    bounds = Rules(**rules)
    try:
        paths = report_paths(reports)
        check_apart(output, [ports, *paths])
        found = voyages_and_left_out(
            paths, ports, columns=columns, scheduler=scheduler, workers=workers, piece_mb=piece_mb or PIECE_MB,
            rules=bounds,
        )  # fmt: skip
    except ReportsError as err:
        for fault in err.faults:
            click.echo(one_line(f"fault {fault}"), err=True)
        msg = f"{len(err.faults)} faults; nothing was written"
        raise click.UsageError(msg) from err
    except MissingExtraError as err:
        raise click.UsageError(one_line(str(err))) from err
    for left_out in found.left_out:
        click.echo(one_line(str(left_out)), err=True)
    write_voyages(found.voyages, output)
    otherwise = int((found.voyages["declared_is_actual"] == False).sum())  # noqa: E712 - a missing value is neither
    click.echo(f"{len(found.voyages):,} voyages, {otherwise:,} to another port than declared", err=True)
    click.echo(str(output))
