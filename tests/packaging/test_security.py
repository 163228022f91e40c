"""SECURITY.md names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

import click

from maps.cli import main as cli

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


def test_every_option_that_is_named_is_an_option_of_some_command():
    context = click.Context(cli.main)
    commands = [cli.main, *(cli.main.get_command(context, name) for name in cli.main.list_commands(context))]
    options = {option for command in commands for parameter in command.params for option in parameter.opts}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", TEXT))
    assert "--known" in named
    assert sorted(named - options) == []
