"""One hostile text in one place of a map, as the users of each tool would put it there: page by page."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path

import folium
import folium.plugins
import geopandas as gpd
from shapely import LineString

import maps

ENDS = [(130.6, 42.4), (131.9, 43.1)]
POINT = (43.0, 131.0)
Sink = Callable[[str], str]


def frame(**columns: str) -> gpd.GeoDataFrame:
    """Return one line with some columns; what a map puts on it comes from them."""
    return gpd.GeoDataFrame({name: [text] for name, text in columns.items()}, geometry=[LineString(ENDS)], crs=4326)


def _page(made: folium.Map) -> str:
    return made.get_root().render()


def _folium(add: Callable[[folium.Map, str], object]) -> Sink:
    def build(text: str) -> str:
        made = folium.Map(location=POINT, zoom_start=7, tiles=None)
        add(made, text)
        return _page(made)

    return build


def _on_marker(**parts: object) -> folium.Marker:
    return folium.Marker(POINT, **parts)


def _geojson_tooltip(made: folium.Map, text: str) -> None:
    folium.GeoJson(frame(name=text), tooltip=folium.GeoJsonTooltip(["name"])).add_to(made)


def _geojson_popup(made: folium.Map, text: str) -> None:
    folium.GeoJson(frame(name=text), popup=folium.GeoJsonPopup(["name"])).add_to(made)


def _geojson_alias(made: folium.Map, text: str) -> None:
    folium.GeoJson(frame(name="x"), tooltip=folium.GeoJsonTooltip(["name"], aliases=[text])).add_to(made)


def _layer(made: folium.Map, text: str) -> None:
    group = folium.FeatureGroup(name=text).add_to(made)
    folium.PolyLine([(lat, lon) for lon, lat in ENDS]).add_to(group)
    folium.LayerControl(collapsed=False).add_to(made)


def _tree(made: folium.Map, text: str) -> None:
    line = folium.PolyLine([(lat, lon) for lon, lat in ENDS]).add_to(made)
    tree = {"label": text, "children": [{"label": text, "layer": line}]}
    folium.plugins.TreeLayerControl(overlay_tree=[tree]).add_to(made)


def _explore(**how: Callable[[str], dict[str, object]]) -> Sink:
    """Return what `GeoDataFrame.explore` makes of the frame and the arguments that a text gives."""

    def build(text: str) -> str:
        arguments = how["given"](text)
        made = arguments.pop("frame").explore(tiles=None, **arguments)
        folium.LayerControl(collapsed=False).add_to(made)
        return _page(made)

    return build


def _waybill(given: Callable[[str], dict[str, object]]) -> Sink:
    def build(text: str) -> str:
        arguments = given(text)
        with warnings.catch_warnings(), tempfile.TemporaryDirectory() as folder:
            warnings.simplefilter("ignore")
            path = Path(folder) / "map.html"
            maps.explore(arguments.pop("frame"), basemap=False, **arguments).save(path)
            return path.read_bytes().decode()

    return build


SINKS: dict[str, dict[str, Sink]] = {
    "folium": {
        "`Popup`": _folium(lambda made, text: _on_marker(popup=folium.Popup(text)).add_to(made)),
        "`Popup`, `parse_html=True`": _folium(
            lambda made, text: _on_marker(popup=folium.Popup(text, parse_html=True)).add_to(made)
        ),
        "`Tooltip`": _folium(lambda made, text: _on_marker(tooltip=folium.Tooltip(text)).add_to(made)),
        "`GeoJson` value in a tooltip": _folium(_geojson_tooltip),
        "`GeoJson` value in a popup": _folium(_geojson_popup),
        "alias of a field": _folium(_geojson_alias),
        "layer name": _folium(_layer),
        "`TreeLayerControl` label": _folium(_tree),
    },
    "GeoDataFrame.explore": {
        "value of a cell": _explore(given=lambda text: {"frame": frame(name=text)}),
        "name of a column": _explore(given=lambda text: {"frame": frame(**{text: "x"})}),
        "name of the layer": _explore(given=lambda text: {"frame": frame(name="x"), "name": text}),
    },
    "Waybill explore": {
        "value of a cell": _waybill(lambda text: {"frame": frame(cell=text)}),
        "name of a column": _waybill(lambda text: {"frame": frame(**{text: "x"})}),
        "name of the layer": _waybill(lambda text: {"frame": frame(group=text), "layer": "group"}),
        "name of a line": _waybill(lambda text: {"frame": frame(name=text)}),
        "title of the page": _waybill(lambda text: {"frame": frame(cell="x"), "title": text}),
    },
}
NO_SCRIPT_HERE = {"`TreeLayerControl` label"}
"""What needs a script that no Python package brings: these pages are built, but not opened."""
