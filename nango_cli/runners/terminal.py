"""Lends the terminal to a guest, so that a debugger in a script can be typed to.

A guest has a process group of its own, to be ended as one. A terminal listens to one group only, and stops any other
that reads from it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator

_STDIN = 0
_STDOUT = 1


def can_lend() -> bool:
    """Whether a person sits at both ends of us: in a pipeline the terminal may be another program's too."""
    if not (os.isatty(_STDIN) and os.isatty(_STDOUT)) or threading.current_thread() is not threading.main_thread():
        return False
    try:
        return os.tcgetpgrp(_STDIN) == os.getpgrp()
    except OSError:
        return False  # a terminal, but not the one that controls us


def reads_from_terminal() -> bool:
    return os.isatty(_STDIN)


@contextlib.contextmanager
def lent_to(group: int) -> Iterator[None]:
    """Give the terminal to a process group, and take it back."""
    # We write, and take the terminal back, from the background: without this either would stop us.
    before = signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    try:
        with contextlib.suppress(OSError):  # the guest is gone already
            os.tcsetpgrp(_STDIN, group)
        yield
    finally:
        with contextlib.suppress(OSError):
            os.tcsetpgrp(_STDIN, os.getpgrp())
        signal.signal(signal.SIGTTOU, before)
