import html
import json
import re
import stat
import subprocess
import sys
import warnings
from io import BytesIO
from pathlib import Path

import branca.element
import folium
import folium.plugins
import geopandas
import pytest
from shapely.geometry import LineString

from geodata import polyline
from maps import assets
from maps.policy import hash_source
from maps.route_map import OnlineContentWarning, PageFigure, RouteMap
from maps.version import VERSION

MOUNT = "var Waybill = { mount: function (map) { window.mounted = map; } };"
LINE = [(130.3, 42.2), (130.6, 42.4), (130.65, 42.43)]
PAYLOAD = {
    "version": 1,
    "case": {"title": "Rail link", "summary": "One line.", "language": "ko"},
    "view": {"on": ["rail-link"], "bounds": [[130.0, 42.0], [131.0, 43.0]]},
    "routes": [
        {
            "id": "r-ru-rail",
            "title": "Rajin to Khasan",
            "status": "infrastructure",
            "length_km": 53.9,
            "legs": [{"seq": 1, "line": polyline.encode(LINE)}],
        }
    ],
}
MARKER_AT = (42.43, 130.64)
MD5 = "d41d8cd98f00b204e9800998ecf8427e"


@pytest.fixture(autouse=True)
def _stub_of_the_static_files(monkeypatch):
    monkeypatch.setattr(assets, "static_texts", lambda kind: [MOUNT] if kind == "js" else [".waybill{}"])
    monkeypatch.setattr(assets, "line_style", lambda: {"rail": "#123456"})
    monkeypatch.setattr(assets, "page_words", lambda: {"en": {"close": "Close", "groups": {}}})


def a_map(**changes):
    return RouteMap(**({"payload": PAYLOAD, "basemap": False} | changes))


def a_full_map():
    made = a_map()
    folium.Marker(MARKER_AT, popup=f"Khasan {MD5}", tooltip="station", icon=folium.DivIcon("x")).add_to(made)
    group = folium.FeatureGroup("Group").add_to(made)
    folium.CircleMarker(MARKER_AT, popup=folium.Popup("in a group", show=True)).add_to(group)
    frame = geopandas.GeoDataFrame({"name": ["a"]}, geometry=[LineString(LINE)], crs=4326)
    folium.GeoJson(frame, name="Line", style_function=lambda _: {"color": "red"}).add_to(made)
    folium.LayerControl().add_to(made)
    return made


def page_of(route_map):
    return route_map.get_root().render()


def policy_of(finished):
    return html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', finished)[1])


def test_a_route_map_is_a_folium_map():
    made = a_map()

    assert isinstance(made, folium.Map)
    assert isinstance(made.get_root(), PageFigure)
    assert folium.Marker(MARKER_AT).add_to(made)._parent is made


def test_the_default_page_loads_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        finished = page_of(a_map())

    tags = re.findall(r"<(?:script|link|img|iframe|style)\b[^>]*>", re.sub(r">[^<]*</script>", "></script>", finished))
    assert [tag for tag in tags if re.search(r"(?:src|href)=(?!\"data:)", tag)] == []
    assert re.findall(r"url\((?!data:|#)", finished) == []
    assert "http" not in policy_of(finished)
    assert "openstreetmap" not in finished.lower()


def test_the_data_is_in_the_page_as_given():
    blocks = re.findall(
        r'<script type="application/json" id="([\w-]+)">(.*?)</script>', page_of(a_map(basemap={"v": 1}))
    )

    found = {name: json.loads(text) for name, text in blocks}
    assert found.pop("waybill-manifest")["waybill"] == VERSION
    assert found == {
        "waybill-data": PAYLOAD,
        "waybill-basemap": {"v": 1},
        "waybill-style": {"rail": "#123456"},
        "waybill-words": {"en": {"close": "Close", "groups": {}}},
    }


def test_title_and_language_come_from_the_case():
    finished = page_of(a_map())

    assert "<title>Rail link</title>" in finished
    assert '<html lang="ko">' in finished


def test_a_title_can_be_given_and_changed_on_the_figure():
    made = a_map(title="A & B")
    assert "<title>A &amp; B</title>" in page_of(made)

    made.get_root().title = "C"
    assert "<title>C</title>" in page_of(made)


@pytest.mark.parametrize("make", [a_map, a_full_map])
def test_a_map_renders_twice_to_the_same_page(make):
    made = make()

    assert page_of(made) == page_of(made)


@pytest.mark.parametrize("make", [a_map, a_full_map])
def test_two_maps_of_the_same_data_are_the_same_page(make):
    assert page_of(make()) == page_of(make())


