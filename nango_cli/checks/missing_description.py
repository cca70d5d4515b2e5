"""A script's description is what people and agents choose it by."""

from __future__ import annotations

from collections.abc import Iterator

from nango_cli.checks.rule import problem
from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.ir.project import Project

CODE = "NG323"


def check(project: Project) -> Iterator[Diagnostic]:
    for integration in project.integrations:
        for script in integration.runnables:
            if not script.description.value.strip():
                span = script.description.span or script.name.span
                message = f"the {script.kind} `{script.name.value}` has no description"
                yield problem(CODE, message, span, help="add `description` with a sentence that says what it does")
