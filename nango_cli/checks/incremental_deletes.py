"""An incremental sync does not see what has not changed, so it would delete that: servers refuse `track_deletes`."""

from __future__ import annotations

from collections.abc import Iterator

from nango_cli.checks.rule import problem, syncs
from nango_cli.diagnostics.diagnostic import Diagnostic, Label
from nango_cli.ir.project import Project

CODE = "NG326"


def check(project: Project) -> Iterator[Diagnostic]:
    for sync in syncs(project):
        if sync.sync_type.value == "incremental" and sync.track_deletes.value:
            written = sync.sync_type.span
            yield problem(
                CODE,
                f"the incremental sync `{sync.name.value}` tracks deletes",
                sync.track_deletes.span or sync.name.span,
                help="write `sync_type: full` if it fetches everything, else `track_deletes: false`"
                if written
                else "write `track_deletes: false`: syncs of this grammar are incremental",
                labels=[Label(written, "incremental")] if written else [],
            )
