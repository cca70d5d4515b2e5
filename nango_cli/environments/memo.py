"""Answers that stay good for a while."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Memo(Generic[Key, Value]):
    """Remembers each answer for some seconds; failures are not remembered."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._known: dict[Key, tuple[float, Value]] = {}

    def get(self, key: Key, ask: Callable[[], Value]) -> Value:
        known = self._known.get(key)
        if known is not None and self._clock() < known[0]:
            return known[1]
        return self.put(key, ask())

    def put(self, key: Key, value: Value) -> Value:
        self._known[key] = (self._clock() + self._seconds, value)
        return value

    def forget(self, key: Key) -> None:
        self._known.pop(key, None)
