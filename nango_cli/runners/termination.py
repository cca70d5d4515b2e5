"""SIGTERM and SIGHUP, by which a host is told to end: from outside, or because its terminal is closed."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGHUP)


class Terminated(BaseException):
    """We are told to end. `signal` is the name of what told us."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.signal = signal.Signals(number).name


@contextlib.contextmanager
def heeded() -> Iterator[None]:
    """Raise Terminated in the block when the first of the signals comes; ignore further ones until its end.

    A signal that is ignored, as under nohup, or that others listen to, is left alone; so are all outside of the main
    thread.
    """
    ours = []
    if threading.current_thread() is threading.main_thread():
        ours = [number for number in SIGNALS if signal.getsignal(number) is signal.SIG_DFL]
    told = False

    def end(number: int, frame: FrameType | None) -> None:
        nonlocal told
        if not told:
            told = True
            raise Terminated(number)

    try:
        for number in ours:
            signal.signal(number, end)
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)
