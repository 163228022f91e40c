"""EDTF dates: which days a text can mean."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from routes.dates import in_words, parse
from routes.errors import DateError


@pytest.fixture(scope="module", autouse=True)
def _nothing_remembered():
    """Every date of this module is read anew: an answer that was remembered would hide a fault."""
    parse.cache_clear()


days = st.dates(date(1000, 1, 1), date(2999, 12, 31))
points = st.one_of(
    days.map(date.isoformat),
    days.map(lambda day: day.isoformat()[:7]),
    days.map(lambda day: day.isoformat()[:4]),
    st.sampled_from(["202X", "19XX", "2004-XX", "2004-06-XX", "1999-XX-XX"]),
)
doubtful = st.builds(
    lambda point, mark: point + mark, points.filter(lambda p: "X" not in p), st.sampled_from(["", "?", "~", "%"])
)


@settings(deadline=None)  # the published parser is slow on a busy machine; its speed is not what is tested
@given(st.one_of(points, doubtful))
def test_the_bounds_agree_with_the_published_parser(text):
    theirs = parse_edtf(text)
    assert parse(text).earliest.timetuple()[:3] == theirs.lower_strict()[:3]
    assert parse(text).latest.timetuple()[:3] == theirs.upper_strict()[:3]


@given(doubtful, doubtful)
def test_an_interval_runs_from_the_first_day_of_one_to_the_last_of_the_other(one, other):
    if parse(one).earliest > parse(other).latest:
        with pytest.raises(DateError, match="ends before it begins"):
            parse(f"{one}/{other}")
    else:
        span = parse(f"{one}/{other}")
        assert (span.earliest, span.latest) == (parse(one).earliest, parse(other).latest)


@given(st.text(max_size=30))
def test_any_text_is_a_span_or_a_date_error(text):
    remedy = ""
    try:
        span = parse(text)
    except DateError as err:
        remedy = str(err).partition(";")[2]
    assert remedy or span.earliest or span.latest


@given(days, st.integers(0, 400), days, st.integers(0, 400))
def test_overlap_means_a_common_day(start, length, other, other_length):
    end, other_end = start + timedelta(days=length), other + timedelta(days=other_length)
    common = max(start, other) <= min(end, other_end)
    assert parse(f"{start}/{end}").overlaps(other, other_end) == common


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2022-11-02", "2 Nov 2022"),
        ("2022-11", "Nov 2022"),
        ("2022", "2022"),
        ("2023-08~", "about Aug 2023"),
        ("2022-11-02?", "2 Nov 2022 (uncertain)"),
        ("2022-11-18/2022-11-19", "18–19 Nov 2022"),
        ("2023-09-07/2023-10-01", "7 Sep – 1 Oct 2023"),
        ("2023-08/2025-03", "Aug 2023 – Mar 2025"),
        ("2023-08/..", "from Aug 2023"),
        ("../2022-11-02", "up to 2 Nov 2022"),
    ],
)
def test_dates_read_as_words(text, words):
    assert in_words(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2022-13",
        "2022-02-30",
        "2022-00-10",
        "0000",
        "22-11-02",
        "2022/11/02",
        "../..",
        "/",
        "2022-21",
        "Nov 2022",
        "２０２２",
    ],
)
def test_what_is_no_date_is_refused_with_a_remedy(text):
    with pytest.raises(DateError, match=r"2022-11-02|earlier date"):
        parse(text)


@pytest.mark.parametrize("text", ["2022-13", "2022-13/2023-01", "2022-11/2023-02-30", "../2022-13", "2023-01/2022-11"])
def test_a_refused_date_is_quoted_as_it_was_written(text):
    with pytest.raises(DateError) as refused:
        parse(text)
    assert str(refused.value).startswith(repr(text))


def test_an_open_end_has_no_last_day():
    assert parse("2023-08/..").latest is None
    assert parse("2023-08/").latest is None
