"""Styles of a GeoPackage as QGIS reads them: colour is the mode, dash is the status, as on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from routes.formats.extract import Extract

COLOURS: Final = {
    "rail": "#a30f2e",
    "sea": "#1260b1",
    "road": "#b16103",
    "air": "#591770",
    "river": "#1b926d",
    "unknown": "#1b1f24",
}
"""Colour of each mode; a test holds them to the page's line language."""
DASHES: Final[dict[str, tuple[float, ...]]] = {
    "confirmed": (),
    "evidenced": (15, 5),
    "asserted": (6, 4),
    "alleged": (11, 4, 2, 4),
    "unsupported": (),
    "none": (),
    "inferred": (0.1, 5),
    "notional": (0.1, 11),
    "infrastructure": (),
    "illustration": (0.1, 9),
}
"""Dash of each status, basis or kind in pixels, on and off; a test holds these too. QGIS draws no dash of length 0."""
_WIDTHS: Final = {"unsupported": 4.0, "none": 1.5, "inferred": 2.4, "notional": 4.0, "infrastructure": 1.3}
_GREY: Final = "#75726c"
_MM: Final = 25.4 / 96  # a CSS pixel


def look(leg_basis: str, kind: str, status: str) -> str:
    """Return the name of the dash of a leg: basis and kind go before status where they say what a line is."""
    if kind in {"infrastructure", "illustration"}:
        return kind
    if leg_basis in {"inferred", "notional"}:
        return leg_basis
    return status if status in DASHES else "none"


def styles(extract: Extract) -> dict[str, str]:
    """Return the QML of each styled layer: `legs` in colour; `routes`, which lie below them, as a pale band."""
    routes = {row["id"]: row for row in extract.routes}
    used = {
        (leg["mode"], look(leg["basis"], routes[leg["route"]]["kind"], routes[leg["route"]]["status"]))
        for legs in extract.legs.values()
        for leg in legs
    }
    ordered = sorted(used, key=lambda one: (list(DASHES).index(one[1]), list(COLOURS).index(one[0])))
    return {"legs": _qml([(mode, name) for mode, name in ordered])}


def _qml(rules: list[tuple[str, str]]) -> str:
    root = ET.Element("qgis", version="3.22.0", styleCategories="Symbology")
    renderer = ET.SubElement(
        root, "renderer-v2", type="RuleRenderer", symbollevels="0", forceraster="0", enableorderby="0"
    )
    tree = ET.SubElement(renderer, "rules", key="waybill")
    symbols = ET.SubElement(renderer, "symbols")
    for number, (mode, name) in enumerate(rules):
        ET.SubElement(
            tree,
            "rule",
            key=f"waybill-{number}",
            symbol=str(number),
            label=f"{mode}, {name}",
            filter=_filter(mode, name),
        )
        _symbol(symbols, number, mode, name)
    ET.SubElement(root, "blendMode").text = "0"
    ET.SubElement(root, "layerGeometryType").text = "1"
    head = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    return head + ET.tostring(root, encoding="unicode")


def _filter(mode: str, name: str) -> str:
    """Return the expression of a rule; every word in it is one of ours."""
    kinds = "\"wb_kind\" NOT IN ('infrastructure', 'illustration')"
    if name in {"infrastructure", "illustration"}:
        what = f"\"wb_kind\" = '{name}'"
    elif name in {"inferred", "notional"}:
        what = f"{kinds} AND \"basis\" = '{name}'"
    else:
        statuses = "'none', 'not shown'" if name == "none" else f"'{name}'"
        what = f"{kinds} AND \"basis\" NOT IN ('inferred', 'notional') AND \"wb_status\" IN ({statuses})"
    return f"\"mode\" = '{mode}' AND {what}"


def _symbol(symbols: ET.Element, number: int, mode: str, name: str) -> None:
    symbol = ET.SubElement(symbols, "symbol", type="line", name=str(number), alpha="1", clip_to_extent="1")
    layer = ET.SubElement(symbol, "layer", {"class": "SimpleLine", "enabled": "1", "locked": "0", "pass": "0"})
    dash = DASHES[name]
    colour = _GREY if name in {"infrastructure", "illustration"} else COLOURS[mode]
    options = {
        "line_color": ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + ",255",
        "line_width": f"{_WIDTHS.get(name, 3.0) * _MM:.3f}",
        "line_width_unit": "MM",
        "line_style": "solid",
        "capstyle": "flat" if dash and dash[0] > 1 else "round",
        "joinstyle": "round",
        "use_custom_dash": "1" if dash else "0",
        "customdash": ";".join(f"{length * _MM:.3f}" for length in dash or (5, 2)),
        "customdash_unit": "MM",
    }
    tree = ET.SubElement(layer, "Option", type="Map")
    for key, value in options.items():
        ET.SubElement(tree, "Option", type="QString", name=key, value=value)
        ET.SubElement(layer, "prop", k=key, v=value)  # QGIS before 3.26
