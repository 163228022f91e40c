"""Print speaks the page's line language, in grey too."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from itertools import combinations, product
from pathlib import Path

from maps.figure.style import resolve, style

STATIC = Path(__file__).parents[3] / "maps" / "static"
SCRIPT = """
const {resolve} = require(process.argv[1] + '/linestyle.js');
const style = require(process.argv[1] + '/linestyle.json');
const asked = JSON.parse(require('fs').readFileSync(0));
process.stdout.write(JSON.stringify(asked.map((what) => resolve(style, what))));
"""
KINDS = ("movement", "declared", "precedent", "infrastructure", "illustration")
STATUSES = ("confirmed", "evidenced", "asserted", "alleged", "unsupported", "none", "strange")
BASES = ("network", "drawn", "inferred", "notional")


def test_every_look_is_the_pages():
    node = shutil.which("node")
    assert node, "the tests of the page need Node; install nodejs"
    keys = ("kind", "status", "mode", "basis", "fallback")
    modes = (*style()["modes"], "cart")
    asked = [dict(zip(keys, one, strict=True)) for one in product(KINDS, STATUSES, modes, BASES, (True, False))]
    done = subprocess.run(
        [node, "-e", SCRIPT, STATIC], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    for what, theirs in zip(asked, json.loads(done.stdout), strict=True):
        mine = resolve(**what)
        for key in ("width", "cap", "hollow", "halo", "casing", "opacity", "arrows", "under", "known"):
            assert getattr(mine, key) == theirs[key], (what, key)
        assert list(mine.dash) == theirs["dash"], what
        assert bool(mine.tick) == bool(theirs["tick"]), what


def test_statuses_differ_without_colour():
    looks = [resolve(kind="movement", status=status, mode="rail") for status in STATUSES[:-1]]
    for one, other in combinations(looks, 2):
        assert (one.dash, one.hollow, one.width) != (other.dash, other.hollow, other.width)


def test_every_word_of_the_figures_is_in_four_languages():
    text = (STATIC.parent / "figure" / "words.json").read_text(encoding="utf-8")
    for key, entry in json.loads(text).items():
        assert set(entry) == {"en", "ko", "ru", "zh"}, key
        assert len({tuple(sorted(re.findall(r"\{\w+\}", one))) for one in entry.values()}) == 1, key
