"""An action that could answer with many pages answers with one, and with a cursor for the next."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import ScriptTree, Use
from nango_cli.scripts.rules.syntax import named

CODE = "NG422"

_CURSOR = re.compile(r"cursor|next|page", re.IGNORECASE)
_GROWING = ("append", "extend")


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    if script.kind != "action" or script.script is None or _offers_cursor(script):
        return
    for use in script.used("paginate"):
        loop = script.tree.parents.get(use.call)
        if not isinstance(loop, ast.For) or loop.iter is not use.call:
            continue
        inside = list(script.tree.within(*loop.body))
        if any(isinstance(node, ast.Break | ast.Return | ast.Raise) for node in inside):  # it looks for something
            continue
        lists = {name for name in _grown(inside) if isinstance(script.started(name, use.function), ast.List)}
        if lists & _returned(script, use):
            help = "take an optional `cursor`, read one page with `nango.get`, and return `next_cursor`"
            yield problem(CODE, "this action answers with every page at once", script.method(use.call), help=help)


def _offers_cursor(script: ScriptTree) -> bool:
    outputs = {each.value for each in getattr(script.script, "output", None) or ()}
    models = [each for each in script.project.models if each.name.value in outputs]
    fields = [field.name.value for model in models for field in model.fields]
    return any(map(_CURSOR.search, [*fields, *script.taken]))


def _grown(nodes: list[ast.AST]) -> set[str]:
    names = set()
    for node in nodes:
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _GROWING:
            names |= named(node.func.value)
    return names


def _returned(script: ScriptTree, use: Use) -> set[str]:
    nodes = script.tree.within(*use.function.body)
    return {name for node in nodes if isinstance(node, ast.Return) and node.value for name in named(node.value)}
