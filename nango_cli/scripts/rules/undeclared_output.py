"""A sync saves the models that nango.yaml declares as its outputs, and no others."""

from __future__ import annotations

from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import WRITING, ScriptTree

CODE = "NG424"

_ABOUT_MODELS = (*sorted(WRITING), "set_merging_strategy", "track_deletes_start", "track_deletes_end")


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    sync = script.script
    if script.kind != "sync" or sync is None:
        return
    outputs = script.outputs
    listed = ", ".join(f"`{each}`" for each in outputs)
    for use in script.used(*_ABOUT_MODELS):
        model = script.model(use)
        if model and model not in outputs:
            message = f"`{model}` is not an output of the sync `{sync.name.value}`"
            help = f"its outputs: {listed}" if outputs else "declare `output` in nango.yaml"
        elif model is None and len(outputs) != 1:
            count = f"{len(outputs)} outputs" if outputs else "no output"
            message = f"the sync `{sync.name.value}` has {count}"
            help = f"say which: {listed}" if outputs else "declare `output` in nango.yaml"
        else:
            continue
        yield problem(CODE, message, script.span(script.model_argument(use) or use.call.func), help=help)
