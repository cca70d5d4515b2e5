"""Removing comments that silence nothing."""

from __future__ import annotations

import re
from typing import Protocol

from nango_cli.diagnostics.diagnostic import Diagnostic, Edit, Fix
from nango_cli.diagnostics.source import Source, Span

_CODES = re.compile(r"nango:\s*ignore\[(?P<codes>[^\]\n]*)\]")


class Layout(Protocol):
    """As much of a file's layout as is needed here, be it YAML or Python."""

    @property
    def source(self) -> Source: ...


def unused_ignore(found: Diagnostic, layout: Layout) -> Fix | None:
    """The comment without the code, or the line without the comment."""
    span = found.span
    if span is None or found.help != "remove the comment":
        return None
    line = layout.source.line(span.line)
    match = next((each for each in _CODES.finditer(line) if each.start() < span.column <= each.end()), None)
    if match is None:
        return None
    start, end = span.column - 1, span.end_column - 1
    before, after = line[match.start("codes") : start], line[end : match.end("codes")]
    if before.strip(" ,"):
        start -= len(before) - len(before.rstrip(" ,"))
    elif after.strip(" ,"):
        end += len(after) - len(after.lstrip(" ,"))
    else:
        start, end = _comment(line, *match.span())
    return Fix("remove the comment", (Edit(Span(span.path, span.line, start + 1, span.line, end + 1), ""),))


def _comment(line: str, start: int, end: int) -> tuple[int, int]:
    """What to remove when no code is left: the whole comment, or only its beginning if it says more."""
    if rest := line[end:].lstrip():
        begun = line[:start].rstrip()  # and the `#` before, if another follows
        return len(begun.removesuffix("#")) if rest.startswith("#") else start, len(line) - len(rest)
    return len(line[:start].rstrip().removesuffix("#").rstrip()), len(line)
