"""A new script: its entry in nango.yaml, its models, and its files."""

from __future__ import annotations

from typing import NamedTuple

from nango_cli.diagnostics.diagnostic import Diagnostic, Diagnostics
from nango_cli.diagnostics.source import Source
from nango_cli.generators import registry
from nango_cli.scaffold.changes import Change, carry_out
from nango_cli.scaffold.declaration import declare, declared
from nango_cli.scaffold.files import files
from nango_cli.scaffold.request import Request
from nango_cli.workspace import CONFIGURATION, Workspace


class Created(NamedTuple):
    """The paths written, from the root; when there are none, the diagnostics say why."""

    paths: list[str]
    diagnostics: list[Diagnostic]
    source: Source


def create(workspace: Workspace, request: Request) -> Created:
    """Write a new script and everything it needs, all of it or nothing.

    Raises UsageError NG801 for names that cannot be or are taken, FileError NG010 if a file is in the way.
    """
    request.check()
    compilation = workspace.compile()
    if not compilation.ok:
        return Created([], list(compilation.diagnostics), compilation.source)
    declaration = declare(compilation.project, request)
    found = Diagnostics()
    after = declared(compilation, request, declaration, found)
    if after is None:
        return Created([], list(found), compilation.source)
    changes = [
        *files(workspace, request, declaration),
        Change(CONFIGURATION, after.source.text, compilation.source.text),
    ]
    generated = workspace.differences(registry.generate(after.project, workspace.targets()))
    changes += [Change(each.file.path, each.file.text, each.current) for each in generated]
    carry_out(workspace, changes)
    return Created([change.path for change in changes], [], after.source)
