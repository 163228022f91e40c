"""The picture for readers without JavaScript: what is on it, and that it is only ever a picture."""

from __future__ import annotations

import re
import sys
from xml.etree import ElementTree as ET

import numpy as np
import pytest

import maps
import routes
from geodata.polyline import encode
from maps.still import LAND_BYTES, SIZE, picture

SVG = "{http://www.w3.org/2000/svg}"


def drawn(document, **options):
    html = picture(document, language="en", **options)
    text = html.replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ')
    assert text
    return ET.fromstring(text)  # noqa: S314 - our own


def route(name, line, **more):
    row = {"id": name, "title": name, "layer": "a", "kind": "movement", "status": "asserted"} | more
    return row | {"legs": [{"mode": "rail", "basis": "network", "line": encode(line), "from": "x", "to": "y"}]}


def document(*rows, bounds=((0, 0), (20, 10)), layers=None, places=(), on=None):
    return {
        "view": {"bounds": [list(corner) for corner in bounds], "on": on},
        "layers": layers or [{"id": "a", "on": True}],
        "routes": list(rows),
        "places": list(places),
    }


def lines(svg):
    """Return the shapes of the lines, each as the points of its first part."""
    found = []
    for path in svg.iterfind(f".//{SVG}defs/{SVG}path"):
        x, y, steps = re.match(r"M(-?\d+) (-?\d+)l([^M]*)", path.get("d")).groups()
        numbers = np.array(re.findall(r"-?\d+", steps), dtype=int).reshape(-1, 2)
        found.append(np.vstack([[int(x), int(y)], numbers]).cumsum(axis=0))
    return found


def test_a_line_runs_as_it_does_on_the_globe():
    [line] = lines(drawn(document(route("r", [(2, 8), (10, 5), (18, 2)]))))
    steps = np.diff(line, axis=0)
    assert (steps[:, 0] > 0).all()
    assert (steps[:, 1] > 0).all()
    assert (line >= 0).all()
    assert (line <= 2 * np.array(SIZE)).all()


def test_a_line_across_the_antimeridian_is_one_line():
    [line] = lines(drawn(document(route("r", [(170, 0), (190, 5)]), bounds=((165, -5), (195, 10)))))
    assert line[0][0] < line[-1][0]


def starts(svg):
    """Return where the lines begin, from west to east."""
    return sorted(int(line[0][0]) for line in lines(svg))


LAYERED = [
    route("r", [(2, 2), (8, 8)]),
    route("s", [(4, 8), (8, 2)], layer="b"),
    route("t", [(6, 1), (9, 3)], layer="c"),
]
FLAT = [row | {"layer": "a"} for row in LAYERED]


def test_a_layer_that_is_off_at_first_is_not_drawn():
    tree = [{"id": "a", "on": True}, {"id": "b", "on": False}, {"id": "c", "on": False}]
    assert starts(drawn(document(*LAYERED, layers=tree))) == starts(drawn(document(FLAT[0])))


def test_layers_are_on_as_they_are_when_the_page_opens():
    # as `maps/static/store.js` has it: a layer in a group that is off is on by itself
    tree = [{"id": "a", "on": True}, {"id": "b", "on": False}, {"id": "c", "on": True, "parent": "b"}]
    assert starts(drawn(document(*LAYERED, layers=tree))) == starts(drawn(document(FLAT[0], FLAT[2])))


def test_the_view_of_a_case_says_what_is_on_with_what_is_below_it():
    # the group may stand behind the layer that is in it
    tree = [{"id": "a", "on": True}, {"id": "c", "on": False, "parent": "b"}, {"id": "b", "on": False}]
    assert starts(drawn(document(*LAYERED, layers=tree, on=["b"]))) == starts(drawn(document(FLAT[2])))


