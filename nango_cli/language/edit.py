"""Edits of a text: the only thing that a fix may do to a file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from nango_cli.diagnostics.diagnostic import Edit
from nango_cli.diagnostics.source import Source, Span

_LINE_BREAK = re.compile("\r\n|[\n\r]")


def apply(source: Source, edits: Iterable[Edit]) -> str:
    """The text after all the edits, whose spans are those of the text before; ValueError if two of them collide."""
    starts = _line_starts(source.text)
    placed = sorted((*_offsets(edit.span, starts), edit.text) for edit in edits)
    for (start, end, _), (following, _, _) in pairwise(placed):
        if following < end or following == start:
            raise ValueError("two edits want the same place")
    pieces, place = [], 0
    for start, end, text in placed:
        pieces += [source.text[place:start], text]
        place = end
    return "".join([*pieces, source.text[place:]])


class Places:
    """Where a group of edits will be made."""

    def __init__(self) -> None:
        self._by_line: dict[int, list[Edit]] = {}

    def take(self, edits: Iterable[Edit]) -> bool:
        """Add more edits, all or none: none if one of them touches, or stands right beside, one that is there."""
        edits = tuple(edits)
        for new in edits:
            for old in (each for line in _lines(new) for each in self._by_line.get(line, ())):
                if new.span[1:3] <= old.span[3:5] and old.span[1:3] <= new.span[3:5]:  # (line, column) pairs
                    return False
        for new in edits:
            for line in _lines(new):
                self._by_line.setdefault(line, []).append(new)
        return True


def _lines(edit: Edit) -> range:
    return range(edit.span.line, edit.span.end_line + 1)


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in _LINE_BREAK.finditer(text))]


def _offsets(span: Span, starts: list[int]) -> tuple[int, int]:
    return starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1
