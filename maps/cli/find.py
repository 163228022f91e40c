"""$ waybill find"""  # noqa: D400 - a module of the command opens with its invocation

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from maps.cli.options import FAULTS, clear_errors, json_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.gazetteer import Settlement

_NO_ID = re.compile(r"[^a-z0-9]+")


@click.command("find")
@click.argument("name", metavar="NAME")
@click.option("--country", metavar="CODE", help="Only places of this country, such as KP.")
@click.option("--csv", "as_csv", is_flag=True, help="Print rows for places.csv.")
@json_option
@clear_errors
def command(name: str, country: str | None, as_csv: bool, as_json: bool) -> None:
    """Print coordinates and homonyms for the name of a settlement, the largest first.

    NAME is a whole name in any language that GeoNames has; accents and case do not matter. Nothing is asked of the
    network. Settlements of 500 inhabitants and more; ports, stations and bridges are not in it. Exit status 1 if
    nothing is found. The data is GeoNames' (CC BY 4.0): name it where you use it, as the rows of --csv do.
    """
    from geodata.gazetteer import ATTRIBUTION, MIN_POPULATION, find  # noqa: PLC0415 - only once the command runs
    from routes.findings import one_line, shortened  # noqa: PLC0415 - as above

    if as_csv and as_json:
        raise click.UsageError("--csv and --json are two forms of one answer; give one of them")
    found = find(name, country=country)
    if as_json:
        document = {"name": name, "attribution": ATTRIBUTION, "places": [asdict(place) for place in found]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    elif found:
        _print_rows(found, ATTRIBUTION) if as_csv else _print_table(found, ATTRIBUTION)
    if not found:
        where = f" in {country.upper()}" if country else ""
        among = f"among the settlements of {MIN_POPULATION} inhabitants and more"
        remedy = "try another spelling or language, or a town nearby"
        click.echo(one_line(f"nothing found for {shortened(name)!r}{where} {among}; {remedy}"), err=True)
        raise click.exceptions.Exit(FAULTS)


def _print_table(found: Sequence[Settlement], attribution: str) -> None:
    head = ("name", "country", "admin1", "lat", "lon", "population", "GeoNames id")
    rows = [
        (
            place.name if place.name == place.matched else f"{place.name} ({place.matched})",
            place.country, place.admin1, f"{place.lat:.5f}", f"{place.lon:.5f}", f"{place.population}",
            f"{place.geonames_id}",
        )
        for place in found
    ]  # fmt: skip
    widths = [max(map(_width, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
        click.echo("  ".join(cells).rstrip())
    click.echo(f"{len(found)} found. Source: {attribution}")


def _width(text: str) -> int:
    """Return the columns that a text takes in a terminal, where wide letters take two and accents none."""
    return sum(
        0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text
    )


def _print_rows(found: Sequence[Settlement], attribution: str) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("id", "name", "kind", "lon", "lat", "country", "origin"))
    taken: set[str] = set()
    for place in found:
        row = (f"{place.lon:.5f}", f"{place.lat:.5f}", place.country, attribution)
        writer.writerow((_id(place, taken), place.name, "settlement", *row))


def _id(place: Settlement, taken: set[str]) -> str:
    """Return an id for the place that no other row has: its name, or the name with country or number."""
    letters = unicodedata.normalize("NFKD", place.name.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    slug = _NO_ID.sub("-", bare).strip("-") or "place"
    choices = (slug, f"{slug}-{place.country.lower()}", f"{slug}-{place.geonames_id}")
    chosen = next(choice for choice in choices if choice not in taken)
    taken.add(chosen)
    return chosen
