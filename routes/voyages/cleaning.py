"""Rows of a file as sound reports, and the reasons for which others are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from routes.findings import one_line, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

NO_VESSEL: Final = "no vessel id"
NO_TIME: Final = "no time"
BAD_TIME: Final = "time not in ISO 8601"
OUTSIDE_YEARS: Final = "time outside the years 1 to 9999"
NO_POSITION: Final = "no longitude or latitude"
BAD_POSITION: Final = "longitude or latitude is no number"
NOT_AVAILABLE: Final = "position not available (longitude 181 or latitude 91 in AIS)"
OUTSIDE: Final = "position outside ±180, ±90"
NULL_ISLAND: Final = "position 0, 0"
BAD_ROW: Final = "other number of cells than the header"

_DAY: Final = (
    r"^(\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))"
    r"|(\d\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)"
)
_CLOCK: Final = r"[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?"
_ZONE: Final = r"(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)"
_NUMBER: Final = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_MICROSECONDS: Final = pa.timestamp("us")
_PER_SECOND: Final = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
_FIRST_S: Final = -62_135_596_800  # 0001-01-01: what Python, and so every file of voyages, takes for a time
_END_S: Final = 253_402_300_800  # 10000-01-01
_EXACT: Final = 2.0**53
"""From here on not every whole number has a float of its own."""


class ColumnError(ValueError):
    """A column is of a type that cannot hold what it should; `what` is the key of `columns.NAMES`."""

    def __init__(self, what: str, problem: str) -> None:
        self.what = what
        self.problem = problem
        super().__init__(f"{what}: {problem}")


def empty_reports() -> pd.DataFrame:
    """Return reports without rows, with the types that `clean` gives."""
    return _frame(*(pa.array([], kind) for kind in (pa.string(), pa.int64(), pa.float64(), pa.float64(), pa.string())))


def clean(columns: Mapping[str, pa.Array]) -> tuple[pd.DataFrame, dict[str, NDArray[np.int64]]]:
    """Return the sound reports among some rows, and the rows left out by reason.

    What becomes of a row depends on nothing but that row, so that it is the same however a file is cut.

    Parameters
    ----------
    columns
        Arrays of one length for `vessel`, `time`, `lon`, `lat` and perhaps `declared`: texts as a CSV file has them,
        or values as Parquet has them. A time without a zone is UTC.

    Returns
    -------
    tuple
        A frame with vessel (text), time (int64, microseconds since 1970, UTC), lon, lat (float64, degrees), declared
        (text, missing where nothing is); and positions of rows by the first reason that holds.

    Raises
    ------
    ColumnError
        If a column is of a type that cannot hold what it should, such as a number for a time.
    """
    vessel = _vessels(columns["vessel"])
    time, no_time, outside_years = _times(columns["time"])
    (lon, no_lon), (lat, no_lat) = (_numbers(columns[what], what) for what in ("lon", "lat"))
    count = len(lon)
    declared = _texts(columns["declared"], "declared") if "declared" in columns else pa.nulls(count, pa.string())
    with np.errstate(invalid="ignore"):
        tests = {
            NO_VESSEL: _plain(pc.is_null(vessel)),
            NO_TIME: no_time,
            OUTSIDE_YEARS: outside_years,
            BAD_TIME: _plain(pc.is_null(time)),
            NO_POSITION: no_lon | no_lat,
            BAD_POSITION: ~(np.isfinite(lon) & np.isfinite(lat)),
            NOT_AVAILABLE: (np.abs(lon) == 181.0) | (np.abs(lat) == 91.0),
            OUTSIDE: (np.abs(lon) > 180.0) | (np.abs(lat) > 90.0),
            NULL_ISLAND: (lon == 0.0) & (lat == 0.0),
        }
    good = np.ones(count, dtype=bool)
    left_out = {}
    for reason, bad in tests.items():
        rows = np.flatnonzero(bad & good)
        if len(rows):
            left_out[reason] = rows
            good[rows] = False
    arrays = (vessel, time.cast(pa.int64()), pa.array(lon), pa.array(lat), declared)
    if left_out:
        mask = pa.array(good)
        arrays = tuple(array.filter(mask) for array in arrays)
    return _frame(*arrays), left_out


def _frame(vessel: Any, time: Any, lon: Any, lat: Any, declared: Any) -> pd.DataFrame:  # noqa: ANN401 - Arrow has no types
    text = pd.StringDtype("pyarrow", na_value=np.nan)
    return pd.DataFrame(
        {
            "vessel": pd.array(vessel, dtype=text),
            "time": time.to_numpy(zero_copy_only=False),
            "lon": lon.to_numpy(zero_copy_only=False),
            "lat": lat.to_numpy(zero_copy_only=False),
            "declared": pd.array(declared, dtype=text),
        }
    )


def _whole(array: Any) -> Any:  # noqa: ANN401 - as above
    """Return one array of plain values: Parquet gives chunks, and texts as a dictionary or as views."""
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
        if isinstance(array, pa.ChunkedArray):
            array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], array.type)
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    return array.cast(pa.string()) if pa.types.is_string_view(array.type) else array


def _plain(mask: Any) -> NDArray[np.bool_]:  # noqa: ANN401 - as above
    return np.asarray(mask.to_numpy(zero_copy_only=False), dtype=bool)


def _vessels(array: Any) -> Any:  # noqa: ANN401 - as above
    """Return ids as texts. A number that was written with decimals of 0 is the same vessel as without them."""
    texts = _texts(array, "vessel")
    if not pc.any(pc.match_substring(texts, ".0")).as_py():
        return texts
    return pc.replace_substring_regex(texts, r"^(\d+)\.0+$", r"\1")


def _texts(array: Any, what: str) -> Any:  # noqa: ANN401 - as above
    """Return texts without white space around them; an empty one is missing. Whole numbers keep no decimal point."""
    array = _whole(array)
    if pa.types.is_floating(array.type):
        if pa.types.is_float16(array.type):
            array = array.cast(pa.float32())  # Arrow rounds no halves
        array = pc.if_else(pc.is_finite(array), array, None)
        # a larger float stays as it is written: as an integer it would claim digits that it does not have
        whole = pc.and_(pc.equal(array, pc.round(array)), pc.less(pc.abs(array), _EXACT))
        texts = pc.if_else(
            whole, pc.if_else(whole, array, None).cast(pa.int64()).cast(pa.string()), array.cast(pa.string())
        )
    else:
        try:
            texts = array.cast(pa.string())
        except pa.ArrowException as err:  # bytes that are no UTF-8, lists, structs
            problem = f"holds {_type(array)} that cannot be read as text; write UTF-8 texts or whole numbers"
            raise ColumnError(what, problem) from err
    trimmed = pc.utf8_trim_whitespace(texts)
    return pc.if_else(pc.equal(trimmed, ""), None, trimmed)


def _type(array: Any) -> str:  # noqa: ANN401 - as above
    """Return the type of an array for messages: that of a struct holds names from elsewhere."""
    return one_line(shortened(str(array.type)))


def _numbers(array: Any, what: str) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:  # noqa: ANN401 - as above
    """Return numbers, NaN for what is none, and where nothing is given."""
    array = _whole(array)
    if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
        array = _texts(array, what)
        missing = _plain(pc.is_null(array))
        try:
            numbers = array.cast(pa.float64())
        except pa.ArrowInvalid:
            sound = pc.if_else(pc.match_substring_regex(array, _NUMBER), array, None)
            numbers = pc.replace_substring_regex(sound, r"^\+", "").cast(pa.float64())
    elif pa.types.is_floating(array.type) or pa.types.is_integer(array.type) or pa.types.is_decimal(array.type):
        numbers = array.cast(pa.float64(), safe=False)  # what floats cannot hold to the digit is no place at all
        missing = _plain(pc.is_null(numbers, nan_is_null=True))
    else:
        raise ColumnError(what, f"holds {_type(array)}, not numbers; write degrees as numbers or texts")
    return np.asarray(pc.fill_null(numbers, np.nan).to_numpy(zero_copy_only=False)), missing


def _times(array: Any) -> tuple[Any, NDArray[np.bool_], NDArray[np.bool_]]:  # noqa: ANN401 - as above
    """Return times in microseconds, missing for what is none, where nothing is given, and where the year cannot be."""
    array = _whole(array)
    if pa.types.is_timestamp(array.type) or pa.types.is_date(array.type):
        times, outside = _in_years(array)
        return times, _plain(pc.is_null(array)), outside
    if not (pa.types.is_string(array.type) or pa.types.is_large_string(array.type)):
        raise ColumnError("time", f"holds {_type(array)}, not times; write ISO 8601 texts or timestamps")
    texts = _texts(array, "time")
    # what is no time is sorted out first, days that no month has too: Arrow would stop at it, and one odd row must
    # not change how the others are read
    plain = pc.if_else(pc.match_substring_regex(texts, f"{_DAY}({_CLOCK})?$"), texts, None)
    zoned = pc.if_else(pc.match_substring_regex(texts, f"{_DAY}{_CLOCK}{_ZONE}$"), texts, None)
    times = plain.cast(_MICROSECONDS)
    if zoned.null_count < len(zoned):
        times = pc.coalesce(times, zoned.cast(pa.timestamp("us", "UTC")).cast(_MICROSECONDS))
    times, outside = _in_years(times)
    return times, _plain(pc.is_null(texts)), outside


def _in_years(times: Any) -> tuple[Any, NDArray[np.bool_]]:  # noqa: ANN401 - as above
    """Return times in microseconds, missing outside the years 1 to 9999 (UTC), and where they are outside."""
    if pa.types.is_date(times.type):
        times = times.cast(pa.timestamp("s" if pa.types.is_date32(times.type) else "ms"))
    # compared in their own unit: many seconds are more microseconds than 64 bits hold
    per_s = _PER_SECOND[times.type.unit]
    first, last = max(_FIRST_S * per_s, -(2**63)), min(_END_S * per_s - 1, 2**63 - 1)
    counts = times.cast(pa.int64())
    inside = pc.and_(pc.greater_equal(counts, first), pc.less_equal(counts, last))
    outside = _plain(pc.fill_null(pc.invert(inside), False))
    return pc.if_else(inside, times, None).cast(_MICROSECONDS, safe=False), outside
