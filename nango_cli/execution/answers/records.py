"""Records written, read back, and missed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nango_cli.environments.destination import Destination, Task
from nango_cli.environments.environment import Records as Role
from nango_cli.execution.answers.answer import Answers, refused
from nango_cli.execution.saving import InvalidBatch, Operation, Saving


class Records:
    """`limited` says whether the run saw a part of the records only, so that what is missing proves nothing.

    `undeleted` is true once nothing was deleted for that reason.
    """

    def __init__(self, task: Task, environment: Role, saving: Saving, *, limited: Callable[[], bool]) -> None:
        self.undeleted = False
        self._task = task
        self._environment = environment
        self._saving = saving
        self._limited = limited
        self.answers: Answers = {
            "records.save": lambda params: self._write("save", params),
            "records.update": lambda params: self._write("update", params),
            "records.delete": lambda params: self._write("delete", params),
            "records.get": self._get,
            "records.list": self._list,
            "records.strategy": self._set_strategy,
            "deletes.start": lambda params: self._environment.start_tracking(self._destination(params)),
            "deletes.end": self._end_tracking,
        }

    def _destination(self, params: dict[str, Any]) -> Destination:
        return Destination(self._task, params["model"])

    def _write(self, operation: Operation, params: dict[str, Any]) -> None:
        try:
            self._saving.write(operation, params["model"], params["records"], params.get("first", 0))
        except InvalidBatch as error:
            raise refused(str(error), "leave out `--validate` to save the others", code="NG602") from error

    def _get(self, params: dict[str, Any]) -> dict[str, Any]:
        return {"records": dict(self._environment.get(self._destination(params), params["ids"]))}

    def _list(self, params: dict[str, Any]) -> dict[str, Any]:
        page = self._environment.read(self._destination(params), params["cursor"])
        return {"records": list(page.records), "next_cursor": page.next_cursor}

    def _set_strategy(self, params: dict[str, Any]) -> None:
        strategy = params["strategy"]
        if strategy not in ("override", "ignore_if_modified_after"):
            help = "strategies: `override`, `ignore_if_modified_after`"
            raise refused(f"there is no merging strategy `{strategy}`", help)
        self._environment.set_merging_strategy(self._destination(params), strategy)

    def _end_tracking(self, params: dict[str, Any]) -> dict[str, Any]:
        if self._limited():
            self.undeleted = True
            return {"deleted_keys": []}
        deleted = list(self._environment.end_tracking(self._destination(params)))
        self._saving.count_deleted(params["model"], len(deleted))
        return {"deleted_keys": deleted}
