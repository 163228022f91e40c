"""`waybill render --watch`: drawn again when the case changes, on this machine alone, and the last good map stays."""

from __future__ import annotations

import html
import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from click.testing import CliRunner

from maps import watch
from maps.cli import main as cli
from maps.policy import hash_source
from maps.render import render
from routes.errors import CaseFaultsError
from routes.findings import fault
from routes.starter import write_starter

PAGE = (
    "<html><head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; "
    "script-src &#39;sha256-a&#39;; connect-src &#39;none&#39;\"></head><body>{}</body></html>"
)  # fmt: skip
FAULT = fault("places.csv", 2, "lat", "95", "is out of range", "write degrees")
PATIENCE_S = 20


@pytest.fixture
def said():
    return []


@pytest.fixture
def words():
    """What the next page says, an error it fails with instead, or both in turn."""
    return ["first"]


@pytest.fixture
def edition(words, said):
    def draw():
        if isinstance(words[-1], Exception):
            raise words[-1]
        return PAGE.format(words[-1])

    return watch.Edition(draw, said.append)


@pytest.fixture
def address(edition):
    with watch.serving(edition) as address:
        yield address


def ask(address: str, path: str = "/", **headers: str) -> tuple[int, str]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE_S)
    connection.putrequest("GET", path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    text = answer.read().decode("utf-8")
    connection.close()
    return answer.status, text


def test_a_new_page_is_served_under_a_new_name(edition, address, words):
    edition.refresh()
    before = ask(address, "/edition")
    assert "first" in ask(address)[1]
    words.append("second")
    edition.refresh()
    assert "second" in ask(address)[1]
    assert ask(address, "/edition") != before


@pytest.mark.parametrize(
    "error", [CaseFaultsError("mine", [FAULT]), FileNotFoundError("gone"), ValueError("no such\nparty")]
)
def test_faults_are_said_and_the_last_good_page_stays(edition, address, words, said, error):
    edition.refresh()
    before = ask(address), ask(address, "/edition")
    words.append(error)
    assert not edition.refresh()
    assert (ask(address), ask(address, "/edition")) == before
    assert "the last good map stays" in said[-1]
    assert all("\n" not in line for line in said)


def test_before_any_page_is_good_a_page_says_so_and_waits(edition, address, words, said):
    words.append(CaseFaultsError("mine", [FAULT]))
    edition.refresh()
    assert "No map yet" in ask(address)[1]
    assert any("places.csv:2" in line for line in said)


def test_a_fault_of_ours_is_not_hidden(edition, words):
    words.append(KeyError("ours"))
    with pytest.raises(KeyError):
        edition.refresh()


@pytest.mark.parametrize(
    "path", ["/../case.toml", "/case.toml", "//etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/edition/x", "/map.html"]
)
def test_there_is_nothing_but_the_page(edition, address, path):
    edition.refresh()
    assert ask(address, path)[0] == 404


def listening() -> set[tuple[str, int]]:
    """Where this process waits for somebody to connect."""
    mine = (one for one in psutil.net_connections("inet") if one.pid == os.getpid())
    return {(one.laddr.ip, one.laddr.port) for one in mine if one.status == psutil.CONN_LISTEN}


def test_only_this_machine_can_reach_it(edition):
    before = listening()
    with watch.serving(edition) as address:
        opened = listening() - before
    assert opened == {("127.0.0.1", urlsplit(address).port)}


def test_another_sites_name_that_leads_here_reads_nothing(edition, address):
    edition.refresh()
    assert ask(address, Host="evil.example") == (421, "")
    assert ask(address, Host=f"localhost:{urlsplit(address).port}")[0] == 200


def test_the_policy_of_the_copy_admits_one_script_and_its_own_server_and_no_more():
    copy = watch.served(PAGE.format("x"), "a-1")
    policy = html.unescape(re.search(r'content="([^"]*)"', copy)[1])
    script = re.search(r"<script[^>]*>(.*?)</script>", copy, re.DOTALL)[1]
    assert policy == f"default-src 'none'; script-src 'sha256-a' {hash_source(script)}; connect-src 'self'"
    assert watch.served(PAGE.format("x"), '"><b>').count("<b>") == 0


def test_a_page_without_a_policy_is_refused():
    with pytest.raises(ValueError, match="security policy"):
        watch.served("<html><body></body></html>", "a-1")


def test_the_text_of_a_case_cannot_pass_for_the_end_of_the_page(tmp_path):
    folder = write_starter(tmp_path / "mine")
    toml = folder / "case.toml"
    toml.write_text(toml.read_text("utf-8").replace("Example: the", "</body></script><b>"), encoding="utf-8")
    page = render(folder).get_root().render()
    copy = watch.served(page, "a-1")
    assert copy.endswith("</script>\n</body>\n</html>\n") or copy.rstrip().endswith("</body>\n</html>")
    assert copy.count("data-edition") == 1


def test_every_change_of_a_file_shows(tmp_path):
    folder = write_starter(tmp_path / "mine")
    seen = [watch.stamp(folder)]
    (folder / "geometry").mkdir()
    for name in ("places.csv", "new.csv", "geometry/claimed.geojson"):
        (folder / name).write_text("changed", encoding="utf-8")
        seen.append(watch.stamp(folder))
    (folder / "new.csv").unlink()
    seen.append(watch.stamp(folder))
    (folder / "~lock.notes").write_text("no part of the case")
    assert watch.stamp(folder) == seen[-1]
    assert len(set(seen)) == 5


def test_a_case_in_one_file_and_a_folder_that_is_gone_have_stamps(tmp_path):
    (tmp_path / "case.xlsx").write_bytes(b"x")
    assert [name for name, _, _ in watch.stamp(tmp_path / "case.xlsx")] == ["case.xlsx"]
    assert watch.stamp(tmp_path / "gone") == ()


def test_a_case_that_is_saved_is_drawn_again(tmp_path):
    (tmp_path / "places.csv").write_text("first", encoding="utf-8")
    drawn = threading.Event()
    end = threading.Event()
    texts = []

    def draw():
        texts.append((tmp_path / "places.csv").read_text(encoding="utf-8"))
        drawn.set()
        return PAGE.format(texts[-1])

    edition = watch.Edition(draw, lambda _: None)
    thread = threading.Thread(target=watch.watch, args=(tmp_path, edition, lambda _: None), kwargs={"until": end})
    thread.start()
    try:
        assert drawn.wait(PATIENCE_S)
        drawn.clear()
        (tmp_path / "places.csv").write_text("second one", encoding="utf-8")
        assert drawn.wait(PATIENCE_S)
    finally:
        end.set()
        thread.join(PATIENCE_S)
    assert texts == ["first", "second one"]
    assert "second one" in edition.page


@pytest.mark.slow
def test_ctrl_c_ends_it_cleanly_and_the_file_on_disk_is_the_plain_one(tmp_path):
    folder = write_starter(tmp_path / "mine")
    command = [sys.executable, "-m", "maps.cli.main", "render", str(folder), "-o", str(tmp_path / "m.html"), "--watch"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path.cwd(),
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        # a job in the background of a shell ignores the interrupt, and so would what it starts
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no other thread runs here
    )  # fmt: skip
    try:
        address = process.stdout.readline().strip()
        assert ask(address)[0] == 200
        process.stderr.readline()
        process.send_signal(signal.SIGINT)
        _, talk = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0
    assert "Traceback" not in talk
    if (tmp_path / "m.html").exists():
        assert "data-edition" not in (tmp_path / "m.html").read_text(encoding="utf-8")


def test_a_port_that_is_taken_is_one_clear_line(tmp_path, address):
    folder = write_starter(tmp_path / "mine")
    port = str(urlsplit(address).port)
    result = CliRunner().invoke(
        cli.main, ["render", str(folder), "-o", str(tmp_path / "m.html"), "--watch", "--port", port]
    )
    assert result.exit_code == 1
    assert "in use" in result.stderr


def test_a_case_that_does_not_exist_is_wrong_use_with_watch_too():
    assert CliRunner().invoke(cli.main, ["render", "no-such-case", "--watch"]).exit_code == 2


def test_the_folder_of_the_starter_is_left_alone(tmp_path):
    folder = shutil.copytree(write_starter(tmp_path / "mine"), tmp_path / "copy")
    before = watch.stamp(folder)
    render(folder, tmp_path / "m.html")
    assert watch.stamp(folder) == before
