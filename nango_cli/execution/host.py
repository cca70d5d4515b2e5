"""Answers what a guest asks while its script runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from nango_cli.environments.destination import Task
from nango_cli.environments.environment import Environment
from nango_cli.execution.answers.answer import Answers, http_refusal, refused
from nango_cli.execution.answers.connection import ConnectionOf
from nango_cli.execution.answers.records import Records
from nango_cli.execution.answers.requests import Requests
from nango_cli.execution.answers.scripts import RunScript, Scripts
from nango_cli.execution.answers.state import State
from nango_cli.execution.event import Event, LogLine
from nango_cli.execution.limits import Limits
from nango_cli.execution.pagination import PaginationError
from nango_cli.execution.provider import HttpFailure, Provider
from nango_cli.execution.saving import Saving
from nango_cli.execution.side_effects import SideEffects
from nango_cli.redaction import Redactor


class Host:
    """One run's answers. Calling it answers one question, whose name joins `asked`; what happened is in what it was
    given.
    """

    def __init__(
        self,
        task: Task,
        environment: Environment,
        provider: Provider,
        saving: Saving,
        effects: SideEffects,
        redactor: Redactor,
        run_script: RunScript,
        listen: Callable[[Event], None],
        limits: Limits,
        limited: Callable[[], bool],
    ) -> None:
        self.asked: set[str] = set()
        self._task = task
        self._environment = environment
        self._redactor = redactor
        self._listen = listen
        self.requests = Requests(provider, effects, listen=listen, limit_pages=limits.pages, enough=lambda: saving.full)
        self.records = Records(task, environment, saving, limited=limited)
        roles = (
            self.requests,
            self.records,
            ConnectionOf(provider.connection, environment, environment, effects, redactor),
            State(task, environment, environment, listen),
            Scripts(task, environment, run_script, effects, listen),
        )
        self._answers: Answers = {"log": self._log}
        for role in roles:
            self._answers |= role.answers

    def __call__(self, method: str, params: dict[str, Any]) -> Any:
        answer = self._answers.get(method)
        if answer is None:
            raise refused(f"nango does not know `{method}`", "update nango-cli")
        self.asked.add(method)
        try:
            return answer(params)
        except HttpFailure as failure:
            raise http_refusal(failure) from failure
        except PaginationError as error:
            raise refused(error.message, error.help) from error

    def _log(self, params: dict[str, Any]) -> None:
        level: Literal["debug", "info", "warn", "error"] = params["level"]
        text = self._redactor.text(params["text"])
        self._listen(LogLine(level, text))
        self._environment.log(self._task.integration, self._task.connection_id, self._task.script, level, text)
