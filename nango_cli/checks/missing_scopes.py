"""Where the scripts of an integration list the scopes they need, each of them does."""

from __future__ import annotations

from collections.abc import Iterator

from nango_cli.checks.rule import endpoints_of, problem
from nango_cli.diagnostics.diagnostic import Diagnostic, Label
from nango_cli.ir.project import Project

CODE = "NG322"


def check(project: Project) -> Iterator[Diagnostic]:
    for integration in project.integrations:
        # Many providers have no scopes at all, and nango.yaml does not say which: ask for them only where some are.
        known = next((script for script in integration.runnables if script.scopes), None)
        if known is None:
            continue
        for script in integration.runnables:
            if not script.scopes and endpoints_of(script):
                yield problem(
                    CODE,
                    f"the {script.kind} `{script.name.value}` lists no scopes",
                    script.name.span,
                    help="add `scopes` with what the provider must allow",
                    labels=[Label(known.scopes[0].span, f"those of the {known.kind} `{known.name.value}`")],
                )
