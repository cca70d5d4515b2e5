"""What became of a run, for every format: diagnostics with the lines they happened at, numbers, and an exit status."""

from __future__ import annotations

import json
import signal
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, NamedTuple

from nango_cli.diagnostics.diagnostic import Diagnostic, Diagnostics, Label, Severity
from nango_cli.diagnostics.source import Source, Span
from nango_cli.errors import exit_status
from nango_cli.execution.outcome import Failure, Frame, InvalidRecord, Outcome
from nango_cli.redaction import Redactor
from nango_cli.workspace import Workspace

MOST_SHOWN = 10  # problems
LONGEST_ID = 100  # characters

_NOT_EMULATED = {
    "lock.acquire": "locks are free: nothing else runs",
    "sync.start": "no schedule was started",
}
_NOT_REMEMBERED = {
    "deletes.end": "deleted records were looked for among those of this run only",
    "records.strategy": "the merging strategy had nothing to merge with",
}


def not_emulated(outcome: Outcome, *, remembered: bool) -> list[str]:
    """What the run did otherwise than a deployed one would."""
    texts = _NOT_EMULATED if remembered else {**_NOT_REMEMBERED, **_NOT_EMULATED}
    notes = [text for method, text in texts.items() if method in outcome.asked]
    if outcome.limited:
        notes.append("a limit was reached, so not all data was read, and no record was deleted for not being there")
    if outcome.confined is False:
        notes.append("this system cannot confine scripts, so this one could read files and use the network")
    return notes


class Kept(NamedTuple):
    """What came of a recording: the file it was saved in, as users type it, and what is wrong."""

    saved: str | None = None
    found: tuple[Diagnostic, ...] = ()


def status_of(outcome: Outcome, kept: Kept | None = None) -> int:
    """The exit status: 0 when all went well, 130 when the user interrupted, else that of the failure's code.

    As shells have it, 128 and its number for a signal that ended us, and 141 when whoever read the output went away.
    """
    if outcome.status == "interrupted":
        return 130
    if outcome.failure is not None:
        if outcome.failure.type == "ReaderGone":
            return 141
        if outcome.status == "stopped" and outcome.failure.signal:
            return 128 + signal.Signals[outcome.failure.signal]
        return exit_status(outcome.failure.code)
    return exit_status(kept.found[0].code) if kept and kept.found else 0


def numbers(outcome: Outcome, run: int | None, kept: Kept | None = None) -> dict[str, Any]:
    """The run as a program reads it, without its records; `run` is its number if it is remembered."""
    return {
        "run": run,
        **({"saved": kept.saved} if kept else {}),
        "status": outcome.status,
        "duration_ms": round(outcome.duration * 1000),
        "counts": {model: asdict(counts) for model, counts in outcome.counts.items()},
        "pages": sum(each.page is not None and each.attempt == 1 for each in outcome.requests),
        "retries": outcome.retries,
        "invalid_records": outcome.invalid_count,
        "side_effects": [asdict(each) for each in outcome.side_effects],
        "limited": outcome.limited,
        "confined": outcome.confined,
        "not_emulated": not_emulated(outcome, remembered=run is not None),
        "peak_memory": {"script": outcome.spent.script_memory, "nango": outcome.spent.own_memory},
        "script_cpu_ms": round(outcome.spent.script_cpu * 1000),
        "spent_ms": {name: round(seconds * 1000) for name, seconds in outcome.spent.seconds.items()},
    }


def diagnostics(
    outcome: Outcome, workspace: Workspace, redactor: Redactor, kept: Kept | None = None
) -> tuple[list[Diagnostic], dict[str, Source]]:
    """Everything that went wrong, and the files that it happened in."""
    sources: dict[str, Source] = {}
    found = [_failure(each, "warning", workspace, sources) for each in outcome.warnings]
    found += [_invalid_record(each) for each in outcome.invalid[:MOST_SHOWN]]
    if outcome.invalid_count > MOST_SHOWN:
        message = f"{outcome.invalid_count - MOST_SHOWN} more records are not valid"
        found.append(Diagnostic("NG602", "error", message, help="`--validate` ends the run at the first of them"))
    failure = outcome.failure
    if failure is not None and (failure.code != "NG602" or failure.frames):
        found.append(_failure(failure, "error", workspace, sources))
    found += kept.found if kept else ()
    masked = {path: Source(path, redactor.masked(source.text)) for path, source in sources.items()}
    return [_hidden(each, redactor) for each in found], masked


def _hidden(found: Diagnostic, redactor: Redactor) -> Diagnostic:
    help = redactor.text(found.help) if found.help else None
    return found._replace(message=redactor.text(found.message), help=help)


def _failure(failure: Failure, severity: Severity, workspace: Workspace, sources: dict[str, Source]) -> Diagnostic:
    """The failure at the innermost line of the user's own code, with the calls that led there as labels."""
    lines = [f"{each.path}: {each.message}" for each in failure.problems[:MOST_SHOWN]]
    if len(failure.problems) > MOST_SHOWN:
        lines.append(f"and {len(failure.problems) - MOST_SHOWN} more")
    if failure.payload is not None:
        lines.append("payload: " + json.dumps(failure.payload, ensure_ascii=False, default=str))
    if failure.help:
        lines.append(failure.help)
    message = failure.message
    if failure.code == "NG601":
        message = f"the script raised {failure.type}: {failure.message}".rstrip(": ")
    spans = [_span(frame, workspace, sources) for frame in failure.frames]
    labels = [Label(span, f"called in {frame.function}") for span, frame in zip(spans, failure.frames, strict=True)]
    place = spans[-1] if spans else None
    return Diagnostic(failure.code, severity, message, place, "\n".join(lines) or None, tuple(labels[:-1]))


def _span(frame: Frame, workspace: Workspace, sources: dict[str, Source]) -> Span:
    path = workspace.shown(workspace.root / frame.file)
    if path not in sources:
        sources[path] = workspace.read(frame.file, Diagnostics())
    line = sources[path].line(frame.line)
    start = len(line) - len(line.lstrip()) + 1
    return Span(path, frame.line, start, frame.line, max(len(line.rstrip()) + 1, start))


def _invalid_record(invalid: InvalidRecord) -> Diagnostic:
    name = f"`{invalid.id[:LONGEST_ID]}`" if invalid.id else "without an id"
    problems = "\n".join(f"{each.path}: {each.message}" for each in invalid.problems[:MOST_SHOWN])
    return Diagnostic(invalid.code, "error", f"the record {name} is not a valid {invalid.model}", help=problems)


def counted(number: int, what: str) -> str:
    """`1 page`, `1,200 pages`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def changes(counts: Mapping[str, int]) -> str:
    """`23 added, 2 unchanged`; what did not happen is left out."""
    return ", ".join(f"{number:,} {name}" for name, number in counts.items() if number) or "nothing"
