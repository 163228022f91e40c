"""What stands on the sheet: names that do not overlap, a legend of what is shown, scale, north, panels, figures."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from figure_cases import small_case

from maps.figure import furniture
from maps.figure.counts import counts_of
from maps.figure.frame import Box, fit
from maps.figure.legend import entries
from maps.figure.make import figure
from maps.figure.projection import Extent
from routes.geometry import geod


def boxes(drawn, *roles):
    return [one.box for one in drawn.canvas.written if one.role in roles]


@pytest.mark.parametrize("language", ["en", "ko", "ru", "zh"])
@pytest.mark.parametrize("size", ["170x110mm", "85x110mm"])
def test_no_name_lies_over_another_or_beyond_the_sheet(built_in, language, size):
    drawn = figure(built_in, state="on=rail-link,sea-shipments&c=42.4,131.0&z=6.5", size=size, language=language)
    names = boxes(drawn, "label", "scale", "north")
    assert len(boxes(drawn, "label")) >= 5
    for one, other in combinations(names, 2):
        beside = one.right <= other.x + 0.1 or other.right <= one.x + 0.1
        assert beside or one.top <= other.y + 0.1 or other.top <= one.y + 0.1
    sheet = Box(0, 0, drawn.canvas.width, drawn.canvas.height)
    assert all(sheet.holds(one.box) for one in drawn.canvas.written)


def test_the_legend_explains_what_is_shown_and_nothing_else(khasan):
    found = entries(khasan.shown, "en")
    runs = khasan.shown.runs
    dashed = {run.route.status for run in runs if run.look.shows == "status"}
    assert {entry.key for entry in found if entry.group == "status"} == dashed
    coloured = {run.mode for run in runs if run.look.shows in {"status", "inferred", "notional"}}
    assert {entry.key for entry in found if entry.group == "mode"} == coloured
    assert ("denied" in {entry.key for entry in found}) == any(run.route.denied_by for run in runs)
    written = " ".join(one.text for one in khasan.canvas.written if one.role == "legend")
    for entry in found:
        assert entry.label.split()[0] in written
    assert "Notional" not in written


def test_the_scale_bar_is_true_where_the_map_is(khasan):
    frame = fit(Extent(125, 38, 140, 47), Box(0, 0, 120, 80))
    metres = furniture.scale_at(frame, 60, 40)
    ends = frame.to_degrees(np.array([(50.0, 40.0), (70.0, 40.0)]))
    assert geod().inv(*ends[0], *ends[1])[2] == pytest.approx(20 * metres, rel=0.002)
    texts = [one.text for one in khasan.canvas.written if one.role == "scale"]
    assert [text.split()[-1] for text in texts] == ["nmi", "km"]


def test_there_is_no_north_where_it_would_mislead():
    assert furniture.north_makes_sense(fit(Extent(130, 42, 133, 44), Box(0, 0, 100, 80)))
    assert not furniture.north_makes_sense(fit(Extent(20, 20, 140, 60), Box(0, 0, 100, 80)))
    assert not furniture.north_makes_sense(fit(Extent(-180, -60, 180, 80), Box(0, 0, 100, 80)))


def test_the_arrow_points_north():
    frame = fit(Extent(115, 35, 150, 52), Box(0, 0, 100, 80))
    angle = math.radians(furniture.north_at(frame, 80, 60))
    here, there = frame.to_degrees(np.array([(80.0, 60.0), (80 + math.sin(angle), 60 + math.cos(angle))]))
    assert here[0] == pytest.approx(there[0], abs=0.01)
    assert there[1] > here[1]


def test_one_small_map_a_year_with_what_happened_in_it(built_in):
    drawn = figure(
        built_in,
        state="on=sea-shipments&from=2023&to=2024-06&c=42.4,131.0&z=7",
        small_multiples="year",
        known="2024-12-31",
    )
    assert [one.text for one in drawn.canvas.written if one.role == "heading"] == ["2023", "2024"]
    assert [(str(one.lens.start), str(one.lens.end)) for one in drawn.scenes] == [
        ("2023-01-01", "2023-12-31"), ("2024-01-01", "2024-06-30"),
    ]  # fmt: skip
    assert len(drawn.texts.alt) > 100


def test_one_small_map_a_party(built_in):
    drawn = figure(built_in, state="on=sea-shipments&c=42.4,131.0&z=7&by=us-allies,dprk", small_multiples="party")
    assert [one.lens.by for one in drawn.scenes] == [("us-allies",), ("dprk",)]
    assert [one.text for one in drawn.canvas.written if one.role == "heading"] == ["US and allies", "DPRK"]


def test_figures_stand_side_by_side_with_who_when_and_since_when(small):
    drawn = figure(small, figures_in="boxes")
    rows = [one.text for one in drawn.canvas.written if one.role == "row"]
    assert "Someland" in rows
    assert "said 1 Oct 2023; counted from Aug 2023" in rows
    assert "said 1 Dec 2023; start of count not stated" in rows
    figures = [one.text for one in drawn.canvas.written if one.role == "figure"]
    assert figures == ["at least 100", "40 to 60"]
    assert "140" not in drawn.texts.as_file("en")
    assert any("not to be added up" in one.text for one in drawn.canvas.written)


def test_a_figure_said_later_is_not_there(built_in):
    scene = figure(built_in, figures_in="containers", known="2024-02-25").scenes[0]
    assert "e43-rok-mnd-2" not in {count.claim for count in counts_of(scene)}
    assert "e42-us-state-2" in {count.claim for count in counts_of(scene)}


def test_a_unit_that_nobody_uses_names_those_in_use(small):
    with pytest.raises(ValueError, match="units on record: boxes"):
        figure(small, figures_in="tons")


def test_a_sheet_too_small_for_its_legend_says_so(built_in):
    with pytest.raises(ValueError, match="no room"):
        figure(built_in, size="60x50mm")


@pytest.mark.parametrize("size", ["170", "10x10mm", "170x110in", "9999x9999mm"])
def test_a_size_that_is_none_is_refused(small, size):
    with pytest.raises(ValueError, match=r"is not a size|at least"):
        figure(small, size=size)


def test_a_case_without_lines_is_still_a_sheet():
    case = small_case()
    drawn = figure(case, known="2020-01-01")
    assert drawn.texts.alt.endswith("No route is shown.")
