"""A sync saves page by page: a list of all pages grows until there is no memory left for it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.scope import functions_above
from nango_cli.scripts.rules.script_tree import ScriptTree, Use
from nango_cli.scripts.rules.syntax import argument

CODE = "NG430"

_GROWING = ("append", "extend")
_Maker = ast.Call | ast.List | ast.Tuple
_MAKING = ("list", "tuple", "sorted")


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    if script.kind != "sync":
        return
    pages = script.used("paginate")
    help = "save each page inside of the loop"
    for use in pages:
        loop = script.tree.parents.get(use.call)
        if isinstance(loop, ast.For) and loop.iter is use.call:
            for name, node in _grown(script, loop).items():
                if _is_kept(script, name, loop, use):
                    yield problem(CODE, f"`{name}` grows with every page", script.span(node), help=help)
    makers: list[_Maker] = [*script.calls, *script.tree.of(ast.List), *script.tree.of(ast.Tuple)]
    for node in makers if pages else ():
        function = next(functions_above(node, script.tree.parents), None)
        if function and any(use.call is script.value(each, function) for each in _spread(node) for use in pages):
            yield problem(CODE, "this list holds every page", script.span(node), help=help)
    for save in script.used("batch_save"):
        records = argument(save.call, 0, "records")
        value = script.value(records, save.function)
        if isinstance(value, ast.ListComp) and any(use.call is each.iter for use in pages for each in value.generators):
            yield problem(CODE, "this list holds every page", script.span(value), help=help)


def _spread(node: _Maker) -> list[ast.expr]:
    """What a list is made of, item by item: `pages` of `list(pages)`, `sorted(pages)` and `[*pages]`."""
    if isinstance(node, ast.Call):
        return node.args[:1] if isinstance(node.func, ast.Name) and node.func.id in _MAKING else []
    return [each.value for each in node.elts if isinstance(each, ast.Starred)]


def _grown(script: ScriptTree, loop: ast.For) -> dict[str, ast.expr]:
    """The names of what a loop adds to, each with the first place."""
    found: dict[str, ast.expr] = {}
    for node in script.tree.within(*loop.body):
        if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add) and isinstance(node.target, ast.Name):
            found.setdefault(node.target.id, node.target)
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr in _GROWING and isinstance(node.func.value, ast.Name):
            found.setdefault(node.func.value.id, node.func)
    return found


def _is_kept(script: ScriptTree, name: str, loop: ast.For, pages: Use) -> bool:
    """Whether a list begins before the loop, is never emptied in it, and is saved only after it."""
    function = pages.function
    places = [node for node in script.tree.walk(function) if isinstance(node, ast.Name) and node.id == name]
    inside = set(script.tree.walk(loop))
    for node in places:
        parent = script.tree.parents[node]
        if isinstance(node.ctx, ast.Load):
            if node in inside and not (isinstance(parent, ast.Attribute) and parent.attr in _GROWING):
                return False  # whoever it is given to may empty it
        elif node in inside and not isinstance(parent, ast.AugAssign):
            return False
    if not isinstance(script.started(name, function), ast.List):
        return False
    saved = [
        use.call for use in script.used("batch_save") if use.function is function and _records(script, use) == name
    ]
    returned = [
        node
        for node in script.tree.walk(function)
        if isinstance(node, ast.Return) and getattr(node.value, "id", None) == name
    ]
    return not inside & {*saved} and (bool(saved) or (bool(returned) and function is script.entry))


def _records(script: ScriptTree, use: Use) -> str | None:
    """The name of the list that a call saves, or of what is made of it item by item."""
    records = argument(use.call, 0, "records")
    made = script.value(records, use.function)
    if isinstance(made, ast.ListComp | ast.GeneratorExp):
        records = made.generators[0].iter
    return records.id if isinstance(records, ast.Name) else None
