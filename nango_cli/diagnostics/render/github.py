"""Diagnostics as GitHub Actions workflow commands, which a job turns into annotations."""

from __future__ import annotations

from collections.abc import Iterable

from nango_cli.diagnostics.diagnostic import Diagnostic, Severity

_COMMAND: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


def render_github(found: Iterable[Diagnostic]) -> str:
    """One workflow command a line, no line break at the end."""
    return "\n".join(_command(each) for each in found)


def _command(found: Diagnostic) -> str:
    properties: dict[str, object] = {}
    if span := found.span:
        properties = {"file": span.path, "line": span.line, "col": span.column, "endLine": span.end_line}
        if span.line == span.end_line:
            properties["endColumn"] = span.end_column
        else:
            # The runner refuses columns for a range of lines:
            # https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs
            del properties["col"]
    properties["title"] = f"{found.code} {found.name}"
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    text = f"{found.message}\n{found.help}" if found.help else found.message
    return f"::{_COMMAND[found.severity]} {listed}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
