"""The colours of lines and text can be told apart and read, with and without colour vision, in both themes."""

import itertools
import json
import re
from importlib.resources import files

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

STATIC = files("maps") / "static"
STYLE = json.loads((STATIC / "linestyle.json").read_text(encoding="utf-8"))
CSS = (STATIC / "page.css").read_text(encoding="utf-8")
THEMES = ("light", "dark")
# Machado, Oliveira and Fernandes 2009 at full severity: an -anomaly of 100 is the -anopia.
VISIONS = {"full": None, "protanopia": "protanomaly", "deuteranopia": "deuteranomaly", "tritanopia": "tritanomaly"}
# CAM02-UCS, in which a just noticeable difference is about 1. Lines are thin and lie apart, so ten times that and more.
DISTANCE = 13.0
LINE_CONTRAST = 3.0  # WCAG 2.2, 1.4.11
TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
TEXT = [
    (ink, paper)
    for ink, papers in {
        "ink": ("paper", "paper-2", "rule-2", "warn-paper"),
        "ink-2": ("paper", "paper-2", "rule-2"),
        "ink-3": ("paper",),
        "link": ("paper", "paper-2"),
        "warn": ("paper", "warn-paper"),
    }.items()
    for paper in papers
]


def rgb(text):
    """Components from 0 to 1 of ``#rrggbb``."""
    return np.array([int(text[at : at + 2], 16) / 255 for at in (1, 3, 5)])


def seen(colour, vision):
    """Return the colour as someone with that vision sees it."""
    if VISIONS[vision] is None:
        return rgb(colour)
    space = {"name": "sRGB1+CVD", "cvd_type": VISIONS[vision], "severity": 100}
    return np.clip(cspace_convert(rgb(colour), space, "sRGB1"), 0, 1)


def luminance(colour):
    """Relative luminance of WCAG."""
    parts = rgb(colour)
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def properties(theme):
    """Colours among the custom properties of page.css; the dark theme replaces those of the light one."""
    found = {}
    for selector in (r"\.waybill", r"\.waybill\.wb-dark")[: 1 + (theme == "dark")]:
        block = re.search(rf"^{selector} \{{(.*?)^\}}", CSS, flags=re.MULTILINE | re.DOTALL)
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})\b", block[1]))
    return found


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("theme", THEMES)
def test_any_two_modes_can_be_told_apart_by_colour(theme, vision):
    colours = {mode: seen(look[theme], vision) for mode, look in STYLE["modes"].items()}
    apart = {
        (one, other): float(deltaE(colours[one], colours[other], input_space="sRGB1"))
        for one, other in itertools.combinations(colours, 2)
    }

    assert {pair: round(distance, 1) for pair, distance in apart.items() if distance < DISTANCE} == {}


def test_the_simulation_sees_what_the_colour_blind_do_not():
    red, green = seen("#c00000", "deuteranopia"), seen("#4f6f00", "deuteranopia")

    assert deltaE(rgb("#c00000"), rgb("#4f6f00"), input_space="sRGB1") > 3 * DISTANCE
    assert deltaE(red, green, input_space="sRGB1") < DISTANCE


@pytest.mark.parametrize("ground", ["land", "sea"])
@pytest.mark.parametrize("theme", THEMES)
def test_every_mode_stands_out_from_its_ground(theme, ground):
    under = STYLE["palette"][theme][ground]
    weak = {mode: look[theme] for mode, look in STYLE["modes"].items() if contrast(look[theme], under) < LINE_CONTRAST}

    assert weak == {}


@pytest.mark.parametrize(("ink", "paper"), TEXT)
@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read_on_its_paper(theme, ink, paper):
    colours = properties(theme)

    assert contrast(colours[ink], colours[paper]) >= TEXT_CONTRAST


def test_the_themes_differ_in_every_colour_of_text_and_paper():
    light, dark = properties("light"), properties("dark")

    assert [name for name in {name for pair in TEXT for name in pair} if light[name] == dark[name]] == []


def test_statuses_are_told_apart_by_dash_and_not_by_colour():
    statuses = STYLE["statuses"]
    looks = {name: (tuple(look["dash"]), look["width"], "hollow" in look) for name, look in statuses.items()}
    dashed = [tuple(look["dash"]) for look in [*statuses.values(), *STYLE["bases"].values()] if look["dash"]]

    assert len(set(looks.values())) == len(looks)
    assert len(set(dashed)) == len(dashed)
    assert not any(set(look) & {*THEMES, "colour"} for look in statuses.values())
