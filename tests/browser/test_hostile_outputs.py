"""Frames of lines, figures, balloons, snippets, addresses and messages with the corpus in them, in Chromium."""

from __future__ import annotations

import html
import json
import warnings
from pathlib import Path
from urllib.parse import quote

import geopandas as gpd
import hostile_case
import pandas as pd
import pytest
from corpus import PAYLOADS, SHORT, file_name, ran_in_python
from playwright.sync_api import expect
from shapely import LineString

import maps
import routes
from routes.formats import export_case

pytestmark = pytest.mark.browser

WALK = (Path(hostile_case.__file__).parent / "walk.js").read_text(encoding="utf-8")
# of a frame's texts, white space around them says nothing
LINES = {f"line-{number}": payload.text.strip() for number, payload in enumerate(SHORT, start=1)}
PROTOTYPE = "() => [window.bad, ({}).bad, Object.prototype.toString.call({})]"
UNTOUCHED = [None, None, "[object Object]"]
FORMS = ("iframe", "markdown", "quarto", "html", "wordpress")


def frame():
    """Return a frame with a payload in every value of a row, and columns that bear each of them as a name."""
    names = ("name", "cell", "grp", "how", "said")
    columns = {name: [payload.text for payload in SHORT] for name in names}
    for number, payload in enumerate(SHORT):
        columns[payload.text] = [payload.text if row == number else None for row in range(len(SHORT))]
    lines = [LineString([(100 + n % 12, 20 + n // 12), (100.5 + n % 12, 20.5 + n // 12)]) for n in range(len(SHORT))]
    return gpd.GeoDataFrame(pd.DataFrame(columns, dtype=object), geometry=lines, crs=4326)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("frames")
    few = frame()
    many = pd.concat([few] * 4, ignore_index=True)
    title = hostile_case.joined()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, gdf in {"three": few.iloc[:3], "few": few, "many": many}.items():
            maps.explore(gdf, layer="grp", mode="how", status="said", title=title).save(folder / f"{name}.html")
    assert not ran_in_python()
    return folder


def walk(page, what, texts):
    return page.evaluate(f"(texts) => ({WALK}).{what}(texts)", texts)


def intruders(page):
    return page.evaluate(f"() => ({WALK}).intruders(document.querySelector('.waybill'))")


def shown_like_the_first(found, *keys):
    first = found["line-1"]
    assert all(first[key] > 0 for key in keys)
    return [name for name, row in found.items() if any(row[key] < first[key] for key in keys) or row["intruders"]]


def test_a_few_lines_of_a_hostile_frame(page, pages):
    page.goto((pages / "few.html").as_uri())
    expect(page.locator("svg g[data-route]").first).to_be_attached()
    assert shown_like_the_first(walk(page, "lines", LINES), "tip", "spoken", "title", "card") == []
    legend = page.locator(".wb-legend").evaluate("one => one.textContent")
    assert [payload.id for payload in SHORT if payload.text.strip() not in legend] == []
    assert intruders(page) == []
    assert page.evaluate(PROTOTYPE) == UNTOUCHED


def test_many_lines_of_a_hostile_frame(page, pages):
    page.goto((pages / "many.html").as_uri())
    page.wait_for_function("() => performance.getEntriesByName('waybill-lines-drawn').length")
    assert shown_like_the_first(walk(page, "linked", LINES), "title", "card") == []
    page.get_by_role("button", name="Ledger", exact=True).click()
    table = page.get_by_role("table")
    expect(table).to_be_visible()
    told = set(table.locator("button[data-route]").evaluate_all("found => found.map(one => one.textContent)"))
    assert told == set(LINES.values())
    assert intruders(page) == []
    assert page.evaluate(PROTOTYPE) == UNTOUCHED


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    return routes.read_case(hostile_case.write(tmp_path_factory.mktemp("case") / "case", SHORT))


def test_a_figure_opened_as_a_document_and_within_one(page, tmp_path):
    path = tmp_path / file_name(next(one for one in SHORT if one.id == "html-img"), ".svg")
    few = routes.read_case(hostile_case.write(tmp_path / "case", SHORT[:75:3]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        maps.figure(few, path, size="300x500mm")
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.tagName") == "svg"
    assert page.evaluate("window.bad") is None
    host = tmp_path / "host.html"
    svg = path.read_text(encoding="utf-8")
    host.write_text(f"<!doctype html><meta charset=utf-8><title>x</title>{svg[svg.index('<svg') :]}", encoding="utf-8")
    page.goto(host.as_uri())
    assert page.locator("svg > g").count() > 0
    assert page.locator("script, a, foreignObject, iframe, img").count() == 0
    assert page.evaluate("window.bad") is None


def test_the_balloons_of_kml_as_a_browser_shows_them(page, case, tmp_path):
    import xml.etree.ElementTree as ET  # noqa: PLC0415 - only here

    root = ET.fromstring(export_case(case, tmp_path / "x.kml").read_bytes())  # noqa: S314 - our own file
    balloons = [one.text for one in root.iter("{http://www.opengis.net/kml/2.2}description")]
    assert len(balloons) > 3 * len(SHORT)
    found = page.evaluate(
        """(balloons) => {
          document.body.innerHTML = balloons.join('<hr>');
          const inside = [...document.body.querySelectorAll('*')];
          return {
            tags: [...new Set(inside.map((one) => one.tagName))].sort(),
            attributes: [...new Set(inside.flatMap((one) => one.getAttributeNames()))],
            text: document.body.textContent,
          };
        }""",
        balloons,
    )
    assert found["tags"] == ["A", "BR", "HR", "LI", "P", "UL"]
    assert found["attributes"] == ["href"]
    assert [payload.id for payload in SHORT if payload.text.isprintable() and payload.text not in found["text"]] == []
    assert page.evaluate("window.bad") is None


SNIPPETS = """(snippets) => snippets.map((text) => {
  const parsed = new DOMParser().parseFromString(text, 'text/html');
  const frames = [...parsed.querySelectorAll('iframe')];
  const others = [...parsed.body.querySelectorAll('*')].map((one) => one.tagName);
  return {
    frames: frames.length,
    title: frames.length ? frames[0].title : null,
    source: frames.length ? frames[0].getAttribute('src') : null,
    attributes: frames.length ? frames[0].getAttributeNames().filter((name) => name.startsWith('on')) : [],
    others: [...new Set(others)].sort().join(' '),
  };
})"""


@pytest.fixture(scope="module")
def small_map(tmp_path_factory):
    path = tmp_path_factory.mktemp("embed") / "map.html"
    maps.RouteMap(basemap=False, title="Map").save(path)
    return path


@pytest.mark.parametrize("form", FORMS)
def test_a_snippet_with_a_hostile_title_state_or_file_name(page, small_map, tmp_path, form):
    """Each as the HTML that a report would hold, read by the parser of a browser."""
    titles, files = [], []
    content = small_map.read_bytes()
    payloads = SHORT[::12] if form == "html" else SHORT  # that form holds the whole page each time
    for payload in payloads:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            titles.append(
                maps.embed(small_map, form=form, title=payload.text, state=f"sel={payload.text}&on={payload.text}")
            )
        path = tmp_path / file_name(payload, ".html")
        path.write_bytes(content)
        files.append(maps.embed(path, form=form))
    for payload, found in zip(payloads, page.evaluate(SNIPPETS, titles), strict=True):
        assert found["frames"] == 1
        assert found["attributes"] == []
        assert found["others"] in {"IFRAME", "DIV IFRAME"}, payload.id
        wanted = " ".join(payload.text.replace("\0", "\ufffd").split()) or "map"
        assert " ".join(found["title"].split()) == wanted, payload.id
    for payload, found in zip(payloads, page.evaluate(SNIPPETS, files), strict=True):
        assert found["others"] in {"IFRAME", "DIV IFRAME"}, payload.id
        assert form == "html" or found["source"] == quote(file_name(payload, ".html"), safe="")
    assert page.evaluate("window.bad") is None


def test_addresses_and_messages(page, pages, tmp_path):
    """Whatever comes as a state, by the address or from the page around, the map stays as it is and says so."""
    path = pages / "three.html"  # what comes is read the same beside any lines
    page.goto(path.as_uri())
    expect(page.locator("svg g[data-route]").first).to_be_attached()
    texts = [payload.text for payload in PAYLOADS]
    page.evaluate(
        """async (texts) => {
          for (const text of texts)
            for (const key of ['', 'sel=', 'on=x&by=' + text + '&known=' + text + '&lang=']) {
              location.hash = '#' + key + text;
              await new Promise((done) => setTimeout(done, 0));
            }
        }""",
        texts,
    )
    assert page.evaluate(PROTOTYPE) == UNTOUCHED
    assert intruders(page) == []
    assert page.url.split("#")[0] == path.as_uri()
    host = tmp_path / "host.html"
    host.write_text(
        "<!doctype html><meta charset=utf-8><script>window.heard = [];"
        "addEventListener('message', (event) => heard.push(event.data));</script>"
        f'<iframe title=map width=900 height=640 src="{html.escape(path.as_uri())}"></iframe>',
        encoding="utf-8",
    )
    page.goto(host.as_uri())
    page.wait_for_function("() => heard.length > 0")
    page.evaluate(
        """(texts) => {
          const to = frames[0];
          texts.forEach((text) => {
            const inner = [text, {state: text}, {state: 'sel=' + text}, {[text]: text}];
            [text, {[text]: {state: text}}, ...inner.map((one) => ({waybill: one}))]
              .forEach((message) => to.postMessage(message, '*'));
          });
          [null, undefined, 7, NaN, [], {}, {waybill: null}, {waybill: []}, {waybill: {state: {}}},
           {waybill: {state: ['sel=line-1']}},
           new Map([['waybill', 1]]), new Date(), new Uint8Array(9),
           JSON.parse('{"waybill": {"__proto__": {"state": "sel=line-2"}}}'),
           JSON.parse('{"__proto__": {"waybill": {"state": "sel=line-2"}}}')
          ].forEach((message) => to.postMessage(message, '*'));
          to.postMessage({waybill: {state: 'sel=line-1'}}, '*');
        }""",
        texts,
    )
    inside = page.frame_locator("iframe")
    expect(inside.get_by_role("dialog", name=SHORT[0].text)).to_be_visible()
    assert page.evaluate(PROTOTYPE) == UNTOUCHED
    assert page.frames[1].evaluate(PROTOTYPE) == UNTOUCHED
    assert page.url == host.as_uri()
    assert all("sel=line-2" not in json.dumps(one) for one in page.evaluate("heard"))
