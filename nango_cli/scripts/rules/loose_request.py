"""A request is a `ProxyConfiguration`: editors complete it, and type checkers find its slips."""

from __future__ import annotations

from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import ScriptTree

CODE = "NG412"


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    for request in script.requests:
        if request.loose:
            span = script.span(request.node)
            yield problem(CODE, "this request is a loose dict", span, help="write it as `ProxyConfiguration(...)`")
