"""When a page in Chromium stops changing: the time from an action to the last picture that the browser put together.

A trace notes every frame that the page or one of its workers hands to the display, also those that come long after the
frame of the action: SVG that is rasterised off the main thread, work spread over frames, workers with their own canvas.
A frame counts if the display drew something of it, though that may look as before; one without damage, such as a
change of the address brings about, does not. A page counts as at rest when no process of the browser uses the processor
any more.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

CATEGORIES = ["viz", "blink.user_timing"]
FRAME, PICTURE, DRAWN = "Surface::CommitFrame", "Display::DrawAndSwap", "DirectRenderer::DrawFrame"
BROWSER = "FrameSinkId(0,"  # its own window, which draws itself again whenever it likes
MARK = "bench-begin"
OPENED = f"performance.mark('{MARK}')"
WINDOW_MS = 300
REST_S = 0.03  # processor seconds in a window at rest: the trace itself, the driver and the clock's ticks
WINDOWS = 3  # at rest one after another


class Watcher:
    """Watches the pages of one browser, one action at a time."""

    def __init__(self, browser: Browser, page: Page, limit_s: float):
        self.page = page
        self.limit_s = limit_s
        self._session = browser.new_browser_cdp_session()
        self._events: list[dict] = []
        self._done = False
        self._session.on("Tracing.dataCollected", lambda told: self._events.extend(told["value"]))
        self._session.on("Tracing.tracingComplete", lambda _: self._finish())

    def last_change_ms(self, act: Callable[[], object], *, from_navigation: bool = False) -> float:
        """Milliseconds from the mark that the action sets to the end of the last picture; 0 if nothing changed."""
        self._events, self._done = [], False
        config = {"includedCategories": CATEGORIES, "excludedCategories": ["*"]}
        self._session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": config})
        act()
        self.rest()
        self._session.send("Tracing.end")
        while not self._done:
            self.page.wait_for_timeout(20)
        return last_change_ms(self._events, from_navigation=from_navigation)

    def rest(self) -> None:
        """Wait until the browser has nothing left to do."""
        until = time.monotonic() + self.limit_s
        quiet, before = 0, self._processor_s()
        while quiet < WINDOWS:
            if time.monotonic() > until:
                msg = f"the page was still busy after {self.limit_s:g} s"
                raise TimeoutError(msg)
            self.page.wait_for_timeout(WINDOW_MS)
            now = self._processor_s()
            quiet = quiet + 1 if now - before <= REST_S else 0
            before = now

    def renderers(self) -> list[int]:
        """Process numbers of the renderers."""
        return [one["id"] for one in self._processes() if one["type"] == "renderer"]

    def _processes(self) -> list[dict]:
        return self._session.send("SystemInfo.getProcessInfo")["processInfo"]

    def _processor_s(self) -> float:
        return sum(one["cpuTime"] for one in self._processes())

    def _finish(self) -> None:
        self._done = True


def last_change_ms(events: list[dict], *, from_navigation: bool = False) -> float:
    """Milliseconds between the last mark in a trace, or the navigation before it, and the end of the last picture."""
    marks = [one for one in events if one["name"] == MARK and one["ph"] in "IRi"]
    if not marks:
        msg = f"the trace has no mark {MARK!r}; the action did not reach the page"
        raise ValueError(msg)
    mark = max(marks, key=lambda one: one["ts"])
    begun = mark["ts"] - (mark["args"]["data"]["startTime"] * 1000 if from_navigation else 0)
    frames = [one["ts"] for one in events if one["name"] == FRAME and BROWSER not in one["args"]["SurfaceId"]]
    frames = sorted(at for at in frames if at >= begun)
    drawn = [one["ts"] for one in events if one["name"] == DRAWN]
    last = 0.0
    for picture in sorted((one for one in events if one["name"] == PICTURE), key=lambda one: one["ts"]):
        end = picture["ts"] + picture["dur"]
        own = [at for at in frames if at <= picture["ts"]]
        frames = frames[len(own) :]
        # nothing is drawn of frames in which nothing changed, as after a change of the address
        if own and any(picture["ts"] <= at <= end for at in drawn):
            last = end
    return max(0.0, last - begun) / 1000 if last else 0.0
