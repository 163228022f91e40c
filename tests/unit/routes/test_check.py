"""Checking: every fault at once, with file, row, column, value and remedy."""

from __future__ import annotations

import json
import shutil

import pytest
from builders import META, case, raw_case
from hypothesis import given
from hypothesis import strategies as st

import routes
from routes.checking import check_raw
from routes.checking.sources import is_link
from routes.findings import Finding, fault
from routes.folder import find_case, parse_csv, read_folder

PORT = {"id": "rajin", "name": "Rajin", "kind": "port", "lon": "130.295", "lat": "42.235", "country": "KP"}
STATION = {"id": "khasan", "name": "Khasan", "kind": "station", "lon": "130.645", "lat": "42.43", "country": "RU"}
ROUTE = {"id": "r", "title": "R", "layer": "all", "kind": "movement"}
LEG = {"route": "r", "seq": "1", "from": "rajin", "to": "khasan", "mode": "rail", "basis": "network"}
EVENT = {"id": "e1", "title": "E", "routes": "r"}
PARTY = {"id": "us", "name": "US", "kind": "state"}
CLAIM = {
    "id": "c1", "event": "e1", "party": "us", "stance": "asserts", "asserted_on": "2022-11-02", "about": "movement",
    "statement": "S", "sources": "s1",
}  # fmt: skip
MEASURE = {"id": "m", "subject": "r", "what": "length", "value": "54", "unit": "km", "sources": "s1"}
REGION = {"id": "dprk", "name": "DPRK", "kind": "region", "members": "KP"}


