"""An action fails with an `ActionError`, whose message reaches whoever called it."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import ScriptTree
from nango_cli.scripts.rules.syntax import is_function, name_of

CODE = "NG420"

_BUGS = (AssertionError, NotImplementedError)  # these are for whoever writes the script
# What may expect an exception: pydantic does of validators, as `suppress` does of what is in its block.
_EXPECTING = (ast.ClassDef, ast.Lambda, ast.With, ast.AsyncWith)


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    if script.kind != "action":
        return
    for node in script.tree.of(ast.Raise):
        name = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        kind = _builtin(name)
        if name is None or kind is None or issubclass(kind, _BUGS) or script.tree.defines(script.text(name)):
            continue
        if _arrives(script, node, kind):
            help = 'raise `nango.ActionError({"message": ...})`'
            message = f"the caller is not told what this `{script.text(name)}` means"
            yield problem(CODE, message, script.span(name), help=help)


def _builtin(node: ast.expr | None) -> type[Exception] | None:
    """The exception of Python's own that a name stands for."""
    kind = getattr(builtins, node.id, None) if isinstance(node, ast.Name) else None
    return kind if isinstance(kind, type) and issubclass(kind, Exception) else None


def _arrives(script: ScriptTree, node: ast.Raise, kind: type[Exception]) -> bool:
    """Whether an exception comes out of the script: by some way from its place through the calls of functions."""
    todo: list[ast.AST] = [node]
    seen: set[ast.AST] = set()
    while todo:
        left = _left(script, todo.pop(), kind)
        if isinstance(left, ast.Module) or (left is not None and left is script.entry):
            return True
        if is_function(left) and left not in seen:
            seen.add(left)
            todo += [call for call in script.calls if isinstance(call.func, ast.Name) and call.func.id == left.name]
    return False


def _left(script: ScriptTree, node: ast.AST, kind: type[Exception]) -> ast.AST | None:
    """The function or module that an exception leaves; None if something may catch it before."""
    child = node
    for each in script.tree.above(node):
        if isinstance(each, ast.Module) or (is_function(each) and not each.decorator_list):
            return each
        if is_function(each) or isinstance(each, _EXPECTING):
            return None
        handlers = each.handlers if isinstance(each, ast.Try | ast.TryStar) and child in each.body else []
        if any(_takes(handler, kind) for handler in handlers):
            return None
        child = each
    return None


def _takes(handler: ast.ExceptHandler, kind: type[Exception]) -> bool:
    """Whether a handler may be one for a kind of exceptions; names in other forms than a class's may hold several."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    for each in kinds:
        name = name_of(each) or ""
        known = getattr(builtins, name, None)
        if issubclass(kind, known) if isinstance(known, type) else name.isupper() or not name[:1].isupper():
            return True
    return False
