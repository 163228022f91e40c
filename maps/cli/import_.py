"""$ waybill import"""  # noqa: D400 - a module of the command opens with its invocation

from __future__ import annotations

from pathlib import Path

import click

from maps.cli.options import clear_errors


@click.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write."
)
@click.option("--replace", is_flag=True, help="Write over the case that stands in that folder.")
@clear_errors
def command(file: Path, output: Path, replace: bool) -> None:
    """Make a case folder from FILE.

    A .gpkg or .xlsx that `waybill export` made gives back the whole case, with what was edited in it; files of the
    case that nobody touched come back to the letter. A .geojson, .kml, .gpx or .csv of lines gives a case to finish:
    one route a line, nothing claimed yet. `waybill check` then says what is missing.

    Prints the name of the folder.
    """
    from routes.formats import import_case  # noqa: PLC0415 - pandas loads only once the command runs

    if output.exists() and any(output.iterdir()) and not replace:
        msg = f"{str(output)!r} is not empty; give a new folder, or --replace to write over the case in it"
        raise click.UsageError(msg)
    case = import_case(file)
    case.write(output)
    click.echo(str(output))
    if not len(case.claims):
        click.echo(f"Nobody claims anything in it yet; `waybill check {output}` says what to add.", err=True)
