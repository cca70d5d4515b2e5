"""What a replay puts between a run and the world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.environments.destination import Checkpoint
from nango_cli.environments.dry_run import Write
from nango_cli.errors import UsageError
from nango_cli.execution.answers.state import problem_of
from nango_cli.execution.clock import Clock
from nango_cli.execution.invocation import ScriptClock
from nango_cli.execution.outcome import Outcome
from nango_cli.execution.value import read_date
from nango_cli.ir.project import Script
from nango_cli.recordings.cassette import Start
from nango_cli.recordings.clock import ReplayClock
from nango_cli.recordings.replay import Replay
from nango_cli.sdk.errors import SdkError
from nango_cli.sdk.plain import plain


class Kept(NamedTuple):
    """What came of a recording: the file it was saved in, as users type it, and what is wrong."""

    saved: str | None = None
    found: tuple[Diagnostic, ...] = ()


class Replaying:
    """Plays a recording to a run."""

    def __init__(self, replay: Replay, now: datetime | None) -> None:
        self.began = now or datetime.now(UTC)
        self.clock: Clock | None = ReplayClock(self.began)
        self.script_clock: ScriptClock | None = None if now is None else ScriptClock(now, waits=False)
        self._replay = replay

    def wrote(self, write: Write) -> None:
        """Keep nothing: it is in the recording."""

    def finish(self, outcome: Outcome, checkpoint: Checkpoint | None) -> Kept:
        """A request that was not recorded is an error, even if the script went on without it."""
        missed = self._replay.missed if outcome.failure is None else []
        return Kept(
            found=tuple(Diagnostic(each.code, "error", each.message, help=each.help) for each in missed[:1]),
        )


def started(script: Script, start: Start, given: Mapping[str, Any]) -> Start:
    """A start that fits, with what is `given` in its place: input, metadata, checkpoint and last_sync_date.

    Raises UsageError NG801 for what a script of this kind cannot have, and for values that are none.
    """
    for name in given:
        needed = {"input": "action", "checkpoint": "sync", "last_sync_date": "sync"}.get(name, script.kind)
        if script.kind != needed:
            message = f"`{name}=` is for {needed}s, and `{script.name.value}` is none"
            raise UsageError(message, help="leave it out")
    given = {name: value if name == "last_sync_date" else _plain(name, value) for name, value in given.items()}
    checkpoint, date = given.get("checkpoint"), given.get("last_sync_date")
    if checkpoint is not None and (problem := problem_of(checkpoint)):
        raise UsageError(f"`checkpoint=`: {problem}", help="it is a flat object of text, numbers and booleans")
    if "metadata" in given:
        given["metadata"] = {} if given["metadata"] is None else given["metadata"]
        if not isinstance(given["metadata"], dict):
            raise UsageError("`metadata=` is no dictionary", help="leave it out for that of the recording")
    dated = {"last_sync_date": read_date(str(date))} if date is not None else {}
    return replace(fitting(start, script.kind), **{**given, **dated})


def _plain(name: str, value: Any) -> Any:
    """A value as JSON has it; models and dataclasses become objects."""
    try:
        return plain(value, f"`{name}=`")
    except SdkError as error:
        raise UsageError(str(error), help="give it what JSON can hold, a model or a dataclass") from error


def fitting(start: Start, kind: str) -> Start:
    """As much of a start as a script of this kind can have."""
    if kind == "sync":
        return replace(start, input=None)
    without = replace(start, webhook=(), last_sync_date=None, checkpoint=None)
    return without if kind == "action" else replace(without, input=None)
