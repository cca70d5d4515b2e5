"""A checkpoint is saved after the data that it covers: else a failure in between skips that data for good."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import SENDING, WRITING, ScriptTree, Use
from nango_cli.scripts.rules.syntax import name_of, named

CODE = "NG429"

_Loop = ast.For | ast.AsyncFor | ast.While


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    saves = _calls(script, *WRITING)
    for use in script.used("save_checkpoint"):
        statement = script.tree.statement(use.call)
        loop = next(script.tree.loops(use.call), None)
        if loop is None or not isinstance(statement, ast.Expr) or statement not in loop.body:
            continue
        index = loop.body.index(statement)
        before, after = loop.body[:index], loop.body[index + 1 :]
        if _any(script, before, saves) or not _any(script, after, saves):
            continue
        if _read(script, loop, before) & named(use.call) or _counts(script, use, loop, before):
            help = "move it behind the call that saves the data"
            message = "this checkpoint is saved before the data that it covers"
            yield problem(CODE, message, script.method(use.call), help=help)


def _read(script: ScriptTree, loop: _Loop, before: list[ast.stmt]) -> set[str]:
    """The names of what the provider has answered in this turn, and of what is made of it."""
    asked = _calls(script, *SENDING)
    data: set[str] = set()
    if not isinstance(loop, ast.While):
        match loop.iter:
            case ast.Call(func=ast.Name(id="enumerate"), args=[pages, *_]) | pages if pages in asked:
                data = named(loop.target)
    for statement in before:
        nodes = [*script.tree.within(statement)]
        if named(statement) & data or any(node in asked for node in nodes):
            data |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return data


def _counts(script: ScriptTree, use: Use, loop: _Loop, before: list[ast.stmt]) -> bool:
    """Whether a checkpoint holds the number of the page that was just asked for, or of the next one.

    It does no harm if the next run is seen to begin with that page again.
    """
    sending = _calls(script, *SENDING)
    index = next((index for index, each in enumerate(before) if _any(script, [each], sending)), None)
    if index is None:
        return False
    moved = [node.target for node in script.tree.walk(loop) if isinstance(node, ast.AugAssign)]
    numbers = {target.id for target in moved if isinstance(target, ast.Name)}
    if not isinstance(loop, ast.While) and isinstance(loop.iter, ast.Call) and name_of(loop.iter.func) == "range":
        numbers |= named(loop.target)
    numbers &= named(use.call) & {name for each in before[: index + 1] for name in named(each)}
    further = [*before[index + 1 :], *script.tree.within(use.call)]
    ahead = any(_is_sum(node) and named(getattr(node, "target", node)) & numbers for node in further)
    return bool(numbers) and (ahead or not _begins_again(script, loop))


def _begins_again(script: ScriptTree, loop: _Loop) -> bool:
    """Whether the script reads its checkpoint and nothing is added to what it says."""
    reads, inside = _calls(script, "get_checkpoint"), {*script.tree.walk(loop)}
    held: set[str] = set()
    for node in script.tree.nodes:
        if node in inside or not (isinstance(node, ast.Assign) or _is_sum(node)):
            continue
        if named(node) & held or any(each in reads for each in script.tree.walk(node)):
            if not isinstance(node, ast.Assign):
                return False
            held |= {name for target in node.targets for name in named(target)}
    return bool(reads)


def _is_sum(node: ast.AST) -> bool:
    return isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Add)


def _calls(script: ScriptTree, *methods: str) -> set[ast.AST]:
    return {use.call for use in script.used(*methods)}


def _any(script: ScriptTree, statements: list[ast.stmt], calls: set[ast.AST]) -> bool:
    return any(node in calls for node in script.tree.within(*statements))
