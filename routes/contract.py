"""The written contract of a case's frames, as pandera schemas made from `routes.schema`.

For people who build or change frames in Python: `validate(case)` says which frame breaks which promise. Files are
checked by `routes.checking`, which also says where and how to mend; pandera costs 0.3 s to import, so the command
loads it only for `waybill check`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandera.pandas as pa
from pandera.errors import SchemaErrors

from routes import cells, schema
from routes.errors import RoutesError

if TYPE_CHECKING:
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


class FrameContractError(RoutesError, ValueError):
    """A frame of a case does not keep its contract; the message names frame, column and values."""


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
    breaches: list[str] = []
    for attribute, table in FRAMES.items():
        frame: pd.DataFrame = getattr(case, attribute)
        try:
            frame_schema(table).validate(frame, lazy=True)
        except SchemaErrors as err:
            cases = err.failure_cases
            rows = zip(cases["column"], cases["check"], cases["failure_case"], cases["index"], strict=True)
            breaches += [f"{attribute}[{index}].{column}: {value!r}: {check}" for column, check, value, index in rows]
    crs = case.places.crs
    if crs is None or crs.to_epsg() != 4326:
        breaches.append(f"places: CRS is {crs}, not EPSG:4326; use to_crs(4326)")
    if breaches:
        raise FrameContractError("\n".join(breaches))


def _column(column: schema.Column) -> pa.Column:
    if column.kind == "number":
        bounds = [] if column.low is None else [pa.Check.ge(column.low)]
        bounds += [] if column.high is None else [pa.Check.le(column.high)]
        return pa.Column("float64", checks=bounds, nullable=not column.required)
    return pa.Column(
        "object",
        checks=pa.Check(lambda value: _keeps(column, value), element_wise=True, error=f"is not {column.kind}"),
        nullable=not column.required,
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
