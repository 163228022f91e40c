"""A Chromium that fails the test on any fault of the page and on any request to the network."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

LOCAL_SCHEMES = {"file", "data", "blob", "about"}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


class Watch:
    """What went wrong on a page, and which addresses it asked for.

    `allow(text)` excuses faults and requests that hold the text; a test that uses it says why.
    """

    def __init__(self):
        self.faults = []
        self.requests = []
        self._excused = []

    def allow(self, text):
        self._excused.append(text)

    def fault(self, text):
        self.faults.append(text)

    def guard(self, route):
        url = route.request.url
        if urlsplit(url).scheme in LOCAL_SCHEMES:
            route.continue_()
            return
        self.requests.append(url)
        self.faults.append(f"request to {url}")
        route.abort()

    def unexcused(self):
        return [fault for fault in self.faults if not any(text in fault for text in self._excused)]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    if not Path(chromium).exists():
        pytest.fail(f"no Chromium at {chromium}; run `make browser`, or set CHROMIUM to where it is", pytrace=False)
    return browser_type_launch_args | {
        "executable_path": chromium,
        "args": FLAGS,
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {
        "locale": "en-GB",
        "timezone_id": "UTC",
        "reduced_motion": "reduce",
        "viewport": {"width": 1280, "height": 800},
    }


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def page(context, watch):
    context.route("**/*", watch.guard)
    page = context.new_page()
    page.set_default_timeout(float(os.environ.get("BROWSER_TIMEOUT_MS", "10000")))
    page.on("pageerror", lambda error: watch.fault(f"page error: {error}"))
    page.on("console", lambda message: watch.fault(f"console: {message.text}") if message.type == "error" else None)
    page.on("crash", lambda _: watch.fault("the page crashed"))
    yield page
    assert watch.unexcused() == []