def sound(**changes: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    tables = {
        "places": [PORT, STATION],
        "routes": [ROUTE],
        "legs": [LEG],
        "events": [EVENT],
        "claims": [CLAIM],
        "parties": [PARTY],
    }
    return {**tables, **changes}


def faults(meta: dict | None = None, sources: tuple = ({"id": "s1"},), **tables: list[dict[str, str]]) -> list[Finding]:
    return [f for f in check_raw(raw_case(meta, sources, **sound(**tables))) if f.is_fault]


def only(findings: list[Finding]) -> Finding:
    assert len(findings) == 1, [str(finding) for finding in findings]
    return findings[0]


def test_a_sound_case_has_no_findings():
    assert check_raw(raw_case(**sound())) == []


def test_a_leg_that_is_not_routed_says_that_it_is_straight():
    findings = check_raw(raw_case(**sound(legs=[{**LEG, "mode": "road"}])))
    assert [f.level for f in findings] == ["warning"]
    assert "straight line" in findings[0].problem


@pytest.mark.parametrize(
    ("tables", "place", "problem"),
    [
        ({"places": [{**PORT, "lat": "130.295", "lon": "42.235"}, STATION]}, "places.csv:2: lat", "look swapped"),
        ({"places": [{**PORT, "lat": "4223.5"}, STATION]}, "places.csv:2: lat", "outside -90 to 90"),
        ({"places": [{**PORT, "lat": "1e999"}, STATION]}, "places.csv:2: lat", "too large"),
        ({"places": [{**PORT, "country": "UK"}, STATION]}, "places.csv:2: country", "no country"),
        ({"places": [PORT, STATION, {**REGION, "members": "KP;ZZ"}]}, "places.csv:4: members", "no country"),
        ({"routes": [{**ROUTE, "countries": "EU"}]}, "routes.csv:2: countries", "no country"),
        ({"places": [PORT, STATION, {**PORT, "id": " rajin "}]}, "places.csv:4: id", "already on line 2"),
        ({"places": [{**PORT, "geometry": "POINT (1 2)"}, STATION]}, "places.csv:1: geometry", "works out"),
        ({"legs": [{**LEG, "length_km": "5"}]}, "legs.csv:1: length_km", "works out"),
        ({"legs": [LEG, {**LEG, "seq": "01"}]}, "legs.csv:3: seq", "already on line 2"),
        ({"legs": [LEG, {**LEG, "route": " r", "seq": "1.0"}]}, "legs.csv:3: seq", "already on line 2"),
        ({"legs": [{**LEG, "seq": "1.5"}]}, "legs.csv:2: seq", "whole number"),
        ({"legs": [{**LEG, "published_km": "0"}]}, "legs.csv:2: published_km", "not more than 0"),
        ({"places": [PORT, STATION, REGION], "legs": [{**LEG, "via": "dprk"}]}, "legs.csv:2: via", "without a point"),
        ({"measures": [{**MEASURE, "value": "0"}]}, "measures.csv:2: value", "not more than 0"),
        ({"claims": [CLAIM, {**CLAIM, "id": "c1 ", "stance": "denies"}]}, "claims.csv:3: id", "already on line 2"),
        (
            {"claims": [{**CLAIM, "derived_from": "c2"}, {**CLAIM, "id": "c2", "asserted_on": "2022-12"}]},
            "claims.csv:2: derived_from",
            "after this claim",
        ),
        (
            {
                "parties": [PARTY, {**PARTY, "id": "ny", "kind": "media"}],
                "claims": [CLAIM, {**CLAIM, "id": "c2", "party": "ny", "stance": "withdraws", "derived_from": "c1"}],
            },
            "claims.csv:3: derived_from",
            "cannot withdraw",
        ),
        ({"places": [{**PORT, "lon": "east"}, STATION]}, "places.csv:2: lon", "not a number"),
        ({"places": [{**PORT, "lon": ""}, STATION]}, "places.csv:2: lon", "empty"),
        ({"places": [{**PORT, "kind": "harbour"}, STATION]}, "places.csv:2: kind", "not one of the words"),
        ({"places": [{**PORT, "country": "North Korea"}, STATION]}, "places.csv:2: country", "not a country code"),
        ({"places": [{**PORT, "names": "Раджин"}, STATION]}, "places.csv:2: names", "not language=name"),
        ({"places": [PORT, STATION, {**PORT, "id": "Rajin port"}]}, "places.csv:4: id", "not an id"),
        ({"places": [PORT, STATION, PORT]}, "places.csv:4: id", "already on line 2"),
        ({"places": [{**PORT, "name": ""}, STATION]}, "places.csv:2: name", "empty"),
        ({"places": [PORT, STATION, {**REGION, "members": ""}]}, "places.csv:4: members", "empty"),
        ({"routes": [{**ROUTE, "layer": "rail"}]}, "routes.csv:2: layer", "not in case.toml"),
        ({"legs": [{**LEG, "to": "khassan"}]}, "legs.csv:2: to", "not in places.csv"),
        ({"legs": [LEG, {**LEG, "to": "rajin"}]}, "legs.csv:3: seq", "already on line 2"),
        ({"legs": [{**LEG, "basis": "notional"}]}, "legs.csv:2: from", "notional"),
        ({"legs": [{**LEG, "basis": "drawn"}]}, "legs.csv:2: basis", "no line"),
        ({"legs": []}, "routes.csv:2: id", "no legs"),
        ({"events": [{**EVENT, "when": "early November"}]}, "events.csv:2: when", "not a date"),
        ({"events": [{**EVENT, "routes": "r;q"}]}, "events.csv:2: routes", "not in routes.csv"),
        ({"routes": [{**ROUTE, "kind": "infrastructure"}]}, "events.csv:2: routes", "carries no events"),
        ({"claims": [{**CLAIM, "sources": ""}]}, "claims.csv:2: sources", "empty"),
        ({"claims": [{**CLAIM, "asserted_on": ""}]}, "claims.csv:2: asserted_on", "empty"),
        ({"claims": [{**CLAIM, "sources": "s9"}]}, "claims.csv:2: sources", "not in sources.json"),
        ({"claims": [{**CLAIM, "place": "rajin"}]}, "claims.csv:2: event", "2 subjects"),
        ({"claims": [{**CLAIM, "event": ""}]}, "claims.csv:2: event", "no subject"),
        ({"claims": [{**CLAIM, "party": "usa"}]}, "claims.csv:2: party", "not in parties.csv"),
        ({"claims": [{**CLAIM, "quantity": "5"}]}, "claims.csv:2: unit", "empty"),
        (
            {"claims": [{**CLAIM, "quantity": "5", "quantity_max": "3", "unit": "cars"}]},
            "claims.csv:2: quantity_max",
            "below",
        ),
        ({"claims": [{**CLAIM, "quantity_max": "3"}]}, "claims.csv:2: quantity", "upper figure"),
        ({"claims": [{**CLAIM, "evidence": "none;imagery"}]}, "claims.csv:2: evidence", "none and some"),
        ({"claims": [{**CLAIM, "evidence": "rumour"}]}, "claims.csv:2: evidence", "not one of the words"),
        ({"claims": [{**CLAIM, "derived_from": "c1"}]}, "claims.csv:2: derived_from", "circle"),
        ({"claims": [{**CLAIM, "about": ""}]}, "claims.csv:2: about", "empty"),
        ({"claims": [{**CLAIM, "info_grade": "7"}]}, "claims.csv:2: info_grade", "not one of the words"),
        ({"parties": [{**PARTY, "part_of": "us"}]}, "parties.csv:2: part_of", "circle"),
    ],
)
def test_one_mistake_is_one_fault_with_its_place(tables, place, problem):
    found = only(faults(**tables))
    assert str(found).startswith(f"fault {place}")
    assert problem in found.problem
    assert found.remedy


def test_all_faults_come_in_one_run_in_the_order_of_the_files():
    found = faults(
        places=[{**PORT, "lat": "x"}, STATION],
        legs=[{**LEG, "mode": "train"}],
        claims=[{**CLAIM, "party": "nobody"}],
    )
    assert [finding.file for finding in found] == ["places.csv", "legs.csv", "claims.csv"]


def test_swapped_coordinates_that_are_still_in_range_are_recognised():
    swapped = {"id": "latakia", "name": "Latakia", "kind": "port", "lon": "35.7749", "lat": "35.5234", "country": "SY"}
    tripoli = {"id": "tripoli", "name": "Tripoli", "kind": "port", "lon": "32.8931", "lat": "13.1916", "country": "LY"}
    found = only(faults(places=[PORT, STATION, swapped, tripoli]))
    assert (found.row, found.column) == (5, "lat")
    assert "swapped" in found.problem


def test_a_place_far_from_its_country_is_a_warning():
    findings = check_raw(raw_case(**sound(places=[{**PORT, "country": "LY"}, STATION])))
    assert any("from LY" in finding.problem and not finding.is_fault for finding in findings)


def test_namesakes_are_a_warning():
    tripoli = {
        "id": "tripoli-ly",
        "name": "Tripoli",
        "kind": "port",
        "lon": "13.1916",
        "lat": "32.8931",
        "country": "LY",
    }
    findings = check_raw(raw_case(**sound(places=[PORT, STATION, tripoli])))
    assert any("namesakes" in finding.problem and "(LB)" in finding.problem for finding in findings)


def test_an_unverified_claim_may_lack_date_and_source_and_is_a_warning():
    findings = check_raw(raw_case(**sound(claims=[{**CLAIM, "sources": "", "asserted_on": "", "verified": "no"}])))
    assert not [finding for finding in findings if finding.is_fault]
    assert any(finding.value == "c1" and "not verified" in finding.problem for finding in findings)


def test_a_claim_narrowed_to_a_route_of_another_event_is_a_fault():
    other = {**ROUTE, "id": "q"}
    legs = [LEG, {**LEG, "route": "q"}]
    found = only(faults(routes=[ROUTE, other], legs=legs, claims=[{**CLAIM, "routes": "q"}]))
    assert found.column == "routes"


def test_a_region_ends_only_notional_legs():
    found = only(faults(places=[PORT, STATION, REGION], legs=[{**LEG, "from": "dprk", "mode": "road"}]))
    assert "region" in found.problem


LINE = {"type": "LineString", "coordinates": [[130.295, 42.235], [130.645, 42.43]]}


def with_geometry(document: object, **leg: str) -> list[Finding]:
    raw = raw_case(**sound(legs=[{**LEG, "basis": "drawn", **leg}]))
    return check_raw(type(raw)(raw.name, raw.meta, raw.tables, raw.sources, {"r": document}))


def test_a_drawn_line_is_taken_as_it_is():
    assert with_geometry(LINE) == []


@pytest.mark.parametrize(
    "document",
    [
        [], {}, {"type": "Point", "coordinates": [1, 2]}, {"type": "LineString", "coordinates": [[1, 2]]},
        {"type": "LineString", "coordinates": [[1, "x"], [2, 3]]},
        {"type": "LineString", "coordinates": [[1, 2], [2, 300]]},
        {"type": "FeatureCollection", "features": [LINE, LINE]}, {"type": "Feature", "geometry": None},
    ],
)  # fmt: skip
def test_a_geometry_file_that_is_no_line_is_a_fault(document):
    found = only(with_geometry(document))
    assert found.file == "geometry/r.geojson"
    assert found.is_fault


def test_a_drawn_line_that_misses_its_stop_is_a_fault():
    far = {"type": "LineString", "coordinates": [[130.295, 42.235], [131.5, 43.0]]}
    assert [finding.column for finding in with_geometry(far) if finding.is_fault] == ["to"]


def test_a_drawn_sea_leg_over_land_is_a_fault():
    found = [f for f in with_geometry(LINE, mode="sea") if f.is_fault]
    assert "of land" in only(found).problem


def test_a_drawn_leg_that_strays_into_another_country_is_a_fault():
    raw = raw_case(**sound(routes=[{**ROUTE, "countries": "KP"}], legs=[{**LEG, "basis": "drawn"}]))
    stray = {"type": "LineString", "coordinates": [[130.295, 42.235], [130.45, 42.95], [130.645, 42.43]]}
    found = check_raw(type(raw)(raw.name, raw.meta, raw.tables, raw.sources, {"r": stray}))
    assert "CN" in only([f for f in found if f.is_fault]).problem


def test_a_rail_line_much_shorter_than_published_is_a_fault():
    found = [f for f in with_geometry(LINE, published_km="54") if f.is_fault]
    assert "published as 54 km" in only(found).problem


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"title": 3}, "title"),
        ({"updated": "2026-01-31"}, "updated"),
        ({"authors": "me"}, "authors"),
        ({"layer": []}, "layer"),
        ({"layer": [{"id": "all", "title": "A"}, {"id": "all", "title": "B"}]}, "layer 2 id"),
        ({"layer": [{"id": "all", "title": "A", "parent": "x"}]}, "layer 1 parent"),
        ({"layer": [{"id": "all", "title": "A", "parent": "all"}]}, "layer 1 parent"),
        ({"view": {"on": ["nothing"]}}, "view.on"),
        ({"view": {"on": [["all"]]}}, "view.on"),
        ({"layer": [{"id": ["all"], "title": "A"}, {"id": "all", "title": "B"}], "view": {"on": []}}, "layer 1 id"),
        ({"view": {"known": "soon"}}, "view.known"),
        ({"view": ["all"]}, "view"),
        ({"view": {"on": "all"}}, "view.on"),
        ({"layer": [{"id": "all"}]}, "layer 1 title"),
        ({"layer": [{"id": "all", "title": "A", "note": 1}]}, "layer 1 note"),
        ({"layer": [{"id": "all", "title": "A", "open": "no"}]}, "layer 1 open"),
    ],
)
def test_faults_of_case_toml(change, column):
    found = [f for f in faults(meta={**META, **change}) if f.file == "case.toml"]
    assert only(found).column == column


