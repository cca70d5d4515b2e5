"""What is asked for: one script, for one connection, once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from nango_cli.environments.destination import Task
from nango_cli.execution.limits import Limits
from nango_cli.ir.project import Project, Script


@dataclass(frozen=True, slots=True)
class Invocation:
    """`root` is the folder of nango.yaml.

    `input` is an action's, a JSON value; with `webhook`, it is the payload that a sync's webhook handler gets.
    `last_sync_date` is None for a sync's first run.
    """

    root: Path
    project: Project
    integration: str
    script: Script
    connection_id: str
    input: Any = None
    variant: str = "base"
    webhook: bool = False
    last_sync_date: datetime | None = None

    @property
    def task(self) -> Task:
        return Task(self.integration, self.connection_id, self.script.name.value, self.variant)


class ScriptClock(NamedTuple):
    """A clock for scripts that stands still, but for what they sleep; `waits` says whether that takes time."""

    now: datetime
    waits: bool


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under which conditions a script runs.

    `strict` ends the run at the first value that does not fit its model. `read_only` refuses what would change
    anything but records. `confined` keeps the script's process from files and networks that are not its own, where the
    system can. `detect_deletes` deletes the records that a full sync which tracks deletes did not save again; it needs
    an environment that remembers earlier runs. `output_to_stderr` keeps what the script prints off our own stdout.
    `environment` is what scripts see as the environment's name. With a `clock`, that is the time that they see.
    """

    limits: Limits = field(default_factory=Limits)
    strict: bool = False
    read_only: bool = False
    confined: bool = True
    detect_deletes: bool = False
    output_to_stderr: bool = False
    environment: str = "local"
    clock: ScriptClock | None = None
