"""Any frame of lines as a map: what is drawn, what is refused and what is said about it."""

from __future__ import annotations

import base64
import json
import warnings
import zlib

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString, MultiLineString, Point, Polygon

import maps
from geodata.polyline import decode
from maps.exploring import UnknownStyleWarning
from maps.line_frame import SkippedLinesWarning
from maps.packing import unpack_integers, unpack_points

RAIL = LineString([(130.6, 42.4), (131.9, 43.1)])
SEA = LineString([(131.0, 42.0), (135.0, 40.0)])


def frame(*lines, crs="EPSG:4326", **columns):
    return gpd.GeoDataFrame(columns or {"n": range(len(lines))}, geometry=list(lines), crs=crs)


def explored(gdf, **choices):
    return maps.explore(gdf, basemap=False, **choices).payload


def test_columns_and_constants_choose_layer_mode_and_status():
    gdf = frame(RAIL, SEA, grp=["Land", "Water"], how=["rail", "sea"], name=["Khasan", "Lane"], tons=[1.5, None])
    payload = explored(gdf, layer="grp", mode="how", status="asserted", title="T")
    assert payload["version"] == 1
    assert payload["case"]["title"] == "T"
    assert [(row["id"], row["title"]) for row in payload["layers"]] == [("land", "Land"), ("water", "Water")]
    first, second = payload["routes"]
    assert (first["title"], first["layer"], first["status"]) == ("Khasan", "land", "asserted")
    assert [leg["mode"] for leg in (first["legs"] + second["legs"])] == ["rail", "sea"]
    assert first["attributes"] == {"tons": "1.5"}
    assert second["attributes"] == {}


def test_without_choices_there_is_one_layer_of_plain_lines():
    payload = explored(frame(RAIL, SEA))
    assert [row["title"] for row in payload["layers"]] == ["Lines"]
    assert [row["title"] for row in payload["routes"]] == ["Line 1", "Line 2"]
    assert all("status" not in row for row in payload["routes"])


def test_lines_of_another_crs_are_drawn_where_they_are():
    payload = explored(frame(RAIL).to_crs("EPSG:3857"))
    line = decode(payload["routes"][0]["legs"][0]["line"])
    assert line.ravel().tolist() == pytest.approx([130.6, 42.4, 131.9, 43.1], abs=1e-5)


def test_the_frame_is_not_changed():
    gdf = frame(RAIL, name=["x"]).to_crs("EPSG:3857")
    before = gdf.copy(deep=True)
    explored(gdf, mode="rail")
    pd.testing.assert_frame_equal(gdf, before)


def test_a_multi_line_is_one_route_of_several_legs():
    route = explored(frame(MultiLineString([RAIL, SEA])))["routes"][0]
    assert [leg["seq"] for leg in route["legs"]] == [1, 2]
    assert route["length_km"] == pytest.approx(sum(leg["length_km"] for leg in route["legs"]), abs=0.1)


def test_lines_on_one_track_lie_beside_each_other():
    routes = explored(frame(RAIL, RAIL.reverse()))["routes"]
    assert [route["legs"][0]["beside"] for route in routes] == [["line-1", "line-2"]] * 2
    assert [route["legs"][0]["mirrored"] for route in routes] == [False, True]


def test_a_line_over_the_antimeridian_runs_on():
    line = decode(explored(frame(LineString([(178, -18), (-172, -14)])))["routes"][0]["legs"][0]["line"])
    assert abs(line[1][0] - line[0][0]) == pytest.approx(10)


def test_heights_are_left_out():
    assert len(explored(frame(LineString([(130, 42, 9), (131, 43, 9)])))["routes"]) == 1


def test_ids_of_the_frame_are_kept_where_they_can_stand_in_a_link():
    assert [row["id"] for row in explored(frame(RAIL, SEA, id=["a-1", "b"]))["routes"]] == ["a-1", "b"]
    assert [row["id"] for row in explored(frame(RAIL, SEA, id=["a", "a"]))["routes"]] == ["line-1", "line-2"]
    assert [row["id"] for row in explored(frame(RAIL, id=["<b>"]))["routes"]] == ["line-1"]


def test_layers_of_one_slug_stay_apart():
    payload = explored(frame(RAIL, SEA, RAIL, SEA, grp=["A b", "a-b", "북한", None]), layer="grp")
    assert [row["title"] for row in payload["layers"]] == ["A b", "a-b", "북한", "Other"]
    assert len({row["id"] for row in payload["layers"]}) == 4


def test_a_value_without_a_style_is_drawn_and_warned_of_once():
    gdf = frame(RAIL, SEA, SEA, how=["zeppelin", "zeppelin", "constructor"])
    with pytest.warns(UnknownStyleWarning) as warned:
        payload = explored(gdf, mode="how", status="rumoured")
    assert len(warned) == 1
    message = str(warned[0].message)
    assert message.count("'zeppelin'") == 1
    assert "mode 'constructor'" in message
    assert "status 'rumoured'" in message
    assert payload["routes"][0]["legs"][0]["mode"] == "zeppelin"


