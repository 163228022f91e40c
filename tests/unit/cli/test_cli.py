"""The command: results on stdout, talk on stderr, and the documented exit status."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from maps.cli import main as cli
from routes.folder import find_case

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str):
    return CliRunner().invoke(cli.main, list(arguments))


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "case"
    shutil.copytree(find_case("dprk-russia"), path)
    return path


def add_line(path: Path, line: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")


@pytest.mark.parametrize("name", cli._COMMANDS)
def test_every_command_has_help(name):
    result = run(name, "--help")
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 5


def test_cases_names_the_built_in_cases():
    assert [line.partition("\t")[0] for line in run("cases").stdout.splitlines()] == ["arctic-lng-2", "dprk-russia"]


def test_version_is_that_of_the_distribution():
    assert run("--version").stdout.startswith("waybill ")


def test_check_of_the_built_in_case_has_no_faults():
    result = run("check", "dprk-russia")
    assert result.exit_code == 0
    assert "0 faults" in result.stderr
    assert all(line.startswith("warning ") for line in result.stdout.splitlines())


def test_check_prints_one_line_a_finding_and_exits_1(folder):
    add_line(folder / "parties.csv", "Bad Id,X,kingdom")
    result = run("check", str(folder))
    faults = [line for line in result.stdout.splitlines() if line.startswith("fault ")]
    assert result.exit_code == 1
    assert len(faults) == 2
    assert "parties.csv" in faults[0]


def test_check_as_json_has_every_part_of_a_finding(folder):
    add_line(folder / "parties.csv", "x,X,kingdom")
    findings = json.loads(run("check", str(folder), "--json").stdout)
    fault = next(finding for finding in findings if finding["level"] == "fault")
    assert fault["file"] == "parties.csv"
    assert fault["column"] == "kind"
    assert fault["value"] == "kingdom"
    assert fault["row"] == len((folder / "parties.csv").read_text(encoding="utf-8").splitlines())
    assert fault["remedy"]


def test_check_escapes_what_would_act_on_a_terminal(folder):
    add_line(folder / "parties.csv", "x,X,\x1b[2Jkingdom\u202e")
    result = run("check", str(folder))
    assert "\x1b" not in result.stdout
    assert "\\x1b[2Jkingdom\\u202e" in result.stdout


def test_a_case_that_is_not_there_is_wrong_use():
    result = run("check", "no-such-case")
    assert result.exit_code == 2
    assert "dprk-russia" in result.stderr


def test_status_tells_what_was_known_on_the_day():
    result = run("status", "dprk-russia", "--known", "2022-11-10")
    lines = result.stdout.splitlines()
    cover = next(line for line in lines if line.startswith("c-cover-region: "))
    assert "asserted, denied by dprk, russia" in cover
    assert not any(line.startswith("r-sea-dunai") for line in lines)
    assert "2023" not in result.stdout


def test_status_as_told_by_the_dprk_only_denies_the_cover_routes():
    result = run("status", "dprk-russia", "--known", "2022-11-10", "--by", "dprk")
    assert "c-cover-region: unsupported, denied by dprk" in result.stdout


def test_status_as_json_says_the_same():
    document = json.loads(run("status", "dprk-russia", "--known", "2022-11-10", "--json").stdout)
    cover = next(route for route in document["routes"] if route["route"] == "c-cover-region")
    assert (cover["status"], cover["denied_by"]) == ("asserted", ["dprk", "russia"])
    assert {claim["id"] for claim in document["claims"]} >= set(cover["claims"])


@pytest.mark.parametrize(("option", "value"), [("--known", "soon"), ("--by", "nobody")])
def test_status_refuses_what_it_does_not_know(option, value):
    result = run("status", "dprk-russia", option, value)
    assert result.exit_code == 2
    assert value in result.stderr


def test_render_writes_the_page_and_prints_its_name(tmp_path):
    result = run("render", "dprk-russia", "-o", str(tmp_path / "map.html"))
    assert result.exit_code == 0
    assert result.stdout.strip() == str(tmp_path / "map.html")
    assert (tmp_path / "map.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_render_of_a_faulty_case_leaves_the_old_page(tmp_path, folder):
    (tmp_path / "map.html").write_text("old")
    add_line(folder / "parties.csv", "x,X,kingdom")
    result = run("render", str(folder), "-o", str(tmp_path / "map.html"))
    assert result.exit_code == 1
    assert "kingdom" in result.stderr
    assert (tmp_path / "map.html").read_text() == "old"


def test_render_into_a_folder_that_is_not_there_is_one_clear_line(tmp_path):
    result = run("render", "dprk-russia", "-o", str(tmp_path / "no" / "map.html"))
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert "no" in result.stderr


def test_help_needs_no_heavy_module():
    program = (
        "import sys; from maps.cli.main import main\ntry: main(['--help'])\nexcept SystemExit: print(*sys.modules)"
    )
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    heavy = {"pandas", "geopandas", "folium", "numpy", "shapely", "pandera", "jinja2", "rich", "dask", "distributed"}
    assert not heavy & set(printed.splitlines()[-1].split())


def test_a_terminal_of_another_script_shows_escapes_and_no_traceback():
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "maps.cli.main", "status", "dprk-russia"]
    result = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert result.returncode == 0
    assert "Traceback" not in result.stderr


def test_status_takes_day_and_tellers_from_a_state():
    told = json.loads(run("status", "dprk-russia", "--state", "#known=2022-11&by=dprk", "--json").stdout)
    assert (told["known"], told["by"]) == ("2022-11-30", ["dprk"])
    whole = json.loads(run("status", "dprk-russia", "--state", "known=all&by=", "--json").stdout)
    assert (whole["known"], whole["by"]) == (None, None)


def test_known_and_by_go_before_the_state_of_status():
    arguments = ["--state", "known=2022-11&by=dprk", "--known", "2023-05-01", "--by", "us", "--json"]
    told = json.loads(run("status", "dprk-russia", *arguments).stdout)
    assert (told["known"], told["by"]) == ("2023-05-01", ["us"])


def test_what_a_command_ignores_of_a_state_is_said_on_stderr():
    result = run("status", "dprk-russia", "--state", "by=mars&z=1e999&x=\u202e1", "--json")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stderr.splitlines()] == ["warning"] * 3
    assert "'mars'" in result.stderr
    assert "\u202e" not in result.stderr
    assert json.loads(result.stdout)["by"] is None


def test_render_with_a_state_carries_it_and_warns_of_what_the_case_does_not_have(tmp_path):
    output = tmp_path / "map.html"
    result = run("render", "dprk-russia", "-o", str(output), "--state", "#on=rail-link,nowhere&known=2022-11")
    assert result.exit_code == 0
    assert result.stderr == "warning state: 'nowhere' is not in the case and was ignored\n"
    assert '"state":"v=1&on=rail-link,nowhere&known=2022-11"' in output.read_text(encoding="utf-8").replace(
        "\\u0026", "&"
    )
