"""Names of places: found in any language, namesakes side by side, the credit with them."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from geodata import gazetteer
from maps.cli import main as cli


def city(number, name, country, population, *others, lon=10.0, lat=50.0):
    return {
        "geonameid": number, "name": name, "countrycode": country, "population": population, "admin1code": "18",
        "alternatenames": list(others), "longitude": lon, "latitude": lat, "timezone": "",
    }  # fmt: skip


CITIES = [
    city(3, "Springfield", "US", 100),
    city(1, "Springfield", "US", 900),
    city(2, "Springfield", "CA", 500),
    city(4, "Saint-Élysée", "FR", 700, "엘리제", "Элизе"),
    city(5, "'Ayn", "SY", 600, ""),
]


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    monkeypatch.setattr(gazetteer, "_cities", lambda: CITIES)


def run(*arguments: str):
    return CliRunner().invoke(cli.main, ["find", *arguments])


def test_the_largest_of_the_namesakes_comes_first():
    assert [place.geonames_id for place in gazetteer.find("springfield")] == [1, 2, 3]


@pytest.mark.parametrize("name", ["saint elysee", "SAINT-ÉLYSÉE", "Saint-E\u0301lyse\u0301e", "엘리제", "ЭЛИЗЕ"])
def test_accents_case_and_language_do_not_matter(name):
    assert [place.geonames_id for place in gazetteer.find(name)] == [4]


def test_an_apostrophe_at_the_beginning_does_not_hide_a_name():
    assert [place.name for place in gazetteer.find("ayn")] == ["'Ayn"]


def test_a_part_of_a_name_is_not_the_name():
    assert gazetteer.find("spring") == []


def test_one_country_alone():
    assert [place.geonames_id for place in gazetteer.find("Springfield", country="us")] == [1, 3]


def test_another_name_is_said_beside_geonames_own():
    assert gazetteer.find("элизе")[0].matched == "Элизе"
    assert "Saint-Élysée (Элизе)" in run("элизе").stdout


@pytest.mark.parametrize(("arguments", "word"), [(["--", "--'"], "letter"), (["x", "--country", "zz"], "zz")])
def test_wrong_use_is_said_and_exits_2(arguments, word):
    result = run(*arguments)
    assert result.exit_code == 2
    assert word in result.stderr


def test_nothing_found_is_said_and_exits_1():
    result = run("nowhere\x1b[31m")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "nothing found for 'nowhere" in result.stderr
    assert "\x1b" not in result.stderr


def test_the_table_names_the_source():
    lines = run("springfield").stdout.splitlines()
    assert lines[0].split() == ["name", "country", "admin1", "lat", "lon", "population", "GeoNames", "id"]
    assert lines[-1] == "3 found. Source: GeoNames (CC BY 4.0)"


def test_json_holds_everything_and_the_source():
    document = json.loads(run("springfield", "--json").stdout)
    assert document["attribution"] == "GeoNames (CC BY 4.0)"
    assert [place["population"] for place in document["places"]] == [900, 500, 100]


def test_the_rows_for_places_csv_have_ids_of_their_own_and_the_source():
    rows = list(csv.DictReader(io.StringIO(run("springfield", "--csv").stdout)))
    assert [row["id"] for row in rows] == ["springfield", "springfield-ca", "springfield-us"]
    assert {row["kind"] for row in rows} == {"settlement"}
    assert {row["origin"] for row in rows} == {"GeoNames (CC BY 4.0)"}
    assert rows[0]["lon"] == "10.00000"


def test_csv_and_json_together_are_wrong_use():
    assert run("springfield", "--csv", "--json").exit_code == 2


def test_the_real_gazetteer_has_a_town_of_the_built_in_case_under_its_korean_name(monkeypatch):
    monkeypatch.undo()
    assert [place.name for place in gazetteer.find("라진", country="KP")] == ["Rajin"]
