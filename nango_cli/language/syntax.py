"""YAML text to a tree in which every node knows its place.

libyaml's event stream is read one event at a time and bounded as it goes, because its own composer can be made to
crash and its loader to explode. Scalars follow YAML 1.2 core, as the files' other readers do: `yes` is a string.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from nango_cli.diagnostics.diagnostic import Diagnostics, Label
from nango_cli.diagnostics.source import Source, Span

MAX_CHARACTERS = 10_000_000
MAX_NODES = 120_000  # aliases count as often as they are used
MAX_DEPTH = 64

_SCALAR = re.compile(
    r"(?P<null>~|null|Null|NULL|)$|(?P<true>true|True|TRUE)$|(?P<false>false|False|FALSE)$"
    r"|(?P<int>[-+]?[0-9]+)$|(?P<oct>0o[0-7]+)$|(?P<hex>0x[0-9a-fA-F]+)$"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)$"
)
_STANDARD_TAG = "tag:yaml.org,2002:"
_STANDARD_TAGS = {"str", "int", "float", "bool", "null", "map", "seq", "timestamp", "merge"}
# NEL, LS and PS end a line in YAML 1.1 only; while libyaml reads, characters of a private area stand for them.
_OTHER_BREAKS = {0x85: 0xF8F85, 0x2028: 0xF8F28, 0x2029: 0xF8F29}
_RESTORED = {stand_in: character for character, stand_in in _OTHER_BREAKS.items()}
# After text, and before a comment or the end of a line that holds nothing else.
_SEPARATING_TABS = re.compile(r"(?<=\S)[ \t]*\t[ \t]*|^[ \t]*\t[ \t]*(?=#|\r?$)", re.MULTILINE)


# What the class itself does with its arguments in their order, in half the time: a large file has 40,000 spans.
_new = tuple.__new__


class Scalar:
    """A leaf. `text` is what the YAML means; a quoted scalar is always a string."""

    __slots__ = ("column", "end_column", "end_line", "line", "path", "quoted", "text")
    size = 1
    height = 0

    def __init__(self, text: str, quoted: bool, path: str, line: int, column: int, end_line: int, end_column: int):
        self.text = text
        self.quoted = quoted
        self.path = path
        self.line = line
        self.column = column
        self.end_line = end_line
        self.end_column = end_column

    @property
    def span(self) -> Span:
        return _new(Span, (self.path, self.line, self.column, self.end_line, self.end_column))

    def span_of(self, start: int, end: int) -> Span:
        """The span of a piece of `text`, or of all of it where escapes or line breaks hide the piece's place."""
        width = self.end_column - self.column
        if self.line != self.end_line or width != len(self.text) + 2 * self.quoted:
            return self.span
        first = self.column + self.quoted
        return _new(Span, (self.path, self.line, first + start, self.line, first + end))

    @property
    def value(self) -> str | int | float | bool | None:
        """The scalar as YAML 1.2 core reads it."""
        text = self.text
        if self.quoted or (text[:1].isalpha() and text[0] not in "ntfNTF"):
            return text
        match = _SCALAR.match(text)
        if match is None:
            return text
        match match.lastgroup:
            case "null":
                return None
            case "true" | "false":
                return match.lastgroup == "true"
            case "int" if len(text) < 400:
                return int(text)
            case "oct" | "hex" if len(text) < 400:
                return int(text, 0)
            case "float":
                return float(text)
        return text


class Sequence:
    __slots__ = ("column", "end_column", "end_line", "height", "items", "line", "path", "size")

    def __init__(self, path: str, line: int, column: int):
        self.path = path
        self.line = self.end_line = line
        self.column = self.end_column = column
        self.items: list[Node] = []
        self.size = 1
        self.height = 1

    @property
    def span(self) -> Span:
        return _new(Span, (self.path, self.line, self.column, self.end_line, self.end_column))


class Mapping:
    """Entries by key, in the order written; merge keys are already carried out."""

    __slots__ = ("column", "end_column", "end_line", "entries", "height", "line", "path", "size")

    def __init__(self, path: str, line: int, column: int):
        self.path = path
        self.line = self.end_line = line
        self.column = self.end_column = column
        self.entries: dict[str, tuple[Scalar, Node]] = {}
        self.size = 1
        self.height = 1

    @property
    def span(self) -> Span:
        return _new(Span, (self.path, self.line, self.column, self.end_line, self.end_column))

    def get(self, key: str) -> Node | None:
        entry = self.entries.get(key)
        return entry[1] if entry else None


Node = Scalar | Sequence | Mapping


class _Stop(Exception):
    """The file cannot be read any further; the reason is already in the bag."""


