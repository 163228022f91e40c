"""What a figure is asked for beyond the usual: half a view, more panels than a sheet holds, sizes out of bounds."""

from __future__ import annotations

import dataclasses

import pytest
from figure_cases import small_case
from hypothesis import given
from hypothesis import strategies as st

from maps.figure.asked import check_options, kind_of, size_of
from maps.figure.extent import extent_of
from maps.figure.make import figure
from maps.figure.panels import LeftOutWarning, by_party, by_year
from maps.figure.scene import Scene, lens_of
from maps.figure.texts import two_lines, wrap
from maps.state import State


def scene_at(case, text):
    state = State.parse(text).resolve(case)[0]
    return Scene(case, lens_of(case, state)), state


def middle(extent):
    return (extent.west + extent.east) / 2, (extent.south + extent.north) / 2


def test_a_centre_alone_keeps_the_width_with_which_the_case_opens(built_in):
    opening = extent_of(*scene_at(built_in, ""))
    found = extent_of(*scene_at(built_in, "c=10,20"))
    assert middle(found) == pytest.approx((20, 10))
    assert found.east - found.west == pytest.approx(opening.east - opening.west)


def test_a_centre_alone_near_a_pole_stays_on_the_globe(built_in):
    found = extent_of(*scene_at(built_in, "c=84,20"))
    assert found.north <= 90
    assert found.south < 84


def test_a_zoom_alone_looks_at_the_middle_of_what_the_case_opens_with(built_in):
    opening = extent_of(*scene_at(built_in, ""))
    found = extent_of(*scene_at(built_in, "z=7"))
    # the panel hides the left, so that the middle of the page is west of the middle of what is free of it
    assert found.west < middle(opening)[0] < found.east
    assert found.south < opening.lat < found.north
    assert (found.north - found.south) < (opening.north - opening.south)


def test_years_without_a_date_are_refused_with_what_to_do():
    case = small_case()
    undated = dataclasses.replace(case, events=case.events.assign(when=""))
    scene, _ = scene_at(undated, "")
    with pytest.raises(ValueError, match="switch on other layers"):
        by_year(scene)


def test_parties_of_a_case_without_groups_are_refused_with_what_to_do():
    scene, _ = scene_at(small_case(), "")
    with pytest.raises(ValueError, match="choose parties with --by ID"):
        by_party(scene)


def test_more_years_than_a_sheet_holds_leave_out_the_earliest_and_say_so():
    case = small_case()
    long = dataclasses.replace(case, events=case.events.assign(when="2005/2023"))
    scene, _ = scene_at(long, "")
    with pytest.warns(LeftOutWarning, match="2005"):
        panels = by_year(scene)
    assert [panel.heading for panel in panels] == [str(year) for year in range(2012, 2024)]


@pytest.mark.parametrize(
    ("text", "size"), [("170x110mm", (170, 110)), (" 85.5 × 60 mm ", (85.5, 60)), ("60x40mm", None), ("170x110", None)]
)
def test_a_size_is_read_as_written_or_refused(text, size):
    if size:
        assert size_of(text) == size
    else:
        with pytest.raises(ValueError, match=r"170x110mm|at least"):
            size_of(text)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((20, 170, 110, None, None), "dpi: 20"),
        ((1201, 170, 110, None, None), "30 to 1200"),
        ((1200, 1000, 1000, None, None), "fewer for a large sheet"),
        ((300, 170, 110, "de", None), "'de' is not one of"),
        ((300, 170, 110, None, "month"), "neither 'year' nor 'party'"),
    ],
)
def test_what_no_figure_can_be_is_refused_by_name(options, said):
    with pytest.raises(ValueError, match=said):
        check_options(*options)


def test_an_ending_that_is_no_format_is_refused(tmp_path):
    assert kind_of(tmp_path / "A.PDF") == "pdf"
    with pytest.raises(ValueError, match=r"'a.gif': a figure ends in .svg, .pdf or .png"):
        kind_of(tmp_path / "a.gif")


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" ")), st.integers(4, 40))
def test_lines_are_no_wider_than_asked_and_lose_no_letter(text, width):
    lines = wrap(text, width, len)
    assert all(len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text("ab ", min_size=30), st.integers(4, 12), st.integers(1, 3))
def test_lines_that_are_left_out_are_told_by_an_ellipsis(text, width, most):
    lines, whole = wrap(text, width, len, most), wrap(text, width, len)
    assert len(lines) <= most
    assert all(len(line) <= width for line in lines)
    assert lines[-1].endswith("…") == (len(whole) > most)


def test_a_long_name_breaks_before_its_bracket_or_near_its_middle():
    assert two_lines("Short name") == ["Short name"]
    assert two_lines("Vostochny Port (Nakhodka)") == ["Vostochny Port", "(Nakhodka)"]
    assert two_lines("Khasan and Tumangang stations") == ["Khasan and", "Tumangang stations"]
    assert two_lines("Petropavlovsk-Kamchatsky") == ["Petropavlovsk-Kamchatsky"]


def test_a_sheet_of_too_many_years_is_still_drawn():
    case = small_case()
    long = dataclasses.replace(case, events=case.events.assign(when="2005/2023"))
    with pytest.warns(LeftOutWarning):
        drawn = figure(long, small_multiples="year", size="300x300mm")
    assert len(drawn.scenes) == 12
