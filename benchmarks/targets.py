"""What the line layer is to reach, and whether it does."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

OURS, THEIRS, FRAME = "waybill", "folium", "frame"
# figures of one tool by name; infinite where the time limit ended it, absent where it was not run
Figures = dict[str, float]
COLUMNS = {
    "build": "build s",
    "load": "load ms",
    "off": "off ms",
    "on": "on ms",
    "zoom": "zoom ms",
    "pan": "pan ms",
    "drag": "longest frame gap ms",
}


@dataclass(frozen=True)
class Target:
    """A figure and the most that it may be; None where it was not measured."""

    size: str
    what: str
    most: float | None
    found: float | None

    @property
    def verdict(self) -> str:
        """`met`, `missed` or `not measured`."""
        if self.most is None or self.found is None:
            return "not measured"
        return "met" if self.found <= self.most and math.isfinite(self.found) else "missed"

    def row(self) -> list[str]:
        """The target as a row of the table."""
        return [self.size, self.what, figure(self.most), figure(self.found), self.verdict]


def targets(results: Mapping[str, Mapping[str, Figures]], resolution_ms: float) -> list[Target]:
    """Return the targets of the sizes that were measured.

    Parameters
    ----------
    results
        Figures by size and tool.
    resolution_ms
        What the method cannot tell apart; "no slower" allows it to the figures in milliseconds.
    """
    found = []
    for size, tools in results.items():
        ours, theirs, frame = (tools.get(tool, {}) for tool in (OURS, THEIRS, FRAME))
        if size in ("S", "M"):
            for key, name in COLUMNS.items():
                allowed = resolution_ms if name.endswith("ms") else 0
                most = _times(theirs.get(key), 1, allowed)
                found.append(Target(size, f"{name}: no slower than folium GeoJson", most, ours.get(key)))
        if size == "L":
            found += _large(ours, theirs, frame)
        if size == "XL":
            found.append(Target(size, "build s", 6, ours.get("build")))
            found += [Target(size, COLUMNS[key], 300, ours.get(key)) for key in ("off", "on", "zoom")]
    return found


def _large(ours: Figures, theirs: Figures, frame: Figures) -> list[Target]:
    return [
        Target("L", "build s: a fifteenth of folium GeoJson", _times(theirs.get("build"), 1 / 15), ours.get("build")),
        Target("L", "HTML MB apart from the basemap", 6.6, ours.get("html_lines")),
        Target("L", "load ms: a third of folium GeoJson", _times(theirs.get("load"), 1 / 3), ours.get("load")),
        *(Target("L", COLUMNS[key], 50, ours.get(key)) for key in ("off", "on")),
        *(Target("L", COLUMNS[key], 150, ours.get(key)) for key in ("zoom", "pan")),
        Target("L", COLUMNS["drag"], 60, ours.get("drag")),
        Target("L", "peak MB of the build: 1.3 of the frame alone", _times(frame.get("peak"), 1.3), ours.get("peak")),
    ]


def _times(value: float | None, factor: float, allowed: float = 0) -> float | None:
    return None if value is None or math.isinf(value) else value * factor + allowed


def figure(value: float | None) -> str:
    """A number with three significant digits or all of its whole ones; `-` if there is none."""
    if value is None:
        return "-"
    if math.isinf(value):
        return "not in time"
    return f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:#.3g}".rstrip(".")
