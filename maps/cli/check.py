"""$ waybill check"""  # noqa: D400 - a module of the command opens with its invocation

from __future__ import annotations

import json

import click

from maps.cli.options import FAULTS, case_argument, clear_errors, json_option


@click.command("check")
@case_argument
@json_option
@clear_errors
def command(case: str, as_json: bool) -> None:
    """Print every fault and warning of CASE, one a line.

    Each names file, line, column, value and remedy; nothing is changed. Exit status 1 if there is any fault.
    """
    from routes.findings import one_line  # noqa: PLC0415 - only once the command runs
    from routes.reading import check_case  # noqa: PLC0415 - pandas loads only once the command runs

    findings = check_case(case)
    faults = sum(finding.is_fault for finding in findings)
    if as_json:
        click.echo(json.dumps([finding.as_dict() for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            click.echo(str(finding))
    click.echo(f"{one_line(case)}: {faults} faults, {len(findings) - faults} warnings", err=True)
    if faults:
        raise click.exceptions.Exit(FAULTS)
