"""$ waybill measure"""  # noqa: D400 - a module of the command opens with its invocation

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from maps.cli.options import case_argument, clear_errors, json_option

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEAD = ("published km", "drawn", "ratio", "track", "ratio", "straight", "stretch")


@click.command("measure")
@case_argument
@json_option
@clear_errors
def command(case: str, as_json: bool) -> None:
    """Print the published lengths of CASE beside the drawn lines.

    Lengths are geodesic, in km. `drawn` is the line on the map; `track` is the length of the same path as the rail
    network itself gives it, which is more, because the network's lines cut corners. Both are set against the
    published figure.
    """
    from routes.findings import one_line  # noqa: PLC0415 - only once the command runs
    from routes.frames import records  # noqa: PLC0415 - as above
    from routes.measures import measure_case  # noqa: PLC0415 - as above
    from routes.reading import read_case  # noqa: PLC0415 - as above

    rows = records(measure_case(read_case(case)))
    if as_json:
        plain = [{key: None if value != value else value for key, value in row.items()} for row in rows]  # noqa: PLR0124 - NaN
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
        return
    click.echo("  ".join(f"{name:>12}" for name in _HEAD[:-1]) + f"  {_HEAD[-1]}")
    for row in rows:
        click.echo(one_line(_line(row)))


def _line(row: Mapping[str, Any]) -> str:
    published = _figure(row["published_km"])
    if row["published_max_km"] == row["published_max_km"]:
        published += f"-{_figure(row['published_max_km'])}"
    cells = [
        published,
        _figure(row["drawn_km"]),
        _figure(row["drawn_ratio"], 3),
        _figure(row["track_km"]),
        _figure(row["track_ratio"], 3),
        _figure(row["straight_km"]),
    ]
    ends = f"{row['from']}–{row['to']}" if row["from"] and row["to"] else row["from"] or row["to"] or ""
    about = " ".join(filter(None, [f"{row['subject']} {row['what']}", ends, f"({row['id']})"]))
    return "  ".join(f"{cell:>12}" for cell in cells) + f"  {about}" + (f": {row['note']}" if row["note"] else "")


def _figure(value: float, digits: int = 1) -> str:
    return "" if value != value else f"{value:.{digits}f}"  # noqa: PLR0124 - NaN differs from itself
