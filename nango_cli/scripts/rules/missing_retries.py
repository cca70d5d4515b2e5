"""A request is tried again 10 times in a sync and 3 times in an action.

Providers fail for a moment, and limit rates; more often than 3 times, whoever called an action waits too long.
"""

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
    if wanted is None or _added_later(script):
        return
    for request in script.requests:
        given, node = request.fields.get("retries"), request.node
        if isinstance(given, ast.Constant) and type(given.value) is int:
            if given.value < wanted or (given.value > wanted and script.kind == "action"):
                help = f"write `{wanted}`, as {script.kind}s do"
                yield problem(CODE, f"`retries` is {given.value} instead of {wanted}", script.span(given), help=help)
        elif request.whole and given is None:
            spelled = f"retries={wanted}" if isinstance(node, ast.Call) else f'"retries": {wanted}'
            span = script.span(node.func if isinstance(node, ast.Call) else node)
            yield problem(CODE, "this request has no `retries`", span, help=f"add `{spelled}`, as {script.kind}s do")


def _added_later(script: ScriptTree) -> bool:
    """Whether the file adds retries to requests later, as `dataclasses.replace` does, or `config["retries"] = 10`."""
    replaced = [call for call in script.calls if name_of(call.func) in ("replace", "update")]
    if any(each.arg == "retries" for call in replaced for each in call.keywords):
        return True
    if any(node.attr == "retries" and isinstance(node.ctx, ast.Store) for node in script.tree.of(ast.Attribute)):
        return True
    keys = [node for node in script.tree.of(ast.Constant) if node.value == "retries"]
    nodes = [request.node for request in script.requests]
    return any(script.tree.parents[key] not in nodes for key in keys)
