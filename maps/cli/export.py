"""$ waybill export"""  # noqa: D400 - a module of the command opens with its invocation

from __future__ import annotations

from pathlib import Path

import click

from maps.cli.options import (
    by_option,
    case_argument,
    check_output,
    clear_errors,
    known_day,
    known_option,
    read_state,
    state_option,
)


@click.command("export")
@case_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True,
    help="File to write; its suffix says the format: geojson, gpkg, kml, gpx, parquet, xlsx or csv.",
)  # fmt: skip
@known_option
@by_option
@state_option
@clear_errors
def command(case: str, output: Path, known: str | None, by: tuple[str, ...], state: str | None) -> None:
    """Write CASE as a file of another format, with status, denials, citations and licence.

    --known and --by cut the file: what was said later or by others is not in it. --state cuts it to what the page
    shows at that state: day, parties, window, and the layers that it names. A .gpkg or .xlsx that is not cut holds
    the whole case, and `waybill import` gives it back to the letter.

    The file is written beside and renamed, so a failure leaves the old one whole. Prints the name of the file.
    """
    from routes.formats import export_case  # noqa: PLC0415 - pandas loads only once the command runs
    from routes.reading import read_case  # noqa: PLC0415 - as above

    check_output(output, case)
    read = read_case(case)
    opening = read_state(state, read)
    if opening is None:
        export_case(read, output, known=known, by=list(by) or None)
    else:
        opening, _ = opening.resolve(read)
        export_case(
            read,
            output,
            known=known or known_day(opening, read),
            by=list(by or opening.by or ()) or None,
            start=opening.start_day,
            end=opening.end_day,
            on=opening.on,
        )
    click.echo(str(output))
