"""$ waybill"""  # noqa: D400 - a module of the command opens with its invocation

from __future__ import annotations

import sys
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword
from typing import Final

import click

from maps.cli.interrupts import end_at_once, heeded
from maps.cli.options import silence

_COMMANDS: Final = {
    "cases": "List the built-in cases.",
    "check": "Print every fault of a case.",
    "embed": "Print the text that shows a map in another page.",
    "export": "Write a case as GeoJSON, GeoPackage, KML, GPX, GeoParquet, XLSX or CSV.",
    "figure": "Draw a case as a static figure: SVG, PDF or PNG.",
    "find": "Print coordinates and homonyms for the name of a place.",
    "import": "Make a case folder from such a file.",
    "init": "Write a small working case to start from.",
    "measure": "Print published lengths beside the drawn lines.",
    "networks": "Print bridged breaks of the rail network, or the passages at sea.",
    "render": "Write the map of a case as one HTML file.",
    "status": "Print routes and events with their status.",
    "tracks": "Write the voyages that position reports of vessels tell of.",
    "verify": "Check that a map page is whole and comes from a case.",
}
"""Commands and their one-line help, so that `--help` needs none of their modules."""


STOPPED: Final = 130
"""Exit status after Ctrl-C, as shells give it: 128 and the number of SIGINT."""


class _Commands(click.Group):
    """Loads the module of a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        if cmd_name not in _COMMANDS:
            return None
        module = f"maps.cli.{cmd_name}{'_' if iskeyword(cmd_name) else ''}"
        command: click.Command = import_module(module).command
        return command

    def invoke(self, ctx: click.Context) -> object:
        with heeded() as pressed:
            try:
                return super().invoke(ctx)
            except (KeyboardInterrupt, Exception) as err:
                if not pressed and not isinstance(err, KeyboardInterrupt):
                    raise
            # files are written beside and renamed, so that none is half there
            click.echo("\nstopped; no file is half written", err=True)
            raise click.exceptions.Exit(STOPPED)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from maps.version import VERSION  # noqa: PLC0415 - reads the installed distribution

        click.echo(f"waybill {VERSION}")
        ctx.exit()


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version."
)
def main() -> None:
    """Draw supply routes on a map, with the evidence on every line.

    CASE is a folder, a .gpkg or .xlsx that `export` made, or the name of a built-in case. Results go to stdout, talk
    to stderr. Exit status: 0 done, 1 faults in the case, or not done, 2 wrong use, 3 not proved (verify), 130 stopped
    by Ctrl-C.
    """
    for stream in (sys.stdout, sys.stderr):
        # text of a case is in many scripts; a terminal that cannot show one shows an escape instead of an exception
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def run() -> None:
    """Run the command as a process of its own."""
    try:
        main()
    except OSError as err:  # what a command does about files is told by itself: this is where it prints to
        with suppress(OSError):
            silence()
            click.echo(f"Error: what is printed cannot be written: {err.strerror}", err=True)
        sys.exit(1)
    finally:
        end_at_once()


if __name__ == "__main__":
    run()
