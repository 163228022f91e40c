"""Ports: which one a point is in, which one a text declares, and what is wrong with a table of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import routes
from routes.folder import find_case
from routes.voyages.ports import read_ports
from routes.voyages.sphere import distances_km

TABLE = """id,name,lon,lat,locode,names,radius_km
vlad,Vladivostok,131.88,43.1,RUVVO,ko=블라디보스토크;ru=Владивосток,
nakhodka,Nakhodka,132.88,42.8,RU NJK,,25
victoria-ca,Victoria,-123.37,48.42,CAVIC,,
victoria-sc,Victoria,55.45,-4.62,SCPOV,,
"""


@pytest.fixture
def ports(tmp_path):
    (tmp_path / "ports.csv").write_text(TABLE, encoding="utf-8")
    return read_ports(tmp_path / "ports.csv", 10.0)


@pytest.mark.parametrize(
    ("declared", "port"),
    [
        ("VLADIVOSTOK", "vlad"), ("vlad", "vlad"), ("RU VVO", "vlad"), ("ruvvo@@@@@", "vlad"), ("Владивосток", "vlad"),
        ("블라디보스토크", "vlad"), ("CNSHA>RU-NJK", "nakhodka"), ("  nakhodka ", "nakhodka"),
        ("victoria-sc", "victoria-sc"),
        ("VICTORIA", None), ("FOR ORDERS", None), ("", None), (None, None), ("=cmd|' /C calc'!A0", None), (">", None),
    ],
)  # fmt: skip
def test_a_text_declares_a_port_by_name_id_or_locode(ports, declared, port):
    found = ports.resolve(declared)
    assert (ports.ids[found] if found >= 0 else None) == port


def test_the_nearest_port_whose_radius_holds_a_point_is_found_as_by_trying_all():
    rng = np.random.default_rng(5)
    table = pd.DataFrame({
        "id": [f"p{number}" for number in range(60)], "name": "x", "lon": rng.uniform(-180, 180, 60),
        "lat": rng.uniform(-85, 85, 60), "radius_km": rng.choice([50.0, 200.0, 900.0], 60),
    })  # fmt: skip
    ports = read_ports(table, 10.0)
    lon, lat = rng.uniform(-180, 180, 800), rng.uniform(-89, 89, 800)
    found, distance_km = ports.nearest(lon, lat)
    all_km = distances_km(lon[:, None], lat[:, None], ports.lon, ports.lat)
    all_km[all_km > ports.radius_km * 4 / 3] = np.inf
    expected = np.where(np.isfinite(all_km.min(axis=1)), all_km.argmin(axis=1), -1)
    assert found.tolist() == expected.tolist()
    assert distance_km == pytest.approx(all_km.min(axis=1))
    assert 100 < (found >= 0).sum() < 700


def test_a_port_reaches_over_the_antimeridian():
    ports = read_ports(pd.DataFrame({"id": ["x"], "name": ["X"], "lon": [179.99], "lat": [10.0]}), 10.0)
    assert ports.nearest(np.array([-179.97]), np.array([10.0]))[0].tolist() == [0]


def test_the_places_of_a_case_are_ports_where_their_kind_says_so():
    places = find_case("dprk-russia") / "places.csv"
    ports = read_ports(places, 10.0)
    kinds = pd.read_csv(places).set_index("id")["kind"]
    assert set(ports.ids) == set(kinds.index[kinds == "port"])


def test_every_fault_of_a_table_is_told_with_its_line(tmp_path):
    (tmp_path / "ports.csv").write_text(
        "id,name,lon,lat,radius_km\na,A,1,2,\na,B,200,2,0\n,C,1,x,\nd,D,1,2,-3\n", encoding="utf-8"
    )
    with pytest.raises(routes.ReportsError) as caught:
        read_ports(tmp_path / "ports.csv", 10.0)
    places = [" ".join(fault.split()[:2]) for fault in caught.value.faults]
    assert places == [
        "ports.csv:3: id:", "ports.csv:3: lon:", "ports.csv:3: radius_km:", "ports.csv:4: id:", "ports.csv:4: lat:",
        "ports.csv:5: radius_km:",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no CSV"), ("id,name\na,A\n", "lacks columns lon, lat"), ("id,name,lon,lat\n", "holds no port"),
        ("id,name,lon,lat,kind\na,A,1,2,station\n", "holds no port"),
        ("id,name,lon,lat,LON\na,A,1,2,3\n", "column 'lon' stands there twice"),
        ("id,name\x1b[2J\n", r"found 'id', 'name\\x1b"),
        ("id,name,lon,lat\na,A,1,2\nb,B,1,2,3\n", r"^ports.csv:3: has 5 cells, the header 4; quote a cell"),
        ("id,name,lon,lat,lon,lat\na,A,10,57,50,5\n", "column 'lon', 'lat' stands there twice; keep"),
        ('id,name,lon,lat\n\na,"A,1,2\n', r"^ports.csv:3: is not CSV \(unexpected end of data\); quote the cell"),
        (",".join(["id"] * 1001), "has more than 1,000 columns; keep the columns that are needed, or allow more"),
    ],
)  # fmt: skip
def test_what_is_no_table_of_ports_is_refused(tmp_path, text, said):
    (tmp_path / "ports.csv").write_text(text, encoding="utf-8")
    with pytest.raises(routes.ReportsError, match=said):
        read_ports(tmp_path / "ports.csv", 10.0)


HEAD = "id,name,lon,lat\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"{HEAD}a,A,1,2,\nb,B,3,4,\n", [2, 3]),  # a comma at the end of each row
        (f"{HEAD}10,57,10,57,10,57\nb,B,3,4,5,6\n", [2, 3]),  # two more each
        (f"{HEAD}\na,A,1,2\n\n\nb,Port, big,3,4\n", [6]),
        (f'{HEAD}a,"Port,\nbig",1,2\nb,B,3,4,5\n', [4]),
    ],
)
def test_a_row_of_more_cells_than_the_header_shifts_no_column(tmp_path, text, lines):
    (tmp_path / "ports.csv").write_text(text, encoding="utf-8")
    with pytest.raises(routes.ReportsError) as caught:
        read_ports(tmp_path / "ports.csv", 10.0)
    assert [fault.partition(" has ")[0] for fault in caught.value.faults] == [f"ports.csv:{line}:" for line in lines]


def test_empty_lines_and_cells_with_line_ends_move_no_line_number(tmp_path):
    (tmp_path / "ports.csv").write_text(f'\n{HEAD}\n,,,\na,"A\nB",999,2\n  \nb,B,1,2,3\nc,C,1,99\n')
    with pytest.raises(routes.ReportsError) as caught:
        read_ports(tmp_path / "ports.csv", 10.0)
    assert sorted(fault.split()[0] for fault in caught.value.faults) == ["ports.csv:5:", "ports.csv:8:", "ports.csv:9:"]


@pytest.mark.parametrize(
    "text",
    [
        f'\ufeff{HEAD}a,"Port, big",1,2\n', "id,name,lon,lat,\na,\"Port, big\",1,2,\n",
        ',ID,Name,Lon,Lat,note,\n0,a,"Port, big",1,2\n', f'{HEAD}a,"Port, big",1,2\n'.replace("\n", "\r"),
    ],
)  # fmt: skip
def test_quoted_commas_byte_order_marks_and_columns_without_a_name_are_read(tmp_path, text):
    (tmp_path / "ports.csv").write_text(text, encoding="utf-8", newline="")
    ports = read_ports(tmp_path / "ports.csv", 10.0)
    assert (ports.ids, ports.names, ports.lon.tolist(), ports.lat.tolist()) == (("a",), ("Port, big",), [1.0], [2.0])


def test_more_rows_than_the_limit_are_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("WAYBILL_MAX_ROWS", "2")
    (tmp_path / "ports.csv").write_text(f"{HEAD}a,A,1,2\n\nb,B,1,2\nc,C,1,2\n")
    with pytest.raises(
        routes.ReportsError, match=r"^ports.csv:5: has more than 2 rows; keep the ports .* WAYBILL_MAX_R"
    ):
        read_ports(tmp_path / "ports.csv", 10.0)
