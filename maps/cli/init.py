"""$ waybill init"""  # noqa: D400 - a module of the command opens with its invocation

from __future__ import annotations

import shlex
from pathlib import Path

import click

from maps.cli.options import clear_errors


@click.command("init")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@clear_errors
def command(folder: Path) -> None:
    """Write a small working case with comments into FOLDER, to start your own from.

    FOLDER must not exist yet, or be empty. The case is an invented example that `waybill check` passes; replace it row
    by row. It is written whole or not at all. Prints the name of the folder.
    """
    from routes.starter import write_starter  # noqa: PLC0415 - only once the command runs

    try:
        write_starter(folder)
    except FileExistsError as err:
        raise click.UsageError(str(err)) from err
    click.echo(str(folder))
    name = shlex.quote(str(folder))
    steps = {
        f"waybill check {name}": "every fault at once, with its remedy",
        f"waybill render {name} --watch": "the map, drawn again whenever you save",
        "waybill find Gothenburg --csv": "rows for places.csv",
    }
    width = max(map(len, steps))
    click.echo(
        f"An invented example, to be replaced row by row: {folder / 'case.toml'} says what each file holds.", err=True
    )
    for step, use in steps.items():
        click.echo(f"  {step:<{width}}  {use}", err=True)
