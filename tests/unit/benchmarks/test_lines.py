"""The seeded frames that the benchmark of large frames draws, how it reads a trace, and how it judges its figures."""

import math
import runpy
from pathlib import Path

import shapely

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"
FRAMES = runpy.run_path(str(BENCHMARKS / "frames.py"))
TARGETS = runpy.run_path(str(BENCHMARKS / "targets.py"))
PICTURES = runpy.run_path(str(BENCHMARKS / "pictures.py"))


def test_a_frame_has_its_size_and_the_same_bytes_each_time():
    size = FRAMES["SIZES"]["M"]
    gdf, again = FRAMES["frame"](size), FRAMES["frame"](size)
    assert gdf.to_wkb().equals(again.to_wkb())
    assert len(gdf) == 1000
    assert set(shapely.get_num_coordinates(gdf.geometry)) == {100}
    assert gdf["layer"].nunique() == 20
    assert gdf.crs == "EPSG:4326"


def test_lines_stay_in_the_world_and_run_on_over_the_antimeridian():
    gdf = FRAMES["frame"](FRAMES["SIZES"]["M"])
    coords, line = shapely.get_coordinates(gdf.geometry, return_index=True)
    assert abs(coords[:, 1]).max() <= 75
    assert 180 < abs(coords[:, 0]).max() < 360
    steps = abs(coords[1:] - coords[:-1])[line[1:] == line[:-1]]
    assert steps.max() < 10


def judged(results, resolution_ms=0):
    return {(one.size, one.what): one.verdict for one in TARGETS["targets"](results, resolution_ms)}


def test_a_target_beside_a_peer_is_met_up_to_its_limit_and_missed_beyond():
    at_most = judged({"L": {"waybill": {"build": 1.0, "peak": 260}, "folium": {"build": 15}, "frame": {"peak": 200}}})
    beyond = judged({"L": {"waybill": {"build": 1.1, "peak": 261}, "folium": {"build": 15}, "frame": {"peak": 200}}})
    build, peak = ("L", "build s: a fifteenth of folium GeoJson"), ("L", "peak MB of the build: 1.3 of the frame alone")
    assert (at_most[build], at_most[peak]) == ("met", "met")
    assert (beyond[build], beyond[peak]) == ("missed", "missed")


def test_what_did_not_end_in_time_is_missed_and_what_was_not_run_is_not_judged():
    found = judged({"L": {"waybill": {"load": math.inf, "off": math.inf}, "frame": {"peak": 200}}})
    assert found["L", "off ms"] == "missed"
    assert found["L", "zoom ms"] == "not measured"
    assert found["L", "load ms: a third of folium GeoJson"] == "not measured"


def test_a_peer_that_did_not_end_in_time_is_no_limit():
    found = judged({"S": {"waybill": {"load": 500}, "folium": {"load": math.inf}}})
    assert found["S", "load ms: no slower than folium GeoJson"] == "not measured"


def test_no_slower_allows_what_the_method_cannot_tell_apart_but_only_for_pictures():
    results = {"S": {"waybill": {"off": 22, "build": 0.2}, "folium": {"off": 10, "build": 0.1}}}
    found = judged(results, resolution_ms=15)
    assert found["S", "off ms: no slower than folium GeoJson"] == "met"
    assert found["S", "build s: no slower than folium GeoJson"] == "missed"
    assert judged(results, resolution_ms=5)["S", "off ms: no slower than folium GeoJson"] == "missed"


def frame_event(ts_us, client):
    return {
        "name": "Surface::CommitFrame",
        "ph": "X",
        "ts": ts_us,
        "dur": 10,
        "args": {"SurfaceId": f"SurfaceId(FrameSinkId({client}, 3), x)"},
    }


def test_the_last_change_is_the_picture_after_the_pages_last_frame_not_one_of_the_browsers_window():
    mark = {"name": PICTURES["MARK"], "ph": "I", "ts": 1000, "args": {"data": {"startTime": 0.5}}}
    picture = {"name": "Display::DrawAndSwap", "ph": "X", "dur": 2000}
    drawn = {"name": "DirectRenderer::DrawFrame", "ph": "X", "dur": 1000}
    events = [mark, frame_event(5000, 6), picture | {"ts": 5100}, drawn | {"ts": 5200}]
    events += [frame_event(800_000, 6), picture | {"ts": 801_000}, drawn | {"ts": 801_500}]
    # a frame without damage, and one of the browser's window
    events += [frame_event(850_000, 6), picture | {"ts": 851_000}]
    events += [frame_event(900_000, 0), picture | {"ts": 901_000}, drawn | {"ts": 901_500}]
    assert PICTURES["last_change_ms"](events) == 802
    assert PICTURES["last_change_ms"](events, from_navigation=True) == 802.5
    assert PICTURES["last_change_ms"]([mark, frame_event(900_000, 0)]) == 0
