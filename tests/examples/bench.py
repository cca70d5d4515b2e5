"""The example in a folder of its own, whose syncs run as `nango dryrun --state` runs them, and can be interrupted."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from examples.thread_guest import Scripts

from nango_cli.cli.remembering import Remembering
from nango_cli.diagnostics.diagnostic import Diagnostics
from nango_cli.environments import local_file
from nango_cli.environments.destination import Checkpoint, Counts, Destination, Record, Task
from nango_cli.environments.dry_run import DryRun
from nango_cli.environments.environment import Environment
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse
from nango_cli.environments.kept import Keeper
from nango_cli.environments.local import LocalEnvironment
from nango_cli.environments.store.store import Store
from nango_cli.execution.invocation import Conditions, Invocation
from nango_cli.execution.run import run
from nango_cli.ir.project import Integration, Sync
from nango_cli.redaction import Redactor
from nango_cli.workspace import find

EXAMPLE = Path(__file__).parents[2] / "nango-integrations"
PROJECT = find(EXAMPLE, EXAMPLE).compile().project
SYNCS = [(each, script) for each in PROJECT.integrations for script in each.scripts if isinstance(script, Sync)]
CONNECTION = "demo"

Moment = Literal["before", "after"]
Step = tuple[Literal["request", "records", "checkpoint"], int]
T = TypeVar("T")


def named(name: str) -> tuple[Integration, Sync]:
    return next(each for each in SYNCS if each[1].name.value == name)


def copied(folder: Path) -> Path:
    ignore = shutil.ignore_patterns("__pycache__", "*.sqlite*", "*.lock")
    return shutil.copytree(EXAMPLE, folder / "nango-integrations", ignore=ignore)


class Interrupted(DryRun):
    """Ends at a write, counted from 1, just before or just after it. `steps` says what was done, and how much of it."""

    def __init__(
        self, inner: Environment, keeper: Keeper, at: int, moment: Moment, metadata: Mapping[str, Any] | None
    ) -> None:
        super().__init__(inner, keeper, metadata=metadata, remembers=True)
        self.steps: list[Step] = []
        self.params: list[Any] = []
        self.writes = 0
        self._at = at
        self._moment = moment

    def proxy(self, request: ProxyRequest) -> ProxyResponse:
        self.steps.append(("request", 1))
        self.params.append(request.params)
        return super().proxy(request)

    def save(self, destination: Destination, records: Sequence[Record]) -> Counts:
        return self._write(lambda: DryRun.save(self, destination, records), ("records", len(records)))

    def update(self, destination: Destination, records: Sequence[Record]) -> Counts:
        return self._write(lambda: DryRun.update(self, destination, records), ("records", len(records)))

    def delete(self, destination: Destination, records: Sequence[Record]) -> Counts:
        return self._write(lambda: DryRun.delete(self, destination, records), ("records", len(records)))

    def save_checkpoint(self, task: Task, checkpoint: Checkpoint) -> None:
        self._write(lambda: DryRun.save_checkpoint(self, task, checkpoint), ("checkpoint", 1))

    def clear_checkpoint(self, task: Task) -> None:
        self._write(lambda: DryRun.clear_checkpoint(self, task), ("checkpoint", 1))

    def _write(self, write: Callable[[], T], step: Step) -> T:
        self.writes += 1
        if self.writes == self._at and self._moment == "before":
            raise KeyboardInterrupt
        done = write()
        self.steps.append(step)
        if self.writes == self._at:
            raise KeyboardInterrupt
        return done


class Done(NamedTuple):
    """One run; `params` are those of its requests."""

    status: str
    steps: list[Step]
    params: list[Any]
    writes: int

    def number(self, kind: str) -> int:
        return sum(size for each, size in self.steps if each == kind)

    @property
    def resumable(self) -> bool:
        return self.number("checkpoint") > 0

    @property
    def in_flight(self) -> Done:
        """What was done since the last checkpoint."""
        last = max((index for index, (kind, _) in enumerate(self.steps) if kind == "checkpoint"), default=-1)
        return self._replace(steps=self.steps[last + 1 :])


class Bench:
    """The example in a folder of its own, and sample APIs that all runs share."""

    def __init__(self, root: Path, environment: Environment, scripts: Scripts) -> None:
        self._root = root
        self._environment = environment
        self._scripts = scripts
        self._stores = 0
        self.undisturbed = cache(self._undisturbed)

    def store(self) -> Store:
        """One in which nothing is kept yet."""
        self._stores += 1
        return Store.open(self._root / ".nango" / f"{self._stores}.sqlite")

    def run(
        self,
        store: Store,
        integration: Integration,
        sync: Sync,
        at: int = 0,
        moment: Moment = "after",
        metadata: Mapping[str, Any] | None = None,
    ) -> Done:
        """As `nango dryrun --state` would, but for the interruption."""
        invocation = Invocation(self._root, PROJECT, integration.name.value, sync, CONNECTION)
        invocation = replace(invocation, last_sync_date=store.state.last_sync_date(invocation.task))
        remembering = Remembering(store, invocation, Redactor(), None)
        environment = Interrupted(self._environment, remembering.keeper, at, moment, metadata)
        with self._scripts.guest() as guest:
            conditions = Conditions(confined=False, detect_deletes=True)
            outcome = run(invocation, environment, conditions=conditions, guest=guest)
        remembering.finish(outcome)
        assert outcome.failure is None or outcome.status == "interrupted", outcome.failure
        return Done(outcome.status, environment.steps, environment.params, environment.writes)

    def _undisturbed(self, integration: Integration, sync: Sync) -> tuple[Done, Any]:
        with self.store() as store:
            done = self.run(store, integration, sync)
            assert done.status == "success"
            return done, kept(store, integration, sync)


def kept(store: Store, integration: Integration, sync: Sync) -> tuple[dict[str, dict[str, Any]], Checkpoint | None]:
    """The records by model and id, None for those that were deleted; and the checkpoint."""
    task = Task(integration.name.value, CONNECTION, sync.name.value)
    records: dict[str, dict[str, Any]] = {}
    for model in sync.output:
        found = store.records.read(Destination(task, model.value), limit=10_000)
        assert found.next_cursor is None
        records[model.value] = {
            str(each["id"]): None
            if each["_nango_metadata"]["deleted_at"]
            else {name: value for name, value in each.items() if name != "_nango_metadata"}
            for each in found.records
        }
    return records, store.state.checkpoint(task)


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Bench]:
    """With sample APIs that all runs share."""
    root = copied(folder)
    found = Diagnostics()
    declared = local_file.read(find(root, root).read(local_file.NAME, found), found)
    with LocalEnvironment(declared) as environment, Scripts(root) as scripts:
        yield Bench(root, environment, scripts)
