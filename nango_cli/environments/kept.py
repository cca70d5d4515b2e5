"""The roles that a store plays for the environments that have one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from nango_cli.environments.destination import Checkpoint, Counts, Destination, Record, RecordPage, Strategy, Task
from nango_cli.environments.environment import Locks, Records, State


class Keeper(Protocol):
    """As much of a store as a run needs."""

    @property
    def records(self) -> Records: ...

    @property
    def state(self) -> State: ...

    @property
    def locks(self) -> Locks: ...


class KeptInStore:
    """Records, state and locks of the store that `_kept` returns."""

    def _kept(self) -> Keeper:
        raise NotImplementedError("each environment has its own")

    def save(self, destination: Destination, records: Sequence[Record]) -> Counts:
        return self._kept().records.save(destination, records)

    def update(self, destination: Destination, records: Sequence[Record]) -> Counts:
        return self._kept().records.update(destination, records)

    def delete(self, destination: Destination, records: Sequence[Record]) -> Counts:
        return self._kept().records.delete(destination, records)

    def get(self, destination: Destination, ids: Sequence[str]) -> Mapping[str, Record]:
        return self._kept().records.get(destination, ids)

    def read(self, destination: Destination, cursor: str | None = None, limit: int = 100) -> RecordPage:
        return self._kept().records.read(destination, cursor, limit)

    def set_merging_strategy(self, destination: Destination, strategy: Strategy) -> None:
        self._kept().records.set_merging_strategy(destination, strategy)

    def start_tracking(self, destination: Destination) -> None:
        self._kept().records.start_tracking(destination)

    def end_tracking(self, destination: Destination) -> Sequence[str]:
        return self._kept().records.end_tracking(destination)

    def abandon_tracking(self, destination: Destination) -> None:
        self._kept().records.abandon_tracking(destination)

    def last_sync_date(self, task: Task) -> datetime | None:
        return self._kept().state.last_sync_date(task)

    def checkpoint(self, task: Task) -> Checkpoint | None:
        return self._kept().state.checkpoint(task)

    def save_checkpoint(self, task: Task, checkpoint: Checkpoint) -> None:
        self._kept().state.save_checkpoint(task, checkpoint)

    def clear_checkpoint(self, task: Task) -> None:
        self._kept().state.clear_checkpoint(task)

    def acquire(self, task: Task, key: str, ttl_ms: int) -> bool:
        return self._kept().locks.acquire(task, key, ttl_ms)

    def release(self, task: Task, key: str) -> bool:
        return self._kept().locks.release(task, key)

    def release_all(self, task: Task) -> None:
        self._kept().locks.release_all(task)
