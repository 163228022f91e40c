"""A case in a notebook."""

from __future__ import annotations

from html.parser import HTMLParser

from builders import META, case, raw_case

from routes.case import case_from_raw

HOSTILE = "</p><script>bad()</script><img src=x onerror=bad()>"


def test_a_case_shows_title_counts_and_layers():
    text = case(parties=[{"id": "us", "name": "US", "kind": "state"}])._repr_html_()
    assert "<strong>Test</strong> (2026-01-31, CC0-1.0)" in text
    assert "<td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>1</td><td>1</td>" in text
    assert "<li>All</li>" in text
    assert "maps.RouteMap(case)" in text


def test_hostile_text_of_a_case_stays_text():
    layer = {"id": "all", "title": HOSTILE}
    text = case_from_raw(raw_case(meta=META | {"title": HOSTILE, "licence": HOSTILE, "layer": [layer]}))._repr_html_()
    tags = set()

    class Tags(HTMLParser):
        def handle_starttag(self, tag, attrs):
            tags.add(tag)
            assert all(name == "scope" for name, _ in attrs)

    Tags().feed(text)
    assert tags <= {
        *("div", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "ul", "li", "code")
    }
    assert text.count("&lt;script&gt;") == 3


def test_the_summary_builds_no_lines():
    shown = case()
    shown._repr_html_()
    assert "legs" not in vars(shown)
