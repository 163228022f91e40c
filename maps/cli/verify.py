"""$ waybill verify"""  # noqa: D400 - a module of the command opens with its invocation

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import click

from maps.cli.options import FAULTS, clear_errors, json_option

OPEN: Final = 3
"""Exit status where nothing speaks against a page and it could not be rendered again."""


@click.command("verify")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.argument("case", metavar="[CASE]", required=False)
@json_option
@clear_errors
def command(file: Path, case: str | None, as_json: bool) -> None:
    """Print whether FILE, a map page, is whole and comes from CASE.

    Without CASE the page is held to its own digest, which finds damage and careless changes and proves nothing about
    who wrote it. With CASE the digests of its files are compared, and it is rendered again as the page was: if that
    gives the same bytes, the page shows this case and nothing else.

    Each line says `holds`, `differs`, or `open` for what cannot be told because another version made the page. Exit
    status 0 if all holds, 1 if anything differs, 3 if nothing does and something is open: then the page is not proved.
    """
    from maps.verifying import verify  # noqa: PLC0415 - folium loads only once the command runs
    from routes.findings import one_line  # noqa: PLC0415 - as above

    found = verify(file, case)
    checks = [{"subject": one.subject, "result": one.result, "text": one_line(one.text)} for one in found.checks]
    if as_json:
        click.echo(
            json.dumps({"holds": found.holds, "result": found.result, "checks": checks}, ensure_ascii=False, indent=1)
        )
    else:
        for one in checks:
            click.echo(f"{one['result']:7} {one['subject']}: {one['text']}")
    if case is None:
        click.echo("the page alone was checked; give CASE to see whether the map comes from it", err=True)
    differing = sum(one["result"] == "differs" for one in checks)
    if differing:
        click.echo(f"{file}: {differing} of {len(checks)} checks differ", err=True)
        raise click.exceptions.Exit(FAULTS)
    if found.result == "open":
        click.echo(f"{file}: nothing differs, and it is not proved that the page comes from {case}", err=True)
        raise click.exceptions.Exit(OPEN)
