"""$ waybill render"""  # noqa: D400 - a module of the command opens with its invocation

from __future__ import annotations

from pathlib import Path

import click

from maps.cli.options import by_option, case_argument, clear_errors, known_option


@click.command("render")
@case_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default="map.html", show_default=True,
    help="File to write.",
)  # fmt: skip
@known_option
@by_option
@clear_errors
def command(case: str, output: Path, known: str | None, by: tuple[str, ...]) -> None:
    """Write the map of CASE as one HTML file that needs no network.

    The file is written beside and renamed, so a failure leaves the old one whole. Prints the name of the file.
    """
    from maps.render import render  # noqa: PLC0415 - folium loads only once the command runs

    render(case, output, known=known, by=list(by) or None)
    click.echo(str(output))
