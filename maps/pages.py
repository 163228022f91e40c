"""Pages of Waybill as files: reading one, and finding a block in it. Nobody vouches for what stands there."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any, Final

from routes import limits
from routes.errors import LimitError

if TYPE_CHECKING:
    from pathlib import Path

_OPENING: Final = '<script type="application/json" id="{}">'
CLOSING: Final = "</script>"
_ID: Final = re.compile(r"""\bid\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)


def read_page(path: Path) -> bytes:
    """Return a file that may be a page.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    bytes
        All of it.

    Raises
    ------
    ValueError
        If it is no file with an end, or is larger than `limits.PAGE`.
    OSError
        If it cannot be read.
    """
    if not limits.is_regular(path):
        msg = f"{str(path)!r} is no file but a pipe, a device or a folder; give the file that `waybill render` wrote"
        raise ValueError(msg)
    if path.stat().st_size > limits.PAGE.bytes:
        msg = f"{str(path)!r} is larger than {limits.PAGE}; {limits.PAGE.remedy('make a map of fewer lines')}"
        raise ValueError(msg)
    return path.read_bytes()


def opening(name: str) -> str:
    """Return the tag with which a block of a page begins."""
    return _OPENING.format(name)


def block(page: str, name: str) -> slice | None:
    """Return where the text of a block stands: of the first of its name, which is the one that the scripts read."""
    return between(page, opening(name), CLOSING)


def times_named(page: str, name: str) -> int:
    """Return how many elements of a page may bear an id, in whatever way it is written.

    A browser reads the first of them. What stands in a comment or in a script is counted too: a page of Waybill has
    each of its blocks once, and nothing that looks like another.
    """
    return sum(html.unescape("".join(found)).strip() == name for found in _ID.findall(page))


def between(page: str, begin: str, end: str) -> slice | None:
    """Return where a page has what stands first between two texts; the end is looked for once."""
    start = page.find(begin)
    stop = page.find(end, start + len(begin)) if start >= 0 else -1
    return slice(start + len(begin), stop) if stop >= 0 else None


def parsed(text: str) -> dict[str, Any] | None:
    """Return the content of a block, or None if it is damaged.

    Raises
    ------
    routes.errors.LimitError
        If a limit is set to what is none.
    """
    try:
        content = json.loads(text)
        limits.checked_depth(content)
    except LimitError:
        raise
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None
