"""The corpus: texts that a stranger could put into a case, each by the name of what it attacks.

What would run sets a mark: `window.bad` in a browser, the environment variable `WAYBILL_BAD` in Python's templates.
The file is ASCII, so that nothing in it hides. A lone surrogate is no text that UTF-8 can hold, so none is in it.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT = "WAYBILL_BAD"
ELSEWHERE = "evil.invalid"
_ROWS = json.loads((Path(__file__).parent / "corpus.json").read_text(encoding="ascii"))


@dataclass(frozen=True)
class Payload:
    """One text, with an id as a case has them, and what it attacks."""

    id: str
    attacks: str
    text: str


PAYLOADS = [Payload(row["id"], row["attacks"], row["text"] * row.get("times", 1)) for row in _ROWS]
TEXTS = {payload.id: payload.text for payload in PAYLOADS}
SHORT = [payload for payload in PAYLOADS if len(payload.text) < 1_000]
"""Those that fit wherever a text fits: into a file name, a title, a table that is looked through one by one."""
LONG = [payload for payload in PAYLOADS if payload not in SHORT]


def ran_in_python():
    """Return whether a payload ran in this process, and take the mark away."""
    return os.environ.pop(ENVIRONMENT, None) is not None


def file_name(payload, suffix=""):
    """Return a payload as a name that a file may bear on Linux: no slash, no NUL, not too long, not a way up."""
    text = payload.text.replace("/", "\u2215").replace("\0", "\u2400")
    text = text.encode()[: 200 - len(suffix)].decode(errors="ignore")
    return f"_{text}{suffix}" if text in {".", ".."} or text.startswith("-") else text + suffix


def is_safe_line(text):
    """Return whether a line holds nothing that acts on a terminal, breaks the line or turns its direction."""
    return text.isprintable()
