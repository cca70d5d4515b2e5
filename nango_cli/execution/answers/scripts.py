"""Other scripts that a script starts: on a server there, else here, by the same engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nango_cli.environments.destination import Task
from nango_cli.environments.environment import Scripts as Role
from nango_cli.execution.answers.answer import Answers, refused
from nango_cli.execution.event import Event, LogLine
from nango_cli.execution.side_effects import SideEffects

RunScript = Callable[[Task, str, Any], Any]
"""Runs a script of the project to its end: the task, `action` or `sync`, the input. Raises Refused if it fails."""


class Scripts:
    def __init__(
        self,
        task: Task,
        environment: Role,
        run_script: RunScript,
        effects: SideEffects,
        listen: Callable[[Event], None],
    ) -> None:
        self._task = task
        self._environment = environment
        self._run_script = run_script
        self._effects = effects
        self._listen = listen
        self.answers: Answers = {
            "action.trigger": self._trigger_action,
            "sync.trigger": self._trigger_sync,
            "sync.start": self._start_sync,
        }

    def _trigger_action(self, params: dict[str, Any]) -> dict[str, Any]:
        integration, id, name = params["integration"], params["connection_id"], params["action"]
        if self._environment.runs_actions:
            self._effects.about_to("action", f"run the action `{name}` of `{integration}` on the server")
            return {"output": self._environment.trigger_action(integration, id, name, params["input"])}
        return {"output": self._run_script(Task(integration, id, name), "action", params["input"])}

    def _trigger_sync(self, params: dict[str, Any]) -> None:
        if params["mode"] not in ("incremental", "full_refresh"):
            raise refused(f"there is no sync mode `{params['mode']}`", "modes: `incremental`, `full_refresh`")
        task = self._of(params, params["sync"], params["variant"])
        if self._environment.runs_syncs:
            self._effects.about_to("sync", f"run the sync `{task.script}` of `{task.integration}` on the server")
            self._environment.trigger_sync(task, params["mode"])
        else:
            self._run_script(task, "sync", None)

    def _start_sync(self, params: dict[str, Any]) -> None:
        tasks = [self._of(params, each["name"], each["variant"]) for each in params["syncs"]]
        if self._environment.runs_syncs:
            for each in tasks:
                self._effects.about_to("sync", f"start the schedule of `{each.script}` of `{each.integration}`")
        else:
            names = ", ".join(f"`{each.script}`" for each in tasks)
            self._listen(LogLine("info", f"a dry run starts no schedules: {names}"))
        self._environment.start_sync(tasks)

    def _of(self, params: dict[str, Any], script: str, variant: str | None) -> Task:
        connection_id = params["connection_id"] or self._task.connection_id
        return Task(params["integration"] or self._task.integration, connection_id, script, variant or "base")
