"""Every command and every piece of code in README and docs runs, in the order in which a reader meets them."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from maps.cli import main as cli

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(
    r"(?:<!-- not run: (?P<reason>[^\n]+) -->\n)?```(?P<language>\w*)[^\n]*\n(?P<text>.*?)^```", re.DOTALL | re.M
)
NOT_RUN_HERE = {
    "make": "sets up an environment of its own and may install packages; .ci/run calls the targets",
    "pip": "installs packages; `make map` in .ci/run installs the package in the same way",
}
"""Programs other than `waybill` that the documentation names, with the reason why these tests do not run them."""
SHOWN_ONLY = {"", "text", "html"}
"""Blocks that are no code: addresses, signatures, markup to paste (browser tests open such frames)."""


class Block(NamedTuple):
    page: str
    line: int
    language: str
    text: str
    reason: str

    def __str__(self):
        return f"{self.page}:{self.line}"


def blocks_of(text: str, page: str = "page.md") -> list[Block]:
    return [
        Block(page, text[: match.start("text")].count("\n"), match["language"], match["text"], match["reason"] or "")
        for match in FENCE.finditer(text)
    ]


BLOCKS = {path.name: blocks_of(path.read_text(encoding="utf-8"), path.name) for path in PAGES}


def commands(block: Block) -> list[tuple[list[str], list[str]]]:
    """Return each command of a console block as words, with the lines of output that the page shows below it."""
    found: list[tuple[list[str], list[str]]] = []
    for line in block.text.replace("\\\n", " ").splitlines():
        if line.startswith("$ "):
            found.append((shlex.split(line[2:], comments=True), []))
        elif line.strip():
            assert found, f"{block}: {line!r} stands before any command"
            found[-1][1].append(line)
    assert found, f"{block}: no command; a command begins with '$ '"
    return found


def run_command(block: Block, words: list[str], shown: list[str]) -> None:
    if words[0] != "waybill":
        assert words[0] in NOT_RUN_HERE, f"{block}: nothing here runs {words[0]!r}; say why in NOT_RUN_HERE"
        return
    assert not {"|", ">", ">>", "&&", ";"} & set(words), f"{block}: show the command without the shell"
    result = CliRunner().invoke(cli.main, words[1:])
    assert result.exit_code == 0, f"{block}: {shlex.join(words)}: {result.output} {result.exception!r}"
    for line in shown:
        assert line in result.output.splitlines(), f"{block}: {shlex.join(words)} does not print {line!r}"


def run_block(block: Block, names: dict[str, object], folder: Path) -> None:
    if block.reason or block.language in SHOWN_ONLY:
        return
    if block.language == "console":
        for words, shown in commands(block):
            run_command(block, words, shown)
    elif block.language == "python":
        exec(compile(block.text, str(block), "exec"), names)  # noqa: S102 - our own documentation
    elif block.language == "toml":
        assert tomllib.loads(block.text)
    elif block.language == "js":
        (folder / "block.js").write_text(block.text, encoding="utf-8")
        result = subprocess.run(
            [shutil.which("node"), "--check", "block.js"], cwd=folder, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, f"{block}: {result.stderr}"
    else:
        pytest.fail(f"{block}: nothing runs {block.language!r}; use console, python, toml or js")


@pytest.mark.parametrize("name", [name for name, blocks in BLOCKS.items() if blocks])
def test_what_a_page_tells_its_reader_to_do_works(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "__main__"}
    for block in BLOCKS[name]:
        run_block(block, names, tmp_path)


def test_the_two_commands_of_the_readme_are_targets_that_ci_runs():
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = {
        words[1]
        for blocks in BLOCKS.values()
        for block in blocks
        if block.language == "console"
        for words, _ in commands(block)
        if words[0] == "make"
    }
    assert targets >= {"map", "test"}
    assert [target for target in targets if not re.search(rf"^{target}:", makefile, re.M)] == []
    assert all(re.search(rf"^make {target}$", ci, re.M) for target in ("map", "test", "lint", "docs"))


@pytest.mark.parametrize("name", cli._COMMANDS)
def test_every_command_is_used_in_the_documentation_and_has_help(name):
    used = {
        words[1]
        for blocks in BLOCKS.values()
        for block in blocks
        if block.language == "console"
        for words, _ in commands(block)
        if words[0] == "waybill"
    }
    assert name in used
    result = CliRunner().invoke(cli.main, [name, "--help"])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 5


@pytest.mark.parametrize(
    "text",
    [
        "```console\n$ waybill no-such-command\n```\n",
        "```console\n$ waybill cases | head\n```\n",
        "```console\n$ waybill cases\nno such output\n```\n",
        "```console\n$ curl example.org\n```\n",
        "```console\nwaybill cases\n```\n",
        "```python\nraise ValueError\n```\n",
        "```python\nimport\n```\n",
        "```toml\na = \n```\n",
        "```js\nconst = 1;\n```\n",
        "```bash\nwaybill cases\n```\n",
    ],
)
def test_a_block_that_does_not_work_is_seen(text, tmp_path):
    [block] = blocks_of(text)
    with pytest.raises((AssertionError, ValueError, SyntaxError, pytest.fail.Exception)):
        run_block(block, {}, tmp_path)


def test_a_block_that_is_not_run_says_why():
    [block] = blocks_of("<!-- not run: it never ends -->\n```console\n$ waybill no-such-command\n```\n")
    assert block.reason == "it never ends"
