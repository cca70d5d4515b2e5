"""Ctrl-C at a terminal that is lent to the script: the script hears it first, its host if the script goes on."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from types import FrameType

_PATIENCE = 2.0  # seconds for a script that was interrupted to put things in order
_SECOND_SIGNAL = 0.2  # seconds
_DEBUGGERS = frozenset(("bdb", "pdb", "code", "IPython", "pudb"))

_sleep = time.sleep  # a recorded run has another


def listen() -> None:
    """Raise KeyboardInterrupt in the script at the first Ctrl-C; at the second, or soon after, end the run.

    While a script stands in a debugger, Ctrl-C is the debugger's.
    """
    signal.signal(signal.SIGINT, _Listener())


class _Listener:
    def __init__(self) -> None:
        self._heard = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if not _in_debugger(frame):
            if self._heard:
                interrupt_host()
            else:
                self._heard = True
                threading.Thread(target=self._insist, name="nango-interrupt", daemon=True).start()
        raise KeyboardInterrupt

    def _insist(self) -> None:
        _sleep(_PATIENCE)
        main = threading.main_thread().ident
        if main is not None and _in_debugger(sys._current_frames().get(main)):
            self._heard = False
        else:
            interrupt_host()


def interrupt_host() -> None:
    """Pass Ctrl-C on: the terminal told only us.

    The first signal ends us, unless it reaches the host just before it begins to wait for something: Python looks for
    signals between its own steps only.
    """
    for _ in range(2):
        os.kill(os.getppid(), signal.SIGINT)
        _sleep(_SECOND_SIGNAL)


def _in_debugger(frame: FrameType | None) -> bool:
    while frame is not None:
        if str(frame.f_globals.get("__name__")).partition(".")[0] in _DEBUGGERS:
            return True
        frame = frame.f_back
    return False
