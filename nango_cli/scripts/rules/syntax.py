"""Questions about Python's tree that several rules have."""

from __future__ import annotations

import ast
import warnings
from typing import TypeGuard

from nango_cli.diagnostics.source import Source
from nango_cli.scripts.entry_point import Function

_LOGGING = frozenset(["log", "debug", "info", "warn", "warning", "error", "exception", "print", "str", "repr", "type"])


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


def is_quiet(handler: ast.ExceptHandler) -> bool:
    """Whether nothing comes of a failure but a line in a log: it is not raised, noted, or handed to anybody."""
    for node in (node for each in handler.body for node in ast.walk(each)):
        if isinstance(node, ast.Raise | ast.Assign | ast.AnnAssign | ast.AugAssign | ast.NamedExpr):
            return False
        if isinstance(node, ast.Call) and name_of(node.func) not in _LOGGING:
            return False
    return True


def named(node: ast.AST) -> set[str]:
    """The names that are read or given anywhere in a node."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def text_of(node: ast.expr | None) -> str | None:
    """A text that is written out; the fixed parts of an f-string, with `{}` for the others."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(each.value) if isinstance(each, ast.Constant) else "{}" for each in node.values)
    return None


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
