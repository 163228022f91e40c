"""$ waybill render"""  # noqa: D400 - a module of the command opens with its invocation

from __future__ import annotations

import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maps.cli.options import (
    by_option,
    case_argument,
    check_output,
    clear_errors,
    known_option,
    read_state,
    state_option,
)

if TYPE_CHECKING:
    from collections.abc import Callable


@click.command("render")
@case_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default="map.html", show_default=True,
    help="File to write.",
)  # fmt: skip
@known_option
@by_option
@state_option
@click.option("--watch", is_flag=True, help="Serve the map on this machine and draw it again when the case changes.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port of --watch; 0, the default, takes a free one."
)
@clear_errors
def command(
    case: str, output: Path, *, known: str | None, by: tuple[str, ...], state: str | None, watch: bool, port: int
) -> None:
    """Write the map of CASE as one HTML file that needs no network.

    The file is written beside and renamed, so a failure leaves the old one whole. Prints the name of the file.

    --known and --by cut the file: what was said later or by others is not in it. --state takes nothing away: the page
    opens at that state, and its reader can go on from there.

    --watch goes on until Ctrl-C: the page at the printed address reloads itself, at the same view, when a file of the
    case is saved. Faults are printed and the last good map stays. Only this machine can reach it.
    """
    check_output(output, case)

    def draw() -> None:
        _draw(case, output, known=known, by=by, state=state)

    if watch:
        _watch(case, output, draw, port)
    else:
        draw()
        click.echo(str(output))


def _draw(case: str, output: Path, *, known: str | None, by: tuple[str, ...], state: str | None) -> None:
    from maps.render import render  # noqa: PLC0415 - folium loads only once the command runs
    from maps.state import IgnoredStateWarning  # noqa: PLC0415 - as above
    from routes.reading import read_case  # noqa: PLC0415 - as above

    read = read_case(case)
    opening = read_state(state, read)
    with warnings.catch_warnings():
        # said above, one line each
        warnings.simplefilter("ignore", IgnoredStateWarning)
        render(read, output, known=known, by=list(by) or None, state=opening)


def _watch(case: str, output: Path, draw: Callable[[], None], port: int) -> None:
    from maps.watch import Edition, serving, watch  # noqa: PLC0415 - only once it is asked for
    from routes.folder import find_case  # noqa: PLC0415 - as above

    def page() -> str:
        draw()
        return output.read_text(encoding="utf-8")

    def say(line: str) -> None:
        click.echo(line, err=True)

    edition = Edition(page, say)
    with suppress(KeyboardInterrupt), serving(edition, port) as address:
        click.echo(address)
        say(f"drawing {case} to {output} whenever it changes; Ctrl-C ends")
        watch(find_case(case), edition, say)
