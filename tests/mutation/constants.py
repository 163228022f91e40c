"""Mutants of what a module sets at its top level: words, numbers and switches that mutmut leaves alone.

mutmut changes functions only, yet most of `routes.schema` and the sets of `routes.evidence` are constants. Each one is
changed in memory, in a process of its own, and the same tests must notice. No file is touched.

    python tests/mutation/constants.py [routes.schema ...]
"""

from __future__ import annotations

import ast
import copy
import importlib.abc
import importlib.util
import multiprocessing
import os
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
ARGUMENTS = ["-q", "-x", "--no-header", "-p", "no:warnings", *SETTINGS["pytest_add_cli_args"]]
TESTS = {
    "routes.dates": ("unit/routes/test_dates.py", "unit/routes/test_datewords.py"),
    "routes.evidence": ("unit/routes/test_evidence.py",),
    "routes.schema": (
        *("unit/routes/test_columns.py", "unit/maps/test_words.py", "unit/routes/test_starter.py"),
        *("unit/routes/test_check.py", "unit/routes/test_check_more.py"),
    ),
}
WORKERS = 2
OWN = ("routes", "maps", "tests", "builders", "conftest", "test_")


class Constants(ast.NodeVisitor):
    """Constants that are in use when a module has been imported: no types, no docstrings, no function bodies."""

    def __init__(self) -> None:
        self.found: list[ast.Constant] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Leave the body to mutmut."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Visit the value, not the type."""
        if node.value:
            self.visit(node.value)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        """Pass types by: the type checker holds `Literal[...]` to its uses."""

    def visit_Expr(self, node: ast.Expr) -> None:
        """Pass docstrings by."""

    def visit_Constant(self, node: ast.Constant) -> None:
        """Take what is no prose: a text with a space says what a column means, to people."""
        if node.value is None or (isinstance(node.value, str) and " " in node.value and "\\" not in node.value):
            return
        self.found.append(node)


def changed(value: str | float) -> str | float:
    """Return another value of the same type."""
    if isinstance(value, bool):
        return not value
    return f"XX{value}XX" if isinstance(value, str) else value + 1


def mutants(source: str) -> Iterator[tuple[int, str, ast.Module]]:
    """Return each mutant of a module: the line, what was changed, and its tree."""
    tree = ast.parse(source)
    finder = Constants()
    finder.visit(tree)
    for node in finder.found:
        kept = node.value
        node.value = changed(kept)
        yield node.lineno, f"{kept!r} -> {node.value!r}", copy.deepcopy(tree)
        node.value = kept


class Mutant(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives a changed tree for one module."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self.name, self.path, self.tree = name, path, tree

    def find_spec(self, fullname, path=None, target=None):  # noqa: ARG002 - the import system names them
        if fullname != self.name:
            return None
        return importlib.util.spec_from_loader(fullname, self, origin=str(self.path))

    def exec_module(self, module) -> None:
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)  # noqa: S102 - the point of it


def is_noticed(mutant: Mutant) -> bool:
    """Return whether the tests notice a mutant. Runs in a process of its own."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    sys.meta_path.insert(0, mutant)
    return not are_passed(mutant.name)


def are_passed(name: str) -> bool:
    """Return whether the tests of a module pass; a file after the other, as the first ones notice the most."""
    return all(pytest.main([*ARGUMENTS, f"tests/{test}"]) == pytest.ExitCode.OK for test in TESTS[name])


def pass_unchanged(name: str) -> None:
    """Run the tests of a module without a mutant, then forget the project's modules and keep what all mutants need."""
    if not are_passed(name):
        sys.exit(f"the tests of {name} fail without any change")
    for module in [module for module in sys.modules if module.startswith(OWN)]:
        del sys.modules[module]


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(names: list[str]) -> None:
    """Print the mutants of the modules that no test notices, and how many there were."""
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    for name in names:
        pass_unchanged(name)
        path = ROOT.joinpath(*name.split(".")).with_suffix(".py")
        made = list(mutants(path.read_text(encoding="utf-8")))
        noticed = 0
        with multiprocessing.get_context("fork").Pool(WORKERS, maxtasksperchild=1) as pool:
            outcomes = pool.imap(is_noticed, [Mutant(name, path, tree) for _, _, tree in made])
            for (line, change, _), killed in zip(made, outcomes, strict=True):
                noticed += killed
                if not killed:
                    say(f"{path.relative_to(ROOT)}:{line}: {change}")
        say(f"{name}: {len(made)} constants, {noticed} noticed, {len(made) - noticed} not")


if __name__ == "__main__":
    main(sys.argv[1:] or list(TESTS))
