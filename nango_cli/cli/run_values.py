"""The values that a dry run is given on its command line."""

from __future__ import annotations

import math
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from nango_cli.cli.run_view import Heading
from nango_cli.errors import UsageError
from nango_cli.execution.answers.state import problem_of
from nango_cli.execution.invocation import Invocation
from nango_cli.execution.value import read_date, read_value

if TYPE_CHECKING:
    from nango_cli.cli.rehearsal import Rehearsal
    from nango_cli.ir.project import Script


class Given(NamedTuple):
    """None where an option was left out."""

    input: Any
    metadata: dict[str, Any] | None
    checkpoint: dict[str, Any] | None
    webhook: Any
    last_sync_date: datetime | None
    as_of: datetime | None


def read(how: Rehearsal, script: Script, cwd: Path) -> Given:
    """The values, read and fitting for the script. Raises UsageError NG801, or FileError for a missing file."""
    name = script.name.value
    if how.input is not None and script.kind != "action":
        raise UsageError(f"`{name}` takes no input: it is no action", help="a sync reads metadata: `--metadata`")
    if how.webhook is not None and script.kind != "sync":
        raise UsageError(f"`{name}` takes no webhooks: it is no sync", help="only syncs handle webhooks")
    for option, value in (("--lastSyncDate", how.last_sync_date), ("--checkpoint", how.checkpoint)):
        if value is not None and script.kind != "sync":
            raise UsageError(f"`{option}` is for syncs, and `{name}` is none", help="leave it out")
    if how.variant != "base" and script.kind != "sync":
        raise UsageError(f"`--variant` is for syncs, and `{name}` is none", help="leave it out")
    if not how.variant:
        raise UsageError("`--variant` is empty", help="leave it out: the usual variant is `base`")
    if how.timeout is not None and not math.isfinite(how.timeout):
        raise UsageError(
            f"`--timeout` cannot be {how.timeout}", help="it is a number of seconds; leave it out for no limit"
        )
    if [how.input, how.metadata, how.checkpoint, how.webhook].count("-") > 1:
        raise UsageError("standard input can be read once only", help="pass the others as JSON or @file.json")
    metadata = _object(how.metadata, "--metadata", cwd)
    checkpoint = _object(how.checkpoint, "--checkpoint", cwd)
    if checkpoint is not None and (problem := problem_of(checkpoint)):
        raise UsageError(f"`--checkpoint`: {problem}", help="it is a flat object of text, numbers and booleans")
    return Given(
        input=None if how.input is None else read_value(how.input, "--input", cwd),
        metadata=metadata,
        checkpoint=checkpoint,
        webhook=None if how.webhook is None else read_value(how.webhook, "--webhook", cwd, plain=False),
        last_sync_date=None if how.last_sync_date is None else read_date(how.last_sync_date),
        as_of=None if how.as_of is None else read_date(how.as_of),
    )


def heading(environment: str, invocation: Invocation, replayed: str | None = None) -> Heading:
    script = invocation.script
    return Heading(
        environment=environment,
        integration=invocation.integration,
        kind=script.kind,
        script=script.name.value,
        connection=invocation.connection_id,
        variant=invocation.variant,
        replayed=replayed,
    )


def _object(text: str | None, option: str, cwd: Path) -> dict[str, Any] | None:
    value = None if text is None else read_value(text, option, cwd)
    if value is not None and not isinstance(value, dict):
        raise UsageError(f"`{option}` is not a JSON object", help='write it as \'{"key": "value"}\'')
    return value
