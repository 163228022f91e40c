"""Reports in, voyages out: the known answers, the map, a case, the command, and what is said when it cannot be done."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from geopandas.testing import assert_geodataframe_equal

import maps
import routes
from maps.cli import main as cli
from routes.formats.plain import read_drawings
from routes.formats.skeleton import skeleton
from routes.voyages.frame import CONTRACT
from routes.voyages.progress import bar
from routes.voyages.rules import Rules
from routes.voyages.tracks import LeftOutWarning, voyages_and_left_out
from routes.voyages.writing import write_voyages

HEAD = "vessel,time,lon,lat,declared\n"
PORTS = "id,name,lon,lat\nalpha,Alpha,179.0,10.0\nbeta,Beta,-179.0,10.0\ngamma,Gamma,175.0,10.0\n"
ROWS = [
    ("00:00", 179.0, "BETA"), ("04:00", 179.0, "BETA"), ("12:00", 179.9, "Gamma"), ("20:00", -179.0, "Gamma"),
    ("23:00", -179.0, "alpha"),
]  # fmt: skip


@pytest.fixture
def small(tmp_path):
    """Two vessels over the antimeridian, one of which has an id that is a formula."""
    rows = [
        f"{vessel},2024-01-01T{hour},{lon},10,{declared}\n"
        for vessel in ("=1+1", "ship")
        for hour, lon, declared in ROWS
        if not (vessel == "ship" and declared == "Gamma" and lon > 0)
    ]
    (tmp_path / "reports.csv").write_text(HEAD + "".join(rows[::-1]), encoding="utf-8")
    (tmp_path / "ports.csv").write_text(PORTS, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def found(sample):
    folder, ports, answers = sample
    return voyages_and_left_out(folder, ports, rules=Rules()), answers


def test_the_voyages_are_those_that_were_made(found, made_up):
    voyages, answers = found[0].voyages, found[1].voyages
    sure = answers[answers["sure"]]
    assert len(sure) > 40
    assert len(voyages) - len(answers) in range(-12, 1)  # of a voyage that only begins no report may be left
    assert made_up.missed(answers, voyages).empty
    near = pd.merge_asof(
        sure.assign(at=pd.to_datetime(sure["leaves"], utc=True).dt.as_unit("us")).sort_values("at"),
        voyages.assign(at=voyages["departure"]).dropna(subset="at").sort_values("at"),
        on="at", by=["vessel", "departure_port"], direction="nearest", suffixes=("", "_found"),
    )  # fmt: skip
    told, made = near["declared_is_actual_found"], near["declared_is_actual"]
    assert told.isna().tolist() == made.isna().tolist()
    assert told.dropna().tolist() == made.dropna().astype(bool).tolist()
    ended = near[near["arrival_port"].notna()]
    late = (ended["arrival"] - pd.to_datetime(ended["arrives"], utc=True)).abs()
    assert late.max() < pd.Timedelta("90min")
    # the line ends within the radius of both ports, 10 km each
    assert (ended["lane_km"] - ended["length_km"]).between(0, 22 + 0.01 * ended["lane_km"]).all()
    gaps = near[near["gaps"] == 1]
    assert len(gaps) > 5
    true_h = (gaps["gap_end"] - gaps["gap_begin"]) / pd.Timedelta("1h")
    assert (gaps["longest_gap_h"] - true_h).between(0, 0.4).all()


def test_every_spoilt_row_is_counted_for_what_is_wrong_with_it(found):
    told = {one.reason: one.reports for one in found[0].left_out}
    for reason, count in found[1].spoilt.items():
        words = {"too fast": "could not have got there", "repeated": "another report"}.get(reason, reason)
        [counted] = [reports for text, reports in told.items() if words in text]
        assert counted == count, reason
    assert all(one.examples for one in found[0].left_out)


def test_the_frame_is_what_its_contract_says(small):
    voyages = routes.tracks(small / "reports.csv", small / "ports.csv")
    assert {name: str(kind) for name, kind in voyages.dtypes.items()} == {**CONTRACT, "geometry": "geometry"}
    assert voyages.crs == "EPSG:4326"
    plain, gap = voyages.to_dict("records")
    assert plain["title"] == "=1+1: Alpha – Beta, 2024-01-01"
    assert (plain["declared"], plain["declared_port"], plain["declared_is_actual"]) == ("Gamma", "gamma", False)
    assert plain["declaration"] == "declared is not actual"
    assert (gap["declared"], gap["declared_is_actual"], gap["gaps"]) == ("BETA", True, 1)
    assert gap["gap_list"] == "2024-01-01T04:00:00Z/2024-01-01T20:00:00Z 219 km"
    assert np.ptp(voyages.geometry.iloc[0].xy[0]) == pytest.approx(2.0)


def test_the_same_reports_in_any_files_and_order_give_the_same(small):
    text = (small / "reports.csv").read_text().splitlines(keepends=True)
    expected = routes.tracks(small / "reports.csv", small / "ports.csv")
    (small / "many").mkdir()
    for number, row in enumerate(sorted(text[1:], key=lambda row: row[::-1])):
        (small / "many" / f"{number}.csv").write_text(HEAD + row)
    found = routes.tracks(small / "many", small / "ports.csv")
    assert_geodataframe_equal(found, expected)


def test_explore_draws_the_voyages(small, tmp_path):
    voyages = routes.tracks(small / "reports.csv", small / "ports.csv")
    drawn = maps.explore(voyages, layer="declaration", mode="mode", title="Voyages")
    assert [layer["title"] for layer in drawn.payload["layers"]] == ["declared is not actual", "declared is actual"]
    assert [route["length_km"] for route in drawn.payload["routes"]] == [219.3, 219.3]
    drawn.save(tmp_path / "map.html")
    assert "declared is not actual" in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_hostile_texts_stay_texts(small):
    vessel, declared = "</script><img src=x onerror=alert(1)>{{7*7}}", "\x1b[2J\u202e"
    text = (small / "reports.csv").read_text(encoding="utf-8").replace("ship,", f"{vessel},").replace("Gamma", declared)
    (small / "reports.csv").write_text(f"{text}{vessel},2024-01-01T00:00,50,10,\n", encoding="utf-8")
    arguments = [
        "tracks",
        str(small / "reports.csv"),
        "--ports",
        str(small / "ports.csv"),
        "-o",
        str(small / "v.parquet"),
    ]
    result = CliRunner().invoke(cli.main, arguments)
    assert "1 report left out: another report of the same vessel" in result.stderr
    assert not set("\x1b\u202e") & set(result.output)
    voyages = gpd.read_parquet(small / "v.parquet")
    assert set(voyages["vessel"]) == {vessel, "=1+1"}
    assert voyages["declared_is_actual"].isna().tolist() == [False, True]
    maps.explore(voyages, layer="declaration", mode="mode", title="Voyages").save(small / "map.html")
    page = (small / "map.html").read_text(encoding="utf-8")
    assert "<img src=x" not in page
    assert "{{7*7}}" in page


@pytest.mark.parametrize("suffix", ["gpkg", "geojson", "parquet"])
def test_files_hold_lines_split_at_the_antimeridian_and_texts_as_they_are(small, suffix):
    voyages = routes.tracks(small / "reports.csv", small / "ports.csv")
    path = small / f"voyages.{suffix}"
    write_voyages(voyages, path)
    read = gpd.read_parquet(path) if suffix == "parquet" else gpd.read_file(path)
    assert read["vessel"].tolist() == ["=1+1", "ship"]
    assert read["declared_is_actual"].tolist() == [False, True]
    assert pd.to_datetime(read["arrival"]).tolist() == voyages["arrival"].tolist()
    assert read.geometry.geom_type.tolist() == ["MultiLineString"] * 2
    assert read.total_bounds.tolist() == [-180.0, 10.0, 180.0, 10.0]


def test_import_begins_a_case_that_check_says_how_to_finish(small):
    voyages = routes.tracks(small / "reports.csv", small / "ports.csv")
    write_voyages(voyages, small / "voyages.geojson")
    case = skeleton(read_drawings(small / "voyages.geojson"))
    assert case.route_table["title"].tolist() == voyages["title"].tolist()
    assert case.leg_table["mode"].tolist() == ["sea", "sea"]
    findings = case.check()
    assert not [finding for finding in findings if finding.is_fault]
    assert all(finding.remedy for finding in findings)
    assert any("licence" in str(finding) for finding in findings)


def test_the_command_writes_the_file_and_says_what_it_left_out(small):
    with (small / "reports.csv").open("a") as file:
        file.write("ship,2024-01-01T05:00,91.0,181.0,\nship,2024-01-01T06:00,0,0,\n")
    arguments = ["tracks", str(small / "reports.csv"), "--ports", str(small / "ports.csv"), "-o", str(small / "v.gpkg")]
    result = CliRunner().invoke(cli.main, arguments)
    assert (result.exit_code, result.stdout) == (0, f"{small / 'v.gpkg'}\n")
    assert "1 report left out: position 0, 0 (reports.csv:12)" in result.stderr
    assert "1 report left out: position outside ±180, ±90 (reports.csv:11)" in result.stderr
    assert "2 voyages, 1 to another port than declared" in result.stderr
    assert len(gpd.read_file(small / "v.gpkg")) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (["-o", "voyages.xlsx"], "voyages.xlsx: is no kind of file"),
        (["--gap", "0"], "gap_h=0.0 must be above 0"),
        (["--column", "vessel"], "'vessel': write what it holds"),
        (["--column", "ship=vessel"], "'ship' is nothing that a report says"),
        (["--column", "time=when"], "fault reports.csv: no column 'when' for the time"),
        (["--ports", "no-such.csv"], "no-such.csv"),
        (["--scheduler", "tcp://127.0.0.1:1"], "no Dask scheduler answers at 'tcp://127.0.0.1:1'"),
    ],
)
def test_wrong_use_is_told_and_the_old_file_stays(small, monkeypatch, change, said):
    monkeypatch.chdir(small)
    monkeypatch.setattr("routes.voyages.plan._CONNECT_S", 0.5)
    (small / "v.gpkg").write_text("old")
    arguments = ["tracks", "reports.csv", "--ports", "ports.csv", "-o", "v.gpkg", *change]
    result = CliRunner().invoke(cli.main, arguments)
    assert result.exit_code in {1, 2}
    assert said in result.stderr
    assert "Traceback" not in result.output
    assert (small / "v.gpkg").read_text() == "old"


@pytest.mark.parametrize("kind", ["ports", "link to ports", "second name of ports", "in the folder of reports"])
def test_nothing_that_is_read_is_written_over(small, monkeypatch, kind):
    monkeypatch.chdir(small)
    Path("all").mkdir()
    Path("all", "r.parquet").write_text("no reports, which is not looked at")
    Path("ports.geojson").write_text("no ports, which is not looked at")
    output = Path("all", "..", "ports.geojson")
    if kind == "link to ports":
        output = Path("link.geojson")
        output.symlink_to("ports.geojson")
    elif kind == "second name of ports":
        output = Path("second.geojson")
        output.hardlink_to("ports.geojson")
    elif kind == "in the folder of reports":
        output = Path("all", "r.parquet")
    before = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    result = CliRunner().invoke(cli.main, ["tracks", "all", "--ports", "ports.geojson", "-o", str(output)])
    assert result.exit_code == 2
    said = f"{output.name}: is one of the files that are read; give the voyages a name of their own"
    assert said in " ".join(result.stderr.split())
    assert {path: path.read_bytes() for path in small.rglob("*") if path.is_file()} == before


def test_a_voyage_from_one_end_of_the_calendar_to_the_other_is_written(small):
    ends = [("0001-01-01T00:00Z", 179.0), ("0001-01-01T03:00Z", 179.0), ("9999-12-31T20:00Z", -179.0)]
    rows = "".join(f"v,{time},{lon},10,\n" for time, lon in [*ends, ("9999-12-31T23:59:59.999999Z", -179.0)])
    (small / "far.csv").write_text(f"{HEAD}{rows}v,9999-12-31T23:59-05:00,1,2,\nv,0000-01-01,1,2,\n")
    arguments = ["tracks", str(small / "far.csv"), "--ports", str(small / "ports.csv"), "-o"]
    for name in ("v.gpkg", "v.geojson", "v.parquet"):
        result = CliRunner().invoke(cli.main, [*arguments, str(small / name)])
        assert "2 reports left out: time outside the years 1 to 9999 (far.csv:6, far.csv:7)" in result.stderr
        assert (result.exit_code, result.stdout) == (0, f"{small / name}\n")


def test_reports_of_which_none_is_sound_are_an_error(small):
    (small / "bad.csv").write_text(HEAD + ",2024-01-01,1,2,\nv,2024-01-01,0,0,\n")
    with pytest.raises(
        routes.ReportsError, match=r"no report can be used\n1 report left out: no vessel id \(bad.csv:2"
    ):
        routes.tracks(small / "bad.csv", small / "ports.csv")
    (small / "none.csv").write_text(HEAD)
    with pytest.raises(routes.ReportsError, match=r"no file holds more than a header: 'none.csv'; give"):
        routes.tracks(small / "none.csv", small / "ports.csv")


def test_what_is_left_out_is_warned_of_and_kept_with_the_frame(small):
    with (small / "reports.csv").open("a") as file:
        file.write("ship,2024-01-01T06:00,0,0,\n")
    with pytest.warns(LeftOutWarning, match="position 0, 0"):
        voyages = routes.tracks(small / "reports.csv", small / "ports.csv")
    assert voyages.attrs["left_out"] == [{"reason": "position 0, 0", "reports": 1, "examples": ["reports.csv:11"]}]


def test_reports_without_any_voyage_are_an_empty_frame(small):
    (small / "one.csv").write_text(HEAD + "v,2024-01-01,1,2,\n")
    voyages = routes.tracks(small / "one.csv", small / "ports.csv")
    assert voyages.empty
    assert list(voyages.columns) == [*CONTRACT, "geometry"]


WITHOUT_DASK = """
import sys
sys.modules["dask"] = sys.modules["distributed"] = None
import routes
print(len(routes.tracks("reports.csv", "ports.csv")))
try:
    routes.tracks("reports.csv", "ports.csv", workers=2)
except routes.MissingExtraError as err:
    print(err)
from maps.cli.main import main
main(["tracks", "reports.csv", "--ports", "ports.csv", "-o", "v.gpkg", "--workers", "2"])
"""


def test_without_dask_little_work_is_done_and_much_says_what_to_install(small):
    command = [sys.executable, "-c", WITHOUT_DASK]
    environment = os.environ | {"PYTHONPATH": str(Path(routes.__file__).parents[1])}
    result = subprocess.run(command, cwd=small, env=environment, capture_output=True, text=True, check=False)
    said = "install it with pip install '.[tracks]' in the checkout"
    assert result.stdout.splitlines()[0] == "2"
    assert said in result.stdout.splitlines()[1]
    assert result.returncode == 2
    assert said in " ".join(result.stderr.split())


def test_a_bar_is_drawn_only_where_somebody_watches(capsys):
    bar()(1, 2)
    assert capsys.readouterr().err == ""
    draw = bar(shown=True)
    draw(1, 2)
    draw(2, 2)
    written = capsys.readouterr().err
    assert "1/2 steps" in written
    assert written.endswith("\n")
