"""Takes the README's picture from the real map: `make picture`."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import maps

PICTURE = Path(__file__).parent / "map.png"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


def main() -> None:
    """Render the built-in case, open it as a reader would, and save what is seen."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "map.html"
        maps.render("dprk-russia", page_file)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        page.goto(page_file.as_uri())
        page.locator("svg [role=button]").first.wait_for(state="attached")
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
