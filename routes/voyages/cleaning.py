"""Rows of a file as sound reports, and the reasons for which others are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

NO_VESSEL: Final = "no vessel id"
NO_TIME: Final = "no time"
BAD_TIME: Final = "time not in ISO 8601"
NO_POSITION: Final = "no longitude or latitude"
BAD_POSITION: Final = "longitude or latitude is no number"
NOT_AVAILABLE: Final = "position not available (longitude 181 or latitude 91 in AIS)"
OUTSIDE: Final = "position outside ±180, ±90"
NULL_ISLAND: Final = "position 0, 0"
BAD_ROW: Final = "other number of cells than the header"

_TIME: Final = r"^\d{4}-\d\d-\d\d([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?)?"
_ZONE: Final = r"(Z|[+-]\d\d:?\d\d)$"
_NUMBER: Final = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_MICROSECONDS: Final = pa.timestamp("us")


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
    ValueError
        If a column is of a type that cannot hold what it should, such as a number for a time.
    """
    vessel = _texts(columns["vessel"])
    time, no_time = _times(columns["time"])
    (lon, no_lon), (lat, no_lat) = (_numbers(columns[what], what) for what in ("lon", "lat"))
    count = len(lon)
    declared = _texts(columns["declared"]) if "declared" in columns else pa.nulls(count, pa.string())
    with np.errstate(invalid="ignore"):
        tests = {
            NO_VESSEL: _plain(pc.is_null(vessel)),
            NO_TIME: no_time,
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
    """Return one array of plain values: Parquet gives chunks, and texts as a dictionary."""
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
        if isinstance(array, pa.ChunkedArray):
            array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], array.type)
    return array.dictionary_decode() if pa.types.is_dictionary(array.type) else array


def _plain(mask: Any) -> NDArray[np.bool_]:  # noqa: ANN401 - as above
    return np.asarray(mask.to_numpy(zero_copy_only=False), dtype=bool)


def _texts(array: Any) -> Any:  # noqa: ANN401 - as above
    """Return texts without white space around them; an empty one is missing. Whole numbers keep no decimal point."""
    array = _whole(array)
    if pa.types.is_floating(array.type):
        array = pc.if_else(pc.is_finite(array), array, None)
        whole = pc.equal(array, pc.round(array))
        texts = pc.if_else(whole, array.cast(pa.int64(), safe=False).cast(pa.string()), array.cast(pa.string()))
    else:
        texts = array.cast(pa.string())
    trimmed = pc.utf8_trim_whitespace(texts)
    return pc.if_else(pc.equal(trimmed, ""), None, trimmed)


def _numbers(array: Any, what: str) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:  # noqa: ANN401 - as above
    """Return numbers, NaN for what is none, and where nothing is given."""
    array = _whole(array)
    if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
        array = _texts(array)
        missing = _plain(pc.is_null(array))
        try:
            numbers = array.cast(pa.float64())
        except pa.ArrowInvalid:
            sound = pc.if_else(pc.match_substring_regex(array, _NUMBER), array, None)
            numbers = pc.replace_substring_regex(sound, r"^\+", "").cast(pa.float64())
    elif pa.types.is_floating(array.type) or pa.types.is_integer(array.type) or pa.types.is_decimal(array.type):
        numbers = array.cast(pa.float64())
        missing = _plain(pc.is_null(numbers, nan_is_null=True))
    else:
        msg = f"the column for the {what} holds {array.type}, not numbers"
        raise ValueError(msg)
    return np.asarray(pc.fill_null(numbers, np.nan).to_numpy(zero_copy_only=False)), missing


def _times(array: Any) -> tuple[Any, NDArray[np.bool_]]:  # noqa: ANN401 - as above
    """Return times in microseconds, missing for what is none, and where nothing is given."""
    array = _whole(array)
    if pa.types.is_timestamp(array.type) or pa.types.is_date(array.type):
        return array.cast(_MICROSECONDS, safe=False), _plain(pc.is_null(array))
    if not (pa.types.is_string(array.type) or pa.types.is_large_string(array.type)):
        msg = f"the column for the time holds {array.type}, not times; write ISO 8601 texts or timestamps"
        raise ValueError(msg)
    texts = _texts(array)
    # what does not look like a time is sorted out first: what Arrow and pandas take for one differs at the edges, and
    # one odd row must not change how the others are read
    plain = pc.if_else(pc.match_substring_regex(texts, f"{_TIME}$"), texts, None)
    zoned = pc.if_else(pc.match_substring_regex(texts, f"{_TIME}{_ZONE}"), texts, None)
    times = _parsed(plain, _MICROSECONDS)
    if zoned.null_count < len(zoned):
        times = pc.coalesce(times, _parsed(zoned, pa.timestamp("us", "UTC")).cast(_MICROSECONDS))
    return times, _plain(pc.is_null(texts))


def _parsed(texts: Any, kind: Any) -> Any:  # noqa: ANN401 - as above
    try:
        return texts.cast(kind)
    except pa.ArrowInvalid:  # a day that no month has
        series = pd.Series(texts.to_numpy(zero_copy_only=False), dtype=object)
        parsed = pd.to_datetime(series, format="ISO8601", errors="coerce", utc=True).dt.as_unit("us")
        return pa.array(parsed.dt.tz_localize(None)).cast(_MICROSECONDS).cast(kind)
