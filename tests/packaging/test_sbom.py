"""The bill of materials names every file of data, every script of others and every package that Waybill needs."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest

from geodata import registry
from maps import assets

ROOT = Path(__file__).parents[2]
WHEEL_BYTES = b"the bytes of a wheel"


@pytest.fixture(scope="module")
def sbom():
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "tests" / "packaging" / "release" / "sbom.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["sbom"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def report():
    """What pip would say of these, as far as it is read."""
    names = ["waybill-maps", "folium", "branca", "numpy", "requests"]
    installed = [distribution(name) for name in names[1:]]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    own = {"name": "waybill-maps", "version": "0.1.0", "requires_dist": project["dependencies"]}
    metadata = [own, *(one.metadata.json | {"requires_dist": one.requires or []} for one in installed)]
    archive = {"archive_info": {"hashes": {"sha256": "0" * 64}}}
    return {"install": [{"metadata": one, "download_info": archive} for one in metadata]}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    path = tmp_path_factory.mktemp("dist") / "waybill_maps-0.1.0-py3-none-any.whl"
    path.write_bytes(WHEEL_BYTES)
    return path


@pytest.fixture(scope="module")
def bill(sbom, report, wheel):
    return json.loads(sbom.bill(report, wheel, 1_700_000_000))


def by_name(bill):
    return {one["name"]: one for one in bill["components"]}


def test_every_file_of_data_is_named_with_hash_and_licences(bill):
    named = by_name(bill)
    for entry in registry.sources():
        one = named[f"geodata/data/{entry['file']}"]
        assert one["hashes"] == [{"alg": "SHA-256", "content": entry["sha256"]}]
        assert len(one["components"]) == 1 + len(entry.get("also", ()))
        assert all(part["licenses"] and part["copyright"] for part in one["components"])


def test_every_built_in_case_is_named(bill):
    folders = {f"routes/cases/{path.parent.name}" for path in (ROOT / "routes" / "cases").glob("*/case.toml")}
    assert folders
    assert folders <= set(by_name(bill))


def test_every_script_that_a_page_may_carry_is_named(bill):
    named = {part["name"] for one in bill["components"] for part in one.get("components", ())}
    assert {file for _, _, file in assets._PACKAGED.values()} <= named


def test_leaflet_is_named_with_the_hash_of_the_file_that_pages_carry(bill):
    leaflet = by_name(bill)["leaflet"]
    (script,) = (part for part in leaflet["components"] if part["name"] == "leaflet.js")
    installed = distribution("django-js-lib-leaflet").locate_file("js_lib_leaflet/static/js_lib_leaflet/leaflet.js")
    assert script["hashes"][0]["content"] == hashlib.sha256(Path(installed).read_bytes()).hexdigest()
    assert leaflet["licenses"] == [{"license": {"id": "BSD-2-Clause"}}]
    assert leaflet["version"] in (assets.packaged_text("leaflet.js") or "")


def test_every_picture_of_leaflet_in_a_page_is_named(bill):
    folder = Path(distribution("django-js-lib-leaflet").locate_file("js_lib_leaflet/static/js_lib_leaflet/images"))
    named = {part["name"] for part in by_name(bill)["leaflet"]["components"]}
    assert {path.name for path in folder.iterdir()} <= named


def test_a_package_is_named_with_version_licence_and_hash(bill):
    folium = by_name(bill)["folium"]
    assert folium["version"] == distribution("folium").version
    assert folium["licenses"] == [{"license": {"id": "MIT"}}]
    assert folium["hashes"] == [{"alg": "SHA-256", "content": "0" * 64}]


def test_what_a_package_needs_is_told(bill):
    needed = {one["ref"]: set(one.get("dependsOn", ())) for one in bill["dependencies"]}
    version = distribution("folium").version
    assert {f"pkg:pypi/branca@{distribution('branca').version}"} <= needed[f"pkg:pypi/folium@{version}"]
    assert f"pkg:pypi/folium@{version}" in needed["pkg:pypi/waybill-maps@0.1.0"]


def test_the_wheel_is_named_by_its_bytes(bill):
    own = bill["metadata"]["component"]
    assert own["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(WHEEL_BYTES).hexdigest()}]


def test_equal_inputs_give_equal_bytes(sbom, report, wheel):
    assert sbom.bill(report, wheel, 1_700_000_000) == sbom.bill(report, wheel, 1_700_000_000)
