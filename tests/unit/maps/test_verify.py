"""A page says what it was made from, and `verify` finds out whether that is true."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import shutil
import subprocess

import folium
import geopandas
import pytest
from click.testing import CliRunner

import maps
import routes
from maps import manifest
from maps.cli import main as cli
from maps.verifying import NoManifestError, verify
from maps.version import VERSION
from routes.folder import find_case
from routes.starter import write_starter


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("case") / "horses"
    write_starter(path)
    return path


@pytest.fixture
def page(folder, tmp_path):
    path = tmp_path / "map.html"
    maps.render(folder, path)
    return path


def results(path, case=None):
    return {check.subject: check.result for check in verify(path, case).checks}


def inputs(path):
    text = path.read_text(encoding="utf-8")
    return json.loads(text.partition(manifest.OPENING)[2].partition("</script>")[0])


def signed_anew(text):
    """Return a page with a digest of its own, as somebody would write it who knows how."""
    digest = text.partition('"page":"')[2][:64]
    unset = text.replace(digest, "0" * 64, 1)
    return text.replace(digest, hashlib.sha256(unset.encode()).hexdigest(), 1)


def test_a_page_as_it_was_written_holds_in_all_that_is_looked_at(page, folder):
    assert set(results(page).values()) == {"holds"}
    found = results(page, folder)
    assert set(found) == {"page", "case", "data", "packages", "document", "rendering"}
    assert set(found.values()) == {"holds"}


def test_the_digests_are_those_that_sha256sum_prints(page, folder):
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    printed = subprocess.run(["sha256sum", *names], cwd=folder, capture_output=True, check=True).stdout  # noqa: S607
    made_from = inputs(page)["case"]
    assert "".join(f"{made_from['files'][name]}  {name}\n" for name in names) == printed.decode()
    assert hashlib.sha256(printed).hexdigest() == made_from["sha256"]


@pytest.mark.parametrize("suffix", [".gpkg", ".xlsx"])
def test_a_page_comes_from_the_same_case_in_another_container(page, folder, tmp_path, suffix):
    file = routes.export_case(routes.read_case(folder), tmp_path / f"other-name{suffix}")
    assert set(results(page, file).values()) == {"holds"}
    maps.render(file, tmp_path / "again.html")
    assert set(results(tmp_path / "again.html", folder).values()) == {"holds"}


def test_a_folder_may_have_another_name_by_now(page, folder, tmp_path):
    shutil.copytree(folder, tmp_path / "renamed")
    assert set(results(page, tmp_path / "renamed").values()) == {"holds"}


@pytest.mark.parametrize(
    "asked", [{"known": "2022-11-03"}, {"by": ["us"]}, {"state": "z=6&lang=ko"}, {"state": "on=no-such-layer"}]
)
@pytest.mark.filterwarnings("ignore::maps.state.IgnoredStateWarning")
def test_a_page_that_was_cut_or_opens_elsewhere_is_rendered_again_that_way(tmp_path, asked):
    case = routes.read_case("dprk-russia")
    maps.render(case, tmp_path / "cut.html", **asked)
    assert set(results(tmp_path / "cut.html", case).values()) == {"holds"}


def test_a_changed_letter_is_found_without_the_case(page):
    page.write_text(page.read_text(encoding="utf-8").replace("</title>", "!</title>", 1), encoding="utf-8")
    assert results(page) == {"page": "differs"}


def test_a_page_cut_off_at_its_end_is_found(page):
    page.write_bytes(page.read_bytes()[:-200])
    assert results(page) == {"page": "differs"}


def test_a_page_that_was_changed_and_signed_anew_is_found_by_the_case(page, folder):
    text = page.read_text(encoding="utf-8")
    statement = json.loads(text.partition('id="waybill-data">')[2].partition("</script>")[0])["claims"][0]
    forged = signed_anew(text.replace(statement["statement"], "Nothing was ever said.", 1))
    page.write_text(forged, encoding="utf-8")
    assert results(page) == {"page": "holds"}
    found = verify(page, folder)
    assert not found.holds
    assert f"claims {statement['id']}" in next(one.text for one in found.checks if one.subject == "document")


def test_a_script_put_into_a_page_and_signed_anew_is_found_by_the_case(page, folder):
    text = page.read_text(encoding="utf-8")
    page.write_text(signed_anew(text.replace("</body>", "<p>more</p></body>", 1)), encoding="utf-8")
    assert results(page, folder) == {
        "page": "holds", "case": "holds", "data": "holds", "packages": "holds", "document": "holds",
        "rendering": "differs",
    }  # fmt: skip


def test_a_second_data_block_does_not_hide_the_first(page, folder):
    text = page.read_text(encoding="utf-8")
    opening = '<script type="application/json" id="waybill-data">'
    page.write_text(signed_anew(text.replace(opening, f"{opening}{{}}</script>{opening}", 1)), encoding="utf-8")
    assert results(page, folder)["document"] == "differs"


@pytest.mark.parametrize(
    "tag",
    [
        '<script id="waybill-data" type="application/json">',
        "<div hidden ID = 'waybill-data'>",
        "<script type=application/json id=waybill&#45;data>",
        '<template id="\n waybill-data\n">',
    ],
)
def test_a_forged_block_under_another_version_is_no_proof(page, folder, tag):
    """What a browser would read first says something else, and the page says that an older version made it."""
    text = page.read_text(encoding="utf-8")
    opening = '<script type="application/json" id="waybill-data">'
    forged = text.replace(opening, f"{tag}{{}}</script>{opening}", 1)
    forged = forged.replace(f'"waybill":"{VERSION}"', '"waybill":"0.0.9"', 1)
    page.write_text(signed_anew(forged), encoding="utf-8")
    found = verify(page, folder)
    assert {one.subject: one.result for one in found.checks}["document"] == "differs"
    assert found.result == "differs"


def test_a_file_of_the_case_that_changed_is_named(page, folder, tmp_path):
    changed = tmp_path / "horses"
    shutil.copytree(folder, changed)
    claims = changed / "claims.csv"
    claims.write_text(claims.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    (changed / "measures.csv").write_text("id,subject,what,value,unit\n", encoding="utf-8")
    found = {check.subject: check for check in verify(page, changed).checks}
    assert found["case"].result == "differs"
    assert "claims.csv differs, measures.csv is new" in found["case"].text
    # an empty line says nothing, so that the map is the same
    assert found["document"].result == "holds"


def test_a_case_that_was_changed_in_memory_is_another_one(page, folder):
    case = routes.read_case(folder)
    events = case.events.copy()
    events.loc[0, "title"] = "Another title"
    found = results(page, dataclasses.replace(case, events=events))
    assert found["case"] == found["document"] == "differs"


def test_a_page_of_another_version_is_left_open_where_nothing_else_speaks_against_it(page, folder):
    text = page.read_text(encoding="utf-8")
    older = text.replace(f'"waybill":"{VERSION}"', '"waybill":"0.0.9"', 1).replace('"folium":"', '"folium":"0.', 1)
    page.write_text(signed_anew(older), encoding="utf-8")
    found = verify(page, folder)
    assert {one.subject for one in found.checks if one.result == "open"} == {"packages", "rendering"}
    assert "folium" in next(one.text for one in found.checks if one.subject == "packages")
    assert (found.result, found.holds) == ("open", False)


def test_what_was_added_in_python_cannot_come_from_the_case_alone(folder, tmp_path):
    route_map = maps.render(folder)
    folium.Marker((42.4, 130.6)).add_to(route_map)
    route_map.save(tmp_path / "map.html")
    assert results(tmp_path / "map.html", folder)["rendering"] == "differs"


def test_a_page_of_lines_is_held_to_itself_and_comes_from_no_case(folder, tmp_path):
    line = geopandas.GeoSeries.from_wkt(["LINESTRING (130.6 42.4, 131.9 43.1)"], crs="EPSG:4326")
    maps.explore(line.to_frame("geometry")).save(tmp_path / "lines.html")
    assert results(tmp_path / "lines.html") == {"page": "holds"}
    assert results(tmp_path / "lines.html", folder) == {"page": "holds", "case": "differs"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (manifest.OPENING, "<p>", "no manifest"),
        ("</body>", f"{manifest.OPENING}{{}}</script></body>", "more than one manifest"),
        ("</body>", "<script id='waybill-manifest'>{}</script></body>", "more than one manifest"),
        ('"manifest":1', '"manifest":99', "cannot be read"),
        (manifest.OPENING, f"{manifest.OPENING}{'[' * 100_000}", "cannot be read"),
        ('{"page":"', '{"page":"../', "cannot be read"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_told(page, old, new, told):
    page.write_text(page.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(NoManifestError, match=told):
        verify(page)


@pytest.mark.parametrize(
    "asked", [{"known": [1]}, {"known": "2022-99"}, {"by": [{}]}, {"by": "us"}, {"state": 5}, None, []]
)
def test_what_a_manifest_asks_for_is_no_way_to_break_the_check(page, folder, asked):
    text = page.read_text(encoding="utf-8")
    made = inputs(page)
    page.write_text(
        signed_anew(text.replace(json.dumps(made["asked"], separators=(",", ":")), json.dumps(asked), 1)),
        encoding="utf-8",
    )
    assert not verify(page, folder).holds


class TestTheCommand:
    def run(self, *arguments):
        return CliRunner().invoke(cli.main, ["verify", *map(str, arguments)])

    def test_each_check_is_a_line_and_all_is_well(self, page, folder):
        result = self.run(page, folder)
        assert result.exit_code == 0
        lines = result.stdout.splitlines()
        assert [line.split()[0] for line in lines] == ["holds"] * 6
        assert lines[-1] == "holds   rendering: the case rendered again gives the page, byte for byte"

    def test_a_difference_is_exit_1(self, page, folder):
        page.write_bytes(page.read_bytes() + b"\n")
        result = self.run(page, folder)
        assert result.exit_code == 1
        assert "2 of 6 checks differ" in result.stderr

    def test_what_is_not_proved_is_exit_3(self, page, folder):
        text = page.read_text(encoding="utf-8")
        page.write_text(signed_anew(text.replace(f'"waybill":"{VERSION}"', '"waybill":"0.0.9"', 1)), encoding="utf-8")
        result = self.run(page, folder)
        assert result.exit_code == 3
        assert "not proved" in result.stderr
        assert "only Waybill 0.0.9, which the page names, could give it again" in result.stdout

    def test_without_a_case_it_says_what_was_not_checked(self, page):
        result = self.run(page)
        assert result.exit_code == 0
        assert "the page alone was checked" in result.stderr

    def test_json(self, page, folder):
        found = json.loads(self.run(page, folder, "--json").stdout)
        assert (found["holds"], found["result"]) == (True, "holds")
        assert len(found["checks"]) == 6

    def test_another_file_is_wrong_use(self, tmp_path):
        (tmp_path / "other.html").write_text("<p>\x1b[2J</p>", encoding="utf-8")
        result = self.run(tmp_path / "other.html")
        assert result.exit_code == 2
        assert "no manifest" in result.stderr

    def test_names_in_a_manifest_do_not_reach_the_terminal_raw(self, page, folder):
        text = page.read_text(encoding="utf-8")
        page.write_text(signed_anew(text.replace('"case.toml":', '"\\u001b[2J\\u202ecase.toml":', 1)), encoding="utf-8")
        result = self.run(page, folder)
        assert result.exit_code == 1
        assert "\x1b" not in result.output
        assert "\u202e" not in result.output


def test_the_built_in_page_holds(tmp_path):
    maps.render("dprk-russia", tmp_path / "map.html")
    assert set(results(tmp_path / "map.html", find_case("dprk-russia")).values()) == {"holds"}


@pytest.mark.parametrize("reader", [verify, maps.embed])
class TestWhatIsNoPage:
    def test_a_pipe_that_nobody_writes_to_is_not_waited_for(self, reader, tmp_path):
        os.mkfifo(tmp_path / "map.html")
        with pytest.raises(ValueError, match="pipe"):
            reader(tmp_path / "map.html")

    def test_more_than_is_read_names_the_limit_that_can_be_raised(self, reader, tmp_path, monkeypatch):
        monkeypatch.setenv("WAYBILL_MAX_PAGE_MIB", "1")
        (tmp_path / "map.html").write_bytes(b" " * (2**20 + 1))
        with pytest.raises(ValueError, match="WAYBILL_MAX_PAGE_MIB"):
            reader(tmp_path / "map.html")
