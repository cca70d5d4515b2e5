"""Writing what a command found, in the format that was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from nango_cli.cli.console import Console
from nango_cli.diagnostics.diagnostic import Diagnostic, has_errors
from nango_cli.diagnostics.source import Source

ENVELOPE_VERSION = 1


class Report(NamedTuple):
    """A command's diagnostics, the files they point into, and its result for `--format json`."""

    command: str
    diagnostics: Sequence[Diagnostic]
    sources: Mapping[str, Source] = MappingProxyType({})
    data: Mapping[str, Any] = MappingProxyType({})
    exit_code: int | None = None

    @property
    def status(self) -> int:
        """The exit status: 1 when there is an error, unless the command knows better."""
        if self.exit_code is not None:
            return self.exit_code
        return int(has_errors(self.diagnostics))


def write(report: Report, format: str, console: Console, *, to_stdout: bool = False) -> int:
    """Write a report and return its exit status. As text it goes to stderr, unless it is the command's result."""
    match format:
        case "json":
            console.out(envelope(report))
        case "ndjson":
            console.out(envelope(report, indent=None))
        case "github":
            from nango_cli.diagnostics.render.github import render_github

            _nonempty(console.out, render_github(report.diagnostics))
        case "sarif":
            from nango_cli import __version__
            from nango_cli.diagnostics.render.sarif import render_sarif

            console.out(render_sarif(report.diagnostics, version=__version__))
        case _:
            stream = console.stdout if to_stdout else console.stderr
            text = as_text(report.diagnostics, report.sources, color=console.takes_color(stream))
            _nonempty(console.out if to_stdout else console.err, text)
    return report.status


def as_text(found: Sequence[Diagnostic], sources: Mapping[str, Source], *, color: bool) -> str:
    """Every diagnostic with its snippet, and a last line that counts those of files."""
    if not found:
        return ""
    from nango_cli.diagnostics.render.text import render_text

    text = render_text(found, sources, color=color)
    return f"{text}\n\n{counted(found)}" if any(each.span for each in found) else text


def counted(found: Iterable[Diagnostic]) -> str:
    """`found 2 errors and 1 warning`."""
    from nango_cli.diagnostics.render.json_report import summary

    counts = [
        f"{number} {name if number > 1 else name.removesuffix('s')}"
        for name, number in summary(found).items()
        if number
    ]
    return "found " + " and ".join([", ".join(counts[:-1]), counts[-1]] if len(counts) > 1 else counts)


def envelope(report: Report, *, indent: int | None = 2) -> str:
    """The versioned JSON that every command writes for `--format json`; on one line without an indent."""
    import json

    from nango_cli.diagnostics.render.json_report import summary, to_json

    whole = {
        "version": ENVELOPE_VERSION,
        "command": report.command,
        "ok": report.status == 0,
        "exit_code": report.status,
        "summary": summary(report.diagnostics),
        "diagnostics": [to_json(each) for each in report.diagnostics],
        "data": dict(report.data),
    }
    return json.dumps(whole, indent=indent, ensure_ascii=False)


def _nonempty(write_line: Any, text: str) -> None:
    if text:
        write_line(text)
