"""An incremental sync asks for what is new since `nango.last_sync_date`, or since a checkpoint."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.ir.project import Sync
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import ScriptTree

CODE = "NG437"

_KEPT = (
    "last_sync_date",
    "get_checkpoint",
    "update_metadata",
    "set_metadata",
    "list_records",
    "get_records_by_ids",
)


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    sync = script.script
    if not isinstance(sync, Sync) or script.entry is None or script.leaves:
        return
    # Syncs of the oldest grammar are incremental without saying so.
    if sync.sync_type.value != "incremental" or sync.sync_type.span is None or sync.webhook_subscriptions:
        return
    if not any(node.attr in _KEPT for node in script.tree.of(ast.Attribute)):
        help = "ask for what is newer than `nango.last_sync_date`, or write `sync_type: full`"
        yield problem(CODE, "this incremental sync reads everything every time", script.name(script.entry), help=help)
