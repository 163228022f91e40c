"""$ waybill networks"""  # noqa: D400 - a module of the command opens with its invocation

from __future__ import annotations

import click

from maps.cli.options import clear_errors, json_option


@click.command("networks")
@click.argument("network", type=click.Choice(["rail", "sea"]))
@json_option
@clear_errors
def command(network: str, as_json: bool) -> None:
    """Print what a network knows by name.

    `rail`: the breaks of the source that were bridged, with both ends, length in metres, country and rule.
    `sea`: the straits, canals and river mouths that a sea leg may name in `via` and `avoid`, by id.
    """
    import pandas as pd  # noqa: PLC0415 - only once the command runs

    from routes.routing import passages  # noqa: PLC0415 - as above

    if network == "rail":
        from geodata.networks import rail  # noqa: PLC0415 - as above

        table = rail().bridges()
    else:
        table = pd.DataFrame(list(passages().items()), columns=["id", "passage"])
    if as_json:
        click.echo(table.to_json(orient="records", force_ascii=False, indent=1))
    else:
        click.echo(table.to_csv(index=False, sep="\t", lineterminator="\n"), nl=False)
