"""The written contract of a case's frames, as pandera schemas made from `routes.schema`.

For people who build or change frames in Python: `validate(case)` says which frame breaks which promise. Files are
checked by `routes.checking`, which also says where and how to mend, and `Case.check` does both; pandera costs 0.3 s to
import, so the command, which reads files, does without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandera.pandas as pa
from pandera.errors import SchemaErrors

from routes import cells, schema
from routes.errors import RoutesError
from routes.frames import records

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from routes.case import Case

FRAMES = {
    "places": schema.PLACES,
    "route_table": schema.ROUTES,
    "leg_table": schema.LEGS,
    "events": schema.EVENTS,
    "claims": schema.CLAIMS,
    "parties": schema.PARTIES,
    "measures": schema.MEASURES,
}
"""Attribute of a `Case` and the table that describes it."""
UNIQUE = "stands twice"


class FrameContractError(RoutesError, ValueError):
    """A frame of a case does not keep its contract; the message names frame, column and values."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One value, or one column, that does not keep the contract.

    Attributes
    ----------
    frame
        Attribute of the `Case`.
    position
        Row counted from 0; None for the column as a whole.
    column
        Name of the column; "" for the frame as a whole.
    value
        The value found, as Python writes it; "" where there is none.
    problem
        What the contract says of it.
    remedy
        What to do about it.
    """

    frame: str
    position: int | None
    column: str
    value: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = self.frame if self.position is None else f"{self.frame}[{self.position}]"
        parts = [f"{place}.{self.column}" if self.column else place, self.value, self.problem]
        return ": ".join(part for part in parts if part) + f"; {self.remedy}"


def frame_schema(table: schema.Table) -> pa.DataFrameSchema:
    """Return the contract of one table: dtypes, missing values, vocabularies, bounds and keys.

    Columns of the author's own are allowed. Keys (`id`) are unique; the index means nothing.
    """
    columns = {column.name: _column(column) for column in table.columns}
    return pa.DataFrameSchema(columns, strict=False, name=table.name)


def validate(case: Case) -> None:
    """Check every frame of a case against its contract.

    Raises
    ------
    FrameContractError
        With every breach of every frame in one message.
    """
    found = breaches(case)
    if found:
        raise FrameContractError("\n".join(map(str, found)))


def breaches(case: Case) -> list[Breach]:
    """Return every breach of every frame of a case."""
    found: list[Breach] = []
    for attribute, table in FRAMES.items():
        frame: pd.DataFrame = getattr(case, attribute)
        try:
            frame_schema(table).validate(frame.reset_index(drop=True), lazy=True)
        except SchemaErrors as err:
            found += [_breach(attribute, row) for row in records(err.failure_cases)]
    crs = getattr(case.places, "crs", None)
    if crs is None or crs.to_epsg() != 4326:
        remedy = "use to_crs(4326)" if crs else "use set_crs(4326)"
        found.append(Breach("places", None, "", "", f"CRS is {crs}, not EPSG:4326", remedy))
    return found


def _breach(frame: str, row: Mapping[str, Any]) -> Breach:
    """Return a row of pandera's table of failures as a breach."""
    check, value, index = row["check"], row["failure_case"], row["index"]
    if check == "column_in_dataframe":
        remedy = "add it; empty cells are None, NaN for numbers, () for several values, {} for names"
        return Breach(frame, None, str(value), "", "is missing from the frame", remedy)
    column = str(row["column"])
    if index is None or index != index:  # noqa: PLR0124 - NaN differs from itself
        remedy = "use astype(float) for numbers and astype(object) for all else, with None for what is missing"
        return Breach(frame, None, column, str(value), f"is not {check}", remedy)
    words = {"not_nullable": "is missing", "field_uniqueness": UNIQUE}.get(check, str(check))
    return Breach(frame, int(index), column, repr(value), words, "give it a value that docs/case-format.md names")


def _column(column: schema.Column) -> pa.Column:
    if column.kind == "number":
        bounds = [] if column.low is None else [pa.Check.ge(column.low)]
        bounds += [] if column.above is None else [pa.Check.gt(column.above)]
        bounds += [] if column.high is None else [pa.Check.le(column.high)]
        return pa.Column("float64", checks=bounds, nullable=not column.required)
    return pa.Column(
        "object",
        checks=pa.Check(lambda value: _keeps(column, value), element_wise=True, error=f"is not {column.kind}"),
        nullable=not column.required and cells.missing(column) is None,
        unique=column.kind == "id",
    )


def _keeps(column: schema.Column, value: Any) -> bool:  # noqa: ANN401 - a cell holds anything until checked
    """Return whether a value of a frame is one that its column's text could have given."""
    if column.kind in {"refs", "words", "codes"} and not isinstance(value, tuple):
        return False
    if column.kind == "names" and not isinstance(value, dict):
        return False
    try:
        return bool(cells.parse(column, cells.write(value)) == value)
    except (cells.CellError, TypeError):
        return False
