"""Citations as text."""

from __future__ import annotations

import pytest

from routes.citations import citation, issued, links, source_note

SOURCE = {
    "id": "s1",
    "publisher": "Example Press",
    "title": "A train",
    "container-title": "Copy Daily",
    "issued": {"date-parts": [[2022, 11, 2]]},
    "URL": "https://example.org/a",
}


def test_a_citation_names_publisher_title_container_and_day():
    assert citation(SOURCE) == "Example Press, “A train”, in Copy Daily, 2 Nov 2022"


def test_a_title_of_our_own_stands_in_brackets():
    noted = {**SOURCE, "note": "descriptive title, not the headline; syndicated copy"}
    assert "[A train]" in citation(noted)
    assert source_note(noted) == "syndicated copy"


def test_authors_come_first():
    authors = [{"family": "Kim", "given": "A."}, {"literal": "The desk"}]
    assert citation({**SOURCE, "author": authors}).startswith("A. Kim, The desk, Example Press")


@pytest.mark.parametrize(
    ("parts", "text"),
    [([[2022]], "2022"), ([["2022", "11"]], "2022-11"), ([[2022, 11, 2], [2022, 11, 4]], "2022-11-02/2022-11-04")],
)
def test_dates_of_csl_become_edtf(parts, text):
    assert issued({"issued": {"date-parts": parts}}) == text


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        "2022",
        {"date-parts": [[]]},
        {"date-parts": [["x"]]},
        {"date-parts": [[2022, 13]]},
        {"date-parts": 3},
        {"date-parts": [[float("inf")]]},
        {"date-parts": [[float("nan")]]},
    ],
)
def test_a_date_that_cannot_be_read_is_no_date(value):
    assert issued({"issued": value}) is None
    assert citation({"title": "T", "issued": value}).endswith("undated")


def test_a_doi_becomes_a_link_and_a_script_does_not():
    assert links({"DOI": "10.1000/182"}) == ("https://doi.org/10.1000/182", None)
    assert links({"URL": "javascript:alert(1)", "archived": "data:text/html,x"}) == (None, None)