def parse(source: Source, found: Diagnostics) -> Node | None:
    """The tree of a file's only document, or None when it is empty or not YAML: then the bag says why."""
    if len(source.text) > MAX_CHARACTERS:
        help = f"files of up to {MAX_CHARACTERS:,} characters are read"
        found.add("NG006", "the file is too large", source.span_at(0), help=help)
        return None
    try:
        try:
            return _Builder(source, found).build(_one_kind_of_line_break(source.text))
        except yaml.YAMLError:
            if "\t" not in source.text:
                raise
            return _Builder(source, found, tabs_hidden=True).build(_without_separating_tabs(source))
    except yaml.YAMLError as error:
        from nango_cli.language import syntax_error  # most files have none

        syntax_error.report(error, source, found)
    except UnicodeEncodeError as error:
        found.add("NG003", "the text holds half of a surrogate pair", source.span_at(error.start))
    except _Stop:
        pass
    return None


def walk(node: Node) -> Iterator[Node]:
    """A node and everything below it, keys included; shared nodes come once."""
    seen: set[int] = set()
    todo = [node]
    while todo:
        each = todo.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        if isinstance(each, Sequence):
            todo.extend(each.items)
        elif isinstance(each, Mapping):
            for key, value in each.entries.values():
                todo += (key, value)


def collections(node: Node) -> Iterator[Sequence | Mapping]:
    """The lists and mappings of a tree, each once: a tenth of its nodes."""
    seen: set[int] = set()
    todo = [node]
    while todo:
        each = todo.pop()
        if isinstance(each, Scalar) or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        if isinstance(each, Sequence):
            todo += [item for item in each.items if not isinstance(item, Scalar)]
        else:
            todo += [value for _, value in each.entries.values() if not isinstance(value, Scalar)]


