import tomllib
from pathlib import Path

import pytest

import geodata
from geodata import registry

ROOT = Path(geodata.__file__).parent
ENTRY = {
    "file": "a.json",
    "sha256": "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",  # of "hello"
    "bytes": 5,
}


def write_toml(folder, **changed):
    keys = dict.fromkeys(registry.REQUIRED, "x") | ENTRY | changed
    lines = [f"{key} = {value if isinstance(value, int) else repr(value)}" for key, value in keys.items()]
    path = folder / "sources.toml"
    path.write_text("[[file]]\n" + "\n".join(lines), encoding="utf-8")
    return path


def test_every_packaged_file_is_registered_and_intact():
    assert registry.verify() == sorted(entry["file"] for entry in registry.sources())


def test_every_further_source_names_its_licence():
    for entry in registry.sources():
        for part in entry.get("also", []):
            assert all(part[key] for key in ("source", "version", "url", "licence", "licence_url", "attribution"))


def test_no_entry_links_to_a_package_registry():
    text = (ROOT / "sources.toml").read_text(encoding="utf-8")
    assert all(host not in text for host in ("npmjs", "pypi.org", "unpkg", "jsdelivr"))


def test_the_crimea_change_is_recorded_for_every_file_with_countries():
    entries = tomllib.loads((ROOT / "sources.toml").read_text(encoding="utf-8"))["file"]
    changed = [row for row in entries if row["file"].startswith(("countries_", "basemap_", "pieces_"))]
    assert len(changed) == 7
    assert all("68/262" in row["changes"] for row in changed)


@pytest.mark.parametrize("key", registry.REQUIRED)
def test_an_entry_without_a_required_key_is_refused(tmp_path, key):
    empty = 0 if key == "bytes" else ""
    with pytest.raises(registry.DataError, match=f"{key} is missing or empty"):
        registry.read_sources(write_toml(tmp_path, **{key: empty}))


def test_a_file_without_entry_is_refused(tmp_path):
    (tmp_path / "a.json").write_text("hello")
    (tmp_path / "b.json").write_text("hello")
    with pytest.raises(registry.DataError, match=r"b\.json: no entry"):
        registry.verify(tmp_path, (ENTRY,))


def test_an_altered_file_is_refused_with_both_hashes(tmp_path):
    (tmp_path / "a.json").write_text("jello")
    with pytest.raises(registry.DataError, match=r"expected 2cf24dba\w+, actual \w{64}.*make data"):
        registry.verify(tmp_path, (ENTRY,))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(registry.DataError, match="registered but missing"):
        registry.verify(tmp_path, (ENTRY,))


def test_an_unknown_name_is_answered_with_those_there_are():
    with pytest.raises(registry.DataError, match=r"no packaged data file 'nope'.*cities\.json"):
        registry.data_path("nope")


def test_credits_are_listed_once():
    credits_shown = registry.attributions()
    assert "Made with Natural Earth" in credits_shown
    assert len(credits_shown) == len(set(credits_shown))
