"""`nango connection`: accounts at providers."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

import typer

from nango_cli.cli import complete, connecting, discovery, removal
from nango_cli.cli import credential as credentials
from nango_cli.cli.administering import IntegrationName, ShowSecrets, Where, Yes, administering
from nango_cli.cli.app import group
from nango_cli.cli.connection_metadata import connection_metadata
from nango_cli.cli.connection_sheet import listed, plain, show, which
from nango_cli.cli.format import ResultFormat
from nango_cli.cli.options import Directory, EnvironmentName, Result
from nango_cli.environments.connection import Connection

Id = Annotated[str, typer.Argument(metavar="CONNECTION", help="Its id.", autocompletion=complete.connections)]
NewId = Annotated[str | None, typer.Argument(metavar="[CONNECTION]", help="The id it gets. [a new one]")]
Of = Annotated[
    str,
    typer.Argument(metavar="INTEGRATION", help="The integration's id.", autocompletion=complete.set_up),
]
Config = Annotated[
    list[str] | None,
    typer.Option("--config", metavar="NAME=VALUE", help="A value that the provider's addresses are made of; repeat."),
]
Tag = Annotated[list[str] | None, typer.Option("--tag", metavar="NAME=VALUE", help="A tag; repeat.")]
Metadata = Annotated[str | None, typer.Option("--metadata", metavar="JSON", help="Metadata: JSON, @file, or -.")]


def create(
    context: typer.Context,
    integration: Of,
    connection: NewId = None,
    api_key: credentials.ApiKey = None,
    username: credentials.Username = None,
    password: credentials.Password = None,
    access_token: credentials.AccessToken = None,
    refresh_token: credentials.RefreshToken = None,
    client_id: credentials.ClientId = None,
    client_secret: credentials.ClientSecret = None,
    credential: credentials.Credential = None,
    config: Config = None,
    metadata: Metadata = None,
    tag: Tag = None,
    verify: Annotated[
        bool,
        typer.Option("--verify/--no-verify", help="On `local`: try the credentials out at the provider first."),
    ] = True,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Add a connection whose credentials are known, and print its id.

    VALUE may be -, @file or env:NAME, so that no secret stands in the shell's history. At a terminal, what the provider
    needs and was left out is asked for.

    \b
    Example:
      nango connection create github-pat demo --api-key env:GITHUB_TOKEN
    """
    given = credentials.Given(
        api_key, username, password, access_token, refresh_token, client_id, client_secret, credential, config
    )
    with administering(context.obj, Where(environment, directory, writes=True)) as opened:
        values = credentials.read(opened, given)
        settings = opened.administration.integration_settings(integration)
        secret, needed = credentials.complete(opened, settings.provider, values)
        new = Connection(
            connection or str(uuid4()),
            integration,
            settings.provider,
            metadata=opened.values.json(metadata, "--metadata") if metadata is not None else {},
            config=needed,
            tags=opened.values.pairs(tag, "--tag"),
        )
        made = opened.administration.create_connection(new, secret, verify=verify)
        return opened.show("connection create", format, {"connection": plain(opened, made)}, iter([made.id]))


def list_connections(
    context: typer.Context,
    integration: Annotated[
        str | None,
        typer.Option(
            "--integration",
            "--integration-id",
            metavar="ID",
            help="Of this integration only.",
            autocompletion=complete.set_up,
        ),
    ] = None,
    valid: Annotated[
        bool,
        typer.Option("--valid", help="Those without authorization errors only; see above for -e."),
    ] = False,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """List connections.

    With --valid and without -e, the secret key is that of the first NANGO_SECRET_KEY* variable: those with more to
    their names come first, in alphabetical order.

    \b
    Example:
      nango connection list --integration salesforce --valid
    """
    where = Where(environment, directory)
    chosen = discovery.settings(context.obj, where) if valid and environment is None else None
    with administering(context.obj, where, chosen) as opened:
        found = opened.administration.connections(integration=integration)
        if valid:
            found = [each for each in found if discovery.is_valid(each)]
        data = {"connections": [plain(opened, each) for each in found]}
        lines = discovery.lines(found, integration) if valid else listed(opened, found)
        return opened.show("connection list", format, data, lines)


def get(
    context: typer.Context,
    connection: Id,
    integration: IntegrationName = None,
    show_secrets: ShowSecrets = False,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Show a connection.

    \b
    Example:
      nango connection get demo --integration github
    """
    with administering(context.obj, Where(environment, directory)) as opened:
        found = which(opened, connection, integration)
        secret = opened.administration.credentials(found.integration, found.id)
        return show(opened, "connection get", format, found, secret, secrets=show_secrets)


def delete(
    context: typer.Context,
    connection: Id,
    integration: IntegrationName = None,
    yes: Yes = False,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Delete a connection with its records, and all that its syncs remember.

    What goes with it is shown before the question; where nobody can be asked, --yes is needed.

    \b
    Example:
      nango connection delete demo --integration github --yes
    """
    with administering(context.obj, Where(environment, directory, writes=True)) as opened:
        administration = opened.administration
        found = which(opened, connection, integration)
        place = (found.integration, found.id)
        doomed = removal.Doomed(
            f"the connection `{found.id}` of `{found.integration}`", records=administration.record_count(*place)
        )
        return removal.remove(
            opened, doomed, yes, "connection delete", format, lambda: administration.delete_connection(*place)
        )


def refresh(
    context: typer.Context,
    connection: Id,
    integration: IntegrationName = None,
    show_secrets: ShowSecrets = False,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Have a connection's credentials refreshed now, and show until when they are good.

    \b
    Example:
      nango connection refresh demo --integration salesforce
    """
    with administering(context.obj, Where(environment, directory, writes=True)) as opened:
        found = which(opened, connection, integration)
        secret = opened.administration.credentials(found.integration, found.id, refresh=True)
        return show(opened, "connection refresh", format, found, secret, secrets=show_secrets)


def connect(
    context: typer.Context,
    integration: Of,
    connection: NewId = None,
    config: Config = None,
    scopes: Annotated[
        str | None, typer.Option("--scopes", metavar="LIST", help="Other scopes than the integration's, by commas.")
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open a browser, or only print the address.")
    ] = True,
    port: Annotated[
        int | None,
        typer.Option("--port", metavar="N", min=1, max=65535, help="Wait for the answer on this port of the loopback."),
    ] = None,
    redirect_uri: Annotated[
        str | None,
        typer.Option("--redirect-uri", metavar="URL", help="Where the provider sends the browser back to instead."),
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", min=1, help="How long to wait for the answer.")
    ] = 300,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Have somebody allow a connection in the browser, and wait for the answer on the loopback.

    A connection of that id gets new credentials; what else it has stays.

    \b
    Example:
      nango connection connect github demo
    """
    how = connecting.How(integration, connection, config, scopes, browser, port, redirect_uri, timeout)
    with administering(context.obj, Where(environment, directory, writes=True)) as opened:
        made = connecting.connect(opened, how)
        return opened.show("connection connect", format, {"connection": plain(opened, made)}, iter([made.id]))


connection = group(
    "Look at, make and delete connections: accounts at providers.",
    {
        "create": create,
        "connect": connect,
        "list": list_connections,
        "get": get,
        "refresh": refresh,
        "delete": delete,
    },
)
connection.add_typer(connection_metadata, name="metadata")
