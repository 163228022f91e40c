"""The open page of `waybill render --watch` reloads itself and keeps the view."""

import re
import threading

import pytest
from playwright.sync_api import expect

from maps.render import render
from maps.watch import Edition, serving, watch
from routes.starter import write_starter

pytestmark = pytest.mark.browser


def test_the_open_page_reloads_itself_at_the_same_view(page, allow_loopback, tmp_path):
    folder = write_starter(tmp_path / "mine")
    end = threading.Event()
    edition = Edition(lambda: render(folder).get_root().render(), lambda _: None)
    with serving(edition) as address:
        allow_loopback(address)
        thread = threading.Thread(target=watch, args=(folder, edition, lambda _: None), kwargs={"until": end})
        thread.start()
        try:
            page.goto(address + "#on=sea-claimed&known=2025-05")
            expect(page).to_have_title(re.compile("teapots"), timeout=60_000)
            toml = folder / "case.toml"
            toml.write_text(toml.read_text("utf-8").replace("teapots of", "kettles of"), encoding="utf-8")
            expect(page).to_have_title(re.compile("kettles"), timeout=60_000)
            assert page.url == address + "#on=sea-claimed&known=2025-05"
            expect(page.get_by_role("heading", name=re.compile("kettles")).first).to_be_visible()
        finally:
            end.set()
            thread.join()
            page.goto("about:blank")


@pytest.fixture
def allow_loopback(context):
    """Let the page ask its own server, and nobody else; what it asks is not a request to the network."""

    def allow(address: str) -> None:
        context.route(f"{address}**", lambda route: route.continue_())

    return allow
