import shutil

import numpy as np
import pytest
import shapely

from geodata import registry
from geodata._store import read_packed
from geodata.build import __main__ as command
from geodata.build import cells, packages, polygons, scripts, sources, topojson
from geodata.build.features import Feature, border_lines, polygon

# two squares side by side on a grid of one degree: arc 0 is shared, 1 and 2 are coasts
SQUARES = topojson.decode(
    {
        "type": "Topology",
        "transform": {"scale": [1.0, 1.0], "translate": [-180.0, -90.0]},
        "arcs": [[[10, 0], [0, 10]], [[10, 10], [-10, 0], [0, -10], [10, 0]], [[10, 0], [10, 0], [0, 10], [-10, 0]]],
        "objects": {},
    }
)
LEFT, RIGHT = [[0, 1]], [[2, ~0]]


def test_arcs_are_decoded_from_differences():
    assert SQUARES.ring([0, 1]).tolist() == [[10, 0], [10, 10], [0, 10], [0, 0], [10, 0]]


def test_a_document_that_is_no_topology_is_refused():
    with pytest.raises(ValueError, match="expected a quantised Topology"):
        topojson.decode({"type": "FeatureCollection"})


def test_a_shared_arc_is_a_border_and_others_are_not():
    lines = border_lines(SQUARES, [Feature("A", "AA", [LEFT]), Feature("B", "BB", [RIGHT])])
    assert [line.tolist() for line in lines["borders"]] == [[[10, 0], [10, 10]]]
    assert lines["disputed"] == []


@pytest.mark.parametrize(("first", "second", "kind"), [("RS", "XK", "disputed"), ("IL", "SY", "disputed")])
def test_a_line_in_dispute_is_kept_apart(first, second, kind):
    lines = border_lines(SQUARES, [Feature("A", first, [LEFT]), Feature("B", second, [RIGHT])])
    assert len(lines[kind]) == 1
    assert lines["borders"] == []


def test_a_line_inside_a_country_is_dropped():
    lines = border_lines(SQUARES, [Feature("A", "KZ", [LEFT]), Feature("Baikonur", "KZ", [RIGHT])])
    assert lines == {"borders": [], "disputed": []}


def test_a_ring_that_jumps_over_the_antimeridian_is_cut_there():
    topology = topojson.Topology(
        [np.array([[350, 100], [10, 100], [10, 110], [350, 110], [350, 100]])], (1.0, 1.0), (-180.0, -90.0), {}
    )
    shape = polygon(topology, [[0]])
    assert shape.bounds == (0, 100, 360, 110)
    assert shape.area == 200


def test_a_ring_round_the_pole_is_closed_along_it():
    around = np.array([[0, 30], [120, 30], [240, 30], [0, 30]])
    shape = polygon(topojson.Topology([around], (1.0, 1.0), (-180.0, -90.0), {}), [[0]])
    assert shape.area == 360 * 30


def test_packed_polygons_come_back(tmp_path):
    shape = shapely.MultiPolygon([shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 2, 2)), shapely.box(6, 6, 7, 7)])
    polygons.write_packed(tmp_path / "a.npz", SQUARES, {"FJ": shape})
    held = read_packed(tmp_path / "a.npz")
    assert held.columns["alpha3"].tolist() == ["FJI"]
    assert shapely.equals(held.geometry[0], shapely.transform(shape, lambda grid: grid + np.array([-180, -90])))


def test_edges_that_a_cell_cuts_are_in_no_coast():
    plan = cells.LevelPlan("10m", 90.0, 2, 0)
    island = shapely.box(-100, 10, -80, 20)  # half in one cell, half in the next
    built = cells.build_level(plan, cells.Layers([island], [], shapely.MultiLineString(), shapely.MultiLineString()))
    assert sorted(built) == ["0,1", "1,1"]
    assert [cell["coast"] for cell in built.values()] == [[0, 0, 3], [0, 0, 3]]


def test_land_is_joined_across_the_antimeridian():
    halves = [shapely.box(170, 60, 180, 70), shapely.box(-180, 60, -170, 70), shapely.box(0, 0, 1, 1)]
    joined = cells.joined_across_180(halves)
    assert sorted(shape.bounds for shape in joined) == [(-190, 60, -170, 70), (0, 0, 1, 1), (170, 60, 190, 70)]


@pytest.mark.parametrize(
    ("country", "name", "alternates", "expected"),
    [
        ("KP", "Wŏnsan", ["원산", "원산시", "Genzan"], {"ko": "원산"}),
        ("KP", "Rajin", ["라진", "나진"], {}),
        ("RU", "Khabarovsk", ["Хабаровськ", "Хабаровск", "Хабаровскъ"], {"ru": "Хабаровск"}),
        ("RU", "Kazan", ["Казан", "Казань", "Къазан"], {"ru": "Казань"}),
        ("RU", "Petropavlovsk", ["Владивосток"], {}),
        ("CN", "Yanji", ["延吉", "延吉市", "延边"], {}),
        ("CN", "Yanji", ["延吉", "延吉市", "圖們"], {"zh": "延吉"}),
        ("FR", "Paris", ["파리"], {}),
    ],
)
def test_a_local_name_is_taken_only_without_doubt(country, name, alternates, expected):
    assert scripts.local_names({"countrycode": country, "name": name, "alternatenames": alternates}) == expected


def test_renewing_the_sources_keeps_the_entries_of_others(tmp_path):
    provenance = {key: "x" for key in registry.REQUIRED if key not in {"file", "sha256", "bytes"}}
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(name)
        sources.write_sources(tmp_path / "sources.toml", tmp_path, {name: provenance | {"also": [{"source": 'a "q"'}]}})
    entries = registry.read_sources(tmp_path / "sources.toml")
    assert [entry["file"] for entry in entries] == ["a.json", "b.json"]
    assert entries[0]["also"] == [{"source": 'a "q"'}]


def test_without_npm_the_build_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(packages.shutil, "which", lambda _: None)
    with pytest.raises(packages.PackageError, match=r"npm is needed.*install Node\.js"):
        packages.unpack("world-atlas@2.0.2", tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed; the sources cannot be obtained")
def test_a_second_build_gives_the_same_files(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    work = tmp_path / "work"
    work.mkdir()
    try:
        command.build(work, data)
    except packages.PackageError as err:
        pytest.skip(f"the sources cannot be obtained here: {err}")
    registered = {entry["file"]: entry for entry in registry.sources()}
    built = tuple(registered[path.name] for path in data.iterdir())
    assert len(registry.verify(data, built)) == len(sources.provenance())
