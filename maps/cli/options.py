"""Arguments and options that several commands share, and what they do about errors."""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from maps.state import State
    from routes.case import Case

Arguments = ParamSpec("Arguments")

case_argument = click.argument("case", metavar="CASE")
known_option = click.option("--known", metavar="DATE", help="Only what was said by this day, such as 2022-11-10.")
by_option = click.option(
    "--by", metavar="PARTY", multiple=True, help="Only what this party or group says; may be given several times."
)
state_option = click.option(
    "--state", metavar="STATE", help="A state as in the page's address, such as 'z=6&known=2022-11&by=dprk'. Quote it."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

FAULTS = 1


def read_state(text: str | None, case: Case) -> State | None:
    """Return the state that a text stands for, and say on stderr what of it is ignored.

    Parameters
    ----------
    text
        What was given with `--state`; None gives None.
    case
        The case whose layers, parties, events, routes and places it may name.

    Raises
    ------
    None
        Whatever the text holds.
    """
    if text is None:
        return None
    from maps.state import State  # noqa: PLC0415 - only once a command runs
    from routes.findings import one_line  # noqa: PLC0415 - as above

    state = State.parse(text)
    for complaint in state.complaints(case):
        click.echo(f"warning {one_line(complaint)}", err=True)
    return state


def known_day(state: State | None, case: Case) -> date | str | None:
    """Return the day of a state, or the case's own where the state names none; `all` is no day at all.

    Parameters
    ----------
    state
        The state; None means that none was given.
    case
        The case, whose `[view]` may name a day.

    Raises
    ------
    None
        Whatever they hold.
    """
    if state is None or state.known is None:
        own: date | str | None = case.meta.get("view", {}).get("known")
        return own
    return state.known_day


def check_output(output: Path, case: str) -> None:
    """Refuse an output that would be written over the case that it is made from.

    Parameters
    ----------
    output
        File to write.
    case
        What was given as CASE.

    Raises
    ------
    ValueError
        If it is the file of the case, or a file of its folder that belongs to the case.
    """
    from routes.folder import FILES  # noqa: PLC0415 - only once a command runs
    from routes.output import is_one_of  # noqa: PLC0415 - as above

    source, target = Path(case).resolve(), output.resolve()
    is_part = (target.parent == source and target.name.lower() in FILES) or target.parent == source / "geometry"
    if source.exists() and (is_part or is_one_of(target, [source])):
        msg = f"{output}: is {'a file of ' if is_part else ''}the case itself; give the name of another file"
        raise ValueError(msg)


def silence() -> None:
    """Send what is still to be printed nowhere, or Python would complain once more when it flushes at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def clear_errors(command: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """Turn the project's own errors into one clear line on stderr and the documented exit status."""

    @functools.wraps(command)
    def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        from routes.errors import CaseFaultsError, CaseNotFoundError  # noqa: PLC0415 - only once a command runs
        from routes.findings import one_line  # noqa: PLC0415 - as above

        try:
            command(*args, **kwargs)
        except CaseFaultsError as err:
            for finding in err.findings:
                click.echo(str(finding), err=True)
            click.echo(
                f"{len(err.findings)} faults; nothing was written. `waybill check` shows warnings too.", err=True
            )
            raise click.exceptions.Exit(FAULTS) from err
        except UnicodeEncodeError as err:
            name = err.object[max(0, err.start - 20) : err.end + 20]
            msg = f"{name!r}: holds bytes that are no UTF-8, which no file of Waybill can hold; rename it"
            raise click.UsageError(one_line(msg)) from err
        except (CaseNotFoundError, ValueError) as err:
            raise click.UsageError(one_line(str(err))) from err
        except BrokenPipeError:
            silence()  # whoever reads our output has read enough
        except OSError as err:
            msg = f"{err.filename or ''}: {err.strerror or err}".removeprefix(": ")
            raise click.ClickException(one_line(msg)) from err

    return run
