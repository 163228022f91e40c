"""SECURITY.md names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_every_test_that_holds_a_promise_is_there():
    files = set(re.findall(r"`(tests/[\w/.-]+\.\w+)`", TEXT))
    assert len(files) > 10
    assert [name for name in sorted(files) if not (ROOT / name).is_file()] == []


def test_every_test_that_is_named_by_its_function_is_there():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    names = set(re.findall(r"`(test_\w+)`", TEXT))
    assert names
    assert [name for name in sorted(names) if f"def {name}(" not in code] == []
