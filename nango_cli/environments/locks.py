"""Locks that last as long as this process, and at most as long as their owner asked for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from nango_cli.environments.destination import Task


class MemoryLocks:
    """`clock` is in seconds. A lock is renewed when its owner acquires it again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held: dict[str, tuple[Task, float]] = {}
        self._mutex = threading.Lock()

    def acquire(self, task: Task, key: str, ttl_ms: int) -> bool:
        with self._mutex:
            now = self._clock()
            owner, until = self._held.get(key, (task, now))
            if owner != task and now < until:
                return False
            self._held[key] = (task, now + ttl_ms / 1000)
            return True

    def release(self, task: Task, key: str) -> bool:
        with self._mutex:
            owner, until = self._held.get(key, (None, 0.0))
            if owner != task:
                return False
            del self._held[key]
            return self._clock() < until

    def release_all(self, task: Task) -> None:
        with self._mutex:
            self._held = {key: held for key, held in self._held.items() if held[0] != task}
