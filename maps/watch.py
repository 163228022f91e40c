"""A map that is drawn again when its case changes, served on this machine alone."""

from __future__ import annotations

import html
import re
import secrets
import threading
import time
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final

from maps import assets
from maps.escape import html_text
from maps.policy import Script, hash_source
from routes.errors import CaseFaultsError
from routes.findings import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LOOPBACK: Final = "127.0.0.1"
LOOK_S: Final = 0.5
MAX_FILES: Final = 2_000
"""More files than a case has; a folder that holds more is not looked through to its end."""
_WATCHED: Final = frozenset({".toml", ".csv", ".json", ".geojson", ".gpkg", ".xlsx"})
_POLICY: Final = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)')

Stamp = tuple[tuple[str, int, int], ...]


class Edition:
    """The last good page of a case, and how many there were.

    Attributes
    ----------
    number
        0 until a page could be drawn, then one more for every page.
    name
        Name of the page, which no page of another run has: a page left open by an earlier run is reloaded too.
    page
        The page as it is served.
    """

    def __init__(self, draw: Callable[[], str], say: Callable[[str], None]) -> None:
        self._draw = draw
        self._say = say
        self._lock = threading.Lock()
        self._run = secrets.token_hex(4)
        self.number = 0
        self.name = f"{self._run}-0"
        self.page = served(assets.template("no_map_yet.html").template, self.name)

    def refresh(self) -> bool:
        """Draw the page anew; where that fails the reasons are said and the last good page stays.

        Returns
        -------
        bool
            Whether there is a new page.

        Raises
        ------
        Exception
            What is no fault of the case, its files or the choices made.
        """
        try:
            page = self._draw()
        except CaseFaultsError as err:
            for finding in err.findings:
                self._say(str(finding))
            self._say(f"{len(err.findings)} faults; the last good map stays")
            return False
        except (OSError, ValueError) as err:
            self._say(one_line(f"{err}; the last good map stays"))
            return False
        name = f"{self._run}-{self.number + 1}"
        page = served(page, name)
        with self._lock:
            self.number += 1
            self.name, self.page = name, page
        return True

    def current(self) -> tuple[str, bytes]:
        """Return name and bytes of the page, which belong together."""
        with self._lock:
            return self.name, self.page.encode("utf-8", "replace")


def served(page: str, edition: str) -> str:
    """Return the copy of a page that reloads itself when another edition is served.

    Parameters
    ----------
    page
        HTML with a security policy in a meta element, as `maps.render` writes it.
    edition
        Name of this edition.

    Returns
    -------
    str
        The page with one script more. Its policy admits that script, by hash, and requests to the page's own server.

    Raises
    ------
    ValueError
        If the page has no policy or no end of its body.
    """
    script = Script(assets.template("reload.js").template)
    policy = _POLICY.search(page)
    end = page.rfind("</body>")
    if policy is None or end < 0:
        raise ValueError("the page has no security policy or no end of its body; serve a page that Waybill wrote")
    wider = _with_source(html.unescape(policy[2]), "script-src", hash_source(script.inner))
    wider = _with_source(wider, "connect-src", "'self'")
    tag = f'<script data-edition="{html_text(edition)}">{script.inner}</script>\n'
    return f"{page[: policy.start(2)]}{html_text(wider)}{page[policy.end(2) : end]}{tag}{page[end:]}"


def _with_source(policy: str, directive: str, source: str) -> str:
    """Return a policy in which one directive allows one source more."""
    directives = [part.split() for part in policy.split(";") if part.strip()]
    for words in directives:
        if words[0] == directive:
            words[1:] = [word for word in words[1:] if word not in {"'none'", source}] + [source]
    if directive not in {words[0] for words in directives}:
        directives.append([directive, source])
    return "; ".join(" ".join(words) for words in directives)


def stamp(case: Path) -> Stamp:
    """Return name, time and size of the files of a case, so that a change shows without reading them.

    Parameters
    ----------
    case
        Folder or file of the case.

    Raises
    ------
    None
        A file that vanishes meanwhile is left out.
    """
    files = [case] if case.is_file() else [*case.glob("*"), *case.glob("geometry/*")]
    found = []
    for file in sorted(file for file in files if file.suffix in _WATCHED)[:MAX_FILES]:
        try:
            state = file.stat()
        except OSError:
            continue
        found.append((file.name, state.st_mtime_ns, state.st_size))
    return tuple(found)


@contextmanager
def serving(edition: Edition, port: int = 0) -> Iterator[str]:
    """Serve the page on this machine alone, and stop at the end of the block.

    Parameters
    ----------
    edition
        What is served.
    port
        0 lets the system choose.

    Yields
    ------
    str
        Address of the page.

    Raises
    ------
    OSError
        If the port is taken.
    """
    handler = type("Handler", (_Handler,), {"edition": edition})
    server = ThreadingHTTPServer((LOOPBACK, port), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield f"http://{LOOPBACK}:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    """Answers for the page and the name of its edition, and for nothing else: no file is ever looked up."""

    edition: Edition
    server_version = "waybill"
    sys_version = ""
    timeout = 10

    def do_GET(self) -> None:
        """Answer one question."""
        _, port, *_ = self.connection.getsockname()
        if self.headers.get("Host") not in {f"{LOOPBACK}:{port}", f"localhost:{port}"}:
            # another site's name that was made to lead here must not read the case
            self._answer(HTTPStatus.MISDIRECTED_REQUEST, b"", "text/plain")
            return
        name, page = self.edition.current()
        if self.path.partition("?")[0] == "/":
            self._answer(HTTPStatus.OK, page, "text/html; charset=utf-8")
        elif self.path == "/edition":
            self._answer(HTTPStatus.OK, name.encode("ascii"), "text/plain")
        else:
            self._answer(HTTPStatus.NOT_FOUND, b"there is only the map at /", "text/plain")

    def _answer(self, status: HTTPStatus, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        try:
            self.wfile.write(content)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the reader went on

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Say nothing: a question twice a second is no news."""


def watch(case: Path, edition: Edition, say: Callable[[str], None], *, until: threading.Event | None = None) -> None:
    """Draw again whenever a file of the case has changed, until the event is set.

    Parameters
    ----------
    case
        Folder or file of the case.
    edition
        What is drawn anew.
    say
        Takes one line on what happened.
    until
        Ends the watch; None: only an interrupt does.

    Raises
    ------
    KeyboardInterrupt
        When somebody interrupts.
    """
    end = until or threading.Event()
    seen = stamp(case)
    edition.refresh()
    while not end.wait(LOOK_S):
        now = stamp(case)
        if now == seen:
            continue
        seen = now
        begun = time.perf_counter()
        if edition.refresh():
            say(f"drawn again in {time.perf_counter() - begun:.1f} s")
