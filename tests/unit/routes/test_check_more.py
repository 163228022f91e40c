"""Checking: unreadable files, what is asked about, and frames in memory."""

from __future__ import annotations

import json
import shutil
import warnings
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from builders import META, case, raw_case
from shapely import Point
from test_check import CLAIM, EVENT, LEG, LINE, PARTY, PORT, REGION, ROUTE, STATION, faults, only, sound, with_geometry

import routes
from routes import schema
from routes.case import case_from_raw
from routes.checking import check_raw
from routes.folder import find_case

if TYPE_CHECKING:
    from routes.findings import Finding


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(find_case("dprk-russia"), tmp_path / "case")
    return tmp_path / "case"


def found_faults(folder) -> list[Finding]:
    return [finding for finding in routes.check_case(folder) if finding.is_fault]


def warned(meta: dict | None = None, sources: tuple = ({"id": "s1"},), **tables: list[dict[str, str]]) -> list[str]:
    found = check_raw(raw_case(meta, sources, **sound(**tables)))
    assert not [finding for finding in found if finding.is_fault]
    assert not check_raw(raw_case(meta, sources, **sound(**tables)), faults_only=True)
    return [str(finding) for finding in found]


def with_semicolons(text: str) -> bytes:
    return text.replace(";", "/").replace(",", ";").encode()


