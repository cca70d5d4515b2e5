"""Text with positions: where every value of a project file came from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

_LINE_BREAK = re.compile("\r\n|[\n\r]")


class Span(NamedTuple):
    """A piece of a file: lines and columns count from 1 in code points, the end column is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Spanned(Generic[T]):
    """A value and the place it was written."""

    value: T
    span: Span


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """A value that may be left out, and the place it was written: None when it is the default."""

    value: T
    span: Span | None = None


@dataclass(frozen=True)
class Source:
    """A file's path, as shown to the user, and its text without byte order mark."""

    path: str
    text: str

    @cached_property
    def lines(self) -> Sequence[str]:
        return _LINE_BREAK.split(self.text) if "\r" in self.text else self.text.split("\n")

    @property
    def newline(self) -> str:
        """The line break that the file uses."""
        first = self.lines[0]
        following = self.text[len(first) : len(first) + 2]
        return following if following == "\r\n" else following[:1] or "\n"

    def line(self, number: int) -> str:
        """The text of a line, counted from 1; empty past the end of the file."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def span_at(self, offset: int, length: int = 1) -> Span:
        """The span of `length` code points of one line, from an offset into the text."""
        before = _LINE_BREAK.split(self.text[:offset])
        line, column = len(before), len(before[-1]) + 1
        end = min(column + length, max(column, len(self.line(line)) + 1))
        return Span(self.path, line, column, line, end)
