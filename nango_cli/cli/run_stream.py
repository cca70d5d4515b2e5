"""What programs see of a run: one JSON document at the end, or a line for everything as it happens."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from nango_cli.cli import run_report
from nango_cli.cli.console import Console
from nango_cli.cli.json_line import json_line
from nango_cli.cli.report import ENVELOPE_VERSION, Report, envelope, write
from nango_cli.cli.run_view import Heading
from nango_cli.environments.dry_run import Write
from nango_cli.execution.diagnosis import diagnose
from nango_cli.execution.event import (
    CheckpointSaved,
    Event,
    Exchanged,
    LogLine,
    RecordsSaved,
    RequestDone,
    Retrying,
    SideEffect,
)
from nango_cli.execution.outcome import Outcome
from nango_cli.redaction import Redactor
from nango_cli.workspace import Workspace

if TYPE_CHECKING:
    from nango_cli.testing.replaying import Kept

_NAMES: dict[type, str] = {
    RequestDone: "request",
    Retrying: "retry",
    RecordsSaved: "records",
    SideEffect: "side_effect",
    LogLine: "log",
    CheckpointSaved: "checkpoint",
}


class JsonView:
    """One document with everything in it; a run of millions of records is for `ndjson`."""

    def __init__(self, console: Console, workspace: Workspace, redactor: Redactor) -> None:
        self._console = console
        self._workspace = workspace
        self._redactor = redactor
        self._heading: dict[str, Any] = {}
        self._logs: list[dict[str, Any]] = []
        self._records: dict[str, dict[str, list[Any]]] = {}

    def start(self, heading: Heading) -> None:
        self._heading = heading.told()

    def hear(self, event: Event) -> None:
        if isinstance(event, LogLine):
            self._logs.append(asdict(event))

    def wrote(self, write: Write) -> None:
        by_operation = self._records.setdefault(write.destination.model, {})
        by_operation.setdefault(write.operation, []).extend(write.records)

    def finish(self, outcome: Outcome, run: int | None = None, kept: Kept | None = None) -> int:
        found, sources = diagnose(outcome, self._workspace, self._redactor, kept.found if kept else ())
        data = {
            **self._heading,
            **run_report.numbers(outcome, run, kept),
            "records": self._redactor.value(self._records),
            "output": self._redactor.value(outcome.output),
            "requests": [asdict(each) for each in outcome.requests],
            "logs": self._logs,
        }
        return write(Report("dryrun", found, sources, data, run_report.status_of(outcome, kept)), "json", self._console)


class NdjsonView:
    """Lines with an `event` each: `start`, what happens, `record` for every record, and `end`, the envelope."""

    def __init__(self, console: Console, workspace: Workspace, redactor: Redactor) -> None:
        self._console = console
        self._workspace = workspace
        self._redactor = redactor

    def start(self, heading: Heading) -> None:
        self._line("start", {"version": ENVELOPE_VERSION, **heading.told()})

    def hear(self, event: Event) -> None:
        if not isinstance(event, Exchanged):
            self._line(_NAMES[type(event)], {name: getattr(event, name) for name in event.__match_args__})

    def wrote(self, write: Write) -> None:
        key = {"model": write.destination.model, "operation": write.operation}
        start = json_line({"event": "record", **key})[:-1] + ',"record":'
        lines = [f"{start}{json_line(record)}}}" for record in write.records]
        self._console.out(self._redactor.text("\n".join(lines)))

    def finish(self, outcome: Outcome, run: int | None = None, kept: Kept | None = None) -> int:
        found, sources = diagnose(outcome, self._workspace, self._redactor, kept.found if kept else ())
        data = {**run_report.numbers(outcome, run, kept), "requests": len(outcome.requests), "output": outcome.output}
        report = Report("dryrun", found, sources, self._redactor.value(data), run_report.status_of(outcome, kept))
        self._line("end", json.loads(envelope(report)))
        return report.status

    def _line(self, event: str, data: dict[str, Any]) -> None:
        self._console.out(self._redactor.text(json_line({"event": event, **data})))
