"""Snippets that show a page in another one: what they hold, and that nothing in them runs."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

import maps
from maps.cli import main as cli
from maps.embedding import frame_id
from maps.state import IgnoredStateWarning

HOSTILE = "\"><script>bad()</script> '{{ 7*7 }}` --> [x](y) ${bad}\n\n```\n# heading"


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def frame_of(text):
    frames = [attrs for tag, attrs in Tags(text).found if tag == "iframe"]
    assert len(frames) == 1
    return frames[0]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("embed") / "My map.html"
    maps.RouteMap(basemap=False, title="Routes & <claims>").save(path)
    return path


def test_a_frame_has_what_it_needs(page):
    frame = frame_of(maps.embed(page))
    assert frame["src"] == "My%20map.html"
    assert frame["title"] == "Routes & <claims>"
    assert frame["loading"] == "lazy"
    assert frame["allow"] == "fullscreen; clipboard-write"
    assert (frame["width"], frame["height"]) == ("100%", "640")
    assert frame["id"] == frame_id(page) == "waybill-my-map"
    assert "sandbox" not in frame


def test_a_sandboxed_frame_runs_scripts_and_has_no_origin(page):
    allowed = frame_of(maps.embed(page, sandbox=True))["sandbox"].split()
    assert "allow-scripts" in allowed
    assert "allow-same-origin" not in allowed


def test_a_frame_opens_at_a_state(page):
    assert frame_of(maps.embed(page, state="#sel=e22&known=2022-11"))["src"].endswith("#v=1&known=2022-11&sel=e22")
    assert frame_of(maps.embed(page, state=maps.State(zoom=6)))["src"].endswith("#v=1&z=6.0")


def test_a_part_of_a_state_that_is_not_understood_is_warned_of(page):
    with pytest.warns(IgnoredStateWarning, match="colour"):
        text = maps.embed(page, state="colour=red&sel=e22")
    assert frame_of(text)["src"].endswith("#v=1&sel=e22")


def test_a_frame_that_holds_the_page_opens_at_the_state_by_itself(page):
    whole = page.read_text(encoding="utf-8")
    assert frame_of(maps.embed(page, form="html"))["srcdoc"] == whole
    held = frame_of(maps.embed(page, form="html", state="known=2022-11"))["srcdoc"]
    data = re.search(r'id="waybill-data">(.*?)</script>', held, re.DOTALL)[1]
    assert json.loads(data)["view"]["state"] == "v=1&known=2022-11"
    assert re.findall("Content-Security-Policy.*", held) == re.findall("Content-Security-Policy.*", whole)


def test_markdown_holds_a_link_for_those_who_drop_frames(page):
    text = maps.embed(page, form="markdown", state="sel=e22", title="A [map]")
    assert text.endswith("\n\n[A \\[map\\]](My%20map.html#v=1&sel=e22)")
    block = text.split("\n\n")[0]
    assert block.startswith("<div>\n<iframe ")
    assert block.endswith("</iframe>\n</div>")


def test_quarto_and_wordpress_have_their_blocks(page):
    assert re.fullmatch(r"```\{=html\}\n<iframe .*</iframe>\n```", maps.embed(page, form="quarto"))
    text = maps.embed(page, form="wordpress")
    assert re.fullmatch(r"<!-- wp:html -->\n<iframe .*</iframe>\n<!-- /wp:html -->", text)


@pytest.mark.parametrize("form", ["iframe", "markdown", "quarto", "html", "wordpress"])
def test_hostile_titles_and_file_names_stay_text(tmp_path, form):
    path = tmp_path / 'javascript:a"><script>bad()<!-- .html'.replace("/", "_")
    maps.RouteMap(basemap=False, title=HOSTILE).save(path)
    for title in (None, HOSTILE):
        text = maps.embed(path, form=form, title=title)
        frame = frame_of(text)
        assert frame["title"] == " ".join(HOSTILE.split())
        assert [tag for tag, _ in Tags(text).found if tag not in {"div", "iframe"}] == []
        assert frame.get("src", "javascript%3A").startswith("javascript%3A")
        source = "srcdoc" if form == "html" else "src"
        assert set(frame) == {"class", "id", source, "title", "width", "height", "style", "loading", "allow"}


def test_hostile_states_leave_nothing_behind(page):
    with pytest.warns(IgnoredStateWarning):
        text = maps.embed(page, state='sel="><script>bad()</script>&x=`')
    assert frame_of(text)["src"] == "My%20map.html"


def test_the_address_may_be_another_but_runs_nothing(page):
    assert (
        frame_of(maps.embed(page, src="https://example.org/a map.html#x"))["src"] == "https://example.org/a%20map.html"
    )
    for src in ("javascript:bad()", " JavaScript:bad()", "data:text/html,x", "java\nscript:bad()", ""):
        with pytest.raises(ValueError, match="no address of a map"):
            maps.embed(page, src=src)


def test_faults_say_what_to_do(page, tmp_path):
    other = tmp_path / "other.html"
    other.write_text("<title>x</title>", encoding="utf-8")
    with pytest.raises(ValueError, match="waybill render"):
        maps.embed(other)
    with pytest.raises(ValueError, match="choose one of iframe"):
        maps.embed(page, form="pdf")
    with pytest.raises(ValueError, match="at least 200"):
        maps.embed(page, height=12)
    with pytest.raises(ValueError, match="needs the file"):
        maps.embed()


def run(*arguments):
    return CliRunner().invoke(cli.main, ["embed", *map(str, arguments)])


def test_the_command_prints_what_the_function_returns(page):
    result = run(page, "--as", "quarto", "--height", "500", "--title", "T", "--state", "sel=e22", "--sandbox")
    assert result.exit_code == 0
    assert result.stdout == maps.embed(page, form="quarto", height=500, title="T", state="sel=e22", sandbox=True) + "\n"
    assert result.stderr == ""


def test_the_command_says_what_of_a_state_it_ignores(page):
    result = run(page, "--state", "colour=red")
    assert result.exit_code == 0
    assert result.stderr.startswith("warning state: ")
    assert len(result.stderr.splitlines()) == 1


def test_the_command_prints_the_script_of_the_host_without_a_file():
    result = run("--as", "script")
    assert result.exit_code == 0
    assert result.stdout.startswith("<script>\n/*")
    assert result.stdout.count("</script>") == 1


@pytest.mark.parametrize("arguments", [[], ["missing.html"], ["--as", "pdf"]])
def test_wrong_use_has_exit_status_2(arguments):
    assert run(*arguments).exit_code == 2
