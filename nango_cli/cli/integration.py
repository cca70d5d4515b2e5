"""`nango integration`: what providers an environment is set up for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any

import typer

from nango_cli.cli import application, complete, removal
from nango_cli.cli.administering import Administered, ShowSecrets, Where, Yes, administering
from nango_cli.cli.app import group
from nango_cli.cli.application import BaseUrl, ClientId, ClientSecret, Credential, Given, Private, Scopes
from nango_cli.cli.format import ResultFormat
from nango_cli.cli.options import Directory, EnvironmentName, Result
from nango_cli.cli.sheet import hidden, sheet, table
from nango_cli.environments.administration import IntegrationSettings
from nango_cli.errors import UsageError

Name = Annotated[str, typer.Argument(metavar="INTEGRATION", help="Its id.", autocompletion=complete.set_up)]
DisplayName = Annotated[str | None, typer.Option("--display-name", metavar="TEXT", help="What people call it.")]


def create(
    context: typer.Context,
    integration: Annotated[str, typer.Argument(metavar="INTEGRATION", help="The id of the new integration.")],
    provider: Annotated[
        str | None,
        typer.Option(
            "--provider", metavar="NAME", help="Its provider. [the integration's id]", autocompletion=complete.providers
        ),
    ] = None,
    display_name: DisplayName = None,
    client_id: ClientId = None,
    client_secret: ClientSecret = None,
    scopes: Scopes = None,
    credential: Credential = None,
    base_url: BaseUrl = None,
    allow_private: Private = None,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Set up an integration: its provider, and the OAuth application if it takes one.

    VALUE may be -, @file or env:NAME, so that no secret stands in the shell's history. At a terminal, what an OAuth
    application needs is asked for.

    \b
    Example:
      nango integration create github --client-id Iv1.8a61 --client-secret env:GITHUB_SECRET
    """
    given = Given(client_id, client_secret, scopes, credential)
    with administering(context.obj, Where(environment, directory, writes=True)) as opened:
        name = provider or integration
        values = application.ask(opened, name, application.read(opened, given))
        settings = IntegrationSettings(
            integration,
            name,
            display_name,
            application.application(opened, name, values),
            base_url=application.address(base_url),
            allow_private=bool(allow_private),
        )
        made = replace(opened.administration.create_integration(settings), credentials=settings.credentials)
        return _show(opened, "integration create", format, made, f"set up the integration `{integration}`")


def list_integrations(
    context: typer.Context,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """List the integrations of an environment.

    \b
    Example:
      nango integration list
    """
    with administering(context.obj, Where(environment, directory)) as opened:
        found = [_plain(opened, each) for each in opened.administration.integrations()]
        rows = [
            (each["unique_key"], each["provider"], each["display_name"], _origin(each["declared_in"])) for each in found
        ]
        lines = table(("INTEGRATION", "PROVIDER", "DISPLAY NAME", ""), rows)
        return opened.show("integration list", format, {"integrations": found}, lines)


def get(
    context: typer.Context,
    integration: Name,
    show_secrets: ShowSecrets = False,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Show an integration and its OAuth application.

    \b
    Example:
      nango integration get github --show-secrets
    """
    with administering(context.obj, Where(environment, directory)) as opened:
        found = opened.administration.integration_settings(integration, with_credentials=True)
        return _show(opened, "integration get", format, found, None, secrets=show_secrets)


def update(
    context: typer.Context,
    integration: Name,
    display_name: DisplayName = None,
    client_id: ClientId = None,
    client_secret: ClientSecret = None,
    scopes: Scopes = None,
    credential: Credential = None,
    base_url: BaseUrl = None,
    allow_private: Private = None,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Change what is given of an integration, and nothing else.

    VALUE may be -, @file or env:NAME, so that no secret stands in the shell's history.

    \b
    Example:
      nango integration update github --scopes repo,read:user
    """
    given = Given(client_id, client_secret, scopes, credential)
    if not any((*given, display_name is not None, base_url is not None, allow_private is not None)):
        raise UsageError("there is nothing to change", help="see `nango integration update --help`")
    with administering(context.obj, Where(environment, directory, writes=True)) as opened:
        values = application.read(opened, given)
        before = opened.administration.integration_settings(integration, with_credentials=True)
        settings = replace(
            before,
            display_name=before.display_name if display_name is None else display_name,
            credentials=application.application(opened, before.provider, values, before.credentials),
            base_url=before.base_url if base_url is None else application.address(base_url),
            allow_private=before.allow_private if allow_private is None else allow_private,
        )
        now = settings.credentials or before.credentials
        changed = replace(opened.administration.update_integration(settings), credentials=now)
        return _show(opened, "integration update", format, changed, f"changed the integration `{integration}`")


def delete(
    context: typer.Context,
    integration: Name,
    yes: Yes = False,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Delete an integration with its connections and their records.

    What goes with it is shown before the question; where nobody can be asked, --yes is needed.

    \b
    Example:
      nango integration delete github --yes
    """
    with administering(context.obj, Where(environment, directory, writes=True)) as opened:
        administration = opened.administration
        administration.integration_settings(integration)
        doomed = removal.Doomed(
            f"the integration `{integration}`",
            len(administration.connections(integration=integration)),
            administration.record_count(integration),
        )
        return removal.remove(
            opened, doomed, yes, "integration delete", format, lambda: administration.delete_integration(integration)
        )


def _show(
    opened: Administered,
    command: str,
    format: ResultFormat,
    found: IntegrationSettings,
    remark: str | None,
    *,
    secrets: bool = False,
) -> int:
    """The integration, or in text nothing but a remark about it."""
    data = _plain(opened, found, secrets=secrets)
    if remark and format is ResultFormat.text:
        opened.session.console.say(remark)
        return 0
    return opened.show(command, format, {"integration": data}, _lines(data))


def _lines(data: dict[str, Any]) -> Iterator[str]:
    credentials = data["credentials"] or {}
    return sheet({**{name: value for name, value in data.items() if name != "credentials"}, **credentials})


def _plain(opened: Administered, found: IntegrationSettings, *, secrets: bool = False) -> dict[str, Any]:
    credentials = dict(found.credentials) if found.credentials else None
    return {
        "unique_key": found.unique_key,
        "provider": found.provider,
        "display_name": found.display_name,
        "base_url": found.base_url,
        "allow_private": found.allow_private,
        "credentials": credentials if secrets else hidden(credentials, plain=["client_id", "app_id", "app_link"]),
        "declared_in": opened.administration.declaration(found.unique_key),
        "created_at": found.created_at,
        "updated_at": found.updated_at,
    }


def _origin(declared_in: str | None) -> str:
    return f"declared in {declared_in}" if declared_in else ""


integration = group(
    "Set up integrations: which providers, by which OAuth applications.",
    {"create": create, "list": list_integrations, "get": get, "update": update, "delete": delete},
)
