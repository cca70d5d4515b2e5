"""What is seen of a run: a Protocol, and its implementation for people."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, assert_never

from nango_cli.cli import run_report
from nango_cli.cli.console import Console
from nango_cli.cli.http_dump import dump
from nango_cli.cli.json_line import json_line
from nango_cli.cli.report import Report, write
from nango_cli.cli.run_report import changes, counted
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

SAMPLE = 3  # records of each model and operation on a terminal; a pipe gets all

_VERBS = {"save": "to save", "update": "to update", "delete": "to delete"}
_SILENCE = 10.0  # seconds without an event after which a terminal is told that the run goes on


class Heading(NamedTuple):
    """What is about to run."""

    environment: str
    integration: str
    kind: str
    script: str
    connection: str
    variant: str
    replayed: str | None = None

    def told(self) -> dict[str, Any]:
        """For programs; `replayed` is the recording's file, if there is one."""
        return {name: value for name, value in self._asdict().items() if name != "replayed" or value is not None}


class View(Protocol):
    def start(self, heading: Heading) -> None: ...

    def hear(self, event: Event) -> None: ...

    def wrote(self, write: Write) -> None: ...

    def finish(self, outcome: Outcome, run: int | None = None, kept: Kept | None = None) -> int:
        """Show how it ended and return the exit status; `run` is the number of one that is remembered."""


