"""Builds one page of one frame in a process of its own, and says how long it took and how much memory it needed.

`python -m benchmarks.building TOOL SIZE PATH` prints JSON; the tool `frame` only imports and makes the frame.
"""

from __future__ import annotations

import gc
import itertools
import json
import sys
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd

START = {"location": (20, 20), "zoom_start": 2, "tiles": None}
TOLD = ["name", "mode", "status", "first_said"]
CARD = [*TOLD, "start", "end", "source", "link"]
WEIGHT = 2
CLEAR_PEAK = "5"  # what Linux wants written to clear_refs


def folium_plain(gdf: gpd.GeoDataFrame, path: Path) -> None:
    """A GeoJson a layer with colours, tooltip and popup, and a layer control, as folium's users write it."""
    import folium

    from benchmarks.frames import COLOURS

    made = folium.Map(**START)
    for layer, rows in gdf.groupby("layer"):
        group = folium.FeatureGroup(name=layer).add_to(made)
        folium.GeoJson(
            rows,
            style_function=lambda feature: {"color": COLOURS[feature["properties"]["mode"]], "weight": WEIGHT},
            tooltip=folium.GeoJsonTooltip(TOLD),
            popup=folium.GeoJsonPopup(CARD),
        ).add_to(group)
    folium.LayerControl(collapsed=False).add_to(made)
    made.save(path)


def folium_tuned(gdf: gpd.GeoDataFrame, path: Path) -> None:
    """The same by someone who knows: one canvas, five digits, one flat style for each layer, only the columns shown."""
    import folium
    import shapely

    from benchmarks.frames import COLOURS

    made = folium.Map(**START, prefer_canvas=True)
    short = gdf.set_geometry(shapely.set_precision(gdf.geometry.to_numpy(), 1e-5, mode="pointwise"), crs=gdf.crs)
    colours = itertools.cycle(COLOURS.values())
    for layer, rows in short[[*CARD, "layer", "geometry"]].groupby("layer"):
        group = folium.FeatureGroup(name=layer).add_to(made)
        folium.GeoJson(
            rows.drop(columns="layer"),
            color=next(colours),
            weight=WEIGHT,
            tooltip=folium.GeoJsonTooltip(TOLD),
            popup=folium.GeoJsonPopup(CARD),
        ).add_to(group)
    folium.LayerControl(collapsed=False).add_to(made)
    made.save(path)


def geopandas_explore(gdf: gpd.GeoDataFrame, path: Path) -> None:
    """One call of `explore` a layer."""
    import folium

    from benchmarks.frames import COLOURS

    made = folium.Map(**START)
    for layer, rows in gdf.groupby("layer"):
        rows.explore(m=made, name=layer, color=rows["mode"].map(COLOURS), tooltip=TOLD, popup=CARD)
    folium.LayerControl(collapsed=False).add_to(made)
    made.save(path)


def waybill(gdf: gpd.GeoDataFrame, path: Path) -> None:
    """One call of Waybill's `explore`."""
    import maps

    maps.explore(gdf, layer="layer", mode="mode", status="status", tooltip="name").save(path)


def only_frame(gdf: gpd.GeoDataFrame, path: Path) -> None:
    """Nothing: what the frame itself costs."""


BUILDERS = {
    "frame": only_frame,
    "folium": folium_plain,
    "tuned": folium_tuned,
    "explore": geopandas_explore,
    "waybill": waybill,
}
IMPORTS = {
    "frame": "import folium, geopandas",
    "folium": "import folium, geopandas",
    "tuned": "import folium, geopandas",
    "explore": "import folium, geopandas, mapclassify, matplotlib.pyplot",
    "waybill": "import maps; maps.explore",
}


def peak_mb() -> float:
    """Highest resident memory of this process since it began or since `clear_peak`."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1e3


def clear_peak() -> None:
    """Begin anew to note the highest memory, so that what the frame took to be made does not count."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text(CLEAR_PEAK, encoding="ascii")


def main() -> None:
    """Import, make the frame, build the page; print what each took."""
    tool, size, path = sys.argv[1:]
    warnings.simplefilter("ignore")
    begun = time.perf_counter()
    exec(IMPORTS[tool])  # noqa: S102 - one of the constants above
    imports = time.perf_counter() - begun
    from benchmarks.frames import SIZES, frame

    gdf = frame(SIZES[size])
    clear_peak()
    begun = time.perf_counter()
    BUILDERS[tool](gdf, Path(path))
    build = time.perf_counter() - begun
    print(json.dumps({"imports": imports, "peak": peak_mb()} | ({} if tool == "frame" else {"build": build})))


if __name__ == "__main__":
    main()
