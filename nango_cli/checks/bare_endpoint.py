"""An endpoint is written as an object with a group, under which it is listed."""

from __future__ import annotations

from collections.abc import Iterator

from nango_cli.checks.rule import endpoints, problem
from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.ir.project import Project

CODE = "NG325"


def check(project: Project) -> Iterator[Diagnostic]:
    for integration in project.integrations:
        for endpoint in endpoints(integration):
            if endpoint.group is None:
                message = f"the endpoint `{endpoint.method.value} {endpoint.path.value}` is in no group"
                help = "write `method`, `path` and `group` below `endpoint`"
                yield problem(CODE, message, endpoint.path.span, help=help)
