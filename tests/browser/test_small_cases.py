"""Cases with other needs than the built-in one."""

from __future__ import annotations

import pytest
from builders import case
from playwright.sync_api import expect

import maps

pytestmark = pytest.mark.browser

FIJI = {"id": "suva", "name": "Suva", "kind": "port", "lon": "178.42", "lat": "-18.13", "country": "FJ"}
SAMOA = {"id": "apia", "name": "Apia", "kind": "port", "lon": "-171.76", "lat": "-13.83", "country": "WS"}
TONGA = {"id": "alofi", "name": "Alofi", "kind": "port", "lon": "-169.92", "lat": "-19.05", "country": "NU"}
PARTY = {"id": "us", "name": "United States", "kind": "state"}


def pacific():
    """Return two routes: one across the antimeridian, one wholly east of it."""
    claim = {
        "party": "us",
        "stance": "asserts",
        "asserted_on": "2024-01-01",
        "about": "movement",
        "statement": "S",
        "sources": "s1",
    }
    return case(
        places=[FIJI, SAMOA, TONGA],
        routes=[
            {"id": "across", "title": "Suva to Apia", "layer": "all", "kind": "movement"},
            {"id": "east", "title": "Apia to Alofi", "layer": "all", "kind": "movement"},
        ],
        legs=[
            {"route": "across", "seq": "1", "from": "suva", "to": "apia", "mode": "sea", "basis": "network"},
            {"route": "east", "seq": "1", "from": "apia", "to": "alofi", "mode": "sea", "basis": "network"},
        ],
        events=[{"id": "e1", "title": "E", "routes": "across;east"}],
        claims=[{"id": "c1", "event": "e1", **claim}],
        parties=[PARTY],
    )


def test_a_case_without_a_view_opens_with_its_layers_on(page, tmp_path):
    maps.RouteMap(pacific()).save(tmp_path / "map.html")
    page.goto((tmp_path / "map.html").as_uri())
    expect(page.get_by_role("checkbox", name="All", exact=True)).to_be_checked()
    expect(page.locator("svg [role=button]:visible")).to_have_count(2)


def test_routes_on_both_sides_of_the_antimeridian_are_neighbours(page, tmp_path):
    maps.RouteMap(pacific()).save(tmp_path / "map.html")
    page.goto((tmp_path / "map.html").as_uri())
    boxes = [line.bounding_box() for line in page.locator("svg [role=button]").all()]
    assert len(boxes) == 2
    assert all(box["x"] > 0 and box["x"] + box["width"] < 1280 for box in boxes)
    assert all(box["width"] > 60 for box in boxes)


def test_a_case_without_routes_says_so(page, tmp_path):
    maps.RouteMap(case()).save(tmp_path / "map.html")
    page.goto((tmp_path / "map.html").as_uri())
    expect(page.get_by_text("This case has no routes to draw.")).to_be_visible()


@pytest.mark.parametrize(
    "block",
    [
        "{",
        "[]",
        "{}",
        "null",
        '{"layers": 7}',
        '{"version": 2, "layers": [], "events": 7}',
        "[" * 5_000,
        '{"routes": [null]}',
    ],
)
def test_a_page_with_damaged_data_says_so_and_is_not_blank(page, tmp_path, block):
    maps.RouteMap(pacific()).save(tmp_path / "map.html")
    text = (tmp_path / "map.html").read_text(encoding="utf-8")
    begin = text.index('id="waybill-data">') + len('id="waybill-data">')
    end = text.index("</script>", begin)
    (tmp_path / "map.html").write_text(text[:begin] + block + text[end:], encoding="utf-8")
    page.goto((tmp_path / "map.html").as_uri())
    expect(page.get_by_text("missing or damaged").or_(page.get_by_text("has no routes to draw"))).to_be_visible()
