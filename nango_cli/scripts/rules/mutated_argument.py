"""A function returns something new and leaves its arguments as they are: others still hold them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.entry_point import Function
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import ScriptTree
from nango_cli.scripts.rules.syntax import is_function, parameters, positional

CODE = "NG434"

_CHANGING = ("append", "extend", "insert", "sort", "reverse", "setdefault")


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    tree = script.tree
    for node in [*tree.of(ast.Attribute), *tree.of(ast.Subscript), *tree.of(ast.Expr)]:
        changed = _changed(node)
        function = _owner(script, changed) if changed else None
        if changed is None or function is None or script.assigned(changed.id, function) != [None]:
            continue
        first = positional(function)[:1]
        method = isinstance(tree.parents[function], ast.ClassDef) or changed.id in ("self", "cls")
        if method and first and first[0].arg == changed.id:
            continue  # a method may change its object
        help = "make a copy, or return a new value"
        yield problem(CODE, f"the argument `{changed.id}` is changed", script.span(changed), help=help)


def _changed(node: ast.AST) -> ast.Name | None:
    """The name of what a node changes in its place."""
    if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
        target: ast.expr = node
        while isinstance(target, ast.Attribute | ast.Subscript):
            target = target.value
        return target if isinstance(target, ast.Name) else None
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute):
        method = node.value.func
        return method.value if method.attr in _CHANGING and isinstance(method.value, ast.Name) else None
    return None


def _owner(script: ScriptTree, name: ast.Name) -> Function | None:
    """The innermost function that has a parameter of a name."""
    functions = (each for each in script.tree.above(name) if is_function(each))
    return next((each for each in functions if any(one.arg == name.id for one in parameters(each))), None)
