"""Comments that silence a diagnostic: `# nango: ignore[NG202]`, with one or more codes, at the end of its line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from nango_cli.diagnostics.codes import CODES, code_of
from nango_cli.diagnostics.diagnostic import Diagnostic, Diagnostics
from nango_cli.diagnostics.source import Source, Span
from nango_cli.diagnostics.suggest import did_you_mean
from nango_cli.language.syntax import Node, Scalar, walk

_COMMENT = re.compile(r"(?:^|\s)#\s*nango:\s*ignore(?:\[(?P<codes>[^\]\n]*)\])?")
_CODE = re.compile(r"[^\s,]+")


class Suppression(NamedTuple):
    """A code that one line's comment names, and where it names it; the code is empty when it names none."""

    code: str
    span: Span


def suppressions(source: Source, root: Node | None) -> list[Suppression]:
    """What the comments of a file ask for. Text inside a value is not a comment."""
    if "nango:" not in source.text or root is None:
        return []
    values: dict[int, list[Scalar]] = {}
    for node in walk(root):
        if isinstance(node, Scalar) and "nango:" in node.text:
            for number in range(node.line, node.end_line + 1):
                values.setdefault(number, []).append(node)
    asked: list[Suppression] = []
    for number, line in enumerate(source.lines, 1):
        match = _COMMENT.search(line) if "nango:" in line else None
        if match is None or any(_covers(value, number, match.start() + 2) for value in values.get(number, ())):
            continue
        asked += _named(source, number, match)
    return asked


def in_comments(source: Source, comments: Iterable[tuple[int, int]]) -> list[Suppression]:
    """What the comments at these places ask for; a place is a line, from 1, and the characters before it."""
    asked: list[Suppression] = []
    for number, column in comments:
        match = _COMMENT.search(source.line(number), max(column - 1, 0))  # it begins with the space before it
        if match:
            asked += _named(source, number, match)
    return asked


def _named(source: Source, number: int, match: re.Match[str]) -> Iterator[Suppression]:
    """The codes of one comment."""
    if not (match["codes"] or "").strip():
        yield Suppression("", _span(source, number, match.end() - len(match[0].lstrip()), match.end()))
    for code in _CODE.finditer(match["codes"] or ""):
        start = match.start("codes") + code.start()
        number_of_code = code_of(code[0])
        known = number_of_code if number_of_code in CODES else code[0]
        yield Suppression(known or "", _span(source, number, start, start + len(code[0])))


def apply(
    found: Iterable[Diagnostic], asked: Iterable[Suppression], *, report_unused: bool, unasked: Collection[str] = ()
) -> Diagnostics:
    """The diagnostics that nothing silences and, if asked for, a warning for each comment that silences none.

    `unasked` are the codes that nobody looked for, so that a comment with one of them may well be needed.
    """
    wanted = {(each.span.line, each.code): each for each in asked}
    used: set[Suppression] = set()
    left = Diagnostics()
    kept = []
    for each in found:
        match = wanted.get((each.span.line, each.code)) if each.span else None
        if match is None:
            kept.append(each)
        else:
            used.add(match)
    left.extend(kept)
    for each_asked in wanted.values():
        code = each_asked.code
        if each_asked in used or not report_unused or code in unasked:
            continue
        if not code:
            message, help = "this comment names no code", "write it as `# nango: ignore[NG202]`"
        elif code not in CODES:
            message, help = f"no diagnostic has the code `{code}`", did_you_mean(code, CODES) or "see `nango explain`"
        else:
            message, help = f"there is no {code} on this line to ignore", "remove the comment"
        left.add("NG009", message, each_asked.span, help=help)
    return left


def _covers(value: Scalar, line: int, column: int) -> bool:
    return (value.line, value.column) <= (line, column) < (value.end_line, value.end_column)


def _span(source: Source, line: int, start: int, end: int) -> Span:
    return Span(source.path, line, start + 1, line, end + 1)
