"""Diagnostics as JSON values, for programs that read a report."""

from __future__ import annotations

from collections.abc import Iterable

from nango_cli.diagnostics.diagnostic import Diagnostic, Fix
from nango_cli.diagnostics.source import Span


def to_json(found: Diagnostic) -> dict[str, object]:
    """One diagnostic; lines and columns count from 1 in code points, the end column is exclusive."""
    return {
        "code": found.code,
        "name": found.name,
        "severity": found.severity,
        "message": found.message,
        "path": found.span.path if found.span else None,
        "span": _span(found.span) if found.span else None,
        "help": found.help,
        "labels": [
            {"message": label.message, "path": label.span.path, "span": _span(label.span)} for label in found.labels
        ],
        "fix": _fix(found.fix) if found.fix else None,
        "docs": f"nango explain {found.code}",
    }


def summary(found: Iterable[Diagnostic]) -> dict[str, int]:
    """How many errors, warnings and notes there are."""
    severities = [each.severity for each in found]
    return {
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
        "notes": severities.count("note"),
    }


def _fix(fix: Fix) -> dict[str, object]:
    edits = [{"path": edit.span.path, "span": _span(edit.span), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safe": fix.safe, "edits": edits}


def _span(span: Span) -> dict[str, int]:
    return {"line": span.line, "column": span.column, "end_line": span.end_line, "end_column": span.end_column}
