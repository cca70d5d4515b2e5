"""A text from outside is escaped before it becomes a part of a path: a `/` or `?` in it would lead elsewhere."""

from __future__ import annotations

import ast
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
        for part in endpoint.values:
            if isinstance(part, ast.Constant):
                path += str(part.value)
            elif isinstance(part, ast.FormattedValue) and path and "?" not in path:
                type_ = script.taken.get(script.field(part.value) or "")
                if isinstance(type_, Primitive) and type_.name == "string":
                    text = script.text(part.value)
                    help = f"a `/` in it leads elsewhere: write `{{quote({text}, safe='')}}`, which is in urllib.parse"
                    yield problem(
                        CODE,
                        f"`{text}` goes into the path as it is",
                        _span(script, endpoint, text),
                        help=help,
                    )


def _span(script: ScriptTree, endpoint: ast.JoinedStr, text: str) -> Span:
    """The place of an expression in an f-string, inside of which Python's tree has no reliable places."""
    for number in range(endpoint.lineno, (endpoint.end_lineno or endpoint.lineno) + 1):
        start = script.source.line(number).find(f"{{{text}") + 1
        if start > 0:
            return Span(script.source.path, number, start + 1, number, start + 1 + len(text))
    return script.span(endpoint)