@pytest.mark.parametrize(
    ("name", "saved", "problem"),
    [
        ("places.csv", with_semicolons, "semicolons"),
        ("claims.csv", with_semicolons, "semicolons"),
        ("places.csv", lambda text: text.replace(",", "\t").encode(), "tabs"),
        ("places.csv", lambda text: b'"id";"name";"kind"\n' + text.encode(), "semicolons"),
        ("places.csv", lambda text: text.encode("utf-16"), "UTF-16"),
        ("parties.csv", lambda text: text.encode("utf-16-le"), "UTF-16"),
        ("places.csv", lambda text: text.encode() + b"\xff", "not UTF-8"),
        ("places.csv", lambda text: text.replace("id,", "ident,", 1).encode(), "missing from the header"),
        ("sources.json", lambda text: text[:-5].encode(), "not JSON"),
        ("case.toml", lambda text: b"=" + text.encode(), "not TOML"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_fault_and_no_more(folder, name, saved, problem):
    path = folder / name
    path.write_bytes(saved(path.read_text(encoding="utf-8")))
    found = only(found_faults(folder))
    assert found.file == name
    assert problem in found.problem


def test_a_missing_table_is_one_fault_that_says_how_to_write_it(folder):
    (folder / "places.csv").unlink()
    found = only(found_faults(folder))
    assert (found.file, found.problem) == ("places.csv", "is missing")
    assert "id,name,kind" in found.remedy


def test_a_link_to_itself_is_a_fault(folder):
    (folder / "claims.csv").unlink()
    (folder / "claims.csv").symlink_to(folder / "claims.csv")
    assert only(found_faults(folder)).file == "claims.csv"


def test_a_folder_that_may_not_be_entered_is_a_fault_a_file(folder, monkeypatch):
    def denied(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.stat", denied)
    found = routes.folder.read_folder(folder).faults
    assert {"places.csv", "case.toml"} <= {finding.file for finding in found}
    assert all("Permission denied" in finding.problem for finding in found)


def test_geometry_that_is_no_folder_is_a_fault(folder):
    shutil.rmtree(folder / "geometry", ignore_errors=True)
    (folder / "geometry").write_text("a line")
    assert any(f.file == "geometry" and "not a folder" in f.problem for f in found_faults(folder))


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_line_that_is_no_number_is_a_fault_and_nothing_else_is_printed(number):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = only(with_geometry({**LINE, "coordinates": [[130.295, 42.235], [number, 42.43]]}))
    assert (found.is_fault, found.file) == (True, "geometry/r.geojson")


def test_swapped_coordinates_name_what_to_write():
    found = only(faults(places=[{**PORT, "lon": "42.235", "lat": "130.295"}, STATION]))
    assert str(found) == (
        "fault places.csv:2: lat: '130.295': longitude and latitude look swapped; write lon = 130.295 and lat = 42.235"
    )


def test_swapped_coordinates_in_range_name_what_to_write_in_full():
    swapped = {**PORT, "id": "t", "name": "Tripoli", "lon": "32.8931234", "lat": "13.1916789", "country": "LY"}
    found = only(faults(places=[PORT, STATION, swapped]))
    assert found.remedy == "write lon = 13.1916789 and lat = 32.8931234"


def test_another_code_for_a_country_is_named():
    assert only(faults(parties=[{**PARTY, "country": "UK"}])).remedy.startswith("did you mean GB?")


def test_a_route_hangs_on_a_leaf_layer():
    layers = [{"id": "all", "title": "All"}, {"id": "rail", "title": "Rail", "parent": "all"}]
    found = only(faults(meta={**META, "layer": layers}))
    assert (found.file, found.column, found.remedy) == ("routes.csv", "layer", "hang the route on a leaf layer")


def test_what_a_ministry_said_its_state_may_withdraw():
    parties = [PARTY, {**PARTY, "id": "us-state", "kind": "agency", "part_of": "us"}]
    said = {**CLAIM, "party": "us-state"}
    taken_back = {**CLAIM, "id": "c2", "stance": "withdraws", "derived_from": "c1", "asserted_on": "2022-12-01"}
    assert faults(parties=parties, claims=[said, taken_back]) == []
    assert (
        "cannot withdraw" in only(faults(parties=parties, claims=[CLAIM, {**taken_back, "party": "us-state"}])).problem
    )


@pytest.mark.parametrize("asserted_on", ["2022-11", "2022-11-02", "2022-10-30/2022-11-05"])
def test_a_claim_may_rest_on_one_that_was_perhaps_not_made_later(asserted_on):
    ground = {**CLAIM, "id": "c0", "asserted_on": asserted_on}
    assert faults(claims=[{**CLAIM, "derived_from": "c0"}, ground]) == []


def test_spaces_around_ids_change_nothing():
    events = [{**EVENT, "id": " e1"}]
    assert faults(events=events, claims=[{**CLAIM, "event": "e1 ", "routes": " r"}]) == []
    built = case(**sound(events=events))
    assert built.events.loc[0, "id"] == "e1"


def test_a_circle_of_spaced_ids_is_found():
    claims = [{**CLAIM, "derived_from": " c2"}, {**CLAIM, "id": "c2", "derived_from": "c1 "}]
    assert {f.column for f in faults(claims=claims)} == {"derived_from"}
    assert len(faults(claims=claims)) == 2


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"claims": [{**CLAIM, "verfied": "no"}]}, None),  # verified is there too
        ({"meta": {**META, "licens": "x"}}, "warning case.toml: licens: is no key that Waybill knows; did you mean"),
        ({"meta": {**META, "view": {"know": 1}}}, "warning case.toml: view.know: is no key"),
        ({"meta": {**META, "layer": [{**META["layer"][0], "colour": "red"}]}}, "warning case.toml: layer 1 colour: is"),
        ({"events": [EVENT, {**EVENT, "id": "e2"}]}, "warning events.csv:3: id: 'e2': has no claim"),
        ({"legs": [LEG, {**LEG, "seq": "2"}]}, "warning legs.csv:3: from: 'rajin': does not go on from khasan"),
        (
            {"parties": [{**PARTY, "kind": "media"}], "claims": [{**CLAIM, "evidence": "admission"}]},
            "warning claims.csv:2: evidence: 'admission': is an admission, yet us is a medium",
        ),
        (
            {"parties": [{**PARTY, "kind": "media", "part_of": "ru"}, {**PARTY, "id": "ru"}],
             "claims": [{**CLAIM, "evidence": "admission"}]},
            None,
        ),
        (
            {"sources": ({"id": "s1", "issued": {"date-parts": [[float("inf")]]}},)},
            "warning sources.json[0]: issued: ",
        ),
        ({"sources": ({"id": "s1", "issued": {"date-parts": [[2022]]}},)}, None),
    ],
)  # fmt: skip
def test_what_may_be_a_slip_is_asked_about(changes, line):
    found = warned(**changes)
    if line is None:
        assert found == []
    else:
        assert len(found) == 1, found
        assert found[0].startswith(line)


