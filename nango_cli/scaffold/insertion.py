"""New entries in the text of nango.yaml: everything that was there stays as it is, to the byte.

An entry goes behind the last one of its mapping, in the file's own indentation and line breaks. What is written in
braces, or stands in several places by an alias, is refused (NG407): adding to it would change more than was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from collections.abc import Sequence as Seq

from nango_cli.diagnostics.diagnostic import Diagnostics, Edit
from nango_cli.diagnostics.source import Source, Span
from nango_cli.language.edit import apply
from nango_cli.language.layout import Layout
from nango_cli.language.syntax import Mapping, Node, Scalar, Sequence, parse
from nango_cli.scaffold.yaml_text import Value, lines, scalar

_BRACES = re.compile(r"(?:[&!]\S*\s+)*[{[]")
_EMPTY = re.compile(r"\s*:(?P<value>[ \t]*\{[ \t]*\})?[ \t]*(?:#.*)?$")
_DEFAULT_STEP = 4


def add(source: Source, path: Seq[str], entries: Map[str, Value], found: Diagnostics) -> Source | None:
    """The file with entries added to the mapping at a path, made if it is not there; None if that cannot be."""
    root = parse(source, found)
    if not isinstance(root, Mapping):
        return None
    edits = _Insertion(source, root, found).add(path, entries)
    return _edited(source, root, edits, path, entries, found)


def append(source: Source, path: Seq[str], item: str, found: Diagnostics) -> Source | None:
    """The file with an item added to the list at a path, made if it is not there; None if that cannot be."""
    root = parse(source, found)
    if not isinstance(root, Mapping):
        return None
    *above, key = path
    node: Node | None = root
    for each in path:
        node = node.get(each) if isinstance(node, Mapping) else None
    if not isinstance(node, Sequence):
        return add(source, above, {key: [item]}, found)
    edits = _Insertion(source, root, found).append(node, item)
    return _edited(source, root, edits, above, {key: [*map(_plain, node.items), item]}, found)


def _edited(
    source: Source, root: Mapping, edits: list[Edit], path: Seq[str], entries: Map[str, Value], found: Diagnostics
) -> Source | None:
    """The file after the edits, if it then means what it meant, and the entries besides."""
    if not edits:
        return None
    after = Source(source.path, apply(source, edits))
    tree = parse(after, Diagnostics())
    before, now = _plain(root), _plain(tree) if tree else None
    if now == _with(before, path, entries):
        return after
    message = "nothing can be added here without changing something else"
    if now is None:
        help = "add the entry by hand"
    elif _has_other_text(before, now):
        help = "end the text above in one line break (`|` for `|+`, `>` for `>+`), or add the entry by hand"
    else:
        help = "write out what `&`, `*` and `<<` stand for there, or add the entry by hand"
    found.add("NG407", message, edits[-1].span, help=help)
    return None


def _has_other_text(before: Value, after: Value) -> bool:
    """Whether a text that was there became another one."""
    if isinstance(before, dict) and isinstance(after, dict):
        return any(_has_other_text(value, after[key]) for key, value in before.items() if key in after)
    if isinstance(before, list) and isinstance(after, list):
        return any(map(_has_other_text, before, after))
    return isinstance(before, str) and before != after


class _Insertion:
    def __init__(self, source: Source, root: Mapping, found: Diagnostics) -> None:
        self.source = source
        self.root = root
        self.found = found
        self.newline = Layout(source, root).newline

    def add(self, path: Seq[str], entries: Map[str, Value]) -> list[Edit]:
        """Follow the path as far as it goes, and write the rest of it and the entries there."""
        node = self.root
        for depth, name in enumerate(path):
            entry = node.entries.get(name)
            if entry is None:
                return self.into(node, _nested(path[depth:], entries), apart=depth == 0)
            key, value = entry
            if self.is_braced(node):
                return self.refuse(key, f"`{name}` stands in braces, so nothing is added to it")
            if self.is_empty(value):
                return self.below(key, _nested(path[depth + 1 :], entries))
            if not isinstance(value, Mapping) or (value.line, value.column) < (key.line, key.column):
                return self.refuse(key, f"what `{name}` holds is not written here, so nothing is added to it")
            if self.is_braced(value):
                return self.refuse(key, f"`{name}` is written in braces, so nothing is added to it")
            node = value
        return self.into(node, entries, apart=not path)

    def append(self, node: Sequence, item: str) -> list[Edit]:
        """Write the item behind the last one of a list."""
        last = node.items[-1] if node.items else None
        if self.is_braced(node):
            if last is None:
                return [Edit(_point(node.path, node.end_line, node.end_column - 1), scalar(item))]
            return [Edit(_point(node.path, last.end_line, last.end_column), f", {scalar(item)}")]
        line = self.source.line(node.items[0].line)
        indent = line[: len(line) - len(line.lstrip(" "))]
        return [self.after(node.end_line, indent, [f"{indent}- {scalar(item)}"])]

    def into(self, node: Mapping, entries: Map[str, Value], *, apart: bool = False) -> list[Edit]:
        """Write entries behind the last one of a mapping, `apart` by a blank line or as its own entries are."""
        own = [key for key, _ in node.entries.values() if (key.line, key.column) >= (node.line, node.column)]
        indent = self.indent(own[-1]) if own else None
        if indent is None or self.is_braced(node):
            return self.refuse(own[-1] if own else node, "nothing can be added to a mapping that is written like this")
        apart = apart or (len(own) > 1 and self.stands_apart(own[-1]))
        written: list[str] = []
        for name, value in entries.items():
            written += ["", *lines(name, value, indent, self.step)] if apart else lines(name, value, indent, self.step)
        return [self.after(node.end_line, indent, written)]

    def below(self, key: Scalar, entries: Map[str, Value]) -> list[Edit]:
        """Write entries as the value of a key that has none, or `{}`."""
        line = self.source.line(key.end_line)
        rest = _EMPTY.match(line, key.end_column - 1)
        indent = self.indent(key)
        if rest is None or indent is None:
            return self.refuse(key, f"nothing can be added to `{key.text}`, as it is written")
        deeper = indent + " " * self.step
        written = [each for name, value in entries.items() for each in lines(name, value, deeper, self.step)]
        edits = [Edit(_end_of(self.source, key.end_line), "".join(f"{self.newline}{each}" for each in written))]
        if rest["value"]:
            start, end = rest.start("value") + 1, rest.end("value") + 1
            edits.insert(0, Edit(Span(self.source.path, key.end_line, start, key.end_line, end), ""))
        return edits

    def after(self, line: int, indent: str, written: list[str]) -> Edit:
        """Write lines behind a line, and behind what below it still belongs to the same mapping or list."""
        last = line
        for number in range(line + 1, len(self.source.lines) + 1):
            text = self.source.line(number)
            bare = text.lstrip(" ")
            depth = len(text) - len(bare)
            if not bare.strip():
                continue
            if depth > len(indent) or (depth == len(indent) and bare.startswith("#")):
                last = number
            else:
                break
        return Edit(_end_of(self.source, last), "".join(f"{self.newline}{each}" for each in written))

    def indent(self, key: Scalar) -> str | None:
        """What stands before a key that begins its line."""
        before = self.source.line(key.line)[: key.column - 1]
        return before if not before.strip(" ") else None

    def stands_apart(self, key: Scalar) -> bool:
        """Whether there is a blank line above a key and its comments."""
        number = key.line - 1
        while self.source.line(number).lstrip().startswith("#"):
            number -= 1
        return number > 0 and not self.source.line(number).strip()

    @property
    def step(self) -> int:
        """By how much the file indents."""
        for key, value in self.root.entries.values():
            if isinstance(value, Mapping) and value.line > key.line and value.entries and not self.is_braced(value):
                first = min((each.line, each.column) for each, _ in value.entries.values() if each.line >= value.line)
                return max(first[1] - key.column, 1)
        return _DEFAULT_STEP

    def is_braced(self, node: Mapping | Sequence) -> bool:
        return bool(_BRACES.match("\n".join(self.source.lines[node.line - 1 : node.line + 2])[node.column - 1 :]))

    def is_empty(self, value: Node) -> bool:
        return not value.entries if isinstance(value, Mapping) else isinstance(value, Scalar) and value.value is None

    def refuse(self, node: Node, message: str) -> list[Edit]:
        self.found.add("NG407", message, node.span, help="write it with one key to a line, or add the entry by hand")
        return []


def _nested(path: Seq[str], entries: Map[str, Value]) -> Map[str, Value]:
    for name in reversed(path):
        entries = {name: dict(entries)}
    return entries


def _with(tree: Value, path: Seq[str], entries: Map[str, Value]) -> Value:
    """A plain tree with entries at a path."""
    if not path:
        return {**(tree if isinstance(tree, dict) else {}), **{key: _as_read(value) for key, value in entries.items()}}
    below = tree.get(path[0], {}) if isinstance(tree, dict) else {}
    return {**(tree if isinstance(tree, dict) else {}), path[0]: _with(below, path[1:], entries)}


def _as_read(value: Value) -> Value:
    return {key: _as_read(each) for key, each in value.items()} if isinstance(value, dict) else value


def _plain(node: Node) -> Value:
    if isinstance(node, Mapping):
        return {name: _plain(value) for name, (_, value) in node.entries.items()}
    return [_plain(item) for item in node.items] if isinstance(node, Sequence) else node.value


def _point(path: str, line: int, column: int) -> Span:
    return Span(path, line, column, line, column)


def _end_of(source: Source, line: int) -> Span:
    return _point(source.path, line, len(source.line(line)) + 1)
