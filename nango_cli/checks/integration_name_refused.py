"""Servers refuse integrations whose names have other characters, or more of them, than they allow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nango_cli.checks.rule import problem
from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.ir.project import Project

CODE = "NG328"

_ACCEPTED = re.compile(r"[a-zA-Z0-9~:.@ _-]{1,255}")


def check(project: Project) -> Iterator[Diagnostic]:
    for integration in project.integrations:
        name = integration.name
        if not _ACCEPTED.fullmatch(name.value):
            shown = name.value if len(name.value) <= 40 else name.value[:40] + "..."
            help = "use 1 to 255 letters from A to Z, digits, spaces and `~:.@_-`"
            yield problem(CODE, f"servers refuse the integration name `{shown}`", name.span, help=help)
