"""The credentials of a connection, as a command line gives them or somebody at a terminal types them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, NamedTuple, TypeAlias

import typer

from nango_cli.cli.administering import Administered
from nango_cli.environments.auth import needs
from nango_cli.environments.connection import Credentials
from nango_cli.errors import EnvironmentFailure, UsageError
from nango_cli.providers.provider import Provider

ApiKey: TypeAlias = Annotated[str | None, typer.Option("--api-key", metavar="VALUE", help="An API key.")]
Username: TypeAlias = Annotated[str | None, typer.Option("--username", metavar="VALUE", help="A user name.")]
Password: TypeAlias = Annotated[str | None, typer.Option("--password", metavar="VALUE", help="A password.")]
AccessToken: TypeAlias = Annotated[
    str | None, typer.Option("--access-token", metavar="VALUE", help="An OAuth token that is there already.")
]
RefreshToken: TypeAlias = Annotated[
    str | None, typer.Option("--refresh-token", metavar="VALUE", help="The refresh token that goes with it.")
]
ClientId: TypeAlias = Annotated[
    str | None, typer.Option("--client-id", metavar="VALUE", help="The client id of a connection that has its own.")
]
ClientSecret: TypeAlias = Annotated[
    str | None, typer.Option("--client-secret", metavar="VALUE", help="The client secret that goes with it.")
]
Credential: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--credential", metavar="NAME=VALUE", help="Any other credential, such as privateKey; repeat."),
]

_OPTIONS = {
    "apiKey": "--api-key",
    "username": "--username",
    "password": "--password",
    "access_token": "--access-token",
    "refresh_token": "--refresh-token",
    "client_id": "--client-id",
    "client_secret": "--client-secret",
}
_MODES = {"apiKey": "API_KEY", "username": "BASIC", "password": "BASIC", "access_token": "OAUTH2"}


class Given(NamedTuple):
    """The options, not read yet; None where one was left out."""

    api_key: str | None
    username: str | None
    password: str | None
    access_token: str | None
    refresh_token: str | None
    client_id: str | None
    client_secret: str | None
    credential: list[str] | None
    config: list[str] | None


class Read(NamedTuple):
    """The same, read, by the names that the server's API has for them."""

    credentials: dict[str, str]
    config: dict[str, str]


def read(opened: Administered, given: Given) -> Read:
    """Read the options, before anything is asked of anybody who might repeat them. Raises as `Values` does."""
    found = {
        name: opened.values.secret(text, option)
        for (name, option), text in zip(_OPTIONS.items(), given, strict=False)
        if isinstance(text, str)
    }
    found |= opened.values.pairs(given.credential, "--credential", secret=True)
    return Read(found, opened.values.pairs(given.config, "--config"))


def complete(opened: Administered, provider: str, given: Read) -> tuple[Credentials, dict[str, str]]:
    """The credentials and the config of a new connection. What is missing is asked for, where there is somebody to ask.

    Raises UsageError NG801 for what is missing or unknown; its words repeat no secrets.
    """
    found, config = given
    definition = opened.administration.definition(provider)
    if definition is None:
        mode = mode_of(opened, provider) or _guessed(found)
        if mode in _NEEDED and _NEEDED[mode] not in found:
            raise UsageError(f"missing `{_NEEDED[mode]}`", help=f"connections of the kind {mode} need one")
        return {"type": mode, **found}, config
    return _credentials(opened, definition, found), checked_config(opened, definition, config)


def checked_config(opened: Administered, provider: Provider, config: Mapping[str, str]) -> dict[str, str]:
    """With what is missing of it, if somebody can be asked. A server's definition may be another, and it checks."""
    wanted = _needs(opened, provider) if opened.is_local else None
    if wanted is None:
        return dict(config)
    return needs.config(provider, _completed(opened, wanted.config, config, "--config {}=VALUE"))


def mode_of(opened: Administered, provider: str) -> str | None:
    """How a provider authorizes; None where nobody knows."""
    if definition := opened.administration.definition(provider):
        return definition.auth_mode
    try:
        found = opened.administration.provider(provider)
    except EnvironmentFailure as error:
        if error.code not in ("NG704", "NG706", "NG709"):
            raise
        return None
    return str(found["auth_mode"]) if found.get("auth_mode") else None


def _credentials(opened: Administered, provider: Provider, found: Mapping[str, str]) -> Credentials:
    wanted = _needs(opened, provider)
    if wanted is None:
        return {"type": provider.auth_mode, **found}
    if not wanted.by_browser:
        return needs.credentials(provider, _completed(opened, wanted.credentials, found, None))
    if "access_token" not in found:
        help = "`nango connection connect` does that; `--access-token` takes a token that is there already"
        raise UsageError(f"connections to `{provider.name}` are authorized in a browser", help=help)
    return {"type": provider.auth_mode, **found}


def _needs(opened: Administered, provider: Provider) -> needs.Needs | None:
    """What a connection takes; None for what only a server can do, if this is one."""
    try:
        return needs.needs(provider)
    except EnvironmentFailure:
        if opened.is_local:
            raise
        return None


def _completed(
    opened: Administered, wanted: tuple[needs.Need, ...], found: Mapping[str, str], option: str | None
) -> dict[str, str]:
    """With answers to what is missing: what is required, and secrets that some accounts have."""
    complete = dict(found)
    for need in wanted:
        if (need.required or need.secret) and need.name not in found:
            spelled = option.format(need.name) if option else _OPTIONS.get(need.name, f"--credential {need.name}=VALUE")
            hide = need.secret or option is None
            if answer := opened.values.ask(need.words, spelled, required=need.required, hide=hide):
                complete[need.name] = answer
    return complete


_NEEDED = {"API_KEY": "apiKey", "BASIC": "username"}
"""What a connection cannot do without, where a server alone knows the provider."""


def _guessed(found: Mapping[str, str]) -> str:
    return next((mode for name, mode in _MODES.items() if name in found), "NONE")