def test_rows_without_geometry_are_left_out_and_warned_of():
    gdf = frame(RAIL, None, LineString(), how=["rail", "odd", "odd"])
    with pytest.warns(SkippedLinesWarning, match="2 of 3 rows have no geometry and are not drawn: 1, 2") as warned:
        payload = explored(gdf, mode="how")
    assert len(warned) == 1
    assert len(payload["routes"]) == 1


def test_missing_values_are_not_shown():
    gdf = frame(RAIL, a=[None], b=[float("nan")], c=[pd.NaT], d=[pd.NA], e=[""], f=[0], g=[[1, 2]])
    assert explored(gdf)["routes"][0]["attributes"] == {"f": "0", "g": "[1, 2]"}


@pytest.mark.parametrize(
    ("gdf", "words"),
    [
        (frame(RAIL, crs=None), ["no CRS", "'geometry'", "set_crs"]),
        (frame(), ["no lines to draw", "'geometry'"]),
        (frame(None, LineString()), ["no lines to draw"]),
        (
            frame(RAIL, Point(1, 2), Polygon([(0, 0), (1, 0), (1, 1)])),
            ["Point in row 1", "Polygon in row 2", "boundary"],
        ),
        (frame(LineString([(0, 0), (500_000, 4_000_000)])), ["row 0", "500000", "EPSG:4326", "allow_override"]),
        (gpd.GeoDataFrame({"a": [1]}), ["no geometry column", "set_geometry"]),
    ],
)
def test_faults_name_column_value_and_remedy(gdf, words):
    with pytest.raises(ValueError, match="GeoDataFrame") as fault:
        explored(gdf)
    assert [word for word in words if word not in str(fault.value)] == []


def test_what_is_no_geodataframe_is_refused():
    with pytest.raises(TypeError, match="not a DataFrame"):
        explored(pd.DataFrame({"a": [1]}))
    with pytest.raises(TypeError, match=r"mode=7 is neither a column .* its columns are \['n', 'geometry'\]"):
        explored(frame(RAIL), mode=7)


def test_two_columns_of_one_name_are_refused():
    gdf = frame(RAIL, a=[1], b=[2]).rename(columns={"b": "a"})
    with pytest.raises(ValueError, match="several columns named 'a'"):
        explored(gdf)


def test_a_large_frame_is_packed_with_every_line_and_text_in_it():
    count = 2000
    gdf = frame(
        *[LineString([(n % 170, 0), (n % 170 + 1, n % 80)]) for n in range(count)],
        name=[f"L {n}" for n in range(count)], grp=["A", "B"] * (count // 2), tons=[1.5, None] * (count // 2),
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        route_map = maps.explore(gdf, layer="grp", mode="sea", basemap=False)
    assert route_map.payload["routes"] == []
    assert [row["id"] for row in route_map.payload["layers"]] == ["a", "b"]
    assert route_map.packed.rows == count
    assert route_map.get_bounds() == [[0.0, 0.0], [79.0, 170.0]]
    block = json.loads(route_map.packed.block)
    points, sizes = unpack_points(block["points"])
    assert sizes.tolist() == [2] * count
    assert points[2:4].tolist() == [[1.0, 0.0], [2.0, 1.0]]
    columns = json.loads(zlib.decompress(base64.b64decode(block["columns"])))
    assert columns["title"]["values"][7] == "L 7"
    assert columns["layer"]["values"] == ["a", "b"]
    assert unpack_integers(columns["layer"]["codes"], count).tolist() == [1, 2] * (count // 2)
    assert columns["attributes"][0][0] == "tons"


def test_few_lines_of_many_vertices_are_packed_too_and_a_frame_below_both_bounds_is_not():
    along = [(n / 300, 10 + (n % 7) / 100) for n in range(20_001)]
    assert maps.explore(frame(LineString(along)), basemap=False).packed is not None
    assert maps.explore(frame(LineString(along[:-1])), basemap=False).packed is None
    assert maps.explore(frame(*[RAIL] * 500), basemap=False).packed is None


def test_the_day_since_when_a_line_is_known_is_the_last_that_its_date_can_mean():
    gdf = frame(*[RAIL] * 5, since=["2022-11-02", "2022-11", "2022", None, "2022-11-02/2023-01~"])
    routes = explored(gdf, asserted_on="since")["routes"]
    assert [row.get("known_from") for row in routes] == [
        "2022-11-02", "2022-11-30", "2022-12-31", None, "2023-01-31",
    ]  # fmt: skip
    dates = frame(RAIL, SEA, since=pd.to_datetime(["2022-11-02", None]))
    assert [row.get("known_from") for row in explored(dates, asserted_on="since")["routes"]] == ["2022-11-02", None]


def test_a_date_that_is_none_is_a_fault_with_column_value_and_row():
    with pytest.raises(ValueError, match=r"'since'.*'soon'.*position 1") as fault:
        explored(frame(RAIL, SEA, since=["2022", "soon"]), asserted_on="since")
    assert "2022-11" in str(fault.value)