def test_what_is_denied_bears_the_badge_and_the_legend_says_so():
    rows = [route("r", [(2, 2), (8, 8)]), route("s", [(2, 8), (8, 2)], denied_by=["x"])]
    svg = drawn(document(*rows))
    badges = [use for use in svg.iterfind(f"{SVG}svg/{SVG}g/{SVG}use") if use.get("href") == "#wbs-denied"]
    assert len(badges) == 1
    assert "Denied by someone" in "".join(svg.itertext())
    assert "Denied by someone" not in "".join(drawn(document(rows[0])).itertext())


def test_the_legend_names_what_is_on_the_picture_and_nothing_else():
    told = "".join(drawn(document(route("r", [(2, 2), (8, 8)], status="alleged"))).itertext())
    assert "Rail" in told
    assert "Alleged" in told
    for other in ("Sea", "Confirmed", "Inferred"):
        assert other not in told


def test_names_do_not_lie_on_one_another():
    places = [
        {"id": name, "name": f"A long name of {name}", "lon": 5 + 0.01 * n, "lat": 5} for n, name in enumerate("xy")
    ]
    svg = drawn(document(route("r", [(5, 5), (5.01, 5), (18, 2)]), places=places))
    at = sorted(float(text.get("y")) for text in svg.iterfind(f".//{SVG}text"))
    assert len(at) == 2
    assert at[1] - at[0] >= 26 or svg.findall(f".//{SVG}text")[0].get("x") != svg.findall(f".//{SVG}text")[1].get("x")


def steps_of(count):
    """Return how many calls the picture of so many routes between places of their own takes."""
    rows, places = [], []
    for n in range(count):
        line = [(1 + n % 40 * 0.4, 1 + n // 40 * 0.1), (1.2 + n % 40 * 0.4, 1 + n // 40 * 0.1)]
        places += [
            {"id": f"{end}{n}", "name": f"{end} {n}", "lon": lon, "lat": lat}
            for end, (lon, lat) in zip("xy", line, strict=True)
        ]
        rows.append(route(f"r{n}", line))
        rows[-1]["legs"][0] |= {"from": f"x{n}", "to": f"y{n}"}
    calls = 0

    def count_call(_frame, event, _argument):
        nonlocal calls
        calls += event in {"call", "c_call"}

    told = document(*rows, places=places)
    before = sys.getprofile()
    sys.setprofile(count_call)
    try:
        picture(told, language="en")
    finally:
        sys.setprofile(before)
    return calls


def test_four_times_the_routes_take_about_four_times_the_work():
    steps_of(1)  # loads what is loaded once
    assert steps_of(1200) < 6 * steps_of(300)


def test_no_line_no_picture():
    assert picture(document(), language="en") == ""


def test_texts_of_a_case_are_only_text():
    evil = '</text></svg><script>window.bad=1</script><a href="javascript:1">'
    places = [{"id": "x", "name": evil, "lon": 2, "lat": 2}, {"id": "y", "name": "${x} {{ 7*7 }}", "lon": 18, "lat": 8}]
    base = {"levels": [], "countries": [{"lon": 10, "lat": 5, "min_zoom": 1, "names": {"en": evil}}]}
    svg = drawn(document(route("r", [(2, 2), (18, 8)], status="</svg>", kind="</svg>"), places=places), base=base)
    assert {element.tag.removeprefix(SVG) for element in svg.iter()} <= {
        "figure", "svg", "defs", "g", "path", "circle", "rect", "use", "text", "figcaption", "ul", "li",
    }  # fmt: skip
    assert evil in [text.text for text in svg.iterfind(f".//{SVG}text")]


@pytest.mark.parametrize("lang", ["en", "ko", "ru", "zh"])
def test_the_built_in_case_takes_few_bytes_in_every_language(lang):
    route_map = maps.RouteMap(routes.read_case("dprk-russia"))
    html = picture(route_map.payload, base=route_map.basemap_data, language=lang)
    ground = html.partition('<g stroke-linejoin="round">')[2].partition("</g>")[0]
    assert 3_000 < len(ground) <= LAND_BYTES
    assert len(html.encode()) < 28_000
