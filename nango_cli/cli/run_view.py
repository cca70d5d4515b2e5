"""What a person or a program sees of a run: each event as it happens, then records, output and problems."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, assert_never

from nango_cli.cli.console import Console
from nango_cli.cli.report import Report, write
from nango_cli.diagnostics.diagnostic import Diagnostic, Diagnostics, Label
from nango_cli.diagnostics.source import Source, Span
from nango_cli.environments.dry_run import Write
from nango_cli.execution.event import Event, LogLine, RecordsSaved, RequestDone, Retrying
from nango_cli.execution.outcome import Failure, Frame, InvalidRecord, Outcome
from nango_cli.ir.project import Integration, Script
from nango_cli.workspace import Workspace

MOST_SHOWN = 10  # problems, and records on a terminal; `--format json` and pipes get all records

_VERBS = {"save": "to save", "update": "to update", "delete": "to delete"}


class RunView:
    """Requests, logs and counts go to stderr, records and output to stdout, so that a pipe gets data alone."""

    def __init__(self, console: Console, workspace: Workspace, *, live: bool) -> None:
        self.console = console
        self.workspace = workspace
        self.live = live
        self.logs: list[LogLine] = []
        self.script: dict[str, str] = {}

    def start(self, integration: Integration, script: Script, connection: str) -> None:
        self.script = {
            "integration": integration.name.value,
            "kind": script.kind,
            "script": script.name.value,
            "connection": connection,
        }
        if self.live:
            what = f"{script.kind} `{script.name.value}` of `{integration.name.value}`"
            self.console.err(f"dry run: {what}, connection `{connection}`")

    def hear(self, event: Event) -> None:
        if isinstance(event, LogLine):
            self.logs.append(event)
        if self.live:
            self.console.err("  " + self._line(event))

    def _line(self, event: Event) -> str:
        match event:
            case RequestDone(method, url, status, ms, page):
                good = status is not None and status < 400
                answer = self._paint(str(status or "no answer"), "32" if good else "31")
                return f"{method:<5} {url}  {answer}  {ms:.0f} ms" + (f"  page {page}" if page else "")
            case Retrying(method, url, reason, wait, attempt, attempts):
                return f"{method:<5} {url}  {reason}: retry {attempt} of {attempts} in {wait:.1f} s"
            case RecordsSaved(model, count, operation):
                return f"{_counted(count, model)} {_VERBS[operation]}"
            case LogLine(level, text):
                return f"{self._paint(level, '33' if level in ('warn', 'error') else '36')}: {text}"
            case _:
                assert_never(event)

    def _paint(self, text: str, style: str) -> str:
        return self.console.paint(text, style, self.console.stderr)

    def finish(self, outcome: Outcome, writes: Sequence[Write], format: str) -> int:
        """Show how it ended and return the exit status."""
        records = _records(writes)
        diagnostics, sources = self._diagnostics(outcome)
        status = _status(outcome)
        data = {
            **self.script,
            "status": outcome.status,
            "duration_ms": round(outcome.duration * 1000),
            "counts": {model: asdict(counts) for model, counts in outcome.counts.items()},
            "records": records,
            "output": outcome.output,
            "requests": [asdict(each) for each in outcome.requests],
            "logs": [asdict(each) for each in self.logs],
        }
        if format == "text":
            self._show(outcome, records)
        return write(Report("dryrun", diagnostics, sources, data, status), format, self.console)

    def _show(self, outcome: Outcome, records: dict[str, dict[str, list[Any]]]) -> None:
        for model, by_operation in records.items():
            for operation, written in by_operation.items():
                self.console.err(f"\n{_counted(len(written), model)} {_VERBS[operation]}:")
                shown = written[:MOST_SHOWN] if self.console.stdout.isatty() else written
                for record in shown:
                    self.console.out(json.dumps(record, ensure_ascii=False))
                if len(shown) < len(written):
                    self.console.err(f"... and {len(written) - len(shown)} more: pipe the output to see all")
        if self.script["kind"] == "action" and outcome.failure is None and outcome.output is not None:
            self.console.err("\noutput:")
            self.console.out(json.dumps(outcome.output, indent=2, ensure_ascii=False))
        counts = "; ".join(
            f"{model}: " + ", ".join(f"{number} {name}" for name, number in asdict(each).items() if number)
            for model, each in outcome.counts.items()
        )
        ended = {"success": "done", "failure": "failed", "crash": "crashed", "stopped": "stopped"}[outcome.status]
        ended = self._paint(ended, "32" if outcome.status == "success" else "31")
        requests = f"{len(outcome.requests)} request{'' if len(outcome.requests) == 1 else 's'}"
        summary = "; ".join(filter(None, [requests, counts, counts and "a dry run, so nothing was saved"]))
        self.console.err(f"\n{ended} in {outcome.duration:.2f} s: {summary}")

    def _diagnostics(self, outcome: Outcome) -> tuple[list[Diagnostic], dict[str, Source]]:
        found: list[Diagnostic] = []
        sources: dict[str, Source] = {}
        for invalid in outcome.invalid[:MOST_SHOWN]:
            found.append(_invalid_record(invalid))
        if len(outcome.invalid) > MOST_SHOWN:
            message = f"{len(outcome.invalid) - MOST_SHOWN} more records are not valid"
            found.append(Diagnostic("NG602", "error", message, help="`--format json` counts what is valid"))
        if outcome.failure is not None and outcome.failure.code != "NG602":
            found.append(self._failure(outcome.failure, sources))
        return found, sources

    def _failure(self, failure: Failure, sources: dict[str, Source]) -> Diagnostic:
        """The failure at the innermost line of the user's own code, with the calls that led there as labels."""
        lines = [f"{each.path}: {each.message}" for each in failure.problems[:MOST_SHOWN]]
        if failure.payload is not None:
            lines.append("payload: " + json.dumps(failure.payload, ensure_ascii=False, default=str))
        if failure.help:
            lines.append(failure.help)
        message = failure.message
        if failure.code == "NG601":
            message = f"the script raised {failure.type}: {failure.message}".rstrip(": ")
        spans = [self._span(frame, sources) for frame in failure.frames]
        labels = [Label(span, f"called in {frame.function}") for span, frame in zip(spans, failure.frames, strict=True)]
        return Diagnostic(
            failure.code, "error", message, spans[-1] if spans else None, "\n".join(lines) or None, tuple(labels[:-1])
        )

    def _span(self, frame: Frame, sources: dict[str, Source]) -> Span:
        path = self.workspace.shown(self.workspace.root / frame.file)
        if path not in sources:
            sources[path] = self.workspace.read(frame.file, Diagnostics())
        line = sources[path].line(frame.line)
        start = len(line) - len(line.lstrip()) + 1
        return Span(path, frame.line, start, frame.line, max(len(line.rstrip()) + 1, start))


def _status(outcome: Outcome) -> int:
    """0 when all went well, 3 when the world failed under the script, else 1."""
    if outcome.failure is None:
        return 0
    return 3 if outcome.failure.code.startswith("NG7") else 1


def _records(writes: Sequence[Write]) -> dict[str, dict[str, list[Any]]]:
    """Everything written, by model and operation."""
    records: dict[str, dict[str, list[Any]]] = {}
    for each in writes:
        by_operation = records.setdefault(each.destination.model, {})
        by_operation.setdefault(each.operation, []).extend(each.records)
    return records


def _counted(number: int, model: str) -> str:
    return f"{number} {model} record{'' if number == 1 else 's'}"


def _invalid_record(invalid: InvalidRecord) -> Diagnostic:
    name = f"`{invalid.id}`" if invalid.id else "without an id"
    problems = "\n".join(f"{each.path}: {each.message}" for each in invalid.problems[:MOST_SHOWN])
    return Diagnostic(invalid.code, "error", f"the record {name} is not a valid {invalid.model}", help=problems)
