"""Takes the pictures of the documentation from the real map: `make picture`."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

import maps

FOLDER = Path(__file__).parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


@dataclass(frozen=True)
class Picture:
    """A state of the page, a button to press there, and the part of the page that is shown."""

    name: str
    state: str = ""
    size: tuple[int, int] = (1280, 800)
    scheme: str = "light"
    press: str | None = None
    part: str | None = None


PICTURES = (
    Picture("map"),
    Picture("ledger", "sel=e22", press="Ledger", part=".wb-drawer"),
    Picture("lens", "known=2022-11-10&from=2022-08&to=2022-11", part=".wb-lens"),
    Picture("told", "by=dprk&on=cover-routes", size=(1100, 640)),
    Picture("figures", "sel=r-sea-dunai&on=sea-shipments", part=".wb-card"),
    Picture("narrow", "lang=ko", size=(380, 640), scheme="dark"),
)


def take(page: Page, file: Path, picture: Picture) -> None:
    """Open the map at the state of a picture and save what is seen."""
    page.set_viewport_size({"width": picture.size[0], "height": picture.size[1]})
    page.emulate_media(color_scheme=picture.scheme, reduced_motion="reduce")
    page.goto("about:blank")
    page.goto(f"{file.as_uri()}#{picture.state}" if picture.state else file.as_uri())
    page.locator(".wb-time").wait_for(state="attached")
    if picture.press:
        page.get_by_role("button", name=picture.press, exact=True).click()
    target = page.locator(picture.part) if picture.part else page
    target.screenshot(path=FOLDER / f"{picture.name}.png", animations="disabled")


def main() -> None:
    """Render the built-in case, open it as a reader would, and save every picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "map.html"
        maps.render("dprk-russia", file)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        for picture in PICTURES:
            take(page, file, picture)
        browser.close()


if __name__ == "__main__":
    main()
