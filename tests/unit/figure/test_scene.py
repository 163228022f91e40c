"""A figure at a state shows what `routes.View` and the page show there."""

from __future__ import annotations

import pytest

from maps.figure.extent import extent_of
from maps.figure.make import figure
from maps.figure.scene import Scene, lens_of
from maps.state import State
from routes.view import View


def scene_at(case, text):
    state = State.parse(text).resolve(case)[0]
    return Scene(case, lens_of(case, state)), state


@pytest.mark.parametrize(
    ("text", "lens"),
    [
        ("", {}),
        ("known=2022-11-10", {"known": "2022-11-10"}),
        ("known=2024-02&by=us-allies", {"known": "2024-02-29", "by": ["us-allies"]}),
        ("from=2023-09&to=2024-03", {"start": "2023-09-01", "end": "2024-03-31"}),
        ("by=dprk,russia", {"by": ["dprk", "russia"]}),
    ],
)
def test_routes_statuses_and_denials_are_those_of_the_view(built_in, text, lens):
    groups = "on=rail-link,china-crossings,cover-routes,sea-shipments,onward,other,precedents,context"
    scene, _ = scene_at(built_in, f"{groups}&{text}")
    rows = View(built_in, **lens).routes()
    assert [(one.id, one.status, one.denied_by) for one in scene.routes] == [
        (row.route, row.status, tuple(row.denied_by)) for row in rows.itertuples()
    ]


def test_only_layers_that_are_on_are_drawn(built_in):
    scene, _ = scene_at(built_in, "on=sea-shipments")
    layers = built_in.route_table.set_index("id")["layer"]
    assert {layers[one.id] for one in scene.routes} == {"sea-munitions", "sea-oil"}


def test_without_a_state_the_opening_of_the_case_is_shown(built_in):
    scene, _ = scene_at(built_in, "")
    assert scene.lens.on == {
        "rail-link-line", "rail-link-traffic", "rail-link-arms", "china-rail", "china-road", "china-traffic",
        "cover-declared", "cover-illustrations",
    }  # fmt: skip


def test_centre_and_zoom_give_what_the_page_shows_beside_its_panel(built_in):
    scene, state = scene_at(built_in, "c=0,10&z=8")
    extent = extent_of(scene, state)
    degree = 256 * 2**8 / 360
    assert (10 - extent.west) * degree == pytest.approx(1280 / 2 - 332)
    assert (extent.east - 10) * degree == pytest.approx(1280 / 2)
    assert (extent.north - extent.south) * degree == pytest.approx(800, rel=1e-3)


def test_a_selected_route_brings_its_own_view(built_in):
    scene, state = scene_at(built_in, "on=sea-shipments&sel=r-sea-dunai")
    extent = extent_of(scene, state)
    assert 129 < extent.west < extent.east < 133.5


def test_known_and_by_win_over_the_state(built_in):
    drawn = figure(built_in, state="known=2024&by=dprk&c=42,131&z=8", known="2022-11-10", by=["us-allies"])
    lens = drawn.scenes[0].lens
    assert (str(lens.known), lens.by) == ("2022-11-10", ("us-allies",))


def test_nothing_said_later_is_in_any_text(built_in):
    drawn = figure(built_in, state="known=2022-11-10&c=42,131&z=7&on=rail-link,sea-shipments")
    text = drawn.texts.as_file("en") + " ".join(one.text for one in drawn.canvas.written)
    assert "Dunai" not in text
    assert "2022" in text


def test_a_place_under_the_star_of_an_event_keeps_its_name(second):
    drawn = figure(second)
    named = {one.text for one in drawn.canvas.written if one.role == "label"}
    assert {"Utrenny terminal", "Koryak storage unit", "Beihai LNG terminal"} <= named


def test_an_event_seen_off_its_declared_route_is_in_the_figure_with_it(second):
    scene, state = scene_at(second, "sel=e02")
    extent = extent_of(scene, state)
    for lon, lat in (scene.places["utrenny"][1], scene.places["barents-signalled"][1]):
        assert extent.west <= lon <= extent.east
        assert extent.south <= lat <= extent.north


def test_a_group_bears_the_title_that_the_case_gives_it(second):
    scene, _ = scene_at(second, "by=trackers,eikland")
    assert scene.tellers == "Trackers and analysts, Eikland Energy"
