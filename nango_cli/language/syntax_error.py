"""What libyaml says about broken text, in words that say what to do."""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.reader import Reader

from nango_cli.diagnostics.diagnostic import Diagnostics, Label
from nango_cli.diagnostics.source import Source, Span

# libyaml's problem -> our message and help. The character at the place decides where libyaml has one text for all.
_PROBLEMS: dict[str, tuple[str, str | None]] = {
    "mapping values are not allowed in this context": (
        "a `:` cannot stand here",
        "quote the value if the `:` belongs to it, or check the indentation of this line",
    ),
    "could not find expected ':'": ("this line is not a `key: value`", "add a `:` after the key"),
    "did not find expected key": ("a key was expected here", "check the indentation and the lines above"),
    "did not find expected '-' indicator": (
        "a list item was expected here",
        "start the line with `- `, or unindent it",
    ),
    "did not find expected ',' or ']'": ("the list is not closed", "add a `,` or a `]`"),
    "did not find expected ',' or '}'": ("the mapping is not closed", "add a `,` or a `}`"),
    "found unexpected end of stream": ("the quote is never closed", "add the closing quote"),
    "found unknown escape character": ("unknown escape sequence", "write `\\\\` for a backslash, or use single quotes"),
    "found invalid Unicode character escape code": ("this escape names no character", "write the character itself"),
    "block sequence entries are not allowed in this context": (
        "a list item cannot stand here",
        "start the list on a line of its own",
    ),
    "did not find expected <document start>": (
        "this line is not indented like the rest of the file",
        "align it with the other top-level keys",
    ),
}
_CHARACTERS: dict[str, tuple[str, str]] = {
    "\t": ("a tab cannot be used to indent", "indent with spaces"),
    "@": ("a value cannot start with `@`", "put it in quotes"),
    "`": ("a value cannot start with a backtick", "put it in quotes"),
    "%": ("a value cannot start with `%`", "put it in quotes"),
}
_CONFLICT = re.compile(r"^<<<<<<< .*$", re.MULTILINE)


# A quoted key or value that goes on after its quote.
_AFTER_QUOTE = re.compile(
    r"""(?:^\s*(?:- )?|:\s+|- +)(?P<quote>["'])(?:(?!(?P=quote)).)*(?P=quote)\s*(?P<more>[^\s:,#\]}"'])"""
)


def report(error: yaml.YAMLError, source: Source, found: Diagnostics) -> None:
    """Add the one diagnostic that a failure of libyaml comes to."""
    mark: Any = getattr(error, "problem_mark", None)
    if mark is None:
        _report_control_character(source, found)
        return
    problem: str = getattr(error, "problem", None) or "this is not YAML"
    if conflict := _CONFLICT.search(source.text):
        place = source.span_at(conflict.start(), len(conflict[0]))
        advice = "keep one side, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`"
        found.add("NG004", "a merge conflict is not resolved", place, help=advice)
        return
    line, column = _inside(source, mark.line + 1, mark.column + 1)
    text = source.line(line)
    message, help = _PROBLEMS.get(problem, (None, None))
    if problem == "found character that cannot start any token":
        message, help = _CHARACTERS.get(text[column - 1 : column], (None, None))
    if "did not find expected ','" in problem and text[column - 1 : column + 1] == "[]":
        message, help = "a type with `[]` must be quoted inside braces or brackets", "write it as `'Model[]'`"
    if problem == "did not find expected <document start>" and re.match(r"(#.*\s+)*%", source.text):
        message, help = "the line `---` is missing", "write `---` between the directives and the rest"
    elif problem == "did not find expected <document start>" and "..." in source.lines[:line]:
        message, help = "the line `...` has already ended the document", "remove that line"
    for number in (line, line - 1):
        if after := _AFTER_QUOTE.search(source.line(number)):
            place = Span(source.path, number, after.start("more") + 1, number, after.end("more") + 1)
            advice = "put all of it in quotes, as in `\"'a' | 'b'\"`"
            found.add("NG004", "a closing quote is followed by more text", place, help=advice)
            return
    labels = []
    context_mark: Any = getattr(error, "context_mark", None)
    if context_mark is not None and (context_mark.line, context_mark.column) < (mark.line, mark.column):
        start, first = _inside(source, context_mark.line + 1, context_mark.column + 1)
        labels.append(Label(Span(source.path, start, first, start, first + 1), "it started here"))
    width = int(column <= len(text))
    span = Span(source.path, line, column, line, column + width)
    found.add("NG004", message or f"invalid YAML: {problem}", span, help=help, labels=labels)


def _inside(source: Source, line: int, column: int) -> tuple[int, int]:
    """The place itself, or the end of the file's last written line when the place is past it."""
    if source.line(line).strip() or line < len(source.lines):
        return line, column
    while line > 1 and not source.line(line).strip():
        line -= 1
    return line, len(source.line(line)) + 1


def _report_control_character(source: Source, found: Diagnostics) -> None:
    match = Reader.NON_PRINTABLE.search(source.text)
    offset, character = (match.start(), match[0]) if match else (0, source.text[:1])
    message = f"the control character U+{ord(character or chr(0)):04X} is not allowed in YAML"
    found.add("NG004", message, source.span_at(offset), help="remove it, or write it as an escape in double quotes")
