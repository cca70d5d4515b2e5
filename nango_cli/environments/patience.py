"""How long whoever waits for the network may go on: set around a run, and asked before every read and write."""

from __future__ import annotations

import contextlib
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import NamedTuple

_INTERVAL = 0.1  # seconds between looks at `stop`


class _Patience(NamedTuple):
    deadline: float
    stop: threading.Event
    over: Callable[[str], Exception]


_current: ContextVar[_Patience | None] = ContextVar("patience", default=None)


@contextlib.contextmanager
def limited(seconds: float | None, stop: threading.Event, over: Callable[[str], Exception]) -> Iterator[None]:
    """In this block nobody waits for more than `seconds` altogether, None for ever, nor once `stop` is set.

    Instead what `over` makes of the reason, `time limit` or `stopped`, is raised. An inner block does not outlast an
    outer one.
    """
    outer = _current.get()
    deadline = math.inf if seconds is None else time.monotonic() + seconds
    token = _current.set(_Patience(min(deadline, outer.deadline) if outer else deadline, stop, over))
    try:
        yield
    finally:
        _current.reset(token)


def left() -> float:
    """Seconds that may still be waited, infinite outside of a run. Raises when there are none."""
    patience = _current.get()
    if patience is None:
        return math.inf
    if patience.stop.is_set():
        raise patience.over("stopped")
    seconds = patience.deadline - time.monotonic()
    if seconds <= 0:
        raise patience.over("time limit")
    return seconds


def pause() -> float:
    """As `left`, but no more than may pass until the next look at it."""
    return math.inf if _current.get() is None else min(left(), _INTERVAL)
