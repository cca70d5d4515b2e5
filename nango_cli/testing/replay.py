"""Replays a recording: what comes of it, beside what came of the recorded run."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nango_cli.configuration import DryRunSettings
from nango_cli.environments.destination import Checkpoint, Record
from nango_cli.environments.dry_run import DryRun
from nango_cli.environments.store.store import Store
from nango_cli.execution.diagnosis import diagnose
from nango_cli.execution.event import Event, LogLine, RequestDone
from nango_cli.execution.invocation import Conditions, Invocation
from nango_cli.execution.limits import Limits
from nango_cli.execution.outcome import Outcome
from nango_cli.execution.run import run
from nango_cli.ir.project import Sync
from nango_cli.providers import project_file
from nango_cli.recordings.cassette import Start
from nango_cli.recordings.comparison import Result, result_of
from nango_cli.recordings.replay import Replay
from nango_cli.recordings.written import Written
from nango_cli.redaction import Redactor
from nango_cli.testing.belonging import Owner
from nango_cli.testing.failure import Failed
from nango_cli.testing.hidden import comparable
from nango_cli.testing.project import Loaded
from nango_cli.testing.recorded import Recorded
from nango_cli.testing.replaying import Replaying

_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Replayed:
    """A run on a recording: records by model, the output, the last checkpoint, log lines and requests.

    `result` is what came of it, `recorded` what came of the recorded run. Recordings of other tools know neither of
    updates nor of checkpoints, so these count in neither.
    """

    saved: Mapping[str, Sequence[Record]]
    updated: Mapping[str, Sequence[Record]]
    deleted: Mapping[str, Sequence[Record]]
    output: Any
    checkpoint: Checkpoint | None
    logs: Sequence[LogLine]
    requests: Sequence[RequestDone]
    result: Result
    recorded: Result


def replay(project: Loaded, owner: Owner, recorded: Recorded, start: Start, seconds: float | None = None) -> Replayed:
    """Run a script on a recording, from a start such as `fitting` gives, for at most so many seconds.

    For None it is as many as nango.toml has for dry runs, or 120. A value that does not fit its model and a request
    that was not recorded fail it. Raises Failed, NangoError where the run cannot begin, and KeyboardInterrupt.
    """
    workspace, built = project
    if found := built.obstacles(owner.script):
        raise Failed(found, built.sources)
    script, cassette, redactor = owner.script, recorded.cassette, Redactor()
    definition = project_file.catalog(workspace, os.environ).find
    invocation = Invocation(
        root=workspace.root,
        project=built.compilation.project,
        integration=owner.integration,
        script=script,
        connection_id=start.connection_id,
        input=start.webhook[0] if start.webhook else start.input,
        variant=start.variant,
        webhook=bool(start.webhook),
        last_sync_date=start.last_sync_date,
    )
    task = invocation.task
    written = Written(task, [each.value for each in script.output] if isinstance(script, Sync) else [])
    logs: list[LogLine] = []

    def hear(event: Event) -> None:
        if isinstance(event, LogLine):
            logs.append(event)

    with Replay(cassette, definition=definition) as environment:
        tape = Replaying(environment, start.now)
        conditions = _conditions(start, built.configuration.dryrun, tape, seconds)
        with Store.open(None, lambda: tape.began) as store:
            if start.checkpoint is not None:
                store.state.save_checkpoint(task, start.checkpoint)
            outcome = run(
                invocation,
                DryRun(environment, store, tell=written.add, metadata=start.metadata),
                listen=hear,
                conditions=conditions,
                redactor=redactor,
                clock=tape.clock,
            )
            checkpoint = store.state.checkpoint(task)
        _end_if_told(outcome)
        more = tape.finish(outcome, checkpoint).found
    if outcome.failure is not None and outcome.status == "stopped":
        help = f"it had {conditions.limits.seconds:g} s; `--timeout` gives it more, or `timeout` in nango.toml"
        outcome = replace(outcome, failure=replace(outcome.failure, help=help))
    if more or outcome.failure is not None:
        raise Failed(*diagnose(outcome, workspace, redactor, more))
    knows_all = cassette.questions is not None
    result = Result(
        written.saved,
        written.updated if knows_all else {},
        written.deleted,
        outcome.output,
        checkpoint if knows_all else None,
    )
    return Replayed(
        written.saved,
        written.updated,
        written.deleted,
        outcome.output,
        checkpoint,
        logs,
        outcome.requests,
        *comparable(result, result_of(cassette)),
    )


def _conditions(start: Start, wanted: DryRunSettings, tape: Replaying, seconds: float | None) -> Conditions:
    return Conditions(
        limits=Limits(
            seconds=seconds or wanted.timeout or _SECONDS,
            memory=None if wanted.memory is None else wanted.memory * 1_000_000,
            pages=start.limit_pages,
            records=start.limit_records,
        ),
        strict=True,
        confined=wanted.sandbox,
        output_to_stderr=True,
        environment=start.environment,
        clock=tape.script_clock,
    )


def _end_if_told(outcome: Outcome) -> None:
    """Let what ended the run end us too."""
    if outcome.status == "interrupted":
        raise KeyboardInterrupt
    if outcome.status == "stopped" and outcome.failure is not None and outcome.failure.signal:
        signal.raise_signal(signal.Signals[outcome.failure.signal])
