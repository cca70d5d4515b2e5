"""Where things stand in a file: what a fix needs to know of a place before it edits there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from nango_cli.diagnostics.diagnostic import Edit
from nango_cli.diagnostics.source import Source, Span
from nango_cli.language.syntax import Mapping, Node, Scalar, Sequence, collections, walk

_PROPERTIES = "&!*"  # an anchor, a tag or an alias stands before the value itself


class Entry(NamedTuple):
    """What a node is a part of; `key` and `value` are None for the item of a list."""

    parent: Mapping | Sequence
    key: Scalar | None = None
    value: Node | None = None


class Layout:
    """A file's text and tree, with the way up from every node."""

    def __init__(self, source: Source, root: Node) -> None:
        self.source = source
        self.root = root

    @property
    def newline(self) -> str:
        """The line break that the file uses."""
        first = self.source.lines[0]
        following = self.source.text[len(first) : len(first) + 2]
        return following if following == "\r\n" else following[:1] or "\n"

    def text(self, span: Span) -> str | None:
        """What stands at a span; None if it is of several lines."""
        if span.line != span.end_line:
            return None
        return self.source.line(span.line)[span.column - 1 : span.end_column - 1]

    def scalar(self, span: Span) -> Scalar | None:
        """The scalar that covers a span."""
        place = bisect_right(self._scalars, (span.line, span.column), key=lambda each: (each.line, each.column))
        found = self._scalars[place - 1] if place else None
        if found is None or (span.end_line, span.end_column) > (found.end_line, found.end_column):
            return None
        return found

    def entry(self, node: Node) -> Entry | None:
        """What a node is a part of, if that is one thing alone."""
        entries = self._entries.get(id(node), [])
        return entries[0] if len(entries) == 1 else None

    def above(self, node: Node) -> Iterator[Entry]:
        """What a node is a part of, what that is a part of, and so on."""
        while entry := self.entry(node):
            yield entry
            node = entry.parent

    def is_shared(self, node: Node) -> bool:
        """Whether what stands here also stands elsewhere, by an alias or a merge key."""
        top = node
        for entry in self.above(node):
            top = entry.parent
        return top is not self.root

    def insert_after(self, sibling: Scalar, name: str, text: str) -> Edit | None:
        """The edit that gives a mapping another key after the one of a value; None where the form is out of hand."""
        entry = self.entry(sibling)
        if entry is None or not isinstance(entry.parent, Mapping) or entry.key is None or entry.value is not sibling:
            return None
        key, mapping = entry.key, entry.parent
        if sibling.line != key.line or sibling.end_line != key.line or name in mapping.entries:
            return None
        if any(self.is_shared(each) for each, _ in mapping.entries.values()):
            return None
        opening = self.source.line(mapping.line)[mapping.column - 1 : mapping.column]
        if opening in _PROPERTIES:
            return None
        if opening == "{":
            name = f'"{name}"' if key.quoted else name
            return Edit(_after(sibling.span), f", {name}: {text}")
        line = self.source.line(key.line)
        indent = line[: key.column - 1]
        if indent.strip():
            return None
        end = Span(self.source.path, key.line, len(line) + 1, key.line, len(line) + 1)
        return Edit(end, f"{self.newline}{indent}{name}: {text}")

    @cached_property
    def _entries(self) -> dict[int, list[Entry]]:
        """Everything that each node is a part of, by identity; more than one when it is shared."""
        entries: dict[int, list[Entry]] = {}
        for node in collections(self.root):
            if isinstance(node, Sequence):
                for item in node.items:
                    entries.setdefault(id(item), []).append(Entry(node))
            else:
                for key, value in node.entries.values():
                    for each in (key, value):
                        entries.setdefault(id(each), []).append(Entry(node, key, value))
        return entries

    @cached_property
    def _scalars(self) -> list[Scalar]:
        """Every scalar, in the order of the file."""
        scalars = (node for node in walk(self.root) if isinstance(node, Scalar))
        return sorted(scalars, key=lambda each: (each.line, each.column))


def _after(span: Span) -> Span:
    return Span(span.path, span.end_line, span.end_column, span.end_line, span.end_column)
