"""`nango provider`: the APIs that integrations can be set up for."""

from __future__ import annotations

from typing import Annotated

import typer

from nango_cli.cli import complete
from nango_cli.cli.administering import Where, administering
from nango_cli.cli.app import group
from nango_cli.cli.format import ResultFormat
from nango_cli.cli.options import Directory, EnvironmentName, Result
from nango_cli.cli.sheet import sheet, table


def list_providers(
    context: typer.Context,
    search: Annotated[
        str | None, typer.Argument(metavar="[WORD]", help="Only those with this in a name, or in how they authorize.")
    ] = None,
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """List the providers that are known, and how each authorizes.

    \b
    Example:
      nango provider list google
    """
    with administering(context.obj, Where(environment, directory)) as opened:
        word = (search or "").lower()
        found = [
            dict(each)
            for each in opened.administration.providers()
            if any(word in str(each[name] or "").lower() for name in ("name", "display_name", "auth_mode"))
        ]
        rows = [(each["name"], each["auth_mode"], each["display_name"]) for each in found]
        return opened.show("provider list", format, {"providers": found}, table(("PROVIDER", "AUTH", "NAME"), rows))


def show(
    context: typer.Context,
    provider: Annotated[str, typer.Argument(metavar="PROVIDER", help="Its name.", autocompletion=complete.providers)],
    environment: EnvironmentName = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Show all that is known of a provider: its address, how it authorizes, what a connection has to bring.

    \b
    Example:
      nango provider show github
    """
    with administering(context.obj, Where(environment, directory)) as opened:
        found = dict(opened.administration.provider(provider))
        return opened.show("provider show", format, {"provider": found}, sheet(found))


provider = group("Look at the providers that integrations can be set up for.", {"list": list_providers, "show": show})
