"""Each column of each table: what it must hold, and that anything else is a fault in its place."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from builders import raw_case
from test_check import CLAIM, EVENT, LEG, MEASURE, PARTY, PORT, ROUTE, STATION, sound

from routes import schema
from routes.checking import check_raw

VECTORS = Path(__file__).parents[2] / "vectors"

ROWS = {
    "places": PORT,
    "routes": ROUTE,
    "legs": LEG,
    "events": EVENT,
    "claims": CLAIM,
    "parties": PARTY,
    "measures": MEASURE,
}
REQUIRED = {
    "places": "id name kind lon lat",
    "routes": "id title layer kind",
    "legs": "route seq from to mode basis",
    "events": "id title",
    "claims": "id party stance asserted_on about statement sources",
    "parties": "id name kind",
    "measures": "id subject what value unit",
}
WORDS = {
    "places": "kind verified",
    "routes": "kind",
    "legs": "mode basis",
    "events": "kind verified",
    "claims": "stance about evidence source_grade info_grade quantity_is verified",
    "parties": "kind",
    "measures": "what unit verified",
}
NUMBERS = {
    "places": "lon lat precision_m",
    "legs": "seq published_km",
    "claims": "quantity quantity_max",
    "measures": "value value_max",
}
DATES = {"routes": "exists", "events": "when", "claims": "asserted_on counted_from", "measures": "as_of"}
REFERENCES = {
    "routes": "layer illustrates",
    "legs": "route from to via avoid",
    "events": ("routes place layer related declared_origin asserted_origin declared_destination asserted_destination"),
    "claims": "event route place routes party derived_from sources",
    "parties": "part_of",
    "measures": "subject from to sources",
}
CODES = {"places": "country members", "routes": "countries", "parties": "country"}


def test_the_case_format_is_the_one_that_folders_of_others_rely_on():
    """A column may be added here, and a word. What there is must stay as it is, or cases that were sound are not."""
    with (VECTORS / "case_format.csv").open(encoding="utf-8", newline="") as file:
        relied_on = list(csv.DictReader(file))
    found = [
        {
            "table": table.name,
            "column": column.name,
            "holds": column.kind,
            "required": "yes" * column.required,
            "words": ";".join(column.words),
            "to": ";".join(column.to),
            **{bound: _plain(getattr(column, bound)) for bound in ("low", "high", "above")},
        }
        for table in schema.TABLES.values()
        for column in table.columns
    ]
    assert found == relied_on


WORKED_OUT = {
    "places": "geometry",
    "routes": "geometry length_km fallback",
    "legs": "geometry length_km track_km made_by fallback problem remedy",
}


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table, names in WORKED_OUT.items() for column in names.split()]
)
def test_no_column_of_the_author_bears_the_name_of_what_is_worked_out(table, column):
    rows = sound()[table]
    found = [f for f in check_raw(raw_case(**sound(**{table: [{**rows[0], column: "x"}, *rows[1:]]}))) if f.is_fault]
    assert [(one.file, one.row, one.column) for one in found] == [(f"{table}.csv", 1, column)]


def test_every_documented_key_of_case_toml_is_known():
    day = date(2024, 1, 1)
    meta = {
        "title": "T", "summary": "S", "updated": day, "authors": ["A"], "licence": "CC0-1.0", "language": "en",
        "disclaimer": "D", "groups": {"own": "Ours"},
        "view": {"on": ["all"], "known": day, "from": day, "to": day},
        "cut": {"known": "2024-01-01", "by": ["us"], "from": "2024-01-01", "to": "2024-01-01", "on": ["all"]},
        "layer": [
            {"id": "top", "title": "T"},
            {"id": "all", "title": "All", "parent": "top", "note": "N", "on": True, "open": False},
        ],
    }  # fmt: skip
    found = check_raw(raw_case(meta, **sound(parties=[{**PARTY, "groups": "own"}])))
    assert [str(one) for one in found if one.file == "case.toml"] == []


def _plain(bound: float | None) -> str:
    return "" if bound is None else f"{bound:g}"


def columns(of: dict[str, str]) -> list[tuple[str, str]]:
    return [(table, column) for table, names in of.items() for column in names.split()]


def problems(table: str, column: str, value: str) -> list[str]:
    """Return what is wrong with a cell of the first row of a table that is sound otherwise."""
    rows = [{**ROWS[table], column: value}, *([STATION] if table == "places" else [])]
    found = check_raw(raw_case(**sound(**{table: rows})))
    return [f.problem for f in found if f.is_fault and (f.file, f.row, f.column) == (f"{table}.csv", 2, column)]


@pytest.mark.parametrize(("table", "column"), columns(REQUIRED))
def test_a_cell_that_must_be_filled_is_missed(table, column):
    assert any("empty" in problem for problem in problems(table, column, ""))


@pytest.mark.parametrize(("table", "column"), columns(WORDS))
def test_a_word_that_the_column_does_not_know_is_refused(table, column):
    assert any("not one of the words" in problem for problem in problems(table, column, "perhaps"))


@pytest.mark.parametrize(("table", "column"), columns(NUMBERS))
def test_a_figure_in_words_is_refused(table, column):
    assert any("not a number" in problem for problem in problems(table, column, "many"))


@pytest.mark.parametrize(("table", "column"), columns(DATES))
def test_a_day_that_no_calendar_has_is_refused(table, column):
    assert any("calendar" in problem for problem in problems(table, column, "2022-02-30"))


@pytest.mark.parametrize(("table", "column"), columns(REFERENCES))
def test_an_id_that_stands_nowhere_is_refused(table, column):
    assert any("not in" in problem for problem in problems(table, column, "nowhere"))


@pytest.mark.parametrize(("table", "column"), columns(CODES))
def test_a_country_by_its_name_is_refused(table, column):
    assert any("not a country code" in problem for problem in problems(table, column, "Russia"))


@pytest.mark.parametrize(
    ("table", "column", "least", "below"),
    [
        ("places", "lon", "-180", "-180.5"),
        ("places", "lat", "-90", "-90.5"),
        ("places", "precision_m", "0", "-0.5"),
        ("legs", "seq", "1", "-1"),
        ("legs", "published_km", "0.5", "0"),
        ("measures", "value", "0.5", "0"),
        ("measures", "value_max", "0.5", "0"),
    ],
)
def test_the_least_figure_is_taken_and_one_below_it_refused(table, column, least, below):
    assert not any("outside" in problem or "not more" in problem for problem in problems(table, column, least))
    assert any("outside" in problem or "not more" in problem for problem in problems(table, column, below))


@pytest.mark.parametrize(("column", "most", "above"), [("lon", "180", "180.5"), ("lat", "90", "90.5")])
def test_the_greatest_degree_is_taken_and_one_above_it_refused(column, most, above):
    assert not any("outside" in problem for problem in problems("places", column, most))
    assert any("outside" in problem for problem in problems("places", column, above))
