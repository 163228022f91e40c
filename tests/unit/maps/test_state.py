"""The state string: Python reads and writes it as the page does, and no text breaks it."""

from __future__ import annotations

import json
import subprocess
import sys
import warnings
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import maps
import routes
from maps import state_text
from maps.payload import payload
from maps.state import IgnoredStateWarning, State

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "state.json").read_text(encoding="utf-8"))
KEYS = {
    "zoom": "zoom",
    "centre": "centre",
    "on": "on",
    "known": "known",
    "start": "from",
    "end": "to",
    "by": "by",
    "selected": "sel",
    "language": "lang",
}
FULL = "v=1&z=6.0&c=42.4,130.6&on=a,b&known=2024-02-29&from=2022-09&to=2024-03&by=us,rok&sel=e22&lang=ko"


@pytest.fixture(scope="module")
def case():
    return routes.read_case("dprk-russia")


def plain(state):
    """Return what is set, under the names of the table."""
    values = {key: getattr(state, name) for name, key in KEYS.items()}
    return {
        key: list(value) if isinstance(value, tuple) else value for key, value in values.items() if value is not None
    }


def noted(state):
    return [[note.key, note.value, note.why] for note in state.notes]


def made(row):
    return row["before"] + "".join(row["unit"].replace("{i}", str(number)) for number in range(row["times"]))


@pytest.mark.parametrize("row", VECTORS["rows"], ids=lambda row: row["name"])
def test_a_text_stands_for_what_the_table_says(row):
    state = State.parse(row["text"])
    assert plain(state) == row["fields"]
    assert noted(state) == row["notes"]
    assert state.encode() == row["canonical"]


@pytest.mark.parametrize("row", VECTORS["made"], ids=lambda row: row["name"])
def test_a_long_text_stands_for_what_the_table_says(row):
    state = State.parse(made(row))
    assert noted(state) == row["notes"]
    assert state.encode() == row["canonical"]


def test_the_table_is_long_enough_to_mean_something():
    assert len(VECTORS["rows"]) >= 60
    assert len({row["name"] for row in VECTORS["rows"]}) == len(VECTORS["rows"])


slugs = st.from_regex(r"[a-z0-9][a-z0-9-]{0,12}", fullmatch=True)
lists = st.none() | st.lists(slugs, max_size=6).map(tuple)
days = st.dates().map(date.isoformat).flatmap(lambda day: st.sampled_from([day, day[:7], day[:4], "all"]))
points = st.tuples(st.floats(-90, 90), st.floats(-360, 360))


@st.composite
def states(draw):
    start, end = draw(st.none() | days), draw(st.none() | days)
    if state_text.is_backwards(start, end):
        start, end = end, start
    if state_text.is_backwards(start, end):
        end = None
    return State(
        zoom=draw(st.none() | st.floats(0, 24)),
        centre=draw(st.none() | points),
        on=draw(lists),
        known=draw(st.none() | days),
        start=start,
        end=end,
        by=draw(lists),
        selected=draw(st.none() | slugs),
        language=draw(st.sampled_from([None, "en", "ko", "ru", "zh"])),
    )


@given(states())
def test_what_is_written_is_read_again_without_a_note_and_written_the_same(state):
    again = State.parse(state.encode())
    assert again.notes == ()
    assert again.encode() == state.encode()


@given(states())
def test_reading_loses_no_more_than_the_rounding(state):
    again = State.parse(state.encode())
    unique = {
        name: None if getattr(state, name) is None else tuple(dict.fromkeys(getattr(state, name)))
        for name in ("on", "by")
    }
    for name in ("known", "start", "end", "selected", "language"):
        assert getattr(again, name) == getattr(state, name)
    assert (again.on, again.by) == (unique["on"], unique["by"])
    assert (again.zoom is None) == (state.zoom is None)
    if state.zoom is not None:
        assert again.zoom == pytest.approx(state.zoom, abs=0.0051)
    if state.centre is not None:
        assert again.centre == pytest.approx(state.centre, abs=0.0501)


pieces = st.sampled_from([*state_text.FIELDS, "x", "__proto__"]).flatmap(
    lambda key: st.text(st.characters(), max_size=20).map(lambda value: f"{key}={value}")
)
wild = st.text(st.characters()) | st.lists(pieces | st.text(st.characters(), max_size=8), max_size=8).map("&".join)


