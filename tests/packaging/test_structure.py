"""The structure of the project: imports go one way, and the documentation is what the code says."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted(path for package in ("geodata", "routes", "maps") for path in (ROOT / package).rglob("*.py"))


def test_imports_go_one_way():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
    assert "2 kept, 0 broken" in result.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_has_at_most_400_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", sorted((ROOT / "maps" / "static").glob("*.js")), ids=lambda path: path.name)
def test_a_script_has_at_most_250_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


def test_what_the_pages_say_of_the_code_is_what_the_code_says():
    tables = runpy.run_path(str(ROOT / "docs" / "tables.py"))
    texts = [path.read_text(encoding="utf-8") for path in tables["PAGES"]]
    assert [tables["page"](text) for text in texts] == texts, "run `python docs/tables.py`"
    assert set(re.findall(r"<!-- table (\w+) -->", texts[0])) == set(tables["schema"].TABLES)


def test_every_file_of_the_site_stands_in_its_navigation():
    site = (ROOT / "docs" / "site" / "mkdocs.yml").read_text(encoding="utf-8")
    missing = [page.name for page in (ROOT / "docs").glob("*.md") if not re.search(rf"\b{page.name}$", site, re.M)]
    assert missing == []


def test_links_between_the_documents_lead_somewhere():
    beside = ("README", "CONTRIBUTING", "SECURITY", "CHANGELOG", "BENCHMARKS")
    for page in [*(ROOT / f"{name}.md" for name in beside), *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_dependency_is_imported_somewhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[<>=~! ]", dependency)[0].replace("-", "_") for dependency in project["dependencies"]}
    code = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    missing = {name for name in names if not re.search(rf"(import|from) {name}\b", code)}
    assert missing == {"django_js_lib_leaflet"}, "only Leaflet's files are read without import"
