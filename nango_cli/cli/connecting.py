"""Having a connection allowed by its user in a browser."""

from __future__ import annotations

import webbrowser
from typing import NamedTuple
from uuid import uuid4

from nango_cli.cli import credential
from nango_cli.cli.administering import Administered
from nango_cli.environments.administration import Authorization
from nango_cli.environments.connection import Connection


class How(NamedTuple):
    """As the command line says it."""

    integration: str
    connection: str | None
    config: list[str] | None
    scopes: str | None
    browser: bool
    port: int | None
    redirect_uri: str | None
    timeout: float


def connect(opened: Administered, how: How) -> Connection:
    """The connection, once it is allowed."""
    administration = opened.administration
    settings = administration.integration_settings(how.integration)
    config = opened.values.pairs(how.config, "--config")
    id = how.connection or str(uuid4())
    known = administration.connections(integration=how.integration, connection_id=id)
    definition = administration.definition(settings.provider)
    if opened.is_local and definition is not None:
        before = {name: str(value) for each in known for name, value in each.config.items()}
        config = credential.checked_config(opened, definition, {**before, **config})
    scopes = tuple(how.scopes.replace(",", " ").split()) if how.scopes else None
    wanted = Authorization(
        lambda url: _show(opened, url, browser=how.browser), scopes, how.port or 0, how.redirect_uri, how.timeout
    )
    made = administration.authorize(Connection(id, how.integration, settings.provider, config=config), wanted)
    opened.session.console.say(f"connected `{made.id}` of `{made.integration}`")
    return made


def _show(opened: Administered, url: str, *, browser: bool) -> None:
    """Open the address, and print it too: the browser that opens may be the wrong one, or on another machine."""
    console = opened.session.console
    console.err(f"open this address to allow the connection:\n\n  {url}\n")
    if browser and console.stderr.isatty() and not console.environ.get("CI"):
        webbrowser.open(url)
    console.say("waiting for the answer ...")
