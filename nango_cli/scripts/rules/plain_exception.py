"""An action fails with an `ActionError`, whose message reaches whoever called it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import ScriptTree
from nango_cli.scripts.rules.syntax import is_function, name_of

CODE = "NG420"

_PLAIN = ("Exception", "RuntimeError", "ValueError")


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    if script.kind != "action":
        return
    caught = {name_of(each) for node in script.tree.of(ast.ExceptHandler) for each in _kinds(node)}
    if caught & {None, "Exception", "BaseException"}:  # it may well be made an ActionError there
        return
    for node in script.tree.of(ast.Raise):
        raised = node.exc
        if not isinstance(raised, ast.Call) or not isinstance(raised.func, ast.Name) or not raised.args:
            continue
        if raised.func.id in _PLAIN and raised.func.id not in caught and not _is_validator(script, raised):
            help = 'raise `nango.ActionError({"message": ...})`'
            yield problem(
                CODE,
                f"the caller is not told what this `{raised.func.id}` says",
                script.span(raised.func),
                help=help,
            )


def _is_validator(script: ScriptTree, raised: ast.Call) -> bool:
    """Whether whoever calls the function around may expect the exception, as pydantic does of its validators."""
    above = [*script.tree.above(raised)]
    return any(isinstance(each, ast.ClassDef) or (is_function(each) and each.decorator_list) for each in above)


def _kinds(handler: ast.ExceptHandler) -> list[ast.expr | None]:
    return [*handler.type.elts] if isinstance(handler.type, ast.Tuple) else [handler.type]
