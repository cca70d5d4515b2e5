"""Above an endpoint stands a link to its documentation, for whoever must find out what it answers."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.endpoint import endpoints
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import ScriptTree
from nango_cli.scripts.rules.text import text_of

CODE = "NG413"

_LINK = re.compile(r"#.*(?:https?://|www\.|\bTODO\b)")  # a link that is to come counts until it is there


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    for endpoint, request in endpoints(script).items():
        if text_of(endpoint) is not None and not _documented(script, request.node, endpoint):
            help = "write a comment above it with the address of its documentation"
            yield problem(CODE, "nothing links to the documentation of this endpoint", script.span(endpoint), help=help)


def _documented(script: ScriptTree, request: ast.expr, endpoint: ast.expr) -> bool:
    """Whether a link stands in the request, in the comment above it or its statement, or in a docstring around it."""
    statement = script.tree.statement(request)
    starts = [endpoint.lineno, request.lineno, statement.lineno if statement else request.lineno]
    lines = range(min(starts), (request.end_lineno or request.lineno) + 1)
    if any(_LINK.search(script.source.line(number)) for number in lines):
        return True
    if any(_LINK.search(line) for start in starts for line in _comment_above(script, start)):
        return True
    described = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    above = [each for each in script.tree.above(request) if isinstance(each, described)]
    return any("://" in (ast.get_docstring(each, clean=False) or "") for each in above)


def _comment_above(script: ScriptTree, number: int) -> Iterator[str]:
    while (line := script.source.line(number - 1).strip()).startswith("#"):
        yield line
        number -= 1
