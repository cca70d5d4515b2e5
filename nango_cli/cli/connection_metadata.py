"""`nango connection metadata`."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from nango_cli.cli import complete
from nango_cli.cli.administering import IntegrationName, Where, administering
from nango_cli.cli.app import group
from nango_cli.cli.connection_sheet import which
from nango_cli.cli.format import ResultFormat
from nango_cli.cli.options import Directory, EnvironmentName, Result

Id = Annotated[
    str,
    typer.Argument(metavar="CONNECTION", help="The connection's id.", autocompletion=complete.connections),
]
Metadata = Annotated[str, typer.Argument(metavar="JSON", help="A JSON object, @file.json, or - for standard input.")]


def get(
    context: typer.Context,
    connection: Id,
    integration: IntegrationName = None,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Print a connection's metadata as JSON.

    \b
    Example:
      nango connection metadata get demo > metadata.json
    """
    with administering(context.obj, Where(environment, directory)) as opened:
        metadata = dict(which(opened, connection, integration).metadata)
        text = json.dumps(metadata, ensure_ascii=False, indent=2)
        return opened.show("connection metadata get", format, {"metadata": metadata}, iter([text]))


def set_metadata(
    context: typer.Context,
    connection: Id,
    metadata: Metadata,
    integration: IntegrationName = None,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Replace all of a connection's metadata.

    \b
    Example:
      nango connection metadata set demo @metadata.json
    """
    return _write(context, Where(environment, directory, writes=True), connection, integration, metadata, format, "set")


def update(
    context: typer.Context,
    connection: Id,
    metadata: Metadata,
    integration: IntegrationName = None,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Replace the keys of a connection's metadata that are given, and leave the others.

    \b
    Example:
      nango connection metadata update demo '{"owner": "octo-org"}'
    """
    where = Where(environment, directory, writes=True)
    return _write(context, where, connection, integration, metadata, format, "update")


def _write(
    context: typer.Context,
    where: Where,
    connection: str,
    integration: str | None,
    given: str,
    format: ResultFormat,
    how: str,
) -> int:
    with administering(context.obj, where) as opened:
        metadata = opened.values.json(given, "JSON")
        found = which(opened, connection, integration)
        administration = opened.administration
        write = administration.set_metadata if how == "set" else administration.update_metadata
        write(found.integration, found.id, metadata)
        now = dict(administration.connection(found.integration, found.id).metadata)
        opened.session.console.say(f"wrote the metadata of `{found.id}`")
        return opened.show(f"connection metadata {how}", format, {"metadata": now}, iter(()))


connection_metadata = group(
    "Read and write a connection's metadata.", {"get": get, "set": set_metadata, "update": update}
)
