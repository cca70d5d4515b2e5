"""Delete tracking is opened once, before the first record is saved, and closed once."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic, Label
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import ScriptTree, Use

CODE = "NG427"


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    starts, ends = script.used("track_deletes_start"), script.used("track_deletes_end")
    if script.kind != "sync" or script.leaves or any(script.model(use) == "" for use in [*starts, *ends]):
        return
    for model in dict.fromkeys(_model(script, use) for use in [*starts, *ends]):
        opened = [use for use in starts if _model(script, use) == model]
        closed = [use for use in ends if _model(script, use) == model]
        yield from _repeated(script, opened, "opened")
        yield from _repeated(script, closed, "closed")
        if not closed:
            help = "call `nango.track_deletes_end` when everything is saved"
            yield problem(CODE, "this delete tracking is never closed", script.method(opened[0].call), help=help)
        elif not opened:
            help = "call `nango.track_deletes_start` before the first record is saved"
            yield problem(CODE, "this delete tracking is never opened", script.method(closed[0].call), help=help)
        elif len(opened) == len(closed) == 1:
            yield from _order(script, model, opened[0], closed[0])


def _repeated(script: ScriptTree, uses: list[Use], what: str) -> Iterator[Diagnostic]:
    for second in uses[1:]:
        if second.function is uses[0].function and script.tree.precedes(uses[0].call, second.call):
            first = Label(script.method(uses[0].call), "the first time")
            help = "call it once"
            yield problem(
                CODE, f"this delete tracking is {what} twice", script.method(second.call), help=help, labels=[first]
            )


def _order(script: ScriptTree, model: str | None, start: Use, end: Use) -> Iterator[Diagnostic]:
    if start.function is not end.function:
        return
    if script.tree.precedes(end.call, start.call):
        help = "open it before the first record is saved"
        yield problem(CODE, "this delete tracking is closed before it is opened", script.method(end.call), help=help)
        return
    for use, turns in ((start, "earlier"), (end, "later")):
        if _is_repeated(script, use):
            message = f"what {turns} turns of this loop save counts as deleted"
            help = "open it before the loop, and close it after it"
            yield problem(CODE, message, script.method(use.call), help=help)
            return
    for save in script.used("batch_save", "batch_update"):
        if (
            save.function is start.function
            and _model(script, save) == model
            and script.tree.precedes(save.call, start.call)
        ):
            help = "open it before them"
            late = Label(script.method(start.call), "tracking is opened here")
            yield problem(
                CODE,
                "these records are saved too early: they count as deleted",
                script.method(save.call),
                help=help,
                labels=[late],
            )


def _is_repeated(script: ScriptTree, use: Use) -> bool:
    """Whether every turn of a `for` makes a call; one that may be left in its first turn is meant to have no other."""
    loop, statement = next(script.tree.loops(use.call), None), script.tree.statement(use.call)
    if not isinstance(loop, ast.For | ast.AsyncFor) or statement not in loop.body:
        return False
    paged = any(each.call is loop.iter for each in script.used("paginate"))
    nodes = loop.body if paged else script.tree.within(*loop.body)
    return not any(isinstance(node, ast.Break | ast.Return) for node in nodes)


def _model(script: ScriptTree, use: Use) -> str | None:
    """The model of a call, also where it is left out because there is only one."""
    model = script.model(use)
    return script.outputs[0] if model is None and len(script.outputs) == 1 else model