@pytest.mark.parametrize("key", [" title", "note ", "", "\t"])
def test_a_key_of_a_source_that_no_column_could_bear_is_a_fault(key):
    found = only(faults(sources=({"id": "s1", key: "x"},)))
    assert (found.file, found.row, found.column) == ("sources.json", 0, key)


@pytest.mark.parametrize(
    ("route", "event", "problem"),
    [
        ({"kind": "illustration"}, {}, "is empty"),
        ({"kind": "illustration", "illustrates": "e1"}, {"routes": "r"}, "an event names it"),
        ({"illustrates": "e1"}, {"routes": "r"}, "illustrations only"),
    ],
)
def test_an_illustration_illustrates_an_event_and_is_never_evidence(route, event, problem):
    events = [{**EVENT, "routes": "", **event}]
    found = [one for one in faults(routes=[{**ROUTE, **route}], events=events) if one.column in {"illustrates", "kind"}]
    assert problem in only(found).problem


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "http://[",
        "https://[::1",
        "data:text/html,x",
        "ftp://x.example/y",
        "//x.example",
        "http://",
        "https://a b.example",
    ],
)
def test_links_lead_to_the_web_or_nowhere(url):
    found = only(faults(sources=({"id": "s1", "URL": url},)))
    assert (found.file, found.row, found.column) == ("sources.json", 0, "URL")
    assert str(found).startswith("fault sources.json[0]: URL: ")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?b=c#d",
        "http://example.org",
        "doi:10.1000/182",
        "10.1000/182",
        "https://пример.example/страница",
    ],
)
def test_web_links_and_dois_are_links(url):
    assert is_link(url)


