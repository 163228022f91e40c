"""What somebody may have meant who misspelt a name."""

from __future__ import annotations

import difflib
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_LETTERS: Final = 80
_MOST_NAMES: Final = 2_000
"""Comparing takes the product of lengths and numbers; beyond these a hint is not worth the wait."""


def near(text: str, names: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """Return the name that is most like a text, or None if none is like it or there is too much to compare.

    Parameters
    ----------
    text
        What was written.
    names
        What could be meant.
    cutoff
        How alike they must be, 0 to 1.
    """
    if len(text) > _MOST_LETTERS:
        return None
    compared = (name for name in islice(names, _MOST_NAMES) if len(name) <= _MOST_LETTERS)
    return next(iter(difflib.get_close_matches(text, compared, n=1, cutoff=cutoff)), None)
