"""The records that a run wrote."""

from __future__ import annotations

from collections.abc import Iterable

from nango_cli.environments.destination import Destination, Record, Task
from nango_cli.environments.dry_run import Write


class Written:
    """Records by model, as `Batches`; `models` are those that a sync declares, which may get none."""

    def __init__(self, task: Task, models: Iterable[str] = ()) -> None:
        names = [Destination(task, model).stored_model for model in models]
        self.saved: dict[str, list[Record]] = {name: [] for name in names}
        self.updated: dict[str, list[Record]] = {}
        self.deleted: dict[str, list[Record]] = {name: [] for name in names}
        self._task = task

    def add(self, write: Write) -> None:
        """Keep a batch; those of scripts that the script has started are not its own."""
        if write.destination.task == self._task:
            batches = {"save": self.saved, "update": self.updated, "delete": self.deleted}[write.operation]
            batches.setdefault(write.destination.stored_model, []).extend(write.records)
