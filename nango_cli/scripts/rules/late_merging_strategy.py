"""The merging strategy is set before the first request and the first record: it decides by when they were read."""

from __future__ import annotations

from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic, Label
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import SENDING, WRITING, ScriptTree

CODE = "NG426"


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    working = [use for use in script.uses if use.method in SENDING | WRITING]
    for use in script.used("set_merging_strategy"):
        earlier = [
            each for each in working if each.function is use.function and script.tree.precedes(each.call, use.call)
        ]
        if earlier:
            first = earlier[0]
            yield problem(
                CODE,
                "the merging strategy is set too late",
                script.method(use.call),
                help="move it above the first request",
                labels=[
                    Label(
                        script.method(first.call),
                        "the first request" if first.method in SENDING else "the first records",
                    )
                ],
            )
