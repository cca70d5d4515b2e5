"""What a script has to say goes to `nango.log`, where it is kept with the run; what it prints is lost."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import ScriptTree

CODE = "NG419"

_KINDS = ("sync", "action", "on-event")


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    calls = [call for call in script.calls if isinstance(call.func, ast.Name) and call.func.id == "print"]
    if not calls or script.kind not in _KINDS or script.tree.defines("print"):
        return
    for call in calls:
        if all(each.arg in ("sep", "end", "flush") for each in call.keywords) and not _by_hand(script, call):
            yield problem(CODE, "this line is in no log", script.method(call), help="write `nango.log(...)`")


def _by_hand(script: ScriptTree, call: ast.Call) -> bool:
    """Whether the line is printed only when the file is run by itself."""
    return any(
        isinstance(each, ast.If)
        and any(isinstance(node, ast.Name) and node.id == "__name__" for node in script.tree.walk(each.test))
        for each in script.tree.above(call)
    )
