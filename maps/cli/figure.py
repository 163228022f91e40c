"""$ waybill figure"""  # noqa: D400 - a module of the command opens with its invocation

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Final

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
    from routes.case import Case

_KINDS: Final = ("year", "party")


@click.command("figure")
@case_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True,
    help="File to write; .svg, .pdf or .png decides the format.",
)  # fmt: skip
@state_option
@known_option
@by_option
@click.option("--size", metavar="WxHmm", default="170x110mm", show_default=True, help="Width and height on paper.")
@click.option("--dpi", type=float, default=300, show_default=True, help="Dots an inch of a PNG.")
@click.option("--lang", metavar="LANG", help="en, ko, ru or zh; otherwise the state's, or the case's.")
@click.option("--panels", type=click.Choice(_KINDS), help="Small maps side by side; `--by year` means the same.")
@click.option(
    "--counts", metavar="UNIT", is_flag=False, flag_value="containers",
    help="Instead of a map the figures in a unit side by side; without UNIT, containers.",
)  # fmt: skip
@clear_errors
def command(  # noqa: PLR0913 - one parameter an option
    case: str, output: Path, *, state: str | None, known: str | None, by: tuple[str, ...], size: str, dpi: float,
    lang: str | None, panels: str | None, counts: str | None,
) -> None:  # fmt: skip
    """Draw CASE as a static figure with legend, scale and credits.

    Writes FILE, and FILE.txt with alternative text, a caption and the sources. Prints both names. --state shows exactly
    what the page shows at that link; --known, --by and --lang win over it.
    """
    from maps.figure.fonts import MissingFontWarning  # noqa: PLC0415 - matplotlib loads only once the command runs
    from maps.figure.make import figure  # noqa: PLC0415 - as above
    from maps.figure.panels import LeftOutWarning  # noqa: PLC0415 - as above
    from maps.state import IgnoredStateWarning  # noqa: PLC0415 - as above
    from routes.findings import one_line  # noqa: PLC0415 - as above
    from routes.reading import read_case  # noqa: PLC0415 - as above

    check_output(output, case)
    read = read_case(case)
    tellers, asked = _split(read, by)
    opening = read_state(state, read)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warnings.simplefilter("ignore", IgnoredStateWarning)  # said above, one line each
        figure(
            read, output, state=opening, known=known, by=tellers or None, size=size, dpi=dpi, language=lang,
            small_multiples=panels or asked, figures_in=counts,
        )  # fmt: skip
    for one in caught:
        if issubclass(one.category, MissingFontWarning | LeftOutWarning):
            click.echo(f"warning {one_line(str(one.message))}", err=True)
    click.echo(str(output))
    click.echo(f"{output}.txt")


def _split(case: Case, by: tuple[str, ...]) -> tuple[list[str], str | None]:
    """Return the tellers, and `year` or `party` where one stands among them that is no id of the case."""
    own = {*case.parties["id"], *(group for groups in case.parties["groups"] for group in groups)}
    asked = [name for name in by if name in _KINDS and name not in own]
    return [name for name in by if name not in asked], asked[-1] if asked else None
