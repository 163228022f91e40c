"""$ waybill render"""  # noqa: D400 - a module of the command opens with its invocation

from __future__ import annotations

import warnings
from pathlib import Path

import click

from maps.cli.options import by_option, case_argument, clear_errors, known_option, read_state, state_option


@click.command("render")
@case_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default="map.html", show_default=True,
    help="File to write.",
)  # fmt: skip
@known_option
@by_option
@state_option
@clear_errors
def command(case: str, output: Path, known: str | None, by: tuple[str, ...], state: str | None) -> None:
    """Write the map of CASE as one HTML file that needs no network.

    The file is written beside and renamed, so a failure leaves the old one whole. Prints the name of the file.

    --known and --by cut the file: what was said later or by others is not in it. --state takes nothing away: the page
    opens at that state, and its reader can go on from there.
    """
    from maps.render import render  # noqa: PLC0415 - folium loads only once the command runs
    from maps.state import IgnoredStateWarning  # noqa: PLC0415 - as above
    from routes.reading import read_case  # noqa: PLC0415 - as above

    read = read_case(case)
    opening = read_state(state, read)
    with warnings.catch_warnings():
        # said above, one line each
        warnings.simplefilter("ignore", IgnoredStateWarning)
        render(read, output, known=known, by=list(by) or None, state=opening)
    click.echo(str(output))