def test_another_process_writes_the_same_page(tmp_path):
    program = tmp_path / "other.py"
    program.write_text(
        "import importlib.util, sys\n"
        f"spec = importlib.util.spec_from_file_location('tests_route_map', {str(Path(__file__))!r})\n"
        "module = importlib.util.module_from_spec(spec); spec.loader.exec_module(module)\n"
        "from maps import assets\n"
        "assets.static_texts = lambda kind: [module.MOUNT] if kind == 'js' else ['.waybill{}']\n"
        "assets.line_style = lambda: {'rail': '#123456'}\n"
        "assets.page_words = lambda: {'en': {'close': 'Close', 'groups': {}}}\n"
        "sys.stdout.buffer.write(module.page_of(module.a_full_map()).encode())\n"
    )

    pages = [
        subprocess.run(
            [sys.executable, program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert pages == [page_of(a_full_map()).encode()] * 2


def test_text_that_looks_like_an_id_is_left_alone():
    assert f"Khasan {MD5}" in page_of(a_full_map())


def test_no_random_id_is_left_in_the_page():
    ids = set(re.findall(r"_([0-9a-f]{32})\b", page_of(a_full_map())))

    assert len(ids) > 5
    assert all(int(id_, 16) < 100 for id_ in ids)


def test_rendering_leaves_the_elements_as_they_were():
    made = a_full_map()
    before = {name: list(child._children) for name, child in made._children.items()}
    page_of(made)

    assert {name: list(child._children) for name, child in made._children.items()} == before
    assert not made.get_root().script._children


def test_every_inline_block_of_a_full_page_is_in_the_policy():
    finished = page_of(a_full_map())

    inline = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", finished, re.DOTALL)
    assert len(inline) > 8
    assert [text[:60] for text in inline if hash_source(text) not in policy_of(finished)] == []


def test_the_flag_is_not_in_the_credit():
    assert "L.Control.Attribution.mergeOptions({ prefix: 'Leaflet' })" in page_of(a_map())


def test_a_page_without_popups_has_no_stand_in_for_jquery(monkeypatch):
    monkeypatch.delitem(assets._PACKAGED, "jquery.min.js")  # which may be installed
    assert "window.$ =" not in page_of(a_map())
    assert "window.$ =" in page_of(a_full_map())
    assert "jquery" not in "".join(re.findall(r'(?:src|href)="([^"]*)"', page_of(a_full_map())))


def test_a_link_added_to_one_map_is_not_on_the_next():
    a_map().add_js_link("plugin", "https://cdn.example/plugin.js")

    assert "cdn.example" not in page_of(a_map())


def test_tiles_are_allowed_by_name_and_warned_of():
    made = a_map()
    folium.TileLayer("https://{s}.tiles.example/{z}/{x}/{y}.png", attr="x", subdomains="ab").add_to(made)

    with pytest.warns(OnlineContentWarning, match=r"no longer offline: TileLayer loads https://a\.tiles\.example"):
        finished = page_of(made)

    assert "img-src data: https://a.tiles.example https://b.tiles.example;" in policy_of(finished)


@pytest.mark.parametrize("host", ["https://x;script-src *'", "https://*", "tiles", "//tiles.example"])
def test_an_address_that_the_policy_cannot_name_is_refused(host):
    made = a_map()
    folium.TileLayer(f"{host}/{{z}}/{{x}}/{{y}}.png", attr="x").add_to(made)

    with pytest.warns(OnlineContentWarning, match=r"the page is incomplete: TileLayer asks for .* not an absolute"):
        finished = page_of(made)

    assert "img-src data:;" in policy_of(finished)


def test_a_second_leaflet_is_left_out():
    made = a_map()
    made.get_root().header.add_child(branca.element.JavascriptLink("https://cdn.example/leaflet.js"))

    assert page_of(made) == page_of(a_map())


@pytest.mark.parametrize(
    ("element", "file"),
    [
        (folium.plugins.Fullscreen(), "Control.FullScreen.min.js"),
        (folium.Marker(MARKER_AT, icon=folium.Icon(color="red")), "leaflet.awesome-markers.js"),
    ],
)
def test_a_file_from_a_cdn_is_allowed_by_name_and_warned_of(element, file):
    made = a_map()
    element.add_to(made)

    with pytest.warns(OnlineContentWarning, match=re.escape(file)):
        finished = page_of(made)

    assert file in policy_of(finished)
    assert finished.count(f'{file}"></script>') == 1


def test_a_plugin_whose_file_is_installed_stays_offline(monkeypatch):
    packaged = assets.packaged_text
    monkeypatch.setattr(assets, "packaged_text", lambda url: "/* local */" if "luster" in url else packaged(url))
    made = a_map()
    folium.plugins.MarkerCluster([MARKER_AT]).add_to(made)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        finished = page_of(made)

    assert finished.count("/* local */") == 3


def test_markup_added_to_the_page_keeps_its_scripts_styles_and_links():
    made = a_map()
    made.get_root().header.add_child(branca.element.Element("<style>.mine{}</style>"))
    made.get_root().html.add_child(branca.element.Element("<script src='https://cdn.example/a.js'></script>"))

    with pytest.warns(OnlineContentWarning, match=r"Figure loads https://cdn\.example/a\.js"):
        finished = page_of(made)

    assert hash_source(".mine{}") in policy_of(finished)
    assert "https://cdn.example/a.js" in policy_of(finished)


def test_a_script_end_in_a_popup_does_not_end_the_script():
    made = a_map()
    folium.Marker(MARKER_AT, popup="</script><script>window.bad=1</script>").add_to(made)

    assert "<\\/script><script>window.bad=1<\\/script>" in page_of(made)


def test_bounds_cover_the_routes_and_what_was_added():
    made = a_map()
    assert made.get_bounds() == [[42.2, 130.3], [42.43, 130.65]]

    folium.Marker((40.0, 131.0)).add_to(made)
    assert made.get_bounds() == [[40.0, 130.3], [42.43, 131.0]]


def test_bounds_of_nothing_are_unknown():
    assert RouteMap(basemap=False).get_bounds() == [[None, None], [None, None]]


def test_a_view_that_somebody_chose_is_kept():
    located = a_map(location=MARKER_AT, zoom_start=8)
    fitted = a_map()
    fitted.fit_bounds([[42, 130], [43, 131]])

    assert (located.keeps_view, fitted.keeps_view, a_map().keeps_view) == (True, True, False)


def test_a_notebook_gets_a_frame_with_the_page():
    made = a_map(title='A "quoted" title')
    shown = made._repr_html_()

    found = re.fullmatch(r'<iframe srcdoc="([^"]*)" title="([^"]*)" width="100%" height="640px" .*</iframe>', shown)
    assert html.unescape(found[1]) == page_of(made)
    assert html.unescape(found[2]) == 'A "quoted" title'


def test_a_frame_is_as_high_as_its_map():
    assert 'height="400px"' in a_map(height=400)._repr_html_()


def test_a_map_in_a_foreign_figure_says_what_to_do():
    figure = branca.element.Figure()
    figure.add_child(a_map())

    with pytest.raises(TypeError, match=r"pass width= and height= to RouteMap"):
        figure.render()


def test_a_case_and_a_payload_exclude_each_other():
    with pytest.raises(ValueError, match="a case or a payload, not both"):
        RouteMap(object(), payload=PAYLOAD)


def test_save_writes_the_page(tmp_path):
    made = a_full_map()
    made.save(tmp_path / "map.html")
    made.get_root().save(str(tmp_path / "root.html"))
    buffer = BytesIO()
    made.save(buffer, close_file=False)

    assert (tmp_path / "map.html").read_bytes() == page_of(made).encode()
    assert (tmp_path / "root.html").read_bytes() == buffer.getvalue() == page_of(made).encode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["map.html", "root.html"]


def test_a_failed_save_leaves_the_old_file_whole(tmp_path, monkeypatch):
    target = tmp_path / "map.html"
    target.write_text("old")

    def full_disk(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("routes.output.os.fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        a_map().save(target)

    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_page_that_cannot_be_written_leaves_the_old_file_whole(tmp_path):
    target = tmp_path / "map.html"
    target.write_text("old")

    with pytest.raises(ValueError, match="cannot be written as JSON"):
        a_map(payload={"length_km": float("nan")}).save(target)

    assert target.read_text() == "old"


def test_save_keeps_the_permissions_and_the_link(tmp_path):
    target = tmp_path / "real.html"
    target.write_text("old")
    target.chmod(0o640)
    link = tmp_path / "link.html"
    link.symlink_to(target)

    a_map().save(link)

    assert link.is_symlink()
    assert target.read_text().startswith("<!DOCTYPE html>")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_lone_surrogates_do_not_stop_the_page(tmp_path):
    made = a_map(payload={"case": {"title": "a\ud800b"}})
    made.save(tmp_path / "map.html")

    assert '"title":"a\\ud800b"' in (tmp_path / "map.html").read_text()
