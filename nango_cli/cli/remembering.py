"""What a dry run with `--state` leaves for the next one, in the store of the project."""

from __future__ import annotations

import fcntl
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from nango_cli.cli import run_report
from nango_cli.environments.environment import Locks, Records, State
from nango_cli.environments.kept import Keeper
from nango_cli.environments.store import FILE, FOLDER
from nango_cli.environments.store.runs import Kind, Request, Status
from nango_cli.environments.store.store import Store
from nango_cli.errors import EnvironmentFailure
from nango_cli.execution.outcome import Outcome
from nango_cli.ir.project import Sync

if TYPE_CHECKING:
    from nango_cli.execution.invocation import Invocation
    from nango_cli.redaction import Redactor

_STATUSES: dict[str, Status] = {"success": "succeeded", "interrupted": "cancelled"}


class _Kept(NamedTuple):
    records: Records
    state: State
    locks: Locks


class Remembering:
    """One run that the store remembers: its records, its requests and how it ended.

    `as_of` is the moment that the run counts as, for the next one to start from.
    """

    def __init__(self, store: Store, invocation: Invocation, redactor: Redactor, as_of: datetime | None) -> None:
        """Raises EnvironmentFailure NG707 while another process remembers a run of the same script and connection."""
        self._lock = _locked(invocation)
        self._store = store
        self._invocation = invocation
        self._redactor = redactor
        self._as_of = as_of or datetime.now(UTC)
        kind: Kind = invocation.script.kind
        for each in store.runs.latest(invocation.task):
            if each.status == "running":  # nobody else is: its process was killed
                store.runs.finish(each.id, "cancelled")
        self._run = store.runs.start(invocation.task, kind, input=redactor.value(invocation.input), dry=True)
        self.keeper: Keeper = _Kept(store.run_records(self._run), store.state, store.locks)

    def failed(self, error: BaseException) -> None:
        """Note that the run ended before there was anything to tell of it."""
        told = {"failure": self._redactor.text(str(error) or type(error).__name__)}
        self._store.runs.finish(self._run, "failed", told)
        self._lock.close()

    def finish(self, outcome: Outcome) -> int:
        """Note how it ended; the number of the run."""
        requests = (Request(each.method, each.url, each.status, each.ms / 1000) for each in outcome.requests)
        self._store.runs.add_requests(self._run, requests)
        told: dict[str, Any] = {
            **run_report.numbers(outcome, self._run),
            "output": self._redactor.value(outcome.output),
            "failure": None if outcome.failure is None else f"{outcome.failure.code}: {outcome.failure.message}",
        }
        self._store.runs.finish(self._run, _STATUSES.get(outcome.status, "failed"), told)
        script = self._invocation.script
        if (
            outcome.status == "success"
            and not outcome.limited
            and isinstance(script, Sync)
            and not self._invocation.webhook
        ):
            self._store.state.set_last_sync_date(self._invocation.task, self._as_of)
        self._lock.close()
        return self._run


def _locked(invocation: Invocation) -> BinaryIO:
    """A file that this process alone has locked, as long as it lives: what a task remembers has one writer."""
    task = invocation.task
    key = "\0".join((task.integration, task.connection_id, task.script, task.variant))
    name = f"{FILE}.{blake2b(key.encode('utf-8', 'replace'), digest_size=8).hexdigest()}.lock"
    file = (invocation.root / FOLDER / name).open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        message = f"another run of `{task.script}` for `{task.connection_id}` is remembered at the moment"
        raise EnvironmentFailure(message, code="NG707", help="wait for its end, or leave out `--state`") from None
    return file
