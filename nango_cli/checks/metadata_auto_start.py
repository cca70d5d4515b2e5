"""A sync that needs metadata cannot run before there is any: `auto_start: false`."""

from __future__ import annotations

from collections.abc import Iterator

from nango_cli.checks.rule import problem, syncs
from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.ir.project import Project

CODE = "NG321"


def check(project: Project) -> Iterator[Diagnostic]:
    for sync in syncs(project):
        # Whoever writes `auto_start: true` has decided.
        if sync.input and sync.auto_start.span is None:
            yield problem(
                CODE,
                f"the sync `{sync.name.value}` takes metadata and starts before there is any",
                sync.input.span,
                help="add `auto_start: false`, or `auto_start: true` if it can run without metadata",
            )
