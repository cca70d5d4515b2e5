"""The entry point is the first function of its file: whoever opens the file reads there what happens."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import ScriptTree
from nango_cli.scripts.rules.syntax import is_function

CODE = "NG410"


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    entry = script.entry
    if entry is None:
        return
    before = [each for each in script.module.body[: script.module.body.index(entry)] if is_function(each)]
    # What is run when the file is imported needs its functions above it.
    used = {node.id for node in script.tree.of(ast.Name) if not _in_function(script, node)} if before else ()
    first = next((each for each in before if each.name not in used), None)
    if first is not None:
        yield problem(
            CODE,
            f"`{entry.name}` is not the first function of the file",
            script.name(entry),
            help=f"move `{first.name}` below it",
        )


def _in_function(script: ScriptTree, name: ast.Name) -> bool:
    """Whether a name is read only when a function is called, as decorators and defaults are not."""
    child: ast.AST = name
    for each in script.tree.above(name):
        if (is_function(each) and child in each.body) or isinstance(each, ast.Lambda):
            return True
        child = each
    return False
