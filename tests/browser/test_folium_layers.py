"""Layers that folium brings, on a route map, in a real browser."""

import re
import warnings

import branca.element
import folium
import folium.plugins
import pytest
from playwright.sync_api import expect

from geodata import polyline
from maps import assets
from maps.route_map import OnlineContentWarning, RouteMap

pytestmark = pytest.mark.browser

KHASAN = (42.43, 130.64)
RAJIN = (42.25, 130.3)
MOUNT = """
window.Waybill = {
  mount: function (map) {
    window.data = JSON.parse(document.getElementById('waybill-data').textContent);
    map.setView([0, 0], 2);
    window.mounted = map;
  }
};
"""
TEXTS = [
    "</script><script>window.bad=1</script>",
    "<!--<script>",
    "<img src=x onerror=window.bad=1>",
    "{{ 7*7 }}",
    "{% raise %}",
    "{# note",
    "${window.bad=1}",
    "`;window.bad=1;`",
    r"C:\users",
    "line\u2028separator\u2029",
    "</noscript></title><b>",
]


@pytest.fixture
def own_parts():
    """Ask for the page's own scripts and styles instead of the stub."""


@pytest.fixture(autouse=True)
def _stub_of_the_static_files(request, monkeypatch):
    if "own_parts" not in request.fixturenames:
        monkeypatch.setattr(assets, "static_texts", lambda kind: [MOUNT] if kind == "js" else [])
        monkeypatch.setattr(assets, "line_style", dict)


@pytest.fixture
def show(page, tmp_path):
    """Save a map, open the file, and wait until it is mounted."""

    def open_saved(route_map, fragment=""):
        route_map.save(tmp_path / "map.html")
        page.goto((tmp_path / "map.html").as_uri() + fragment)
        page.wait_for_function("() => window.mounted !== undefined")
        return page

    return open_saved


def a_map(payload=None, **changes):
    return RouteMap(**({"payload": payload or {}, "basemap": False, "location": KHASAN, "zoom_start": 9} | changes))


def test_the_bare_page_mounts_and_credits_leaflet_without_a_flag(show):
    shown = show(a_map())

    expect(shown.locator(".leaflet-control-attribution")).to_have_text("Leaflet")
    expect(shown.locator(".leaflet-attribution-flag")).to_have_count(0)


def test_a_marker_shows_its_picture_and_its_popup(show):
    made = a_map()
    folium.Marker(KHASAN, popup="<b style='color: rgb(200, 0, 0)'>Khasan</b>", tooltip="station").add_to(made)

    shown = show(made)

    marker = shown.locator(".leaflet-marker-icon")
    expect(marker).to_be_visible()
    assert marker.evaluate("image => image.complete && image.naturalWidth") == 25
    marker.click()
    expect(shown.locator(".leaflet-popup-content b")).to_have_text("Khasan")
    expect(shown.locator(".leaflet-popup-content b")).to_have_css("color", "rgb(200, 0, 0)")


def test_a_tooltip_with_a_style_shows(show):
    made = a_map()
    folium.Marker(KHASAN, tooltip=folium.Tooltip("station", style="color: rgb(0, 90, 0);", permanent=True)).add_to(made)

    expect(show(made).locator(".leaflet-tooltip div")).to_have_css("color", "rgb(0, 90, 0)")


def test_a_geojson_is_drawn_with_its_tooltip_and_popup(show):
    made = a_map()
    geometry = {"type": "LineString", "coordinates": [[130.34, 42.33], [130.94, 42.53]]}
    folium.GeoJson(
        {"type": "Feature", "id": "1", "properties": {"name": "Rajin to Khasan"}, "geometry": geometry},
        style_function=lambda _: {"color": "#aa0000", "weight": 9},
        tooltip=folium.GeoJsonTooltip(["name"]),
        popup=folium.GeoJsonPopup(["name"]),
    ).add_to(made)

    shown = show(made)

    line = shown.locator(".leaflet-overlay-pane path")
    expect(line).to_have_attribute("stroke", "#aa0000")
    line.click()
    expect(shown.locator(".leaflet-popup-content")).to_contain_text("Rajin to Khasan")


