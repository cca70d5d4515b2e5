"""A request says how often it is tried again: providers fail for a moment, and limit rates."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import ScriptTree
from nango_cli.scripts.rules.syntax import name_of

CODE = "NG411"

_WANTED = {"sync": 10, "action": 3}


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    wanted = _WANTED.get(script.kind)
    if wanted is None or _replaced(script):
        return
    for request in script.requests:
        if request.whole and "retries" not in request.fields:
            node = request.node
            spelled = f"retries={wanted}" if isinstance(node, ast.Call) else f'"retries": {wanted}'
            span = script.span(node.func if isinstance(node, ast.Call) else node)
            yield problem(CODE, "this request has no `retries`", span, help=f"add `{spelled}`, as {script.kind}s do")


def _replaced(script: ScriptTree) -> bool:
    """Whether the file adds retries to requests later, as `dataclasses.replace` does."""
    replaced = [call for call in script.calls if name_of(call.func) == "replace"]
    return any(each.arg == "retries" for call in replaced for each in call.keywords)
