import json
import math
import re
from html.parser import HTMLParser

import pytest

from maps import page
from maps.escape import html_text, json_text, script_text, style_text
from maps.policy import Markup, Needs, Script, Style, hash_source

HOSTILE = [
    "</script><script>window.bad=1</script>",
    "<!--<script>",
    "<img src=x onerror='window.bad=1'>",
    "{{ 7*7 }}",
    "{% raise %}",
    "100 {% off",
    "{# note",
    "${window.bad=1}",
    "$title $$ $",
    "`; window.bad=1; `",
    r"C:\users\new",
    "line\u2028separator\u2029and\r\nnewline",
    "a & b &amp; c \"double\" 'single'",
    "</title></noscript></style>",
    "두만강역 Туманган 图们江",
    "lone \ud800 surrogate",
]


class Text(HTMLParser):
    """Text of each element that a test asks for, and the tags met."""

    def __init__(self, source):
        super().__init__()
        self.texts = {}
        self.tags = []
        self._open = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, _attrs):
        self.tags.append(tag)
        self._open.append(tag)
        self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag):
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data):
        if self._open:
            self.texts[self._open[-1]][-1] += data


def a_page(**changes):
    made = {
        "title": "Rail",
        "language": "en",
        "head": [],
        "body": [],
        "scripts": [],
        "noscript": "",
        "data": {},
        "needs": Needs(),
    }
    return page.Page(**(made | changes))


def policy_of(finished):
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', finished)
    text = found[1].replace("&#x27;", "'")
    return {name: sources.split(" ") for name, _, sources in (part.partition(" ") for part in text.split("; "))}


def readable(text):
    return text.replace("\ud800", "\ufffd")


@pytest.mark.parametrize("text", HOSTILE)
def test_json_comes_back_unchanged_and_cannot_end_its_block(text):
    written = json_text({"title": text, text: [text]}, block="waybill-data")

    assert json.loads(written) == {"title": text, text: [text]}
    assert not set("<>&\u2028\u2029") & set(written)
    assert written.encode("utf-8")


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_json_refuses_numbers_that_it_cannot_carry(number):
    with pytest.raises(ValueError, match="'waybill-data' cannot be written as JSON"):
        page.data_blocks(data={"length_km": number})


def test_json_refuses_objects_without_a_json_form():
    with pytest.raises(ValueError, match="set is not JSON serializable"):
        page.data_blocks(data={"on": {"a"}})


def test_a_block_without_a_value_is_left_out():
    assert list(page.data_blocks(data={}, basemap=None, style=[1])) == ["waybill-data", "waybill-style"]


@pytest.mark.parametrize("text", HOSTILE)
def test_the_title_is_text(text):
    finished = page.write(a_page(title=text))

    read = Text(finished)
    assert read.texts["title"] == [readable(text)]
    assert read.tags == Text(page.write(a_page())).tags


@pytest.mark.parametrize("text", HOSTILE)
def test_the_page_without_scripts_shows_every_text_as_text(text):
    route = {"title": text, "status": text, "denied_by": [text], "length_km": 53.9}
    payload = {
        "case": {"title": text, "summary": text, "disclaimer": text},
        "known": text,
        "routes": [route],
        "parties": [{"id": "us", "name": text}],
        "credits": [text],
    }

    read = Text(page.noscript(payload, title=text))

    shown = readable(text)
    assert read.texts["h1"] == [shown]
    assert read.texts["td"] == [shown, shown, "53.9 km"]
    assert read.texts["p"][:4] == [shown, f"As known on {shown}.", shown, shown]
    assert set(read.tags) <= {"noscript", "article", "h1", "p", "table", "thead", "tbody", "tr", "th", "td"}


def test_the_page_without_scripts_names_parties_and_statuses():
    payload = {
        "routes": [{"title": "Rajin to Khasan", "status": "asserted", "denied_by": ["dprk", "x"], "length_km": None}],
        "parties": [{"id": "dprk", "name": "North Korea"}],
    }

    read = Text(page.noscript(payload, title="Rail"))

    assert read.texts["td"] == ["Asserted", "North Korea, x", ""]


def test_the_page_without_scripts_speaks_the_language_of_the_case():
    payload = {"case": {"language": "ru"}, "known": "2022-11-10", "routes": [{"status": "unsupported"}]}

    read = Text(page.noscript(payload, title="x"))

    assert read.texts["p"][0] == "По сведениям на 2022-11-10."
    assert read.texts["th"] == ["Маршрут", "Статус", "Кто отрицает", "Длина", ""]
    assert read.texts["td"][0] == "Только отрицания"


def test_the_page_says_its_language_and_lets_people_zoom():
    finished = page.write(a_page(language="ko"))

    assert finished.startswith('<!DOCTYPE html>\n<html lang="ko">\n<head>\n<meta charset="utf-8">')
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in finished
    assert "user-scalable" not in finished


def test_the_policy_admits_the_inline_parts_and_nothing_else():
    raw = "<style>q{}</style><script>var a = 1;</script><b style='color: red'>x</b>"
    finished = page.write(
        a_page(head=[Style("p{}"), Script("x = '</script>'")], body=[Markup(raw)], scripts=[Script("y\r\n")])
    )

    policy = policy_of(finished)
    scripts = [hash_source("x = '<\\/script>'"), hash_source("var a = 1;"), hash_source("y\n")]
    assert policy["script-src"] == scripts
    assert {hash_source("p{}"), hash_source("q{}")} < set(policy["style-src"])
    assert policy["style-src-attr"] == ["'unsafe-hashes'", hash_source("color: red")]
    assert policy["img-src"] == ["data:"]
    nothing = {"default-src", "connect-src", "font-src", "frame-src", "media-src", "base-uri", "form-action"}
    assert all(policy[name] == ["'none'"] for name in nothing)


def test_every_inline_block_of_a_page_has_its_hash_in_the_policy():
    finished = page.write(a_page(head=[Style("a{}")], scripts=[Script("b"), Script("c")], data={"waybill-data": "{}"}))

    allowed = {source for sources in policy_of(finished).values() for source in sources}
    inline = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", finished, re.DOTALL)
    assert len(inline) == 4
    assert {hash_source(text) for text in inline} <= allowed


def test_the_policy_names_what_is_loaded_from_elsewhere():
    needs = Needs()
    needs.allow_url("script-src", "https://a.example/x.js?v=1", "Plugin")
    needs.allow_url("img-src", "https://tiles.example/{z}", "TileLayer", whole_host=True)
    finished = page.write(a_page(head=[Script(url="https://a.example/x.js")], needs=needs))

    assert policy_of(finished)["script-src"] == ["https://a.example/x.js"]
    assert policy_of(finished)["img-src"] == ["data:", "https://tiles.example"]
    assert needs.online() == ["Plugin loads https://a.example/x.js", "TileLayer loads https://tiles.example"]


def test_the_separators_of_the_policy_are_encoded_in_an_address():
    needs = Needs()
    needs.allow_url("script-src", "https://a.example/x;y,z'.js", "Plugin")

    assert needs.of("script-src") == ["https://a.example/x%3By%2Cz%27.js"]


def test_a_script_cannot_leave_its_element():
    assert script_text("'</SCRIPT><!--'") == "'<\\/SCRIPT><\\!--'"
    assert style_text("</style>") == "<\\/style>"


def test_missing_text_is_written_as_nothing():
    assert html_text(None) == ""
    assert html_text("a\0b") == "a\ufffdb"
