"""Every model that a sync declares as output is saved somewhere in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import WRITING, ScriptTree

CODE = "NG425"


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    sync, entry = script.script, script.entry
    if script.kind != "sync" or sync is None or entry is None or script.leaves or _hidden(script):
        return
    models = [script.model(use) for use in script.used("batch_save", "batch_update")]
    returned = any(isinstance(node, ast.Return) and node.value for node in script.tree.within(*entry.body))
    if any(model not in script.outputs for model in models if model) or "" in models or None in models or returned:
        return  # there is one output alone, or something is wrong that another rule tells
    for output in script.outputs:
        if output not in models:
            message = f"nothing saves the output `{output}`"
            help = f'save it with `nango.batch_save(records, "{output}")`, or remove it from nango.yaml'
            yield problem(CODE, message, script.name(entry), help=help)


def _hidden(script: ScriptTree) -> bool:
    """Whether saving is not called here, but handed on."""
    called = {call.func for call in script.calls}
    return any(node.attr in WRITING and node not in called for node in script.tree.of(ast.Attribute))
