import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.polyline import decode, encode

POINTS = st.lists(st.tuples(st.floats(-540, 540), st.floats(-90, 90)), max_size=60)


@given(points=POINTS, precision=st.integers(0, 7))
def test_decoding_gives_the_points_back_to_the_last_digit_kept(points, precision):
    read = decode(encode(points, precision=precision), precision=precision)
    assert read.shape == (len(points), 2)
    if points:
        assert np.abs(read - np.array(points)).max() <= 0.5000001 * 10.0**-precision


def test_the_published_example_of_the_format_is_reproduced():
    assert encode([(-120.2, 38.5), (-120.95, 40.7), (-126.453, 43.252)]) == "_p~iF~ps|U_ulLnnqC_mqNvxq`@"


def test_longitudes_beyond_180_are_kept():
    assert decode(encode([(179.5, 65.0), (190.25, 66.0)])).tolist() == [[179.5, 65.0], [190.25, 66.0]]


def test_a_missing_coordinate_is_refused_with_its_place():
    with pytest.raises(ValueError, match="coordinate 1 is"):
        encode([(1.0, 2.0), (float("nan"), 2.0)])


def test_a_wrong_shape_is_refused():
    with pytest.raises(ValueError, match=r"shape \(3,\)"):
        encode([1.0, 2.0, 3.0])


@pytest.mark.parametrize("text", ["_p~iF", "_p~iF~ps|", "_p~iF~ps|U "])
def test_a_damaged_text_is_refused(text):
    with pytest.raises(ValueError, match="polyline"):
        decode(text)