def test_a_misspelt_column_is_found_in_the_file(folder):
    path = folder / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("verified", "verfied", 1), encoding="utf-8")
    found = [f for f in routes.check_case(folder) if f.column == "verfied"]
    assert "'verified'" in only(found).remedy


def test_a_column_of_the_authors_own_is_none_of_the_schema():
    assert schema.CLAIMS.column("verified").words == schema.VERIFIED
    assert schema.CLAIMS.column("archive_box") is None


def test_a_leg_that_goes_nowhere_is_asked_about():
    legs = [{**LEG, "to": "rajin", "basis": "great-circle", "mode": "air"}]
    assert any(
        line.startswith("warning legs.csv:2: to: 'rajin': is where the leg begins") for line in warned(legs=legs)
    )


def test_a_notional_leg_may_pass_a_region_without_a_point():
    regions = [REGION, {**REGION, "id": "russia", "members": "RU"}, {**REGION, "id": "china", "members": "CN"}]
    leg = {**LEG, "from": "dprk", "to": "russia", "via": "china", "mode": "unknown", "basis": "notional"}
    assert faults(places=[PORT, STATION, *regions], legs=[leg], routes=[{**ROUTE, "kind": "declared"}]) == []


def test_half_a_character_can_be_printed_as_json():
    found = only(faults(sources=({"id": "s1"}, {"id": "\ud800"})))
    assert json.dumps(found.as_dict(), ensure_ascii=False).encode()
    assert found.as_dict()["value"] == "\\ud800"


def in_memory_faults(built) -> list[Finding]:
    return [finding for finding in built.check() if finding.is_fault]


def test_a_frame_with_nan_for_several_values_is_a_fault():
    built = case(**sound(events=[EVENT, {**EVENT, "id": "e2"}]))
    built.events.at[1, "routes"] = np.nan  # noqa: PD008 - loc would spread it
    found = only(in_memory_faults(built))
    assert (found.file, found.row, found.column) == ("events.csv", 3, "routes")


def test_a_frame_without_a_column_or_of_another_type_is_a_fault():
    built = case(**sound())
    built.leg_table["seq"] = built.leg_table["seq"].astype("int64")
    del built.events["cargo"]
    found = {(f.file, f.row, f.column) for f in in_memory_faults(built)}
    assert found == {("legs.csv", None, "seq"), ("events.csv", None, "cargo")}


def test_what_the_files_say_already_is_not_said_twice():
    built = case(**sound(claims=[CLAIM, {**CLAIM, "id": "c2"}]))
    built.claims.loc[1, "id"] = "c1"
    built.claims.loc[0, "stance"] = "thinks"
    assert [(f.row, f.column) for f in in_memory_faults(built)] == [(2, "stance"), (3, "id")]


def test_a_frame_of_another_crs_is_a_fault():
    built = case(**sound())
    built.places.to_crs(3857, inplace=True)
    assert "EPSG:4326" in only(in_memory_faults(built)).problem


def test_a_place_moves_by_lon_and_lat_not_by_its_geometry():
    built = case_from_raw(raw_case(**sound()))
    built.places.loc[0, "lon"] = 130.3
    assert in_memory_faults(built) == []
    built.places.loc[0, "geometry"] = Point(131, 43)
    found = only(in_memory_faults(built))
    assert (found.row, found.column) == (2, "lon")
    assert "set lon = 131 and lat = 43" in found.remedy


