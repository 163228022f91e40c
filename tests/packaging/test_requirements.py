"""The pinned versions that `make audit` asks about are those that pyproject.toml asks for."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "tests" / "requirements.txt").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINNED = dict(re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", LOCK, re.M))
GROUP = runpy.run_path(str(ROOT / "tests" / "packaging" / "release" / "lock.py"))["group"]
WANTED = [*PROJECT["project"]["dependencies"], *GROUP("test", PROJECT["dependency-groups"])]


@pytest.mark.parametrize("text", WANTED)
def test_what_is_asked_for_is_pinned_to_a_version_that_it_admits(text):
    asked = Requirement(text)
    pinned = {canonicalize_name(name): version for name, version in PINNED.items()}
    assert canonicalize_name(asked.name) in pinned, "run `make lock`"
    assert asked.specifier.contains(pinned[canonicalize_name(asked.name)])


def test_every_pin_has_hashes_and_no_registry_is_named():
    entries = [entry for entry in re.split(r"\n(?=\S)", LOCK) if "==" in entry]
    assert len(entries) == len(PINNED) > 50
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in LOCK
