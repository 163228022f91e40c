"""$ waybill import"""  # noqa: D400 - a module of the command opens with its invocation

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from maps.cli.options import clear_errors

if TYPE_CHECKING:
    from routes.case import Case


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write."
)
@click.option("--replace", is_flag=True, help="Write over the case that stands in the folder.")
@click.option(
    "--replace-with-cut", is_flag=True, help="Do so even with a part of a case, which holds less than the whole."
)
@clear_errors
def command(file: Path, output: Path, replace: bool, replace_with_cut: bool) -> None:
    """Write a case folder from FILE and print its name.

    A .gpkg or .xlsx made by `waybill export` gives its case back: files that nobody edited to the letter, edited cells
    as they stand now. A .geojson, .kml, .gpx or .csv of lines gives the beginning of a case, one route a line, which
    nobody claims yet; `waybill check` says what is missing.

    A file that was cut with --known, --by or --state holds a part of its case and says so. It is not written over a
    case that stands in the folder, unless --replace-with-cut is given.
    """
    from routes.findings import one_line  # noqa: PLC0415 - as below
    from routes.reading import is_case_file, read_case  # noqa: PLC0415 - pandas loads only once the command runs

    stands = (output / "case.toml").exists()
    if stands and not (replace or replace_with_cut):
        msg = f"{output} holds a case; give another folder, or --replace to write over it"
        raise click.UsageError(msg)
    case = read_case(file) if is_case_file(file) else _begun(file)
    if cut := case.meta.get("cut"):
        what = f"{file} holds a part of its case, cut to {_in_words(cut)}"
        if stands and not replace_with_cut:
            msg = f"{what}; give another folder, or --replace-with-cut to lose the rest of the case in {output}"
            raise click.UsageError(msg)
        click.echo(one_line(f"warning: {what}; what was left out is not in {output}"), err=True)
    case.write(output)
    click.echo(str(output))


def _in_words(cut: object) -> str:
    """Return what a case says that it was cut to, as `known 2022-11-10, by dprk`; it may be anything."""
    if not isinstance(cut, dict):
        return str(cut)
    return ", ".join(
        f"{key} {' '.join(map(str, value)) if isinstance(value, list) else value}" for key, value in cut.items()
    )


def _begun(file: Path) -> Case:
    """Return a case begun from a file of lines, and say on stderr what became of it."""
    from routes.findings import one_line  # noqa: PLC0415 - only once the command runs
    from routes.formats.plain import read_drawings  # noqa: PLC0415 - as above
    from routes.formats.skeleton import skeleton  # noqa: PLC0415 - as above

    drawings = read_drawings(file)
    case = skeleton(drawings)
    if drawings.ignored:
        click.echo(one_line(f"left out: {drawings.ignored_in_words()}"), err=True)
    click.echo(f"{len(case.route_table)} routes that nobody claims yet; `waybill check` says what is missing", err=True)
    return case
