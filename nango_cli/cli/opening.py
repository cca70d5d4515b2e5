"""Opening the environment that a command line names."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, NamedTuple

from nango_cli.cli.report import Report
from nango_cli.cli.session import Session

if TYPE_CHECKING:
    from nango_cli.environments.environment import Environment
    from nango_cli.environments.store.store import Store
    from nango_cli.settings import Settings
    from nango_cli.workspace import Workspace


_KEY = "NANGO_SECRET_KEY_"


class Opening(NamedTuple):
    """How to open an environment: `open` takes whether it is for a sync. Or the report that says why it cannot be."""

    name: str
    open: Callable[[bool], AbstractContextManager[Environment]]
    report: Report | None = None


def opening(session: Session, folder: Workspace, flag: str | None, configured: str | None, command: str) -> Opening:
    """By the flag, else by the project, else `local`: what local.yaml declares. Others are a server's.

    Raises UsageError NG804 for a server without a key or an address.
    """
    from nango_cli.settings import open_remote, read_dotenvs, settings

    chosen = settings(session.environ, read_dotenvs(session.cwd, folder.root), environment=flag, configured=configured)
    for warning in chosen.warnings:
        session.console.err(f"warning: {warning}")
    if chosen.is_local:
        return _local(folder, chosen, command)
    return Opening(chosen.environment, lambda is_sync: open_remote(chosen, is_sync=is_sync))


def environments_with_keys(session: Session, folder: Workspace) -> list[str]:
    """The names of a server's environments that a `NANGO_SECRET_KEY_<NAME>` is set for, in small letters."""
    from nango_cli.settings import read_dotenvs, settings

    variables = settings(session.environ, read_dotenvs(session.cwd, folder.root)).variables
    names = (name.removeprefix(_KEY) for name, value in variables.items() if name.startswith(_KEY) and value.strip())
    return sorted({name.lower() for name in names if name})


def _local(folder: Workspace, chosen: Settings, command: str) -> Opening:
    from nango_cli.cli.project_store import existing_store
    from nango_cli.diagnostics.diagnostic import Diagnostics, has_errors
    from nango_cli.environments import local_file
    from nango_cli.environments.local import LocalEnvironment, LocalIntegration
    from nango_cli.providers import project_file

    catalog = project_file.catalog(folder, chosen.variables)
    found = Diagnostics()
    sources = {}
    integrations: dict[str, LocalIntegration] = {}
    if folder.stands(local_file.NAME):
        source = folder.read(local_file.NAME, found)
        sources[source.path] = source
        integrations = local_file.read(source, found, catalog)
    report = Report(command, list(found), sources) if has_errors(found) else None

    def open_local(is_sync: bool) -> LocalEnvironment:
        def store() -> Store | None:
            return existing_store(folder.root, chosen.environment, chosen.variables)

        return LocalEnvironment(integrations, environ=chosen.variables, catalog=catalog, store=store)

    return Opening(chosen.environment, open_local, report)
