import re
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files

import pytest

from maps import assets

CDN = "https://cdn.example/"


@pytest.fixture(autouse=True)
def _fresh_caches():
    assets._packaged_file.cache_clear()
    yield
    assets._packaged_file.cache_clear()


def install(tmp_path, monkeypatch, package, files):
    """Let a distribution be found that carries the given files."""

    class Fake:
        @staticmethod
        def locate_file(path):
            return tmp_path / path

    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)

    def found(name):
        return Fake if name == package else distribution(name)

    monkeypatch.setattr(assets, "distribution", found)


def test_leaflet_is_read_from_its_installed_package():
    text = assets.packaged_text(CDN + "leaflet@1.9.3/dist/leaflet.js")

    assert text is not None
    assert "Leaflet 1.9.4" in text
    assert "sourceMappingURL" not in text


def test_a_script_of_others_stands_in_a_page_with_its_licence():
    """A page passes Leaflet on; the BSD licence wants its conditions and disclaimer passed on with it."""
    text = assets.packaged_text("leaflet.js") or ""
    licence = text[: text.index("*/")]

    assert "Copyright (c) 2010-2023, Volodymyr Agafonkin" in licence
    assert "2. Redistributions in binary form must reproduce" in licence
    assert "THIS SOFTWARE IS PROVIDED" in licence


def test_no_file_of_others_can_enter_a_page_without_a_licence():
    assert {package for package, _, _ in assets._PACKAGED.values()} == set(assets.LICENCES)
    for name in assets.LICENCES.values():
        text = assets._own_text("licences", name)
        assert "Copyright" in text
        assert "*/" not in text, "it would end the comment in which it stands"


def test_the_pictures_of_leaflets_style_are_in_it():
    text = assets.packaged_text("leaflet.css")

    assert text is not None
    assert text.count("url(data:image/png;base64,") == 3
    assert re.findall(r"url\((?!data:|#)", text) == []


def test_markers_get_pictures_without_a_file():
    script = assets.leaflet_defaults()

    assert script.count('"data:image/png;base64,') == 3
    assert "prefix: 'Leaflet'" in script


@pytest.mark.parametrize(
    ("url", "package", "path"),
    [
        (CDN + "jquery-3.7.1.min.js", "XStatic-jquery", "xstatic/pkg/jquery/data/jquery.min.js"),
        (
            CDN + "1.1.0/MarkerCluster.Default.css?x=1",
            "XStatic-Leaflet-MarkerCluster",
            "xstatic/pkg/leaflet_markercluster/data/MarkerCluster.Default.css",
        ),
    ],
)
def test_a_file_of_an_installed_package_stands_in_for_its_address(tmp_path, monkeypatch, url, package, path):
    install(tmp_path, monkeypatch, package, {path: "from the package"})

    assert (assets.packaged_text(url) or "").endswith("from the package")


def test_an_address_nobody_carries_has_no_text():
    assert assets.packaged_text(CDN + "unheard-of.js") is None


def test_a_known_file_whose_package_is_not_installed_has_no_text(monkeypatch):
    def missing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(assets, "distribution", missing)

    assert assets.packaged_text(CDN + "jquery-3.7.1.min.js") is None


def test_a_missing_leaflet_says_what_to_install(monkeypatch):
    def missing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(assets, "distribution", missing)

    with pytest.raises(FileNotFoundError, match="pip install django-js-lib-leaflet"):
        assets.packaged_text("leaflet.js")


def test_a_damaged_leaflet_says_which_file_is_gone(tmp_path, monkeypatch):
    install(tmp_path, monkeypatch, "django-js-lib-leaflet", {})

    with pytest.raises(FileNotFoundError, match=r"has no 'js_lib_leaflet/.*leaflet\.js'"):
        assets.packaged_text("leaflet.js")


def test_a_missing_file_of_ours_says_so():
    with pytest.raises(FileNotFoundError, match=r"'maps/templates/no-such\.html' is missing"):
        assets.template("no-such.html")


@pytest.mark.parametrize("kind", ["js", "css"])
def test_every_file_of_the_manifest_is_there(kind):
    assert all(assets.static_texts(kind))


def test_a_style_loses_its_comments_and_indentation_and_nothing_else():
    folder = files("maps") / "static"
    names = [entry.name for entry in folder.iterdir() if entry.name.endswith(".css")]
    assert names

    def bare(text):
        return re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", " ", text, flags=re.S)).strip()

    for name in names:
        text = (folder / name).read_text(encoding="utf-8")
        assert bare(assets._compact(text)) == bare(text), name