def test_rows_added_to_a_frame_are_checked_by_their_place():
    built = case(**sound())
    more = pd.DataFrame([{"id": "e9", "title": "N"}])
    fields = {name: getattr(built, name) for name in built.__dataclass_fields__}
    longer = routes.case.Case(**{**fields, "events": pd.concat([built.events, more])})
    assert {(f.file, f.row) for f in in_memory_faults(longer)} == {("events.csv", 3)}


def test_a_length_that_the_map_does_not_meet_says_why_or_is_warned_of():
    places = [
        {"id": "pyongyang", "name": "P", "kind": "station", "lon": "125.7361", "lat": "39.0053"},
        {"id": "sinuiju", "name": "S", "kind": "station", "lon": "124.4033", "lat": "40.1067"},
    ]
    route = {"id": "r", "title": "R", "layer": "all", "kind": "infrastructure", "countries": "KP"}
    leg = {"route": "r", "seq": "1", "from": "pyongyang", "to": "sinuiju", "mode": "rail", "basis": "network"}
    measure = {"id": "m", "subject": "r", "from": "pyongyang", "to": "sinuiju", "what": "length", "unit": "km"}

    def found(value: str, note: str = "") -> list[str]:
        rows = [{**measure, "value": value, "note": note}]
        raw = raw_case(places=places, routes=[route], legs=[leg], measures=rows)
        return [f.column for f in check_raw(raw) if f.file == "measures.csv"]

    assert found("225.1") == []
    assert found("300") == ["value"]
    assert found("300", "another line") == []


def test_a_straight_line_at_sea_over_land_is_a_fault_that_says_where():
    places = [
        {"id": "suez", "name": "Suez", "kind": "port", "lon": "32.55", "lat": "29.93"},
        {"id": "said", "name": "Port Said", "kind": "port", "lon": "32.30", "lat": "31.27"},
    ]
    route = {"id": "r", "title": "R", "layer": "all", "kind": "movement"}
    leg = {"route": "r", "seq": "1", "from": "suez", "to": "said", "mode": "sea", "basis": "great-circle"}
    faults = [f for f in check_raw(raw_case(places=places, routes=[route], legs=[leg])) if f.is_fault]
    assert len(faults) == 1
    assert "first near 32." in faults[0].problem


@pytest.mark.parametrize("basis", ["inferred", "notional"])
def test_a_declaration_may_name_its_ports_or_areas_only(basis):
    """A ship that signals a port declares an end; it is drawn to that port, as a path that nobody published."""
    ends = {"from": "dprk", "to": "russia"} if basis == "notional" else {}
    places = [PORT, STATION, {**REGION, "id": "dprk", "members": "KP"}, {**REGION, "id": "russia", "members": "RU"}]
    leg = {**LEG, **ends, "mode": "sea", "basis": basis}
    assert not faults(places=places, routes=[{**ROUTE, "kind": "declared"}], legs=[leg])


@pytest.mark.parametrize("basis", ["network", "great-circle"])
def test_a_declaration_with_a_path_is_a_fault(basis):
    found = only(faults(routes=[{**ROUTE, "kind": "declared"}], legs=[{**LEG, "mode": "sea", "basis": basis}]))
    assert (found.column, found.problem) == ("basis", "draws a path for a declaration")
    assert "inferred" in found.remedy


def test_titles_of_groups_are_known_to_check():
    party = [{**PARTY, "groups": "trackers"}]
    assert not any("groups" in line for line in warned({**META, "groups": {"trackers": "Trackers"}}, parties=party))
    (line,) = (one for one in warned({**META, "groups": {"trakcers": "Trackers"}}, parties=party) if "groups" in one)
    assert "groups.trakcers" in line
    assert "no party" in line


@pytest.mark.parametrize("titles", [{"trackers": 3}, {"trackers": ""}, "trackers"])
def test_a_title_of_a_group_that_is_no_text_is_a_fault(titles):
    raw = raw_case({**META, "groups": titles}, **sound(parties=[{**PARTY, "groups": "trackers"}]))
    found = only([finding for finding in check_raw(raw) if finding.is_fault])
    assert found.file == "case.toml"
    assert found.column.startswith("groups")
