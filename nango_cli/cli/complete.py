"""What a shell offers after a TAB: names of the project in the current folder, or nothing where there is none."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from nango_cli.errors import NangoError

if TYPE_CHECKING:
    from nango_cli.ir.project import Project


def scripts(context: typer.Context, incomplete: str) -> list[str]:
    """Scripts, of the integration that was already named if one was."""
    chosen = context.params.get("integration_id")
    return _beginning(
        incomplete,
        (
            script.name.value
            for integration in _project(context).integrations
            if chosen in (None, integration.name.value)
            for script in integration.scripts
        ),
    )


def integrations(context: typer.Context, incomplete: str) -> list[str]:
    return _beginning(incomplete, (each.name.value for each in _project(context).integrations))


def connections(context: typer.Context, incomplete: str) -> list[str]:
    from nango_cli import workspace
    from nango_cli.diagnostics.diagnostic import Diagnostics
    from nango_cli.environments import local_file

    try:
        source = workspace.find(_start(context), Path.cwd()).read(local_file.NAME, Diagnostics())
    except NangoError:
        return []
    declared = local_file.read(source, Diagnostics())
    return _beginning(incomplete, (name for each in declared.values() for name in each.connections))


def diagnostic_codes(incomplete: str) -> list[str]:
    from nango_cli.diagnostics.codes import CODES

    return _beginning(incomplete, [*CODES, *(code.name for code in CODES.values())])


def targets(incomplete: str) -> list[str]:
    from nango_cli.generators.registry import TARGETS

    return _beginning(incomplete, TARGETS)


def _project(context: typer.Context) -> Project:
    """The project as far as it can be read; an empty one where there is none."""
    from nango_cli import workspace
    from nango_cli.ir.project import Project

    try:
        return workspace.find(_start(context), Path.cwd()).compile().project
    except NangoError:
        return Project()


def _start(context: typer.Context) -> Path:
    parent = context.parent.params.get("directory") if context.parent else None
    return Path.cwd() / (context.params.get("directory") or parent or Path())


def _beginning(incomplete: str, names: Iterable[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name.startswith(incomplete)]
