"""Requests go out one after the other: in parallel they defeat retries and run into rate limits."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.entry_point import Function
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import SENDING, ScriptTree
from nango_cli.scripts.rules.syntax import name_of

CODE = "NG417"

_STARTING = frozenset(["submit", "map", "gather", "create_task", "run_in_executor", "Thread", "imap", "starmap"])
_MODULES = frozenset(["asyncio", "concurrent", "threading", "multiprocessing"])


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    if not _imported(script) & _MODULES:
        return
    asking = {use.function.name: use.function for use in script.used(*SENDING)}
    for call in script.calls:
        if name_of(call.func) not in _STARTING or (isinstance(call.func, ast.Name) and call.func.id == "map"):
            continue
        given = [*call.args, *(each.value for each in call.keywords)]
        if any(_asks(script, each, asking) for each in given):
            help = "make them one after the other, in a loop"
            yield problem(CODE, "these requests go out in parallel", script.method(call), help=help)


def _asks(script: ScriptTree, given: ast.expr, asking: dict[str, Function]) -> bool:
    """Whether what is handed over makes a request once it is run; what is called at once is run before."""
    match given:
        case ast.Starred(value=value):
            return _asks(script, value, asking)
        case ast.Lambda(body=body):
            calls = [node for node in script.tree.walk(body) if isinstance(node, ast.Call)]
            sent = {use.call for use in script.used(*SENDING)}
            return any(call in sent or getattr(call.func, "id", None) in asking for call in calls)
        case ast.Name(id=name):
            return name in asking
        case ast.Attribute(value=ast.Name() as owner, attr=method):
            return method in SENDING and script.is_nango(owner)
        case ast.Call(func=ast.Name(id=name)):
            return isinstance(asking.get(name), ast.AsyncFunctionDef)
        case ast.Call(func=ast.Attribute(attr="to_thread"), args=[first, *_]):
            return _asks(script, first, asking)
        case ast.ListComp(elt=each) | ast.GeneratorExp(elt=each):
            return _asks(script, each, asking)
    return False


def _imported(script: ScriptTree) -> set[str]:
    names = [alias.name for node in script.tree.of(ast.Import) for alias in node.names]
    names += [node.module or "" for node in script.tree.of(ast.ImportFrom)]
    return {name.partition(".")[0] for name in names}
