"""Time, passed in so that nothing has to wait in a test."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The current time, with a time zone."""

    def seconds(self) -> float:
        """Seconds since some moment; they never run backwards."""

    def sleep(self, seconds: float, stop: threading.Event) -> None:
        """Wait, or less long when `stop` is set."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def seconds(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float, stop: threading.Event) -> None:
        stop.wait(seconds)
