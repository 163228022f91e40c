import json
import subprocess
import sys

import numpy as np
import pytest
import shapely

import geodata
from geodata.basemap import BudgetError, basemap, decoded
from geodata.countries import land

KHASAN = [(130.30, 42.25), (130.61, 42.41), (130.64, 42.43)]
CHUKOTKA = [(175.0, 66.0), (186.0, 66.0)]
SUEZ = [(129.0, 35.0), (119.0, 22.0), (104.3, 1.2), (80.0, 5.7), (43.4, 12.5), (32.5, 29.8), (25.0, 34.0)]
LINES = [KHASAN, CHUKOTKA, SUEZ]


def size(page):
    return len(json.dumps(page, ensure_ascii=False, separators=(",", ":")).encode())


def area(rings):
    """Sum of signed areas: what the non-zero rule fills, as cells do not overlap."""
    return sum(float(np.sum(ring[:-1, 0] * ring[1:, 1] - ring[1:, 0] * ring[:-1, 1])) / 2 for ring in rings)


@pytest.fixture(scope="module")
def page():
    return basemap(LINES)


def test_the_same_lines_give_the_same_bytes(page):
    assert json.dumps(page) == json.dumps(basemap(LINES))


@pytest.mark.parametrize("budget", [160_000, 250_000, 500_000, 2_000_000])
def test_the_budget_is_kept(budget):
    page = basemap(LINES, budget_bytes=budget)
    assert size(page) <= budget
    assert page["bytes"] <= budget


def test_a_budget_too_small_is_refused_with_the_least_that_will_do():
    with pytest.raises(BudgetError, match=r"budget_bytes=1000 is too small; give at least \d+"):
        basemap(LINES, budget_bytes=1000)


def test_levels_stack_from_coarse_to_fine(page):
    assert [(level["scale"], level["min_zoom"], level["max_zoom"]) for level in page["levels"]] == [
        ("110m", 0, 3),
        ("50m", 4, 5),
        ("10m", 6, 24),
    ]


def test_the_disclaimer_and_credits_travel_with_the_map(page):
    assert page["disclaimer"] == geodata.BOUNDARY_DISCLAIMER
    assert any("GeoNames" in credit for credit in page["attribution"])


def test_the_finest_level_lies_where_the_lines_are(page):
    boxes = [shapely.box(*cell["box"]) for cell in page["levels"][2]["cells"]]
    ends = [(130.64, 42.43), (-174.0, 66.0), (32.5, 29.8)]
    assert all(any(box.intersects(shapely.Point(end)) for box in boxes) for end in ends)
    assert not any(box.intersects(shapely.Point(-60, -10)) for box in boxes)


def test_nothing_is_drawn_along_the_antimeridian_and_nothing_runs_across_the_map(page):
    for level in page["levels"]:
        held = decoded(level)
        for name in ("coast", "shores", "borders", "disputed"):
            for line in held[name]:
                steps = np.abs(np.diff(line, axis=0))
                on_180 = (np.abs(line[:-1, 0]) > 179.99) & (np.abs(line[1:, 0]) > 179.99)
                assert steps[on_180, 1].max(initial=0) < 0.1, (level["scale"], name)
                assert steps[:, 0].max(initial=0) < 20, (level["scale"], name)  # Antarctic ice fronts at 110m


def test_coordinates_stay_in_their_cell(page):
    for level in page["levels"]:
        for cell in level["cells"]:
            west, south, east, north = cell["box"]
            held = decoded({**level, "cells": [cell]})
            for line in held["land"] + held["coast"] + held["borders"]:
                assert line[:, 0].min() >= west - 0.01
                assert line[:, 0].max() <= east + 0.01
                assert line[:, 1].min() >= south - 0.01
                assert line[:, 1].max() <= north + 0.01


def test_land_is_the_land_of_the_world(page):
    clipped = land("110m").geometry.clip_by_rect(-180, -85.06, 180, 85.06)
    expected = shapely.area(clipped.to_numpy()).sum()
    assert area(decoded(page["levels"][0])["land"]) == pytest.approx(expected, rel=0.001)


def test_no_cell_border_inside_land_is_a_coast(page):
    held = decoded(page["levels"][2])
    cuts = np.array([box[[0, 2]] for box in held["boxes"]]).ravel()
    for line in held["coast"]:
        upright = np.diff(line[:, 0]) == 0
        assert not np.isin(line[:-1, 0][upright], cuts).any()


def test_crimea_has_no_line_at_the_isthmus():
    page = basemap([(33.0, 45.0, 35.0, 47.0)])
    isthmus = shapely.box(33.3, 45.9, 34.9, 46.3)
    for level in page["levels"]:
        held = decoded(level)
        assert not any(shapely.LineString(line).intersects(isthmus) for line in held["borders"] + held["disputed"])


def test_labels_of_the_neighbourhood_are_there_in_four_languages(page):
    names = {label["id"]: label["names"] for label in page["countries"]}
    assert names["KP"] == {"en": "North Korea", "ko": "북한", "ru": "КНДР", "zh": "朝鲜"}
    assert {sea["names"]["en"] for sea in page["seas"]} >= {"Sea of Japan (East Sea)", "Red Sea"}
    cities = {city["names"]["en"]: city for city in page["cities"]}
    assert cities["Pyongyang"]["capital"] is True
    assert cities["Vladivostok"]["names"]["ru"] == "Владивосток"


def test_geometries_bounds_and_arrays_are_taken_alike():
    line = shapely.LineString(KHASAN)
    assert basemap([line]) == basemap([KHASAN]) == basemap([np.array(KHASAN)])
    assert basemap([line.bounds])["levels"][2]["cells"]


def test_no_lines_give_the_world_alone():
    page = basemap([[], shapely.LineString()])
    assert [len(level["cells"]) for level in page["levels"]] == [1, 0, 0]


def test_lines_beyond_180_get_the_cells_they_lie_over():
    turned = [(lon - 360, lat) for lon, lat in CHUKOTKA]
    assert basemap([CHUKOTKA]) == basemap([turned])


def test_a_line_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"shape \(3,\)"):
        basemap([[1.0, 2.0, 3.0]])


def test_the_page_basemap_loads_neither_geopandas_nor_shapely():
    code = (
        "import sys; from geodata.basemap import basemap; basemap([(130.2, 42.2, 131.0, 43.4)]);"
        "print([name for name in ('geopandas', 'pandas', 'shapely', 'pyproj', 'folium') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_importing_geodata_reads_nothing():
    code = "import sys, geodata; print('numpy' in sys.modules, geodata.registry.__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False geodata.registry"


def test_an_unknown_module_is_named():
    with pytest.raises(AttributeError, match="no attribute 'atlas'"):
        _ = geodata.atlas
