"""$ waybill cases"""  # noqa: D400 - a module of the command opens with its invocation

from __future__ import annotations

import tomllib

import click


@click.command("cases")
def command() -> None:
    """List the built-in cases, one a line: name and title."""
    from routes.folder import BUILT_IN, built_in_cases  # noqa: PLC0415 - only once the command runs

    for name in built_in_cases():
        meta = tomllib.loads((BUILT_IN / name / "case.toml").read_text(encoding="utf-8"))
        click.echo(f"{name}\t{meta['title']}")
