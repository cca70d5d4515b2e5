"""An action returns an object: to a list nothing can be added later, such as a cursor."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import ScriptTree
from nango_cli.scripts.rules.syntax import name_of

CODE = "NG421"


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    entry = script.entry
    if script.kind != "action" or entry is None:
        return
    help = "return an object with the list in one of its fields"
    returns = entry.returns
    if isinstance(returns, ast.Subscript) and name_of(returns.value) in ("list", "List", "Sequence"):
        yield problem(CODE, f"`{entry.name}` returns a list", script.span(returns), help=help)
        return
    for statement in entry.body:
        for node in script.tree.within(statement):
            if isinstance(node, ast.Return) and isinstance(node.value, ast.List | ast.ListComp):
                yield problem(CODE, f"`{entry.name}` returns a list", script.span(node.value), help=help)
