"""How connections are shown, and which one a command line means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from nango_cli.cli.administering import Administered
from nango_cli.cli.format import ResultFormat
from nango_cli.cli.sheet import hidden, sheet, table, without_secrets
from nango_cli.diagnostics.suggest import did_you_mean
from nango_cli.environments.connection import Connection, Credentials
from nango_cli.errors import EnvironmentFailure, UsageError


def which(opened: Administered, id: str, integration: str | None) -> Connection:
    """The whole connection of this id. Raises EnvironmentFailure NG701, or UsageError NG801 which lists the choices."""
    administration = opened.administration
    if integration is not None:
        return administration.connection(integration, id)
    found = administration.connections(connection_id=id)
    if not found:
        ids = list(dict.fromkeys(each.id for each in administration.connections()))
        help = did_you_mean(id, ids) or "`nango connection list` lists them"
        raise EnvironmentFailure(f"there is no connection `{id}` here", code="NG701", help=help)
    if len(found) > 1:
        choices = "; ".join(f"--integration {each.integration}" for each in found)
        raise UsageError(f"{len(found)} integrations have a connection `{id}`", help=f"choose one: {choices}")
    return administration.connection(found[0].integration, id)


def plain(opened: Administered, found: Connection) -> dict[str, Any]:
    """A connection as JSON, without secrets. Metadata holds none: scripts may see it."""
    return {
        "connection_id": found.id,
        "integration": found.integration,
        "provider": found.provider,
        "created_at": found.created_at,
        "errors": [dict(each) for each in found.errors],
        "tags": dict(found.tags),
        "metadata": dict(found.metadata),
        "connection_config": without_secrets(found.config),
        "declared_in": opened.administration.declaration(found.integration, found.id),
    }


def show(
    opened: Administered,
    command: str,
    format: ResultFormat,
    found: Connection,
    credentials: Credentials,
    *,
    secrets: bool,
) -> int:
    """A connection with its credentials, of which only `secrets` shows more than the kind and the times."""
    opened.redactor.add_credentials(credentials)
    data = plain(opened, found)
    if secrets:
        data |= {"connection_config": dict(found.config), "credentials": dict(credentials)}
    else:
        data = {**opened.redactor.value(data), "credentials": hidden(credentials)}
    lines = {name: value for name, value in data.items() if name != "credentials"} | {
        f"credentials.{name}": value for name, value in data["credentials"].items()
    }
    return opened.show(command, format, {"connection": data}, sheet(lines))


def listed(opened: Administered, found: Sequence[Connection]) -> Iterator[str]:
    """A line for each."""
    rows = [
        (each.id, each.integration, each.provider, each.created_at or "", ", ".join(_remarks(opened, each)))
        for each in found
    ]
    return table(("CONNECTION", "INTEGRATION", "PROVIDER", "CREATED", ""), rows)


def _remarks(opened: Administered, found: Connection) -> Iterator[str]:
    for kind in dict.fromkeys(str(each.get("type")) for each in found.errors):
        count = sum(each.get("type") == kind for each in found.errors)
        yield f"{count} {kind} error{'' if count == 1 else 's'}"
    if origin := opened.administration.declaration(found.integration, found.id):
        yield f"declared in {origin}"
