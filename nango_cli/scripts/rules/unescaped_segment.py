"""A text from outside is escaped before it becomes a part of a path: a `/` or `?` in it would lead elsewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.diagnostics.source import Span
from nango_cli.ir.types import Primitive
from nango_cli.scripts.rules.endpoint import endpoints
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import ScriptTree
from nango_cli.scripts.rules.text import parts

CODE = "NG415"


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    for endpoint in endpoints(script):
        path = ""
        spans: dict[tuple[ast.expr, str], list[Span]] = {}
        for part in parts(endpoint):
            if isinstance(part, str):
                path += part
                continue
            type_ = script.taken.get(script.field(part) or "")
            if not path or "?" in path or not isinstance(type_, Primitive) or type_.name != "string":
                continue
            text = script.text(part)
            written, span = f"quote({text}, safe='')", script.span(part)
            literal = next((each for each in script.tree.above(part) if isinstance(each, ast.JoinedStr)), None)
            if literal:
                places = spans.setdefault((literal, text), _places(script, literal, text))
                written, span = f"{{{written}}}", places.pop(0) if places else script.span(literal)
            help = f"a `/` in it leads elsewhere: write `{written}`, which is in urllib.parse"
            yield problem(CODE, f"`{text}` goes into the path as it is", span, help=help)


def _places(script: ScriptTree, literal: ast.JoinedStr, text: str) -> list[Span]:
    """Where an expression stands in an f-string, inside of which Python's tree has no reliable places."""
    path, lines = script.source.path, range(literal.lineno, (literal.end_lineno or literal.lineno) + 1)
    return [
        Span(path, number, match.start() + 1, number, match.end() + 1)
        for number in lines
        for match in re.finditer(rf"(?<={{){re.escape(text)}(?=[}}!:])", script.source.line(number))
    ]
