"""Records are written by syncs; what an action and an on-event script are given cannot write any."""

from __future__ import annotations

from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import WRITING, ScriptTree

CODE = "NG423"

_OF_SYNCS = (*sorted(WRITING), "set_merging_strategy", "track_deletes_start", "track_deletes_end")


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    if script.kind not in ("action", "on-event"):
        return
    for use in script.used(*_OF_SYNCS):
        message = (
            f"an {script.kind} script has no `{use.method}`"
            if script.kind == "on-event"
            else f"an action has no `{use.method}`"
        )
        help = "return the data, or leave the records to a sync: `nango.trigger_sync` runs one"
        yield problem(CODE, message, script.method(use.call), help=help)
