"""Questions about Python's tree that several rules have."""

from __future__ import annotations

import ast
import warnings
from typing import TypeGuard

from nango_cli.diagnostics.source import Source
from nango_cli.scripts.entry_point import Function


def parse(source: Source) -> ast.Module | None:
    """The tree of a file; None for one that Python cannot read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(source.text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def is_function(node: object) -> TypeGuard[Function]:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def positional(function: Function) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args]


def parameters(function: Function) -> list[ast.arg]:
    """The parameters of a function that have a name of their own."""
    return [*positional(function), *function.args.kwonlyargs]


def place(node: ast.expr | ast.stmt) -> tuple[int, int]:
    return node.lineno, node.col_offset


def argument(call: ast.Call, index: int, name: str) -> ast.expr | None:
    """What a call passes for a parameter; None if that is nothing, or cannot be seen."""
    if index < len(call.args):
        plain = not any(isinstance(each, ast.Starred) for each in call.args[: index + 1])
        return call.args[index] if plain else None
    return next((each.value for each in call.keywords if each.arg == name), None)


def name_of(node: ast.expr | None) -> str | None:
    """The last part of a name: `B` of `a.B` and of `B`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None


def suppressed(statement: ast.With) -> list[ast.expr]:
    """The exceptions that `with suppress(...)` keeps quiet; none for other statements."""
    calls = [item.context_expr for item in statement.items if isinstance(item.context_expr, ast.Call)]
    return [each for call in calls if name_of(call.func) == "suppress" for each in call.args]


def named(node: ast.AST) -> set[str]:
    """The names that are read or given anywhere in a node."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def is_branch(parent: ast.AST, first: ast.AST, second: ast.AST) -> bool:
    """Whether of two children of a node only one is run."""
    if isinstance(parent, ast.If | ast.IfExp | ast.Try):
        fields = [
            next(name for name, value in ast.iter_fields(parent) if value is each or _holds(value, each))
            for each in (first, second)
        ]
        return fields[0] != fields[1] and "test" not in fields and "finalbody" not in fields
    return isinstance(parent, ast.Match) and isinstance(first, ast.match_case) and first is not second


def _holds(value: object, node: ast.AST) -> bool:
    return isinstance(value, list) and any(each is node for each in value)
