"""Opening what a command sets up: the store of the project for `local`, or a server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeAlias

import typer

from nango_cli.cli import complete
from nango_cli.cli.format import ResultFormat
from nango_cli.cli.report import Report, write
from nango_cli.cli.session import Session
from nango_cli.cli.value import Values
from nango_cli.environments.administration import Administration
from nango_cli.errors import EnvironmentFailure, FileError, NangoError
from nango_cli.redaction import Redactor
from nango_cli.settings import LOCAL

if TYPE_CHECKING:
    from nango_cli.diagnostics.diagnostic import Diagnostics
    from nango_cli.environments.local import LocalIntegration
    from nango_cli.providers.catalog import Catalog
    from nango_cli.settings import Settings
    from nango_cli.workspace import Workspace

IntegrationName: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--integration",
        "--integration-id",
        metavar="ID",
        help="The integration, if several have a connection of this id.",
        autocompletion=complete.set_up,
    ),
]
ShowSecrets: TypeAlias = Annotated[bool, typer.Option("--show-secrets", help="Show secrets instead of ***.")]
Yes: TypeAlias = Annotated[bool, typer.Option("-y", "--yes", help="Delete without asking.")]


class Where(NamedTuple):
    """What a command line says of the environment; `writes` whether a store is made where there is none."""

    environment: str | None
    directory: Path | None
    writes: bool = False


class Administered(NamedTuple):
    """An environment that is open. `values` reads what options stand for, `redactor` knows the secrets among them."""

    name: str
    administration: Administration
    values: Values
    redactor: Redactor
    session: Session

    @property
    def is_local(self) -> bool:
        return self.name == LOCAL

    def show(self, command: str, format: ResultFormat, data: Mapping[str, Any], lines: Iterator[str]) -> int:
        """Write a result: the data as JSON, or the lines."""
        if format is ResultFormat.json:
            return write(Report(command, [], data=data), "json", self.session.console)
        for line in lines:
            self.session.console.out(line)
        return 0


@contextmanager
def administering(session: Session, where: Where, chosen: Settings | None = None) -> Iterator[Administered]:
    """The environment that is meant, or the one of settings that are known. Whatever fails in it shows no secrets.

    Raises UsageError NG804 for a server without a key or an address, FileError NG001 for `local` without a project.
    """
    redactor = Redactor()
    administration: Administration | None = None
    try:
        with ExitStack() as opened:
            chosen = chosen or environment_settings(session, where)
            for warning in chosen.warnings:
                session.console.err(f"warning: {warning}")
            administration = _open(session, where, chosen, opened)
            values = Values(session, chosen.variables, redactor)
            yield Administered(chosen.environment, administration, values, redactor, session)
    except NangoError as error:
        for secret in administration.secrets() if administration else ():
            redactor.add(secret)
        error.message = redactor.text(error.message)
        error.help = error.help and redactor.text(error.help)
        raise


def environment_settings(session: Session, where: Where) -> Settings:
    """The settings of the environment by the flag, else by the project, else of `local`."""
    from nango_cli.settings import read_dotenvs, settings

    folder = project(session, where)
    dotenvs = read_dotenvs(session.cwd, *([folder.root] if folder else []))
    configured = configured_environment(folder) if folder and where.environment is None else None
    return settings(session.environ, dotenvs, environment=where.environment, configured=configured)


def project(session: Session, where: Where) -> Workspace | None:
    """The project, None where there is none: a server can be set up from anywhere."""
    from nango_cli import workspace

    try:
        return workspace.find(session.start(where.directory), session.cwd)
    except FileError:
        return None


def _open(session: Session, where: Where, chosen: Settings, opened: ExitStack) -> Administration:
    if not chosen.is_local:
        from nango_cli.environments.remote_administration import RemoteAdministration

        assert chosen.secret_key is not None, "settings of a server have a key"
        return opened.enter_context(
            RemoteAdministration(
                chosen.hostport, chosen.secret_key, is_sync=False, dry_run=False, key_name=chosen.key_name
            )
        )
    from nango_cli import workspace
    from nango_cli.cli.project_store import existing_store, open_store
    from nango_cli.environments.local_administration import LocalAdministration
    from nango_cli.environments.store.store import Store
    from nango_cli.providers import project_file

    folder = workspace.find(session.start(where.directory), session.cwd)
    open_kept = open_store if where.writes else existing_store
    store = opened.enter_context(open_kept(folder.root, chosen.environment, chosen.variables) or Store.open(None))
    catalog = project_file.catalog(folder, chosen.variables)
    declared = _declared(folder, catalog)
    return opened.enter_context(LocalAdministration(store, declared, catalog, chosen.variables))


def _declared(folder: Workspace, catalog: Catalog) -> dict[str, LocalIntegration]:
    from nango_cli.diagnostics.diagnostic import Diagnostics
    from nango_cli.environments import local_file

    if not folder.stands(local_file.NAME):
        return {}
    found = Diagnostics()
    declared = local_file.read(folder.read(local_file.NAME, found), found, catalog)
    _refuse(found)
    return declared


def configured_environment(folder: Workspace) -> str | None:
    """The one that the project's nango.toml names. Raises EnvironmentFailure for a wrong file."""
    from nango_cli import configuration
    from nango_cli.diagnostics.diagnostic import Diagnostics

    found = Diagnostics()
    wanted = configuration.load(folder, found, {})
    _refuse(found)
    return wanted.dryrun.environment


def _refuse(found: Diagnostics) -> None:
    """Raise the first error of a file, which would have a command work on something other than was meant."""
    for each in found:
        if each.severity == "error":
            place = f"{each.span}: " if each.span else ""
            raise EnvironmentFailure(f"{place}{each.message}", code=each.code, help=each.help)
