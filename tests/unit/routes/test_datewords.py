"""Dates in four languages: the table that the page is held to as well."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routes.dates import day_in_words, in_words, parse
from routes.errors import DateError

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "dates.json").read_text(encoding="utf-8"))
LANGUAGES = ("en", "ko", "ru", "zh")


@pytest.fixture(scope="module", autouse=True)
def _nothing_remembered():
    """Every date of this module is read anew: an answer that was remembered would hide a fault."""
    parse.cache_clear()


def test_the_table_is_large_enough_and_names_no_text_twice():
    texts = [row["text"] for row in VECTORS["rows"]] + VECTORS["refused"]
    assert len(VECTORS["rows"]) >= 70
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("row", VECTORS["rows"], ids=lambda row: row["text"])
def test_the_days_that_a_text_can_mean(row):
    span = parse(row["text"])
    ends = [day and day.isoformat() for day in (span.earliest, span.latest)]
    assert ends == [row["earliest"], row["latest"]]
    assert (span.approximate, span.uncertain, span.precision) == (
        row["approximate"],
        row["uncertain"],
        row["precision"],
    )


@pytest.mark.parametrize("row", VECTORS["rows"], ids=lambda row: row["text"])
def test_each_language_says_it(row):
    assert {language: in_words(row["text"], language) for language in LANGUAGES} == row["words"]
    assert {language: day_in_words(row["text"], language) for language in LANGUAGES} == row["day"]


@pytest.mark.parametrize("text", VECTORS["refused"], ids=repr)
def test_what_is_no_date_is_refused(text):
    for read in (parse, in_words, day_in_words):
        with pytest.raises(DateError):
            read(text)


def test_words_are_english_unless_asked_otherwise():
    assert in_words("2022-11-18/2022-11-19") == "18–19 Nov 2022"
    assert day_in_words("2022-11-02") == "2 November 2022"


@pytest.mark.parametrize("language", ["tlh", "", "EN"])
def test_another_language_is_refused_with_those_there_are(language):
    with pytest.raises(ValueError, match="en, ko, ru, zh"):
        in_words("2022-11-02", language)


years = st.one_of(st.integers(1, 9999).map("{:04}".format), st.sampled_from(["202X", "199X", "19XX", "20XX"]))
months = st.one_of(st.just(""), st.just("-XX"), st.integers(1, 12).map("-{:02}".format))
points = st.one_of(
    st.builds("{}{}{}".format, years, months, st.sampled_from(["", "?", "~", "%"])),
    st.builds("{}{}".format, st.dates(date(1, 1, 1)), st.sampled_from(["", "?", "~", "%"])),
)
ends = st.one_of(points, st.sampled_from(["", ".."]))


@given(st.one_of(points, st.builds("{}/{}".format, ends, ends)), st.sampled_from(LANGUAGES))
def test_whatever_is_read_can_be_said(text, language):
    try:
        parse(text)
    except DateError:
        return
    for say in (in_words, day_in_words):
        assert any(digit in say(text, language) for digit in "123456789")
        assert "None" not in say(text, language)
