"""A full sync fetches everything each time, so it can and should notice what was deleted: `track_deletes: true`."""

from __future__ import annotations

from collections.abc import Iterator

from nango_cli.checks.rule import problem, syncs
from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.ir.project import Project

CODE = "NG320"


def check(project: Project) -> Iterator[Diagnostic]:
    for sync in syncs(project):
        # Whoever writes `track_deletes: false` has decided.
        if sync.sync_type.value == "full" and sync.track_deletes.span is None:
            yield problem(
                CODE,
                f"the full sync `{sync.name.value}` does not track deletes",
                sync.sync_type.span or sync.name.span,
                help="add `track_deletes: true`, or `track_deletes: false` if deleted records must stay",
            )
