"""What a shell offers after a TAB: names of the project in the current folder, or nothing where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from nango_cli.errors import NangoError

if TYPE_CHECKING:
    from nango_cli.environments.connection import Connection
    from nango_cli.environments.local import LocalIntegration
    from nango_cli.environments.store.integrations import Integration as Stored
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
    declared, kept = _set_up(context)
    ids = [name for each in declared.values() for name in each.connections]
    return _beginning(incomplete, [*ids, *(each.id for each in kept.connections)])


def set_up(context: typer.Context, incomplete: str) -> list[str]:
    """Integrations that connections can be made of; names of servers' are not asked for."""
    declared, kept = _set_up(context)
    return _beginning(incomplete, [*declared, *(each.name for each in kept.integrations)])


def providers(incomplete: str) -> list[str]:
    from nango_cli.providers.catalog import bundled

    return _beginning(incomplete, bundled().names())


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


class _Kept(NamedTuple):
    integrations: Sequence[Stored] = ()
    connections: Sequence[Connection] = ()


def _set_up(context: typer.Context) -> tuple[dict[str, LocalIntegration], _Kept]:
    """What local.yaml declares, and what the store holds; nothing for servers, which would have to be asked."""
    from nango_cli import workspace
    from nango_cli.cli.project_store import open_store
    from nango_cli.diagnostics.diagnostic import Diagnostics
    from nango_cli.environments import local_file
    from nango_cli.environments.store import FILE, FOLDER
    from nango_cli.settings import LOCAL

    if context.params.get("environment") not in (None, LOCAL):
        return {}, _Kept()
    declared: dict[str, LocalIntegration] = {}
    try:
        folder = workspace.find(_start(context), Path.cwd())
        if folder.stands(local_file.NAME):
            declared = local_file.read(folder.read(local_file.NAME, Diagnostics()), Diagnostics())
        if not (folder.root / FOLDER / FILE).exists():
            return declared, _Kept()
        with open_store(folder.root, LOCAL) as store:
            return declared, _Kept(store.integrations.all(), store.connections.all())
    except NangoError:
        return declared, _Kept()


def _start(context: typer.Context) -> Path:
    """The folder that the nearest `-C` names, on the command or before it."""
    here: Any = context
    while here is not None:
        if directory := here.params.get("directory"):
            return Path.cwd() / str(directory)
        here = here.parent
    return Path.cwd()


def _beginning(incomplete: str, names: Iterable[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name.startswith(incomplete)]