@given(st.text())
def test_a_finding_is_always_one_printable_line(text):
    line = str(fault("places.csv", 2, text, text, text, text))
    assert line.isprintable()
    assert len(line.splitlines()) == 1


def test_a_case_in_memory_is_checked_like_a_folder():
    built = case(**sound())
    built.places.loc[0, "note"] = None
    built.events.loc[0, "when"] = "soon"
    assert [f.column for f in built.check() if f.is_fault] == ["when"]


def test_checking_changes_no_file(tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(find_case("dprk-russia"), folder)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}
    routes.check_case(folder)
    assert {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()
    } == before


def test_lines_are_those_of_the_file_even_after_a_cell_with_line_breaks():
    found: list[Finding] = []
    table = parse_csv('id,note\na,"one\ntwo\nthree"\nb,x,y\n', "places.csv", found)
    assert table.lines == (2,)
    assert only(found).row == 5


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("places.csv", b"id,name\n\xff\xfe,x\n", "UTF-8"),
        ("places.csv", b'id,name\n"a,x\n', "not CSV"),
        ("places.csv", b"", "empty"),
        ("sources.json", b'[{"id": "s1", "title": "\\ud800"}]', "half a character"),
        ("places.csv", b"id,id\n", "twice in the header"),
        ("sources.json", b"{", "not JSON"),
        ("sources.json", b"{}", "not a JSON array"),
        ("sources.json", b"[" * 100_000, "nested deeper"),
        ("case.toml", b"title = ", "not TOML"),
        ("geometry/x.geojson", b"nope", "not JSON"),
    ],
)
def test_unreadable_files_are_faults_and_never_exceptions(tmp_path, name, content, problem):
    folder = tmp_path / "case"
    shutil.copytree(find_case("dprk-russia"), folder)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    assert any(f.file == name and problem in f.problem for f in routes.check_case(folder))


