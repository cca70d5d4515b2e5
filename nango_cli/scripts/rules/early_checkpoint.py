"""A checkpoint is saved after the data that it covers: else a failure in between skips that data for good."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import SENDING, ScriptTree
from nango_cli.scripts.rules.syntax import named

CODE = "NG429"


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    saves = {use.call for use in script.used("batch_save", "batch_update", "batch_delete")}
    for use in script.used("save_checkpoint"):
        statement = script.tree.statement(use.call)
        loop = next(script.tree.loops(use.call), None)
        if loop is None or not isinstance(statement, ast.Expr) or statement not in loop.body:
            continue
        index = loop.body.index(statement)
        before, after = loop.body[:index], loop.body[index + 1 :]
        data = _read(script, loop, before)
        if not data & {name for each in use.call.args for name in named(each)}:
            continue  # it may well say where the next run begins again
        if not _any(script, before, saves) and _any(script, after, saves):
            help = "move it behind the call that saves the data"
            yield problem(
                CODE, "this checkpoint is saved before the data that it covers", script.method(use.call), help=help
            )


def _read(script: ScriptTree, loop: ast.For | ast.AsyncFor | ast.While, before: list[ast.stmt]) -> set[str]:
    """The names of what the provider has answered in this turn, and of what is made of it."""
    asked = {use.call for use in script.used(*SENDING)}
    paged = not isinstance(loop, ast.While) and loop.iter in asked
    data = named(loop.target) if paged and not isinstance(loop, ast.While) else set()
    for statement in before:
        nodes = [*script.tree.within(statement)]
        if named(statement) & data or any(node in asked for node in nodes):
            data |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return data


def _any(script: ScriptTree, statements: list[ast.stmt], calls: set[ast.Call]) -> bool:
    return any(node in calls for node in script.tree.within(*statements))
