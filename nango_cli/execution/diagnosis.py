"""What went wrong in a run, as diagnostics with the lines that it happened at."""

from __future__ import annotations

import json
from collections.abc import Sequence

from nango_cli.diagnostics.diagnostic import Diagnostic, Diagnostics, Label, Severity
from nango_cli.diagnostics.source import Source, Span
from nango_cli.execution.outcome import Failure, Frame, InvalidRecord, Outcome
from nango_cli.redaction import Redactor
from nango_cli.workspace import Workspace

_MOST_SHOWN = 10  # problems
_LONGEST_ID = 100  # characters


def diagnose(
    outcome: Outcome, workspace: Workspace, redactor: Redactor, more: Sequence[Diagnostic] = ()
) -> tuple[list[Diagnostic], dict[str, Source]]:
    """Everything that went wrong, with `more` of it at the end, and the files that it happened in."""
    sources: dict[str, Source] = {}
    found = [_failure(each, "warning", workspace, sources) for each in outcome.warnings]
    found += [_invalid_record(each) for each in outcome.invalid[:_MOST_SHOWN]]
    if outcome.invalid_count > _MOST_SHOWN:
        message = f"{outcome.invalid_count - _MOST_SHOWN} more records are not valid"
        found.append(Diagnostic("NG602", "error", message, help="`--validate` ends the run at the first of them"))
    failure = outcome.failure
    if failure is not None and (failure.code != "NG602" or failure.frames):
        found.append(_failure(failure, "error", workspace, sources))
    found += more
    masked = {path: Source(path, redactor.masked(source.text)) for path, source in sources.items()}
    return [_hidden(each, redactor) for each in found], masked


def _hidden(found: Diagnostic, redactor: Redactor) -> Diagnostic:
    help = redactor.text(found.help) if found.help else None
    return found._replace(message=redactor.text(found.message), help=help)


def _failure(failure: Failure, severity: Severity, workspace: Workspace, sources: dict[str, Source]) -> Diagnostic:
    """The failure at the innermost line of the user's own code, with the calls that led there as labels."""
    lines = [f"{each.path}: {each.message}" for each in failure.problems[:_MOST_SHOWN]]
    if len(failure.problems) > _MOST_SHOWN:
        lines.append(f"and {len(failure.problems) - _MOST_SHOWN} more")
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
    name = f"`{invalid.id[:_LONGEST_ID]}`" if invalid.id else "without an id"
    problems = "\n".join(f"{each.path}: {each.message}" for each in invalid.problems[:_MOST_SHOWN])
    return Diagnostic(invalid.code, "error", f"the record {name} is not a valid {invalid.model}", help=problems)
