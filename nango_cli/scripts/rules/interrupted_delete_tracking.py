"""Between the start and the end of delete tracking everything is saved: what is skipped there counts as deleted."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.diagnostics.source import Span
from nango_cli.scripts.rules.reach import reaching
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import SENDING, WRITING, ScriptTree, Use
from nango_cli.scripts.rules.syntax import place, suppressed

CODE = "NG428"


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    for start in script.used("track_deletes_start"):
        model = script.model(start)
        ends = [
            use
            for use in script.used("track_deletes_end")
            if use.function is start.function
            and script.model(use) == model
            and script.tree.precedes(start.call, use.call)
        ]
        if len(ends) == 1 and model != "":
            yield from _between(script, start, ends[0])


def _between(script: ScriptTree, start: Use, end: Use) -> Iterator[Diagnostic]:
    for node in script.tree.within(*start.function.body):
        if isinstance(node, ast.Try) and script.tree.statement(end.call) in node.finalbody:
            help = "call it after the last record is saved, outside of `finally`"
            yield problem(
                CODE,
                "tracking ends even after a failure: what was not saved is deleted",
                script.method(end.call),
                help=help,
            )
        if not isinstance(node, ast.Return | ast.Try | ast.With):
            continue
        if not place(start.call) < place(node) < place(end.call):
            continue
        if isinstance(node, ast.Return):
            if script.tree.precedes(start.call, node) and script.tree.precedes(node, end.call):
                help = "let every way lead to `nango.track_deletes_end`, or begin after this"
                yield problem(CODE, "this `return` leaves delete tracking open", script.span(node), help=help)
        else:
            guarded = {*script.tree.within(*node.body)}
            if end.call not in guarded and not guarded.isdisjoint(reaching(script, *SENDING, *WRITING)):
                for span in _swallowing(script, node):
                    message = "after this failure, records that were not saved count as deleted"
                    yield problem(CODE, message, span, help="let the failure through: nothing is deleted then")


def _swallowing(script: ScriptTree, node: ast.Try | ast.With) -> Iterator[Span]:
    """Where a failure is kept quiet and the script carries on as if nothing had been."""
    if isinstance(node, ast.With):
        if suppressed(node):
            yield script.place(node, len("with"))
        return
    for handler in node.handlers:
        left = any(isinstance(each, ast.Return) for each in script.tree.within(*handler.body))
        if script.tree.is_quiet(handler) and not left:
            yield script.place(handler, len("except"))
