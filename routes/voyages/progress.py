"""A bar on the terminal that says how far the work has come."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable

_WIDTH: Final = 30
_EVERY_S: Final = 0.1


def bar(shown: bool | None = None, stream: TextIO | None = None) -> Callable[[int, int], None]:
    """Return a function that draws how many of how many steps are done, and the time passed.

    Parameters
    ----------
    shown
        Whether to draw; None draws only where somebody watches: on a terminal.
    stream
        Where to; None means the standard error, so that results stay apart.

    Raises
    ------
    None
        Whatever is given.
    """
    out = sys.stderr if stream is None else stream
    begun = time.monotonic()
    last = [-_EVERY_S]
    if not (out.isatty() if shown is None else shown):
        return lambda _done, _steps: None

    def draw(done: int, steps: int) -> None:
        passed_s = time.monotonic() - begun
        if done < steps and passed_s - last[0] < _EVERY_S:
            return
        last[0] = passed_s
        full = _WIDTH * done // max(steps, 1)
        minutes, seconds = divmod(int(passed_s), 60)
        out.write(f"\r[{'#' * full}{' ' * (_WIDTH - full)}] {done}/{steps} steps, {minutes}:{seconds:02}")
        out.write("\n" if done >= steps else "")
        out.flush()

    return draw