def _events(text: str) -> Iterator[Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # a platform without libyaml reads slowly, but reads
    return iter(loader(text).get_event, None)  # what `yaml.parse` does, without its generator


def _one_kind_of_line_break(text: str) -> str:
    """The text with stand-ins for the characters that end a line for libyaml and for nobody else."""
    return text.translate(_OTHER_BREAKS) if any(chr(each) in text for each in _OTHER_BREAKS) else text


def _without_separating_tabs(source: Source) -> str:
    """The text with a space for each tab that separates tokens, which libyaml refuses in places where YAML does not.

    Tabs inside quoted and block scalars are content and stay; so do tabs in indentation, which are an error everywhere.
    """
    text = _one_kind_of_line_break(source.text)
    spaced = _SEPARATING_TABS.sub(lambda match: " " * len(match[0]), text)
    kept = {
        number
        for event in _events(spaced)
        if getattr(event, "style", None)  # of a scalar, not plain
        for number in range(event.start_mark.line, event.end_mark.line + 1)
    }
    lines = zip(text.split("\n"), spaced.split("\n"), strict=True)
    return "\n".join(original if number in kept else line for number, (original, line) in enumerate(lines))


class _Builder:
    """Puts the tree together. What every scalar passes through is written for speed; a large file has 30,000."""

    def __init__(self, source: Source, found: Diagnostics, *, tabs_hidden: bool = False) -> None:
        self.source = source
        self.path = source.path
        self.lines = len(source.lines)
        self.hides_breaks = any(chr(each) in source.text for each in _OTHER_BREAKS)
        self.tabs_hidden = tabs_hidden
        self.found = found
        self.count = 0
        self.anchors: dict[str, Node] = {}
        self.may_repeat = "&" in source.text  # else nothing is asked for its size
        self.top: list[Node] = []
        self.children = self.top  # of the innermost open collection; a mapping's keys and values come in turns
        # Open collections, each with the children of the one around it, and whether it is in brackets.
        self.open: list[tuple[Sequence | Mapping, list[Node], bool]] = []

    def build(self, text: str) -> Node | None:
        documents = 0
        path, lines = self.path, self.lines
        is_plain_text = not (self.hides_breaks or self.tabs_hidden)
        scalar_event = yaml.ScalarEvent
        for event in _events(text):
            kind = type(event)
            if kind is scalar_event:
                start, end = event.start_mark, event.end_mark
                line = start.line
                if event.style or event.tag is not None or line >= lines or not is_plain_text:
                    node = self.scalar(event)
                else:
                    node = Scalar(event.value, False, path, line + 1, start.column + 1, end.line + 1, end.column + 1)
                self.count += 1
                if self.count > MAX_NODES:
                    self.too_many_scalars(node)
                if event.anchor:
                    self.anchors[event.anchor] = node
                self.children.append(node)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self.start(event, Mapping if kind is yaml.MappingStartEvent else Sequence)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.end(event)
            elif kind is yaml.AliasEvent:
                self.alias(event)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self.stop("NG008", "a second document starts here", event, help="keep one document in the file")
        return self.top[0] if self.top else None

    def too_many_scalars(self, node: Scalar) -> None:
        help = f"files of up to {MAX_NODES:,} values are read"
        self.found.add("NG006", "the file holds too many values", node.span, help=help)
        raise _Stop

    def stop(self, code: str, message: str, event: Any, help: str) -> None:
        mark = event.start_mark
        end = event.end_mark.column if event.end_mark.line == mark.line else mark.column
        span = Span(self.path, mark.line + 1, mark.column + 1, mark.line + 1, max(end, mark.column) + 1)
        self.found.add(code, message, span, help=help)
        raise _Stop

    def scalar(self, event: Any) -> Scalar:
        start, end, style = event.start_mark, event.end_mark, event.style
        if start.line >= self.lines:  # nothing, after the end of a file whose last line is not ended
            column = len(self.source.line(self.lines)) + 1
            return Scalar("", False, self.path, self.lines, column, self.lines, column)
        end_line, end_column = end.line + 1, end.column + 1
        if style in ("|", ">"):
            # libyaml ends a block scalar where the next token starts; it ends where its text does.
            end_line, end_column = end_line - (end.column == 0), 1
            while end_line > start.line + 1 and not self.source.line(end_line).strip():
                end_line -= 1
            end_column = len(self.source.line(end_line)) + 1
        quoted = bool(style)
        if event.tag is not None:
            self.check_tag(event)
            quoted = event.tag in ("!", _STANDARD_TAG + "str") or (quoted and event.implicit[1])
        text = event.value.translate(_RESTORED) if self.hides_breaks else event.value
        if self.tabs_hidden and not style and start.line == end.line:
            text = self.source.line(end_line)[start.column : end.column]
        return Scalar(text, quoted, self.path, start.line + 1, start.column + 1, end_line, end_column)

    def check_tag(self, event: Any) -> None:
        tag = event.tag
        if tag != "!" and tag.removeprefix(_STANDARD_TAG) not in _STANDARD_TAGS:
            self.stop("NG004", f"the tag `{tag}` is not known here", event, help="remove the tag")

    def start(self, event: Any, make: type[Sequence | Mapping]) -> None:
        if event.tag is not None:
            self.check_tag(event)
        if len(self.open) >= MAX_DEPTH:
            self.stop("NG006", f"nested more than {MAX_DEPTH} levels deep", event, help="flatten the structure")
        node = make(self.path, event.start_mark.line + 1, event.start_mark.column + 1)
        if event.anchor:
            self.anchors[event.anchor] = node
        self.open.append((node, self.children, event.flow_style))
        self.children = []
        self.tally(node, event)

    def tally(self, node: Node, event: Any) -> None:
        self.count += node.size
        if self.count > MAX_NODES:
            help = f"files of up to {MAX_NODES:,} values are read, and an alias counts as often as it is used"
            self.stop("NG006", "the file holds too many values", event, help=help)

    def alias(self, event: Any) -> None:
        node = self.anchors.get(event.anchor)
        if node is None:
            help = f"give a value the anchor `&{event.anchor}` above this line"
            self.stop("NG004", f"no anchor is named `{event.anchor}`", event, help=help)
        elif any(node is each for each, _, _ in self.open):
            self.stop("NG007", f"`*{event.anchor}` stands inside what it names", event, help="write the value out")
        else:
            if len(self.open) + node.height > MAX_DEPTH:
                self.stop("NG006", f"nested more than {MAX_DEPTH} levels deep", event, help="flatten the structure")
            self.tally(node, event)
            self.children.append(node)

    def end(self, event: Any) -> None:
        children = self.children
        node, self.children, flow = self.open.pop()
        if flow:
            node.end_line, node.end_column = event.end_mark.line + 1, event.end_mark.column + 1
        elif children:
            self.end_with(node, children)
        if self.may_repeat:
            for child in children:
                node.size += child.size
                node.height = max(node.height, child.height + 1)
        if isinstance(node, Sequence):
            node.items = children
        else:
            self.enter(node, children)
        self.children.append(node)

    def end_with(self, node: Sequence | Mapping, children: list[Node]) -> None:
        """Let a block collection end where its last child does: its end mark is the start of the next token."""
        last = children[-1]
        if len(children) > 1:
            before = children[-2]
            if (before.end_line, before.end_column) >= (last.end_line, last.end_column):
                last = before
        if last.line >= node.line and (last.end_line, last.end_column) > (node.end_line, node.end_column):
            node.end_line, node.end_column = last.end_line, last.end_column

    def enter(self, node: Mapping, children: list[Node]) -> None:
        """Pair a mapping's keys and values; a merge key gives way to keys that stand beside it."""
        entries = node.entries
        merged: set[str] = set()
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.found.add("NG104", "a key must be text", key.span)
                continue
            text = key.text
            if text == "<<" and not key.quoted:
                for name, entry in self.merge(value):
                    if name not in entries:
                        entries[name] = entry
                        merged.add(name)
            elif text not in entries:
                entries[text] = (key, value)
            elif text in merged:
                merged.discard(text)
                entries[text] = (key, value)
            else:
                first = Label(entries[text][0].span, "first written here")
                self.found.add("NG103", f"the key `{text}` is written twice", key.span, labels=[first])

    def merge(self, value: Node) -> Iterator[tuple[str, tuple[Scalar, Node]]]:
        for each in value.items if isinstance(value, Sequence) else [value]:
            if isinstance(each, Mapping):
                yield from each.entries.items()
            else:
                help = "write `<<: *name`, where `&name` marks a mapping"
                self.found.add("NG104", "only a mapping can be merged", each.span, help=help)
