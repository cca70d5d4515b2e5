"""What belongs to a query is in `params`, where it is escaped; the endpoint is a path alone."""

from __future__ import annotations

from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.endpoint import endpoints
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import ScriptTree
from nango_cli.scripts.rules.text import text_of

CODE = "NG414"


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    for endpoint in endpoints(script):
        fixed = text_of(endpoint)
        if fixed is None or "?" not in fixed:
            continue
        span = script.span(endpoint)
        written = script.source.line(span.line)[span.column - 1 : span.end_column - 1]
        if written.count("?") == 1 and endpoint.lineno == endpoint.end_lineno:
            start = span.column + written.index("?")
            closed = written[-1] in "\"'"
            span = span._replace(column=start, end_column=max(start + 1, span.end_column - closed))
        yield problem(CODE, "this endpoint has a query", span, help="move it to `params`")
