"""Servers refuse scripts whose names have other characters, or more of them, than they allow."""

from __future__ import annotations

from collections.abc import Iterator

from nango_cli.checks.accepted import SCRIPT_NAME, SCRIPT_NAME_HELP, shortened
from nango_cli.checks.rule import problem
from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.ir.project import Project

CODE = "NG329"


def check(project: Project) -> Iterator[Diagnostic]:
    for integration in project.integrations:
        for script in integration.scripts:
            name = script.name
            if not SCRIPT_NAME.fullmatch(name.value):
                yield problem(
                    CODE,
                    f"servers refuse the {script.kind} name `{shortened(name.value)}`",
                    name.span,
                    help=SCRIPT_NAME_HELP,
                )
