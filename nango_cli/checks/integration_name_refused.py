"""Servers refuse integrations whose names have other characters, or more of them, than they allow."""

from __future__ import annotations

from collections.abc import Iterator

from nango_cli.checks.accepted import INTEGRATION_NAME, INTEGRATION_NAME_HELP, shortened
from nango_cli.checks.rule import problem
from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.ir.project import Project

CODE = "NG328"


def check(project: Project) -> Iterator[Diagnostic]:
    for integration in project.integrations:
        name = integration.name
        if not INTEGRATION_NAME.fullmatch(name.value):
            yield problem(
                CODE,
                f"servers refuse the integration name `{shortened(name.value)}`",
                name.span,
                help=INTEGRATION_NAME_HELP,
            )