def test_a_feature_group_can_be_switched_in_the_layer_control(show):
    made = a_map()
    group = folium.FeatureGroup("Stations").add_to(made)
    folium.CircleMarker(KHASAN).add_to(group)
    folium.CircleMarker(RAJIN).add_to(group)
    folium.LayerControl(collapsed=False).add_to(made)

    shown = show(made)

    circles = shown.locator(".leaflet-overlay-pane path.leaflet-interactive")
    expect(circles).to_have_count(2)
    shown.get_by_label("Stations").uncheck()
    expect(circles).to_have_count(0)


def test_layers_kept_in_front_do_not_need_jquery(show):
    made = a_map()
    group = folium.FeatureGroup("Stations").add_to(made)
    folium.CircleMarker(KHASAN).add_to(group)
    made.keep_in_front(group)

    expect(show(made).locator(".leaflet-overlay-pane path")).to_have_count(1)


def test_a_framed_popup_shows(show):
    made = a_map()
    folium.Marker(KHASAN, popup=folium.Popup(folium.IFrame("<p>framed</p>", width=200, height=80))).add_to(made)

    shown = show(made)

    shown.locator(".leaflet-marker-icon").click()
    expect(shown.frame_locator(".leaflet-popup-content iframe").locator("p")).to_have_text("framed")


def test_a_picture_floats_over_the_map(show):
    made = a_map()
    folium.plugins.FloatImage(re.search(r'"(data:[^"]*)"', assets.leaflet_defaults())[1]).add_to(made)

    expect(show(made).get_by_alt_text("float_image")).to_have_css("z-index", "999999")


@pytest.mark.usefixtures("own_parts")
def test_the_whole_page_opens_on_its_routes_beside_added_layers(page, tmp_path):
    line = polyline.encode([(RAJIN[1], RAJIN[0]), (KHASAN[1], KHASAN[0])])
    leg = {"seq": 1, "from": "rajin", "to": "khasan", "mode": "rail", "basis": "network", "line": line, "length_km": 35}
    route = {
        "id": "r",
        "title": "Rajin to Khasan",
        "layer": "rail",
        "kind": "infrastructure",
        "status": "infrastructure",
    }
    payload = {
        "version": 1,
        "case": {"id": "case", "title": "Rail link"},
        "view": {"on": ["rail"], "bounds": None},
        "layers": [{"id": "rail", "title": "Rail", "on": True, "open": True}],
        "routes": [route | {"length_km": 35, "legs": [leg]}],
    }
    made = RouteMap(payload=payload)
    folium.Marker(KHASAN, popup="Khasan").add_to(made)
    made.save(tmp_path / "map.html")

    page.goto((tmp_path / "map.html").as_uri())

    expect(page.get_by_role("heading", name="Rail link")).to_be_visible()
    page.locator(".leaflet-marker-icon[src^='data:']").click()
    expect(page.locator(".leaflet-popup-content")).to_have_text("Khasan")
    name = page.locator(".folium-map").get_attribute("id")
    assert page.evaluate(f"{name}.getZoom()") >= 8
    assert page.evaluate(f"{name}.getBounds().contains([{[*RAJIN]}, {[*KHASAN]}])")


def test_a_chosen_view_outlives_mounting(show):
    assert show(a_map()).evaluate("mounted.getZoom()") == 9


def test_fitted_bounds_outlive_mounting(show):
    made = a_map(location=None)
    made.fit_bounds([[42, 130], [43, 131]])

    assert show(made).evaluate("mounted.getBounds().contains([[42, 130], [43, 131]]) && mounted.getZoom() > 6")


def test_a_view_in_the_address_wins_over_a_chosen_one(show):
    assert show(a_map(), "#v=1&z=2.0&c=0,0").evaluate("mounted.getZoom()") == 2


