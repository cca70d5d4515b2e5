"""What `--save` and `--replay` put between a dry run and the world."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.environments.dry_run import Write
from nango_cli.errors import RunError
from nango_cli.execution.clock import Clock
from nango_cli.execution.invocation import ScriptClock
from nango_cli.ir.project import Sync
from nango_cli.recordings import suspicion, unified
from nango_cli.recordings.cassette import Start
from nango_cli.recordings.place import place
from nango_cli.recordings.recording import Recording
from nango_cli.recordings.take import Take
from nango_cli.testing import recorded
from nango_cli.testing.replaying import Kept

if TYPE_CHECKING:
    from nango_cli.cli.rehearsal import Rehearsal
    from nango_cli.environments.destination import Checkpoint
    from nango_cli.environments.environment import Environment
    from nango_cli.execution.invocation import Invocation
    from nango_cli.execution.outcome import Outcome
    from nango_cli.redaction import Redactor
    from nango_cli.workspace import Workspace


class Tape(Protocol):
    """`began` is when the recorded run did; recordings of other tools do not say, and count as of now."""

    began: datetime
    clock: Clock | None
    script_clock: ScriptClock | None

    def wrote(self, write: Write) -> None: ...

    def finish(self, outcome: Outcome, checkpoint: Checkpoint | None) -> Kept:
        """The end; `checkpoint` is what the run left."""


class Saving:
    """Records a run in `environment`, and keeps the recording if the run succeeds."""

    clock: Clock | None = None

    def __init__(
        self,
        inner: Environment,
        invocation: Invocation,
        how: Rehearsal,
        start: Start,
        folder: Workspace,
        redactor: Redactor,
    ) -> None:
        script = invocation.script
        self._file = place(invocation.integration, script.name.value, invocation.variant)
        recorded.check_place(folder, self._file)
        self.environment = Recording(inner)
        self.began = start.now or datetime.now(UTC)
        self.script_clock: ScriptClock | None = ScriptClock(self.began, waits=True)
        models = [each.value for each in script.output] if isinstance(script, Sync) else []
        self._take = Take(self.environment, invocation.task, start, models)
        self._folder = folder
        self._redactor = redactor
        self._names = how.hide

    def wrote(self, write: Write) -> None:
        self._take.wrote(write)

    def finish(self, outcome: Outcome, checkpoint: Checkpoint | None) -> Kept:
        if outcome.failure is not None:
            return Kept()
        document = unified.document(self._take.cassette(outcome.output, checkpoint, self._redactor.values, self._names))
        try:
            suspicion.check(document)
        except RunError as error:
            return Kept(found=(Diagnostic(error.code, "error", self._redactor.text(error.message), help=error.help),))
        recorded.save(self._folder, self._file, unified.text(document))
        return Kept(saved=self._folder.shown_file(self._file))


def start_of(
    invocation: Invocation,
    how: Rehearsal,
    environment: str,
    began: datetime,
    metadata: dict[str, Any] | None,
    checkpoint: Checkpoint | None,
) -> Start:
    """What a run that is about to be recorded starts from."""
    return Start(
        connection_id=invocation.connection_id,
        environment=environment,
        variant=invocation.variant,
        input=None if invocation.webhook else invocation.input,
        webhook=(invocation.input,) if invocation.webhook else (),
        metadata=metadata,
        now=began,
        last_sync_date=invocation.last_sync_date,
        checkpoint=None if checkpoint is None else dict(checkpoint),
        limit_pages=how.limit_pages,
        limit_records=how.limit_records,
    )


def as_recorded(how: Rehearsal, start: Start) -> Rehearsal:
    """The command line of a run that starts like this; what is typed now wins."""
    date = start.last_sync_date.isoformat() if start.last_sync_date else None
    return how._replace(
        connection=how.connection or start.connection_id,
        variant=start.variant,
        input=_typed(how.input, start.input),
        metadata=_typed(how.metadata, start.metadata),
        checkpoint=_typed(how.checkpoint, start.checkpoint),
        webhook=how.webhook or (json.dumps(start.webhook[0]) if start.webhook else None),
        last_sync_date=how.last_sync_date or date,
        limit_pages=how.limit_pages or start.limit_pages,
        limit_records=how.limit_records or start.limit_records,
    )


def _typed(typed: str | None, recorded: Any) -> str | None:
    return json.dumps(recorded) if typed is None and recorded is not None else typed
