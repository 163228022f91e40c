"""$ waybill embed"""  # noqa: D400 - a module of the command opens with its invocation

from __future__ import annotations

import warnings
from pathlib import Path

import click

from maps.cli.options import clear_errors, state_option


@click.command("embed")
@click.argument("file", metavar="FILE", required=False, type=click.Path(path_type=Path, dir_okay=False, exists=True))
@state_option
@click.option(
    "--as", "form", default="iframe", show_default=True,
    type=click.Choice(["iframe", "markdown", "quarto", "html", "wordpress", "script"]), help="What to print.",
)  # fmt: skip
@click.option("--height", type=click.IntRange(200, 5000), default=640, show_default=True, help="Height in pixels.")
@click.option("--title", metavar="TITLE", help="What a screen reader calls the frame; the page's title if not given.")
@click.option("--src", metavar="ADDRESS", help="Where the page will be found; beside the other page if not given.")
@click.option("--sandbox", is_flag=True, help="Close the frame off from the page around it.")
@clear_errors
def command(
    file: Path | None, state: str | None, form: str, height: int, title: str | None, src: str | None, sandbox: bool
) -> None:
    """Print the text that shows FILE, a page made by `waybill render`, in another page.

    `iframe`, `markdown`, `quarto` and `wordpress` load the file from beside; `html` holds it whole. `script` needs no
    FILE: it lets links of a report set the map.
    """
    from maps.embedding import embed  # noqa: PLC0415 - only once the command runs
    from maps.state import State  # noqa: PLC0415 - as above
    from routes.findings import one_line  # noqa: PLC0415 - as above

    opening = None if state is None else State.parse(state)
    for complaint in opening.complaints() if opening else ():
        click.echo(f"warning {one_line(complaint)}", err=True)
    with warnings.catch_warnings():
        # said above, one line each
        warnings.simplefilter("ignore")
        snippet = embed(file, form=form, state=opening, height=height, title=title, src=src, sandbox=sandbox)
    click.echo(snippet)