def test_without_a_chosen_view_the_page_decides(show):
    assert show(a_map(location=None)).evaluate("mounted.getZoom()") == 2


def test_a_fault_in_an_added_script_does_not_stop_the_map(show, watch):
    watch.allow("nothingOfThisName")  # the fault is what the test is about
    made = a_map()
    made.get_root().script.add_child(branca.element.Element("nothingOfThisName();"))

    assert show(made).evaluate("mounted.getZoom()") == 9


@pytest.mark.parametrize("text", TEXTS)
def test_text_reaches_the_page_unchanged_and_runs_nowhere(show, text):
    payload = {"case": {"title": text, "summary": text}, "routes": [{"title": text, "note": text}]}

    shown = show(a_map(payload))

    assert shown.evaluate("window.data") == payload
    assert shown.evaluate("window.bad") is None
    assert shown.locator("title").text_content() == text


def test_without_javascript_the_routes_are_a_table(browser, browser_context_args, watch, tmp_path):
    route = {"title": "<i>Rajin</i> to Khasan", "status": "asserted", "denied_by": ["dprk"], "length_km": 53.9}
    payload = {"case": {"title": "Rail"}, "routes": [route], "parties": [{"id": "dprk", "name": "DPRK"}]}
    a_map(payload).save(tmp_path / "map.html")
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    context.route("**/*", watch.guard)

    shown = context.new_page()
    shown.goto((tmp_path / "map.html").as_uri())

    expect(shown.get_by_role("heading", name="Rail")).to_be_visible()
    expect(shown.get_by_role("row", name="<i>Rajin</i> to Khasan asserted DPRK 53.9 km")).to_be_visible()
    expect(shown.locator(".folium-map")).to_be_hidden()
    context.close()
    assert watch.faults == []


@pytest.mark.parametrize("popup", TEXTS[:3])
def test_hostile_markup_in_a_folium_popup_is_stopped_by_the_policy(show, watch, popup):
    watch.allow("Content Security Policy")  # the policy says that it refused the handler or the picture
    made = a_map()
    folium.Marker(KHASAN, popup=folium.Popup(popup, show=True)).add_to(made)

    shown = show(made)

    expect(shown.locator(".leaflet-popup")).to_be_visible()
    assert shown.evaluate("window.bad") is None


def test_a_notebook_frame_shows_the_map(page, tmp_path):
    made = a_map()
    folium.Marker(KHASAN).add_to(made)
    (tmp_path / "notebook.html").write_text(f"<!DOCTYPE html><title>n</title>{made._repr_html_()}{made._repr_html_()}")

    page.goto((tmp_path / "notebook.html").as_uri())

    for frame in (page.frame_locator("iframe").nth(0), page.frame_locator("iframe").nth(1)):
        expect(frame.locator(".leaflet-marker-icon")).to_be_visible()


def test_only_the_tiles_that_were_warned_of_are_asked_for(show, watch):
    watch.allow("https://tiles.example/")  # the request is wanted here, and answered by nobody
    watch.allow("ERR_FAILED")
    made = a_map()
    folium.TileLayer("https://tiles.example/{z}/{x}/{y}.png", attr="Example").add_to(made)

    with pytest.warns(OnlineContentWarning, match=r"TileLayer loads https://tiles\.example"):
        shown = show(made)

    expect(shown.locator(".leaflet-tile")).not_to_have_count(0)
    assert watch.requests
    assert all(url.startswith("https://tiles.example/9/") for url in watch.requests)


def test_only_the_files_that_were_warned_of_are_asked_for(show, watch):
    watch.allow("https://cdn.jsdelivr.net/")  # as above
    watch.allow("ERR_FAILED")
    watch.allow("fullscreen is not a function")
    watch.allow("FullScreen is not a constructor")
    made = a_map()
    folium.plugins.Fullscreen().add_to(made)

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        shown = show(made)

    assert shown.evaluate("mounted.getZoom()") == 9
    assert watch.requests
    assert all(url in str(caught[0].message) for url in watch.requests)
