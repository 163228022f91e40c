"""Many lines in few bytes: what is packed comes back, to the digits that are kept."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from maps.packing import pack_integers, pack_points, unpack_integers, unpack_points

VECTOR = Path(__file__).parents[2] / "vectors" / "packed.json"

degrees = st.tuples(st.floats(-360, 360, allow_nan=False, width=64), st.floats(-90, 90, allow_nan=False, width=64))
lines = st.lists(st.lists(degrees, min_size=1, max_size=9), min_size=1, max_size=6)


@given(lines=lines, precision=st.sampled_from([3, 5, 6]))
def test_lines_come_back_to_the_digits_kept(lines, precision):
    points = np.array([point for line in lines for point in line])
    sizes = np.array([len(line) for line in lines])
    back, back_sizes = unpack_points(json.loads(json.dumps(pack_points(points, sizes, precision=precision))))
    assert back_sizes.tolist() == sizes.tolist()
    assert np.abs(back - points).max() <= 0.5 * 10.0**-precision + 1e-9


@given(numbers=hnp.arrays(np.int64, st.integers(0, 400), elements=st.integers(-(2**31), 2**31 - 1)))
def test_whole_numbers_of_32_bits_come_back(numbers):
    assert unpack_integers(pack_integers(numbers), len(numbers)).tolist() == numbers.tolist()


def test_a_smooth_line_takes_fewer_bytes_than_its_steps_would():
    along = np.linspace(0, 1, 5000)
    points = np.column_stack([130 + 20 * along, 40 + 5 * np.sin(3 * along)])
    packed = pack_points(points, np.array([5000]))
    assert [axis["order"] for axis in packed["axes"]] == [2, 2]
    assert len(json.dumps(packed)) < 2 * len(points)


def test_noise_is_not_deflated_in_vain():
    numbers = np.random.default_rng(1).integers(-128, 128, 4000)
    assert [how for how, _ in pack_integers(numbers)] == ["raw"]


def test_more_digits_than_32_bits_hold_are_refused():
    with pytest.raises(ValueError, match="keep fewer"):
        pack_points(np.array([[130.0, 40.0]]), np.array([1]), precision=8)


def test_damaged_planes_are_refused():
    with pytest.raises(ValueError, match=r"."):
        unpack_integers([["raw", "AAAA"]], 7)


def test_the_table_that_the_page_reads_says_the_same_here():
    table = json.loads(VECTOR.read_text(encoding="utf-8"))
    for row in table["rows"]:
        points, sizes = unpack_points(row["packed"])
        assert sizes.tolist() == [len(line) for line in row["lines"]], row["name"]
        assert points.tolist() == [point for line in row["lines"] for point in line], row["name"]