@settings(max_examples=300)
@given(wild)
def test_no_text_raises_and_its_notes_can_be_said(text):
    state = State.parse(text)
    assert State.parse(state.encode()).encode() == state.encode()
    for note in state.notes:
        assert str(note).isprintable()
    assert len(state.notes) <= 21


def test_every_field_has_its_check():
    assert {one.name for one in fields(State)} == {*state_text.CHECKS, "notes"}
    assert set(state_text.REMEDIES) == set(state_text.CHECKS)


@pytest.mark.parametrize(
    "values",
    [
        {"zoom": 25}, {"zoom": float("nan")}, {"zoom": "6"}, {"zoom": True}, {"centre": (91, 0)}, {"centre": (1,)},
        {"centre": (0, float("inf"))}, {"on": ("A",)}, {"on": "rail-link"}, {"by": tuple("a" for _ in range(501))},
        {"known": "2024-02-30"}, {"known": ""}, {"start": "yesterday"}, {"end": "2024-1"},
        {"start": "2024-03", "end": "2024-02"}, {"selected": "e 22"}, {"language": "de"},
    ],
    ids=str,
)  # fmt: skip
def test_a_state_made_of_nonsense_says_what_to_write(values):
    with pytest.raises(ValueError, match=r"; (give|write|choose|swap) "):
        State(**values)


def test_lists_may_be_given_as_lists():
    assert State(on=["a"], by=[]) == State(on=("a",), by=())


def test_days_are_the_last_the_first_and_the_last_that_a_text_can_mean():
    state = State(known="2024-02", start="2022", end="2023-04")
    assert (state.known_day, state.start_day, state.end_day) == (date(2024, 2, 29), date(2022, 1, 1), date(2023, 4, 30))
    state = State(known="all", start="all")
    assert (state.known_day, state.start_day, state.end_day) == (None, None, None)


def test_a_case_decides_which_names_are_known(case):
    text = "on=rail-link,nowhere,cover-land&by=us-allies,dprk,mars&sel=e22"
    state, ignored = State.parse(text).resolve(case)
    assert state.on == tuple(slug for slug in ("rail-link", "cover-land") if slug in set(case.layers["id"]))
    assert state.by == ("us-allies", "dprk")
    assert state.selected == "e22"
    assert ignored[0] == "nowhere"
    assert ignored[-1] == "mars"


@pytest.mark.parametrize("name", ["e22", "r-wagner-2022", "khasan-stn"])
def test_an_event_a_route_or_a_place_can_be_selected(case, name):
    assert State(selected=name).resolve(case) == (State(selected=name), [])


def test_names_that_only_javascript_knows_are_unknown(case):
    state, ignored = State.parse("sel=constructor&on=constructor&by=constructor").resolve(case)
    assert state == State()
    assert ignored == ["constructor"] * 3


def test_a_list_of_which_no_name_is_known_counts_as_missing_and_an_empty_one_does_not(case):
    assert State(on=("nowhere",)).resolve(case)[0].on is None
    assert State(on=()).resolve(case)[0].on == ()


def test_the_state_is_carried_in_the_view_of_the_page(case):
    route_map = maps.render(case, state="#lang=ko&on=rail-link")
    assert route_map.payload["view"]["state"] == "v=1&on=rail-link&lang=ko"
    assert payload(case)["view"].get("state") is None


def test_a_state_cuts_nothing_from_the_page(case):
    told = maps.render(case, state="known=2022-11-10&by=dprk").payload
    whole = maps.render(case).payload
    view = {key: value for key, value in told["view"].items() if key != "state"}
    assert {**told, "view": view} == {**whole, "view": {k: v for k, v in whole["view"].items() if k != "state"}}


def test_a_ready_payload_can_open_at_a_state_and_stays_as_it_was(case):
    ready = payload(case)
    assert maps.RouteMap(payload=ready, state=State(zoom=5)).payload["view"]["state"] == "v=1&z=5.0"
    assert ready["view"].get("state") is None


def test_what_is_ignored_is_warned_of(case):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        route_map = maps.render(case, state="on=rail-link,nowhere&bogus=1")
    texts = [str(one.message) for one in caught if one.category is IgnoredStateWarning]
    assert len(texts) == 1
    assert "'nowhere'" in texts[0]
    assert "'bogus'" in texts[0]
    assert route_map.payload["view"]["state"] == "v=1&on=rail-link,nowhere", "the page says it too"


def test_reading_a_state_loads_no_drawing():
    code = "import sys, maps; maps.State; sys.exit('folium' in sys.modules or 'pandas' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
