"""Diagnostics for a person at a terminal: the place, the message, the source with carets, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from nango_cli.diagnostics.diagnostic import Diagnostic, Severity
from nango_cli.diagnostics.render.snippet import Line, escape, lay_out
from nango_cli.diagnostics.source import Source, Span

Style = Literal[Severity, "gutter", "strong"]
Paint = Callable[[Style, str], str]

_ANSI: dict[Style, str] = {"error": "1;31", "warning": "1;33", "note": "1;36", "gutter": "1;34", "strong": "1"}

# A span of up to this many lines is underlined on each, a longer one on its first and last.
_WHOLE = 4


class _Mark(NamedTuple):
    """A part of one line to underline: code points from `start` to before `end`, counted from 0."""

    line: int
    start: int
    end: int
    style: Style
    message: str

    @property
    def is_label(self) -> bool:
        return self.style == "gutter"

    @property
    def rank(self) -> tuple[bool, int]:
        return (self.is_label, self.start)


def render_text(found: Iterable[Diagnostic], sources: Mapping[str, Source], *, color: bool) -> str:
    """The diagnostics in the order given, a blank line between two, no line break at the end."""
    paint = _ansi if color else _plain
    return "\n\n".join("\n".join(_rows(each, sources, paint)) for each in found)


def _rows(found: Diagnostic, sources: Mapping[str, Source], paint: Paint) -> Iterator[str]:
    place = f"{escape(str(found.span))}: " if found.span else ""
    message, *more = _lines(found.message)
    kind = paint(found.severity, f"{found.severity} {found.code}")
    yield f"{place}{kind}: {paint('strong', message)}"
    yield from (f"    {line}".rstrip() for line in more)

    marks: dict[str, list[_Mark]] = {}
    begins: dict[str, Span] = {}
    notes: list[str] = []
    if found.span and found.span.path in sources:
        begins[found.span.path] = found.span
        marks[found.span.path] = _marks(found.span, found.severity, "", sources[found.span.path])
    for label in found.labels:
        path = label.span.path
        if path in sources:
            begins.setdefault(path, label.span)
            marks.setdefault(path, []).extend(_marks(label.span, "gutter", label.message, sources[path]))
        else:
            notes.append(f"{label.message} ({label.span})")

    digits = max((len(str(mark.line)) for group in marks.values() for mark in group), default=0)
    for path, group in marks.items():
        if begins[path] != found.span:
            yield f"{paint('gutter', ' ' * digits + '-->')} {escape(str(begins[path]))}"
        yield from _snippet(sources[path], group, digits, paint)

    for note in notes:
        yield from _entry("note", note, paint)
    if found.help:
        yield from _entry("help", found.help, paint)
    if found.fix:
        yield from _entry("fix", found.fix.title + ("" if found.fix.safe else " (--unsafe-fixes)"), paint)
    yield from _entry("docs", f"nango explain {found.code}", paint)


def _marks(span: Span, style: Style, message: str, source: Source) -> list[_Mark]:
    """What to underline for a span, clipped to the file, with the message after its last line."""
    first, start = max(1, span.line), span.column - 1
    last, stop = min(span.end_line, len(source.lines) + 1), max(0, span.end_column - 1)
    # A block's end is often noted in the indentation of what follows it.
    while last > first and not source.line(last)[:stop].strip():
        last -= 1
        stop = len(source.line(last))
    if last <= first:
        return [_Mark(first, start, max(start, stop) if last == first else start, style, message)]
    marks = []
    for number in range(first, last + 1) if last - first < _WHOLE else (first, last):
        text = source.line(number)
        left = start if number == first else len(text) - len(text.lstrip())
        right = stop if number == last else len(text.rstrip())
        if left < right or number == first:
            marks.append(_Mark(number, left, right, style, message if number == last else ""))
    return marks


def _snippet(source: Source, marks: list[_Mark], digits: int, paint: Paint) -> Iterator[str]:
    """The marked lines in order, each above its underlines, with `...` for what is left out between them."""

    def row(number: int | None, content: str) -> str:
        gutter = " " * digits if number is None else f"{number:>{digits}}"
        return f"{paint('gutter', f'{gutter} |')} {content}".rstrip()

    yield row(None, "")
    by_line: dict[int, list[_Mark]] = {}
    for mark in sorted(marks, key=lambda mark: (mark.line, *mark.rank)):
        by_line.setdefault(mark.line, []).append(mark)
    previous = next(iter(by_line))
    for number, group in by_line.items():
        if number - previous == 2:
            yield row(number - 1, lay_out(source.line(number - 1), 0, 0).text)
        elif number - previous > 2:
            yield paint("gutter", "...")
        previous = number
        line = lay_out(source.line(number), group[0].start, group[0].end)
        yield row(number, line.text)
        for underlines in _underlines(line, group, paint):
            yield row(None, underlines)


def _underlines(line: Line, marks: list[_Mark], paint: Paint) -> Iterator[str]:
    """One row per mark; a mark shares the row of the one before if that is to its left and has nothing to say."""
    row, end = "", 0
    for mark in marks:
        low, high = line.cells(mark.start, mark.end)
        if row and low <= end:
            yield row
            row, end = "", 0
        under = ("-" if mark.is_label else "^") * (high - low)
        row += " " * (low - end) + paint(mark.style, f"{under} {escape(mark.message)}".rstrip())
        end = high
        if mark.message:
            yield row
            row, end = "", 0
    if row:
        yield row


def _entry(key: str, text: str, paint: Paint) -> Iterator[str]:
    first, *more = _lines(text)
    yield f"  {paint('strong', f'{key}:')} {first}"
    yield from (f"  {' ' * len(key)}  {line}".rstrip() for line in more)


def _lines(text: str) -> list[str]:
    return [escape(line) for line in text.splitlines()] or [""]


def _ansi(style: Style, text: str) -> str:
    return f"\x1b[{_ANSI[style]}m{text}\x1b[0m" if text else text


def _plain(_: Style, text: str) -> str:
    return text