class TextView:
    """Requests, logs and numbers go to stderr, records and output to stdout, so that a pipe gets data alone."""

    def __init__(
        self, console: Console, workspace: Workspace, redactor: Redactor, *, debug_http: bool, diagnostics: bool
    ) -> None:
        self._console = console
        self._workspace = workspace
        self._redactor = redactor
        self._debug_http = debug_http
        self._diagnostics = diagnostics
        self._shown: dict[tuple[str, str], list[str]] = {}
        self._written: dict[tuple[str, str], int] = {}
        self._pulse = Pulse(console)
        self._kind = ""
        self._replayed = False

    def start(self, heading: Heading) -> None:
        self._kind = heading.kind
        variant = "" if heading.variant == "base" else f", variant `{heading.variant}`"
        what = f"{heading.kind} `{heading.script}` of `{heading.integration}`{variant}"
        where = "" if heading.environment == "local" else f" of `{heading.environment}`"
        self._replayed = heading.replayed is not None
        whence = f", replayed from {heading.replayed}" if heading.replayed else ""
        self._console.err(f"dry run: {what}, connection `{heading.connection}`{where}{whence}")
        self._pulse.start()

    def hear(self, event: Event) -> None:
        self._pulse.beat(event)
        if isinstance(event, Exchanged):
            if self._debug_http:
                self._console.err(dump(event, self._redactor))
        elif text := self._line(event):
            self._console.err("  " + text)

    def _line(self, event: Event) -> str | None:
        match event:
            case RequestDone(method, url, status, ms, page, attempt):
                good = status is not None and status < 400
                answer = self._paint(str(status or "no answer"), "32" if good else "31")
                more = (f"  page {page}" if page else "") + (f"  retry {attempt - 1}" if attempt > 1 else "")
                return f"{method:<5} {url}  {answer}  {ms:.0f} ms{more}"
            case Retrying(method, url, reason, wait, attempt, attempts):
                return f"{method:<5} {url}  {reason}: retry {attempt} of {attempts} in {wait:.1f} s"
            case RecordsSaved(model, count, operation, counts):
                some = {name: number for name, number in asdict(counts).items() if number}
                told = f": {changes(some)}" if operation == "save" and some != {"added": count} else ""
                return f"{counted(count, f'{model} record')} {_VERBS[operation]}{told}"
            case SideEffect(_, text):
                return f"{self._paint('not sent' if self._replayed else 'for real', '33')}: about to {text}"
            case LogLine(level, text):
                return f"{self._paint(level, '33' if level in ('warn', 'error') else '36')}: {text}"
            case CheckpointSaved(checkpoint):
                if checkpoint is None:
                    return "checkpoint cleared"
                return f"checkpoint: {self._redactor.text(json.dumps(checkpoint))}"
            case Exchanged():
                return None
            case _:
                assert_never(event)

    def wrote(self, write: Write) -> None:
        """Keep a sample for a terminal; a pipe gets every record at once, one a line."""
        key = (write.destination.model, write.operation)
        self._written[key] = self._written.get(key, 0) + len(write.records)
        if not self._console.stdout.isatty():
            self._console.out(self._redactor.text("\n".join(map(json_line, write.records))))
        elif (left := SAMPLE - len(self._shown.setdefault(key, []))) > 0:
            self._shown[key] += [self._redactor.text(json_line(record)) for record in write.records[:left]]

    def _paint(self, text: str, style: str) -> str:
        return self._console.paint(text, style, self._console.stderr)

    def finish(self, outcome: Outcome, run: int | None = None, kept: Kept | None = None) -> int:
        self._pulse.stop()
        err = self._console.err
        for (model, operation), lines in self._shown.items():
            err(f"\n{counted(self._written[model, operation], f'{model} record')} {_VERBS[operation]}:")
            for line in lines:
                self._console.out(line)
            if len(lines) < self._written[model, operation]:
                err(f"... and {self._written[model, operation] - len(lines):,} more: pipe the output to see all")
        if self._kind == "action" and outcome.output is not None:
            err("\noutput:")
            self._console.out(self._redactor.text(json.dumps(outcome.output, ensure_ascii=False, indent=2)))
        for line in self._summary(outcome, run, kept):
            err(line)
        found, sources = diagnose(outcome, self._workspace, self._redactor, kept.found if kept else ())
        if found:
            err("")
        return write(
            Report("dryrun", found, sources, exit_code=run_report.status_of(outcome, kept)), "text", self._console
        )

    def _summary(self, outcome: Outcome, run: int | None, kept: Kept | None) -> list[str]:
        ended = {"success": "done", "failure": "failed", "crash": "crashed"}.get(outcome.status, outcome.status)
        told = run_report.numbers(outcome, run)
        requests = counted(len(outcome.requests), "request")
        parts = [counted(told["pages"], "page")] if told["pages"] else []
        parts += [f"{outcome.retries} retr{'y' if outcome.retries == 1 else 'ies'}"] if outcome.retries else []
        peak = f"{outcome.spent.script_memory / 1e6:.0f} MB" if outcome.spent.script_memory else ""
        ended = self._paint(ended, "32" if outcome.status == "success" else "31")
        lines = [
            f"\n{ended} in {outcome.duration:.2f} s: {requests}"
            + (f" ({', '.join(parts)})" if parts else "")
            + (f", {peak} of memory at the peak" if peak else "")
        ]
        lines += [f"  {model}: {changes(asdict(counts))}" for model, counts in outcome.counts.items()]
        if outcome.invalid_count:
            lines.append(f"  not valid, left out: {counted(outcome.invalid_count, 'record')}")
        if run is not None:
            lines.append(f"  remembered as run {run}: `nango runs show {run}`")
        elif kept is not None and not self._replayed:
            lines.append(f"  saved to {kept.saved}" if kept.saved else "  not saved")
        elif outcome.counts:
            lines.append("  a dry run: nothing was saved")
        lines += [f"  not emulated: {note}" for note in told["not_emulated"]]
        if self._diagnostics:
            spent = ", ".join(f"{name} {ms} ms" for name, ms in told["spent_ms"].items())
            own = f"{outcome.spent.own_memory / 1e6:.0f} MB"
            lines.append(f"  spent: {spent}; script CPU {told['script_cpu_ms']} ms; nango's own memory {own}")
        return lines


class Pulse:
    """Tells a terminal that a long run goes on while nothing is heard of it."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._start = self._last = time.monotonic()
        self._requests = self._records = 0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._start = self._last = time.monotonic()
        if self._console.stderr.isatty():
            self._thread = threading.Thread(target=self._watch, daemon=True)
            self._thread.start()

    def beat(self, event: Event) -> None:
        self._last = time.monotonic()
        self._requests += isinstance(event, RequestDone)
        self._records += event.count if isinstance(event, RecordsSaved) else 0

    def stop(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.5):
            now = time.monotonic()
            if now - self._last >= _SILENCE:
                self._last = now
                so_far = f"{counted(self._requests, 'request')}, {counted(self._records, 'record')}"
                self._console.err(f"  still running after {now - self._start:.0f} s: {so_far} so far")
