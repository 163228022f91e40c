"""Files of reports: columns, types, bad rows with their place, and cutting that loses and doubles nothing."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import routes
from routes.voyages import cleaning
from routes.voyages.cleaning import clean, empty_reports
from routes.voyages.files import open_files, pieces_of, report_paths
from routes.voyages.left_out import by_reason
from routes.voyages.reading import check_first_rows, read_group

HEAD = "mmsi,time,lon,lat,destination\n"
GOOD = "1,2024-01-01T00:00:00Z,10.5,-20.25,BUSAN\n"


def read(path, piece_bytes=1 << 20, columns=None):
    """Read a file in pieces of so many bytes: all sound reports in order, and what was left out."""
    files = open_files(report_paths(path), columns or {})
    groups, _ = pieces_of(files, piece_bytes)
    found = [read_group(group) for group in groups]
    frame = pd.concat([empty_reports(), *(frame for frame, _ in found)], ignore_index=True)
    return frame, by_reason([count for _, counts in found for count in counts], files)


def csv_of(tmp_path, text, name="r.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_sound_row_is_read_as_it_is_written(tmp_path):
    frame, left_out = read(csv_of(tmp_path, HEAD + GOOD))
    when = int(dt.datetime(2024, 1, 1, tzinfo=dt.UTC).timestamp() * 1e6)
    assert frame.to_dict("records") == [{"vessel": "1", "time": when, "lon": 10.5, "lat": -20.25, "declared": "BUSAN"}]
    assert left_out == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (" ,2024-01-01,1,2,", "no vessel id"),
        ("1,,1,2,", "no time"),
        ("1,yesterday,1,2,", "time not in ISO 8601"),
        ("1,2024-02-30,1,2,", "time not in ISO 8601"),
        ("1,2024-01-01 25:00:00,1,2,", "time not in ISO 8601"),
        ("1,1704067200,1,2,", "time not in ISO 8601"),
        ("1,2023-02-29,1,2,", "time not in ISO 8601"),
        ("1,1900-02-29T00:00Z,1,2,", "time not in ISO 8601"),
        ("1,2024-01-01+09:00,1,2,", "time not in ISO 8601"),
        ("1,2024-01-01T00:00+99:99,1,2,", "time not in ISO 8601"),
        ("1,0000-01-01,1,2,", "time outside the years 1 to 9999"),
        ("1,0000-02-29T23:00Z,1,2,", "time outside the years 1 to 9999"),
        ("1,0001-01-01T00:00+00:01,1,2,", "time outside the years 1 to 9999"),
        ("1,9999-12-31T23:59-05:00,1,2,", "time outside the years 1 to 9999"),
        ("1,2024-01-01,,2,", "no longitude or latitude"),
        ("1,2024-01-01,1 E,2,", "longitude or latitude is no number"),
        ("1,2024-01-01,nan,2,", "longitude or latitude is no number"),
        ('1,2024-01-01,"1,5",2,', "longitude or latitude is no number"),
        ("1,2024-01-01,181,2,", "position not available (longitude 181 or latitude 91 in AIS)"),
        ("1,2024-01-01,1,91.0,", "position not available (longitude 181 or latitude 91 in AIS)"),
        ("1,2024-01-01,180.5,2,", "position outside ±180, ±90"),
        ("1,2024-01-01,1,-90.1,", "position outside ±180, ±90"),
        ("1,2024-01-01,0.0,0,", "position 0, 0"),
        ("1,2024-01-01,1,2", "other number of cells than the header"),
        ("1,2024-01-01,1,2,A,B", "other number of cells than the header"),
    ],
)
def test_a_bad_row_is_left_out_with_its_reason_and_line(tmp_path, row, reason):
    frame, [left_out] = read(csv_of(tmp_path, f"{HEAD}{GOOD}{row}\n{GOOD}"))
    assert len(frame) == 2
    assert (left_out.reason, left_out.reports, left_out.examples) == (reason, 1, ("r.csv:3",))


@pytest.mark.parametrize(
    "time", ["2024-01-01T00:00:00Z", "2024-01-01 00:00:00", "2024-01-01T00:00", "2024-01-01",
             "2024-01-01T09:00:00+09:00", "2023-12-31 19:00:00.000000-0500"],
)  # fmt: skip
def test_times_are_utc_where_they_do_not_say_otherwise(tmp_path, time):
    frame, _ = read(csv_of(tmp_path, f"{HEAD}1,{time},1,2,\n"))
    assert frame["time"].tolist() == [1_704_067_200_000_000]


def test_a_row_is_read_in_the_same_way_whatever_stands_beside_it(tmp_path):
    odd = [
        "1,2024-13-01,1,2,",
        "1,2024-01-01T00,1,2,",
        "1,2024-01-01,+1.5,2,",
        "1,2024-01-01,1e2,2,",
        "1,2024-01-01,0x1,2,",
        "1,9999-12-31T23:59-05:00,1,2,",
        "1,9999-12-31T23:59+05:00,1,2,",
    ]
    alone = [len(read(csv_of(tmp_path, f"{HEAD}{row}\n"))[0]) for row in odd]
    beside = [len(read(csv_of(tmp_path, f"{HEAD}{row}\n1,2024-02-30,one,two,\n"))[0]) for row in odd]
    assert alone == beside == [0, 0, 1, 1, 0, 0, 1]


@pytest.mark.parametrize(
    ("cell", "declared"),
    [
        ('"BUSAN, KR"', "BUSAN, KR"), ('"THE ""BIG"" ONE"', 'THE "BIG" ONE'), ('"HAMBURG', "'HAMBURG"),
        ('=HYPERLINK("x")', '=HYPERLINK("x")'), ("<script>", "<script>"), ("부산", "부산"), ("@@@@", "@@@@"),
        ("A\rB", "A B"),
    ],
)  # fmt: skip
def test_texts_come_through_and_an_open_quote_swallows_nothing(tmp_path, cell, declared):
    rows = [GOOD, f"1,2024-01-02,1,2,{cell}\n", GOOD * 3]
    frame, left_out = read(csv_of(tmp_path, HEAD + "".join(rows)))
    assert frame["declared"].tolist() == ["BUSAN", declared, "BUSAN", "BUSAN", "BUSAN"]
    assert left_out == []


def test_bytes_that_are_no_utf8_spoil_only_their_own_cell(tmp_path):
    frame, _ = read(csv_of(tmp_path, HEAD.encode() + b"1,2024-01-02,1,2,\xff\xfe\n" + GOOD.encode()))
    assert frame["declared"].tolist() == ["��", "BUSAN"]


def test_windows_line_ends_a_byte_order_mark_semicolons_and_empty_lines(tmp_path):
    text = "\ufeffMMSI;BaseDateTime;LON;LAT\r\n1;2024-01-01;1.5;2\r\n\r\n2;2024-01-01;3;x\r\n\r\n"
    frame, [left_out] = read(csv_of(tmp_path, text))
    assert frame["vessel"].tolist() == ["1"]
    assert left_out.examples == ("r.csv:4",)


@given(
    rows=st.lists(
        st.sampled_from([GOOD, "2,2024-01-01,1,2,BY SUEZ\n", "\n", "3,,1,2,\n", "bad\n", '4,2024-01-01,1,2,"X\n']),
        min_size=1,
    ),
    piece=st.integers(1, 120),
    open_end=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_a_file_cut_anywhere_gives_every_row_once(tmp_path_factory, rows, piece, open_end):
    text = HEAD + "".join(rows)
    path = csv_of(tmp_path_factory.mktemp("cut"), text[:-1] if open_end else text)
    whole, left_out = read(path)
    parts, parts_left_out = read(path, piece)
    pd.testing.assert_frame_equal(parts, whole)
    assert parts_left_out == left_out
    bad = {"3,,1,2,\n": 0, "bad\n": 0}
    assert sum(one.reports for one in left_out) == sum(row in bad for row in rows)
    assert len(whole) == sum(row not in bad and row != "\n" for row in rows)


@pytest.mark.parametrize(
    ("vessel", "time"),
    [
        (pa.array([1, None], pa.int64()), pa.array([0, 1], pa.timestamp("ns", "UTC"))),
        (pa.array([1.0, np.nan]), pa.array([0, 1], pa.timestamp("s"))),
        (pa.array(["1", None]).dictionary_encode(), pa.array(["1970-01-01", "1970-01-02"])),
    ],
)
def test_parquet_holds_ids_as_numbers_or_texts_and_times_of_any_unit(tmp_path, vessel, time):
    table = pa.table({"mmsi": vessel, "time": time, "lon": pa.array([1.5, 2.5], pa.float32()), "lat": pa.array([1, 2])})
    pq.write_table(table, tmp_path / "r.parquet")
    frame, [left_out] = read(tmp_path / "r.parquet")
    assert frame[["vessel", "time", "lon", "lat"]].to_numpy().tolist() == [["1", 0, 1.5, 1.0]]
    assert (left_out.reason, left_out.examples) == ("no vessel id", ("r.parquet:2",))


def test_rows_of_parquet_are_numbered_through_its_row_groups(tmp_path):
    table = pa.table({"vessel": ["1"] * 9 + [""], "time": ["2024-01-01"] * 10, "lon": [1.0] * 10, "lat": [1.0] * 10})
    pq.write_table(table, tmp_path / "r.parquet", row_group_size=4)
    assert read(tmp_path / "r.parquet", 1)[1][0].examples == ("r.parquet:10",)


def test_a_damaged_row_group_is_told_with_its_file(damaged):
    with pytest.raises(routes.ReportsError, match=r"^broken.parquet: row group 1 is damaged"):
        read(damaged)


def test_an_error_keeps_its_faults_on_the_way_from_a_worker():
    error = pickle.loads(pickle.dumps(routes.ReportsError(["a", "b"])))  # noqa: S301 - our own
    assert error.faults == ("a", "b")
    assert str(error) == "a\nb"


def test_a_folder_stands_for_the_files_in_it(tmp_path):
    (tmp_path / "day" / "x").mkdir(parents=True)
    for name in ("day/b.csv", "day/x/a.csv", "day/.hidden.csv", "day/readme.md", "day/_success.csv"):
        csv_of(tmp_path, HEAD + GOOD, name)
    assert [path.name for path in report_paths(tmp_path / "day")] == ["b.csv", "a.csv"]
    assert [path.name for path in report_paths([tmp_path / "day", tmp_path / "day/b.csv"])] == ["b.csv", "a.csv"]


def test_all_faults_of_all_headers_are_one_error(tmp_path):
    csv_of(tmp_path, "vesel,time,lon,lat\n", "a.csv")
    csv_of(tmp_path, "mmsi,when,lon\n", "b.csv")
    csv_of(tmp_path, "", "c.csv")
    csv_of(tmp_path, "mmsi,time,lon,lat\n".encode("utf-16"), "d.csv")
    csv_of(tmp_path, "no parquet", "e.parquet")
    with pytest.raises(routes.ReportsError) as caught:
        open_files(report_paths(tmp_path), {})
    told = [fault[:30] for fault in caught.value.faults]
    assert told == [
        "a.csv: no column 'vessel' or '", "b.csv: no column 'time' or 'ti", "b.csv: no column 'lat' or 'lat",
        "c.csv: has no header; save it ", "d.csv: is not UTF-8 text; save", "e.parquet: is no Parquet file ",
    ]  # fmt: skip
    assert "did you mean 'vesel'?" in str(caught.value)


def test_what_a_header_holds_is_told_in_a_short_line(tmp_path):
    csv_of(tmp_path, "time,lon,lat" + "".join(f",{'x' * 2000}{n}" for n in range(20)) + "\n", "a.csv")
    csv_of(tmp_path, "time,lon,lat,\x1b[2J\u202e\n", "b.csv")
    csv_of(tmp_path, f'mmsi,time,lon,"{"x" * 200_000}"\n', "c.csv")
    whole = (tmp_path / "x.parquet", pa.table({"mmsi": ["1"], "time": ["2024-01-01"], "lon": [1.0], "lat": [1.0]}))
    pq.write_table(whole[1], whole[0])
    content = bytearray(whole[0].read_bytes())
    content[-60:-20] = b"\xff" * 40
    whole[0].write_bytes(content)
    with pytest.raises(routes.ReportsError) as caught:
        open_files(report_paths(tmp_path), {})
    told = caught.value.faults
    assert [fault.partition(":")[0] for fault in told] == ["a.csv", "b.csv", "c.csv", "x.parquet"]
    assert all(fault.isprintable() and len(fault) < 1000 for fault in told)


def test_a_line_feed_of_old_systems_in_a_header_is_a_space(tmp_path):
    frame, _ = read(csv_of(tmp_path, "mmsi,time,lon,lat,some\rthing\n1,2024-01-01,1,2,x\n"))
    assert len(frame) == 1


def test_a_row_of_too_many_cells_that_are_no_utf8_is_left_out_quietly(tmp_path, capfd):
    frame, [left_out] = read(csv_of(tmp_path, HEAD.encode() + GOOD.encode() + b"1,2024-01-01,1,2,\xe9\xff,B\n"))
    assert len(frame) == 1
    assert (left_out.reports, left_out.examples) == (1, ("r.csv:3",))
    assert capfd.readouterr().err == ""


def test_columns_of_other_names_are_named(tmp_path):
    path = csv_of(tmp_path, "Schiff,Zeit,L,B,Ziel\n7,2024-01-01,1,2,X\n")
    names = {"vessel": "Schiff", "time": "Zeit", "lon": "L", "lat": "B", "declared": "Ziel"}
    frame, _ = read(path, columns=names)
    assert frame[["vessel", "lon", "lat", "declared"]].to_numpy().tolist() == [["7", 1.0, 2.0, "X"]]
    with pytest.raises(routes.ReportsError, match="no column 'Zil' for the declared"):
        open_files([path], names | {"declared": "Zil"})


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("1,01/02/2024,1,2,\n" * 3, "time: '01/02/2024': time not in ISO 8601, nor is any other; write times as"),
        (
            "1,2024-01-01,E 1,2,\n" * 3,
            "lon: 'E 1': longitude or latitude is no number, nor is any other; write degrees",
        ),
    ],
)
def test_a_column_that_cannot_be_read_at_all_is_refused_at_once(tmp_path, rows, said):
    with pytest.raises(routes.ReportsError, match=said):
        check_first_rows(open_files([csv_of(tmp_path, HEAD + rows)], {}))


def test_a_column_of_the_wrong_type_is_refused_at_once(tmp_path):
    table = pa.table({"vessel": ["1"], "time": [1704067200], "lon": [1.0], "lat": [1.0]})
    pq.write_table(table, tmp_path / "r.parquet")
    with pytest.raises(routes.ReportsError, match=r"^r.parquet: time: holds int64, not times; write ISO 8601"):
        check_first_rows(open_files([tmp_path / "r.parquet"], {}))


@pytest.mark.parametrize("name", ["missing.csv", "notes.md", "empty"])
def test_what_holds_no_reports_is_refused(tmp_path, name):
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.md").write_text("x")
    with pytest.raises(routes.ReportsError, match=name):
        report_paths(tmp_path / name)


def test_cleaning_leaves_what_it_is_given_as_it_is():
    columns = {
        "vessel": pa.array([" 1 "]),
        "time": pa.array(["2024-01-01"]),
        "lon": pa.array(["1"]),
        "lat": pa.array(["2"]),
    }
    before = {name: column.to_pylist() for name, column in columns.items()}
    clean(columns)
    assert before == {name: column.to_pylist() for name, column in columns.items()}


def parquet_of(tmp_path, **columns):
    """Write a file of sound reports in which some columns are others."""
    count = len(next(iter(columns.values())))
    sound = {"mmsi": ["1"] * count, "time": ["2024-01-01"] * count, "lon": [1.0] * count, "lat": [2.0] * count}
    pq.write_table(pa.table(sound | columns), tmp_path / "r.parquet")
    return tmp_path / "r.parquet"


@pytest.mark.parametrize(
    ("ids", "texts"),
    [
        (pa.array([1e30, 9e25, -1e30]), ["1e+30", "9e+25", "-1e+30"]),  # once all one vessel, -9223372036854775808
        (pa.array([123456789.0, 2.0**53 - 1, 1.5]), ["123456789", "9007199254740991", "1.5"]),
        (pa.array([2.0**53, -(2.0**63)]), ["9.007199254740992e+15", "-9.223372036854776e+18"]),
        (pa.array([123456789.0], pa.float32()), ["123456792"]),  # which is what such a file holds
        (pa.array([2048.0, 1.5], pa.float16()), ["2048", "1.5"]),
        (pa.array([Decimal("123456789.00"), Decimal("1.50")]), ["123456789", "1.50"]),
        (pa.array(["123456789.00", "V1.0", "1.0.0", "007.0", ".0"]), ["123456789", "V1.0", "1.0.0", "007", ".0"]),
        (pa.array([2**64 - 1], pa.uint64()), ["18446744073709551615"]),
        (pa.array(["1"]).cast(pa.string_view()), ["1"]),
    ],
)  # fmt: skip
def test_ids_that_are_numbers_are_texts_by_which_no_two_vessels_become_one(tmp_path, ids, texts):
    frame, left_out = read(parquet_of(tmp_path, mmsi=ids))
    assert frame["vessel"].tolist() == texts
    assert left_out == []


def test_an_id_with_decimals_of_0_is_the_same_vessel_in_every_kind_of_file(tmp_path):
    csv_of(tmp_path, "mmsi,time,lon,lat\n123456789.0,2024-01-01,1,2\n123456789,2024-01-02,1,2\n")
    parquet_of(tmp_path, mmsi=pa.array([Decimal("123456789.00")]))
    assert {one for name in ("r.csv", "r.parquet") for one in read(tmp_path / name)[0]["vessel"]} == {"123456789"}


DAY_S = 86_400
FIRST_S, END_S = -719_162 * DAY_S, 2_932_897 * DAY_S  # 0001-01-01 and 10000-01-01, counted in days


@pytest.mark.parametrize(
    ("kind", "first", "end"),
    [
        (pa.timestamp("s"), FIRST_S, END_S), (pa.timestamp("ms", "UTC"), FIRST_S * 10**3, END_S * 10**3),
        (pa.timestamp("us"), FIRST_S * 10**6, END_S * 10**6), (pa.date32(), FIRST_S // DAY_S, END_S // DAY_S),
        (pa.date64(), FIRST_S * 10**3, END_S * 10**3),
    ],
)  # fmt: skip
def test_times_outside_the_years_that_files_can_hold_are_left_out(kind, first, end):
    furthest = 2**31 - 1 if pa.types.is_date32(kind) else 2**62
    counts = pa.array([first - 1, first, end - 1, end, furthest, -furthest], pa.int32() if furthest < 2**32 else None)
    columns = {"vessel": pa.array(["1"] * 6), "time": counts.cast(kind), "lon": pa.array([1.0] * 6)}
    frame, left_out = clean(columns | {"lat": columns["lon"]})
    assert {reason: rows.tolist() for reason, rows in left_out.items()} == {
        "time outside the years 1 to 9999": [0, 3, 4, 5]
    }
    assert frame["time"].tolist()[0] == FIRST_S * 10**6
    assert END_S - DAY_S <= frame["time"].tolist()[1] // 10**6 < END_S


def test_nanoseconds_are_times_to_both_ends(tmp_path):
    ends = pa.array([-(2**63) + 1, -1, 2**63 - 1, None]).cast(pa.timestamp("ns"))
    frame, [left_out] = read(parquet_of(tmp_path, time=ends))
    assert [time // 10**6 for time in frame["time"]] in ([-9223372037, -1, 9223372036], [-9223372037, 0, 9223372036])
    assert (left_out.reason, left_out.examples) == ("no time", ("r.parquet:4",))


@pytest.mark.parametrize("time", [pa.array([2**62], pa.timestamp("ms")), pa.array([-(10**14)], pa.timestamp("s"))])
def test_a_column_of_times_that_cannot_be_is_refused_at_once(tmp_path, time):
    with pytest.raises(
        routes.ReportsError, match=r"^r.parquet: time: .*: time outside the years .*; write years as 0001"
    ):
        check_first_rows(open_files([parquet_of(tmp_path, time=time)], {}))


@given(st.from_regex(f"\\A({cleaning._DAY[1:]}({cleaning._CLOCK}({cleaning._ZONE})?)?)\\Z".replace("\\d", "[0-9]")))
@settings(max_examples=300, deadline=None)
def test_every_text_that_looks_like_a_time_is_one(text):
    columns = {"vessel": pa.array(["1"]), "time": pa.array([text]), "lon": pa.array(["1"]), "lat": pa.array(["2"])}
    frame, left_out = clean(columns)
    assert len(frame) == 1 or list(left_out) == ["time outside the years 1 to 9999"]


@pytest.mark.parametrize(
    ("header", "given", "said"),
    [
        ("mmsi,time,lon,lon,lat", {}, "column 'lon' stands there twice; keep the one that counts"),
        ("mmsi,time,lon,lat, lat", {"lat": "lat"}, "column 'lat' stands there twice; keep the one that counts"),
        ("mmsi,time,lon,LON,lat", {}, "columns 'lon', 'LON' differ only in case or spaces; name one with lon=COLUMN"),
        ("mmsi,time,lon,LON,lat", {"lon": "LON"}, None),
        ("mmsi,time,lon,lat,note,note", {}, None),
        ("mmsi,mmsi,vessel,time,lon,lat", {}, None),
    ],
)
def test_a_column_that_is_used_and_stands_twice_is_a_fault(tmp_path, header, given, said):
    path = csv_of(tmp_path, f"{header}\n{','.join('1' for _ in header.split(','))}\n")
    assert said_of(path, given) == (said and f"r.csv: {said}")
    names = header.replace(" ", "").split(",")
    pq.write_table(pa.Table.from_arrays([pa.array([1])] * len(names), names), tmp_path / "r.parquet")
    assert said_of(tmp_path / "r.parquet", given) == (said and f"r.parquet: {said}")


def said_of(path, given):
    """Return what is said of the header of a file, or None."""
    try:
        open_files([path], given)
    except routes.ReportsError as err:
        return str(err)


@pytest.mark.parametrize(
    ("column", "values", "said"),
    [
        ("mmsi", pa.array([b"\xff\xfe"]), "holds binary that cannot be read as text; write UTF-8 texts or whole"),
        ("mmsi", pa.array([{"a" * 999: 1}]), "holds struct<a+… that cannot be read as text; write UTF-8 texts"),
        ("destination", pa.array([["A"]]), "holds list<.*> that cannot be read as text; write UTF-8 texts or whole"),
        ("lon", pa.array([[1.0]]), "holds list<.*>, not numbers; write degrees as numbers or texts"),
        ("lat", pa.array([b"1"]), "holds binary, not numbers; write degrees as numbers or texts"),
        ("time", pa.array([{"\x1b[2J": 1}]), r"holds struct<\\x1b\[2J: int64>, not times; write ISO 8601 texts or tim"),
    ],
)
def test_a_column_of_a_type_that_cannot_be_is_told_with_file_column_and_remedy(tmp_path, column, values, said):
    path = parquet_of(tmp_path, **{column: values})
    for reading in (read, lambda path: check_first_rows(open_files([path], {}))):
        with pytest.raises(routes.ReportsError, match=f"^r.parquet: {column}: {said}"):
            reading(path)


def test_bytes_that_are_texts_are_read(tmp_path):
    frame, _ = read(parquet_of(tmp_path, mmsi=pa.array(["선박".encode()])))
    assert frame["vessel"].tolist() == ["선박"]


def test_a_whole_number_that_no_float_holds_is_no_position(tmp_path):
    _, [left_out] = read(parquet_of(tmp_path, lon=pa.array([2**62 + 1, 1]), lat=pa.array([2, 2])))
    assert (left_out.reason, left_out.examples) == ("position outside ±180, ±90", ("r.parquet:1",))


@pytest.mark.parametrize("text", [HEAD + GOOD, HEAD, HEAD + GOOD * 40_000])
def test_a_file_with_the_line_ends_of_old_systems_is_told(tmp_path, text):
    path = csv_of(tmp_path, text.replace("\n", "\r"))
    said = "^r.csv: ends its lines with a carriage return alone; save it with line ends LF or CRLF$"
    with pytest.raises(routes.ReportsError, match=said):
        open_files([path], {})
