"""A sync and an action of one integration cannot share a name: scripts are run and deployed by name."""

from __future__ import annotations

from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic, Label
from nango_cli.ir.project import Action, Project, Sync

CODE = "NG406"


def check(project: Project) -> Iterator[Diagnostic]:
    for integration in project.integrations:
        syncs = {sync.name.value: sync for sync in integration.syncs}
        for action in integration.actions:
            name = action.name.value
            if name in syncs:
                both: list[Sync | Action] = [syncs[name], action]
                first, second = sorted(both, key=lambda script: script.name.span)
                message = f"`{integration.name.value}` has both a sync and an action `{name}`"
                help = "rename one of them, and its file: scripts are run and deployed by name"
                labels = (Label(first.name.span, f"the {first.kind} stands here"),)
                yield Diagnostic(CODE, "error", message, second.name.span, help, labels)
