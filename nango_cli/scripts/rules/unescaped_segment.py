"""A text from outside is escaped before it becomes a part of a path: a `/` or `?` in it would lead elsewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.diagnostics.source import Span
from nango_cli.ir.types import Primitive
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import ScriptTree

CODE = "NG415"


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    for request in script.requests:
        endpoint = request.fields.get("endpoint")
        path = ""
        if not isinstance(endpoint, ast.JoinedStr):
            continue
        spans: dict[str, list[Span]] = {}
        for part in endpoint.values:
            if isinstance(part, ast.Constant):
                path += str(part.value)
            elif isinstance(part, ast.FormattedValue) and path and "?" not in path:
                type_ = script.taken.get(script.field(part.value) or "")
                if isinstance(type_, Primitive) and type_.name == "string":
                    text = script.text(part.value)
                    places = spans.setdefault(text, _places(script, endpoint, text))
                    span = places.pop(0) if places else script.span(endpoint)
                    help = f"a `/` in it leads elsewhere: write `{{quote({text}, safe='')}}`, which is in urllib.parse"
                    yield problem(CODE, f"`{text}` goes into the path as it is", span, help=help)


def _places(script: ScriptTree, endpoint: ast.JoinedStr, text: str) -> list[Span]:
    """Where an expression stands in an f-string, inside of which Python's tree has no reliable places."""
    path, lines = script.source.path, range(endpoint.lineno, (endpoint.end_lineno or endpoint.lineno) + 1)
    return [
        Span(path, number, match.start() + 1, number, match.end() + 1)
        for number in lines
        for match in re.finditer(rf"(?<={{){re.escape(text)}(?=[}}!:])", script.source.line(number))
    ]
