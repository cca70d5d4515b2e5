"""Finding what was kept: the store of the project, or a server, and in it the records that a command line means."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeAlias

import typer

from nango_cli.cli.administering import configured_environment
from nango_cli.cli.opening import opening
from nango_cli.cli.session import Session
from nango_cli.diagnostics.suggest import did_you_mean
from nango_cli.environments.destination import Destination, Record, Task
from nango_cli.environments.environment import Records
from nango_cli.errors import EnvironmentFailure, UsageError

if TYPE_CHECKING:
    from nango_cli.environments.store.store import Store
    from nango_cli.workspace import Workspace

Model: TypeAlias = Annotated[str, typer.Argument(metavar="MODEL", help="The model of the records.")]
Integration: TypeAlias = Annotated[
    str | None, typer.Option("--integration-id", metavar="ID", help="The integration, if several have the model.")
]
ConnectionId: TypeAlias = Annotated[
    str | None, typer.Option("--connection", metavar="ID", help="The connection, if there are several.")
]
Variant: TypeAlias = Annotated[str, typer.Option("--variant", metavar="NAME", help="The variant of the sync.")]


class Place(NamedTuple):
    """As a command line names it; None stands for the only one there is."""

    model: str
    integration: str | None = None
    connection: str | None = None
    variant: str = "base"
    environment: str | None = None
    directory: Path | None = None


def project(session: Session, directory: Path | None) -> Workspace:
    from nango_cli import workspace

    return workspace.find(session.start(directory), session.cwd)


@contextmanager
def kept(session: Session, directory: Path | None, environment: str | None = None) -> Iterator[Store]:
    """The store of the project; from now on the session's console hides the secrets that it knows.

    Raises EnvironmentFailure NG701 when nothing was ever kept.
    """
    from nango_cli.cli.project_store import existing_store

    folder = project(session, directory)
    store = existing_store(folder.root, environment or configured_environment(folder) or "local")
    if store is None:
        help = "`nango dryrun --state` keeps records, and what the next run starts from"
        raise EnvironmentFailure("nothing was kept in this project", code="NG701", help=help)
    from nango_cli.cli.masked import masked
    from nango_cli.settings import read_dotenvs, settings

    variables = settings(session.environ, read_dotenvs(session.cwd, folder.root)).variables
    with store:
        session.console = masked(session.console, store, variables, _key_variables(folder))
        yield store


def _key_variables(folder: Workspace) -> list[str]:
    """The variables in which local.yaml finds its API keys."""
    from nango_cli.diagnostics.diagnostic import Diagnostics
    from nango_cli.environments import local_file

    if not folder.stands(local_file.NAME):
        return []
    declared = local_file.read(folder.read(local_file.NAME, Diagnostics()), Diagnostics())
    return [each.api_key for one in declared.values() for each in one.connections.values() if each.api_key]


@contextmanager
def found(session: Session, place: Place) -> Iterator[tuple[Records, Destination]]:
    """Where the records are, and which. Raises EnvironmentFailure NG701 or UsageError NG801, which list the choices."""
    folder = project(session, place.directory)
    opened = opening(session, folder, place.environment, configured_environment(folder), "records")
    if opened.name == "local":
        with kept(session, place.directory) as store:
            there = [each[:3] for each in store.records.collections()]
            yield store.records, _destination(place, there)
        return
    with opened.open(True) as environment:
        there = [
            (each.integration, each.id, sync_model)
            for declared in folder.compile().project.integrations
            for sync_model in dict.fromkeys(one.value for sync in declared.syncs for one in sync.output)
            if place.integration in (None, declared.name.value)
            for each in environment.connections(integration=declared.name.value, connection_id=place.connection)
        ]
        plain = place._replace(variant="base")
        destination = _destination(plain, there)
        yield environment, Destination(_with_variant(destination.task, place.variant), destination.model)


def every(records: Records, destination: Destination, *, deleted: bool = False) -> Iterator[Record]:
    """The records, page by page; those that were deleted only if asked for."""
    cursor = None
    while True:
        page = records.read(destination, cursor)
        for record in page.records:
            if deleted or record.get("_nango_metadata", {}).get("deleted_at") is None:
                yield record
        cursor = page.next_cursor
        if cursor is None:
            return


def _destination(place: Place, there: list[tuple[str, str, str]]) -> Destination:
    wanted = place.model if place.variant == "base" else f"{place.model}::{place.variant}"
    fitting = [
        each
        for each in there
        if each[2] == wanted and place.integration in (None, each[0]) and place.connection in (None, each[1])
    ]
    if not fitting:
        models = sorted({model for _, _, model in there})
        listed = ", ".join(f"`{each}`" for each in models) or "there are none"
        help = did_you_mean(wanted, models) or f"models with records: {listed}"
        raise EnvironmentFailure(f"there are no records of `{wanted}` here", code="NG701", help=help)
    if len(fitting) > 1:
        options = "; ".join(f"--integration-id {one} --connection {id}" for one, id, _ in fitting[:6])
        raise UsageError(f"`{wanted}` has records in {len(fitting)} places", help=f"choose one: {options}")
    integration, connection, _ = fitting[0]
    return Destination(Task(integration, connection, "", place.variant), place.model)


def _with_variant(task: Task, variant: str) -> Task:
    return Task(task.integration, task.connection_id, task.script, variant)
