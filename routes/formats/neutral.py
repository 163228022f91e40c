"""Cells of a CSV file that no spreadsheet runs as a formula, and the way back.

A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@` (or their wide forms), a tab or a line break for a
formula, however it is quoted (OWASP, CSV Injection). Such a cell gets an apostrophe in front, which spreadsheets read
as "this is text"; so does one that begins with apostrophes and goes on so, which makes the change reversible. The same
is done behind a semicolon, a bar, a tab or a line break within a cell, as a program that takes these for the separator
makes a cell of its own of what follows.
"""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_RISKY: Final = re.compile(r"(?:\A(?='*[=+\-@＝＋－＠\t\r\n])|(?<=[;\t\r\n|])(?='*[=+\-@＝＋－＠]))")
_MADE_SAFE: Final = re.compile(r"(?:\A'(?='*[=+\-@＝＋－＠\t\r\n])|(?<=[;\t\r\n|])'(?='*[=+\-@＝＋－＠]))")


def neutralised(text: str) -> str:
    r"""Return a cell that is text to every spreadsheet; a plain number stays one.

    Examples
    --------
    >>> neutralised('=HYPERLINK("x")')
    '\'=HYPERLINK("x")'
    >>> neutralised("-12.5")
    '-12.5'
    """
    return text if _NUMBER.fullmatch(text) else _RISKY.sub("'", text)


def restored(text: str) -> str:
    """Return the cell that `neutralised` was given."""
    return _MADE_SAFE.sub("", text)