def test_a_link_out_of_the_folder_is_not_read(tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(find_case("dprk-russia"), folder)
    secret = tmp_path / "secret.csv"
    secret.write_text("id,name\nsecret,x\n")
    (folder / "places.csv").unlink()
    (folder / "places.csv").symlink_to(secret)
    findings = routes.check_case(folder)
    assert any(f.file == "places.csv" and "outside" in f.problem for f in findings)
    assert not any("secret" in f.value for f in findings)


def test_a_missing_file_is_a_fault_and_the_others_are_still_checked(tmp_path):
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "case.toml").write_text(
        'title = "T"\nlicence = "CC0-1.0"\nupdated = 2026-01-31\n[[layer]]\nid = "a"\ntitle = "A"\n'
    )
    (tmp_path / "case" / "places.csv").write_text("id,name,kind,lon,lat\nx,X,port,999,1\n")
    files = [f.file for f in check_raw(read_folder(tmp_path / "case"))]
    assert {"routes.csv", "claims.csv", "sources.json", "places.csv"} <= set(files)
    assert "measures.csv" not in files


def test_findings_as_json_say_the_same():
    finding = faults(places=[{**PORT, "lat": "x"}, STATION])[0]
    assert json.loads(json.dumps(finding.as_dict())) == {
        "level": "fault", "file": "places.csv", "row": 2, "column": "lat", "value": "x",
        "problem": finding.problem, "remedy": finding.remedy,
    }  # fmt: skip
