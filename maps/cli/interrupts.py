"""Ctrl-C stops a command wherever it is: in its own code, in an import, or in a callback that cannot raise."""

from __future__ import annotations

import _thread
import signal
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


class Pressed:
    """Whether Ctrl-C was pressed.

    KeyboardInterrupt alone does not tell: an extension module that is being imported can swallow it and fail with an
    error of its own (pandas: AttributeError), and one that is raised in a callback is printed and forgotten.
    """

    def __init__(self) -> None:
        self._pressed = False

    def __bool__(self) -> bool:
        return self._pressed

    def press(self, _number: int, _frame: FrameType | None) -> None:
        """Remember it and raise, as the handler of SIGINT."""
        self._pressed = True
        raise KeyboardInterrupt


def _press_again() -> None:
    time.sleep(0.01)  # the callback is over by then
    _thread.interrupt_main()


@contextmanager
def heeded() -> Iterator[Pressed]:
    """Give what tells whether Ctrl-C was pressed, and see to it that none is lost.

    A process that was started with Ctrl-C ignored, or that has a handler of its own, keeps it.
    """
    pressed = Pressed()
    if (
        threading.current_thread() is not threading.main_thread()
        or signal.getsignal(signal.SIGINT) is not signal.default_int_handler
    ):
        yield pressed
        return
    told = sys.unraisablehook

    def tell(args: sys.UnraisableHookArgs) -> None:
        if issubclass(args.exc_type, KeyboardInterrupt):
            _thread.start_new_thread(_press_again, ())
        else:
            told(args)

    signal.signal(signal.SIGINT, pressed.press)
    sys.unraisablehook = tell
    try:
        yield pressed
    finally:
        sys.unraisablehook = told
        signal.signal(signal.SIGINT, signal.default_int_handler)


def end_at_once() -> None:
    """Let Ctrl-C end the process without a word from now on: its work is done, and only the interpreter still ends."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
