"""The projection is chosen by rule from the extent."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from maps.figure.frame import Box, fit
from maps.figure.projection import Extent, choose

RULES = [
    ((-180, -60, 180, 80), "equal-earth"),
    ((60, -10, 200, 60), "equal-earth"),
    ((-180, 20, 180, 78), "equal-earth"),
    ((25, 20, 192, 78), "lambert-azimuthal"),
    ((-60, -78, 110, -10), "lambert-azimuthal"),
    ((20, 76, 60, 84), "azimuthal-equidistant"),
    ((130, 42, 133, 44), "transverse-mercator"),
    ((30, 30, 36, 50), "transverse-mercator"),
    ((100, -10, 130, 15), "lambert-azimuthal"),
    ((-80, -40, -40, 40), "lambert-azimuthal"),
    ((115, 35, 150, 52), "lambert-conformal"),
    ((20, 20, 140, 60), "albers"),
    ((-75, -50, -45, -35), "lambert-conformal"),
    ((170, 40, 200, 55), "lambert-conformal"),
]


@pytest.mark.parametrize(("bounds", "kind"), RULES)
def test_each_extent_has_its_projection(bounds, kind):
    assert choose(Extent(*bounds)).kind == kind


@pytest.mark.parametrize("bounds", [bounds for bounds, _ in RULES])
def test_what_was_asked_for_lies_in_the_frame(bounds):
    west, south, east, north = bounds
    frame = fit(Extent(*bounds), Box(10, 20, 120, 80))
    corners = np.array([(lon, lat) for lon in np.linspace(west, east, 9) for lat in np.linspace(south, north, 9)])
    for x, y in frame.to_mm(corners):
        assert frame.box.has(x, y)


def test_a_map_across_the_antimeridian_is_centred_there_and_whole():
    frame = fit(Extent(170, 40, 200, 55), Box(0, 0, 100, 80))
    assert frame.projection.lon == -175.0
    line = frame.lines_mm(np.array([(172.0, 45.0), (198.0, 46.0)]))
    other = frame.lines_mm(np.array([(-188.0, 45.0), (-162.0, 46.0)]))
    assert len(line) == 1
    assert np.allclose(line[0], other[0])
    assert np.hypot(*np.diff(line[0], axis=0).T).max() < 20


def test_paper_and_degrees_are_each_others_inverse():
    frame = fit(Extent(115, 35, 150, 52), Box(0, 0, 100, 80))
    points = np.array([(120.0, 40.0), (140.0, 50.0)])
    assert np.allclose(frame.to_degrees(frame.to_mm(points)), points, atol=1e-6)


def test_parallels_stand_a_sixth_from_the_edges():
    assert choose(Extent(115, 36, 150, 54)).parallels == (39.0, 51.0)


def test_a_voyage_along_the_arctic_coast_fills_the_paper():
    """Bounds of half the world are mostly empty; what lies in them is what must be seen large."""
    voyage = np.array([(33.0, 69.0), (75.0, 77.0), (140.0, 73.0), (191.0, 66.0), (160.0, 53.0), (109.0, 21.0)])
    frame = fit(Extent(33, 21, 191, 77, voyage), Box(0, 0, 120, 90))
    on_paper = frame.to_mm(voyage)
    assert all(frame.box.has(x, y) for x, y in on_paper)
    covered = (on_paper.max(axis=0) - on_paper.min(axis=0)) / (120, 90)
    assert covered.max() > 0.85
    assert covered.min() > 0.5


corners = st.tuples(st.floats(125, 140), st.floats(36, 48))


@given(st.lists(corners, min_size=2, max_size=12, unique=True))
def test_what_a_frame_shows_of_a_line_is_all_that_lies_in_it_and_no_more(corner):
    frame = fit(Extent(130, 40, 134, 44), Box(0, 0, 100, 80))
    line = np.array(corner)
    [whole] = [frame.to_mm(shapely.get_coordinates(shapely.segmentize(shapely.LineString(line), 1.0)))]
    inside = shapely.box(0, 0, 100, 80)  # the margin around it is shown as far as the window goes
    found = [shapely.LineString(part) for part in frame.lines_mm(line)]
    shown = sum(shapely.intersection(part, inside).length for part in found)
    assert shown == pytest.approx(shapely.intersection(shapely.LineString(whole), inside).length, rel=0.01, abs=0.5)
    for part in found:
        low_x, low_y, high_x, high_y = part.bounds
        assert min(low_x, low_y) > -4.001
        assert high_x < 104.001
        assert high_y < 84.001


def test_a_line_that_crosses_itself_stays_one_line():
    frame = fit(Extent(130, 40, 134, 44), Box(0, 0, 100, 80))
    loops = np.column_stack([132 + np.cos(np.linspace(0, 40, 400)), 42 + np.sin(np.linspace(0, 38, 400))])
    assert len(frame.lines_mm(loops)) == 1
    beyond = loops + np.linspace(0, 6, 400)[:, None]
    assert len(frame.lines_mm(beyond)) < 20
