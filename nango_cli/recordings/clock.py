"""Time during a replay: it stands still, and moves on only by what is slept, which takes none."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta


class ReplayClock:
    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def seconds(self) -> float:
        return self._now.timestamp()

    def sleep(self, seconds: float, stop: threading.Event) -> None:
        self._now += timedelta(seconds=seconds)
