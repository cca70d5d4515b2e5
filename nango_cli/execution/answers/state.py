"""What a script keeps between its runs, and what it locks while it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nango_cli.environments.destination import Task
from nango_cli.environments.environment import Locks
from nango_cli.environments.environment import State as Role
from nango_cli.execution.answers.answer import Answers, refused
from nango_cli.execution.event import CheckpointSaved, Event


class State:
    """Checkpoints are flat maps of text, numbers and booleans, as Nango keeps them."""

    def __init__(self, task: Task, state: Role, locks: Locks, listen: Callable[[Event], None]) -> None:
        self._task = task
        self._state = state
        self._locks = locks
        self._listen = listen
        self.answers: Answers = {
            "checkpoint.get": self._get,
            "checkpoint.save": self._save,
            "checkpoint.clear": self._clear,
            "lock.acquire": lambda params: self._locks.acquire(self._task, params["key"], params["ttl_ms"]),
            "lock.release": lambda params: self._locks.release(self._task, params["key"]),
            "lock.release_all": lambda params: self._locks.release_all(self._task),
        }

    def _get(self, params: dict[str, Any]) -> dict[str, Any] | None:
        found = self._state.checkpoint(self._task)
        return None if found is None else dict(found)

    def _save(self, params: dict[str, Any]) -> None:
        checkpoint = params["checkpoint"]
        problem = problem_of(checkpoint)
        if problem:
            raise refused(problem, "a checkpoint is a flat object of text, numbers and booleans")
        self._state.save_checkpoint(self._task, checkpoint)
        self._listen(CheckpointSaved(checkpoint))

    def _clear(self, params: dict[str, Any]) -> None:
        self._state.clear_checkpoint(self._task)
        self._listen(CheckpointSaved(None))


def problem_of(checkpoint: Any) -> str | None:
    """Why a JSON value cannot be a checkpoint, or None."""
    if not isinstance(checkpoint, dict):
        return "the checkpoint is not an object"
    for name, value in checkpoint.items():
        if not isinstance(value, str | int | float):
            return f"`{name}` in the checkpoint is neither text nor a number nor a boolean"
    return None
