"""Where things stand in a file: what a fix needs to know of a place before it edits there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from nango_cli.diagnostics.diagnostic import Edit
from nango_cli.diagnostics.source import Source, Span
from nango_cli.language.syntax import Mapping, Node, Scalar, Sequence, collections

_PROPERTIES = "&!*"  # an anchor, a tag or an alias stands before the value itself


Pair = tuple[Scalar | None, Node]
"""A key and its value, or None and the item of a list."""

Owner = tuple[Mapping | Sequence, Pair]


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
        self._rows: dict[int, list[Scalar]] = {}

    @property
    def newline(self) -> str:
        """The line break that the file uses."""
        return self.source.newline

    def text(self, span: Span) -> str | None:
        """What stands at a span; None if it is of several lines."""
        if span.line != span.end_line:
            return None
        return self.source.line(span.line)[span.column - 1 : span.end_column - 1]

    def scalar(self, span: Span) -> Scalar | None:
        """The scalar that covers a span."""
        found = self._last_before(span.line, span.column)
        if found is None or (span.end_line, span.end_column) > (found.end_line, found.end_column):
            return None
        return found

    def entry(self, node: Node) -> Entry | None:
        """What a node is a part of, if that is one thing alone."""
        owner = self._index[0].get(id(node))
        if owner is None:
            return None
        collection, (key, value) = owner
        return Entry(collection) if key is None else Entry(collection, key, value)

    def above(self, node: Node) -> Iterator[Entry]:
        """What a node is a part of, what that is a part of, and so on."""
        while entry := self.entry(node):
            yield entry
            node = entry.parent

    def is_shared(self, node: Node) -> bool:
        """Whether what stands here also stands elsewhere, by an alias or a merge key."""
        top = node
        while owner := self._index[0].get(id(top)):
            top = owner[0]
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

    def _last_before(self, line: int, column: int) -> Scalar | None:
        """The last scalar that starts at a place or before it."""
        row = self._row(line)
        place = bisect_right(row, column, key=_column)
        if not place:
            above = bisect_left(self._lines, line)
            row = self._row(self._lines[above - 1]) if above else []
            place = len(row)
        return row[place - 1] if place else None

    def _row(self, line: int) -> list[Scalar]:
        """The scalars that start on a line, in order; sorted when first asked for, as most lines never are."""
        if line not in self._rows:
            self._rows[line] = sorted(self._index[1].get(line, ()), key=_column)
        return self._rows[line]

    @cached_property
    def _index(self) -> tuple[dict[int, Owner | None], dict[int, list[Scalar]]]:
        """The owner of each node by its identity, None when there are several; the scalars that start on each line."""
        owners: dict[int, Owner | None] = {}
        scalars: dict[int, list[Scalar]] = {}
        if isinstance(self.root, Scalar):
            scalars[self.root.line] = [self.root]
        for collection in collections(self.root):
            pairs: Iterable[Pair] = (
                [(None, item) for item in collection.items]
                if isinstance(collection, Sequence)
                else collection.entries.values()
            )
            for pair in pairs:
                owner = (collection, pair)
                for each in pair:
                    if each is None:
                        continue
                    identity = id(each)
                    owners[identity] = None if identity in owners else owner
                    if isinstance(each, Scalar):
                        scalars.setdefault(each.line, []).append(each)
        return owners, scalars

    @cached_property
    def _lines(self) -> list[int]:
        return sorted(self._index[1])


def _column(scalar: Scalar) -> int:
    return scalar.column


def _after(span: Span) -> Span:
    return Span(span.path, span.end_line, span.end_column, span.end_line, span.end_column)
