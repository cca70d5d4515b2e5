"""The OAuth application of an integration, as a command line gives it."""

from __future__ import annotations

from typing import Annotated, NamedTuple, TypeAlias
from urllib.parse import urlsplit

import typer

from nango_cli.cli.administering import Administered
from nango_cli.cli.credential import mode_of
from nango_cli.environments.auth import needs
from nango_cli.environments.connection import Credentials
from nango_cli.environments.declaration import sample_of
from nango_cli.errors import UsageError
from nango_cli.sample_api.registry import NAMES

ClientId: TypeAlias = Annotated[
    str | None, typer.Option("--client-id", metavar="VALUE", help="The OAuth application's client id.")
]
ClientSecret: TypeAlias = Annotated[
    str | None, typer.Option("--client-secret", metavar="VALUE", help="The OAuth application's client secret.")
]
Scopes: TypeAlias = Annotated[
    str | None, typer.Option("--scopes", metavar="VALUE", help="The scopes to ask users for, separated by commas.")
]
Credential: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--credential", metavar="NAME=VALUE", help="Another value of the application's, such as private_key."),
]
BaseUrl: TypeAlias = Annotated[
    str | None,
    typer.Option("--base-url", metavar="URL", help="On `local`: where requests go instead of to the provider."),
]
Private: TypeAlias = Annotated[
    bool | None,
    typer.Option(
        "--allow-private/--no-private",
        help="On `local`: let requests go to addresses of this machine and network, or not.",
        show_default=False,
    ),
]

_HAVE_ONE = ("OAUTH1", "OAUTH2", "TBA", "APP", "CUSTOM")
_ASKED_FOR = ("OAUTH1", "OAUTH2", "TBA")


class Given(NamedTuple):
    """The options, not read yet; None where one was left out."""

    client_id: str | None
    client_secret: str | None
    scopes: str | None
    credential: list[str] | None


def address(base_url: str | None) -> str | None:
    """The text of `--base-url`; None for an empty one. Raises UsageError NG801 when it is no address."""
    try:
        parts = urlsplit(base_url or "")
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        valid = False
    if base_url and not valid and sample_of(base_url) not in NAMES:
        raise UsageError(
            "`--base-url` is not an address", help="write it as https://api.example.com, or `sample:github`"
        )
    return base_url or None


def read(opened: Administered, given: Given) -> dict[str, str]:
    """Read the options, before anything is asked of anybody who might repeat them. Raises as `Values` does."""
    values = opened.values
    found = values.pairs(given.credential, "--credential", secret=True)
    if given.client_id is not None:
        found["client_id"] = values.text(given.client_id, "--client-id")
    if given.client_secret is not None:
        found["client_secret"] = values.secret(given.client_secret, "--client-secret")
    if given.scopes is not None:
        found["scopes"] = ",".join(values.text(given.scopes, "--scopes").replace(",", " ").split())
    return found


def ask(opened: Administered, provider: str, given: dict[str, str]) -> dict[str, str]:
    """With what an OAuth application has besides, if somebody can be asked and knows it."""
    answers = {}
    if mode_of(opened, provider) in _ASKED_FOR:
        for name, option, hide in (("client_id", "--client-id", False), ("client_secret", "--client-secret", True)):
            what = name.replace("_", " ")
            if name not in given and (answer := opened.values.ask(what, option, required=False, hide=hide)):
                answers[name] = answer
    return {**given, **answers}


def application(
    opened: Administered, provider: str, given: dict[str, str], before: Credentials | None = None
) -> Credentials | None:
    """The credentials, on top of those from before; None where nothing was given."""
    if not given:
        return None
    whole = {**{name: value for name, value in (before or {}).items() if name != "type"}, **given}
    definition = opened.administration.definition(provider)
    if opened.is_local and definition is not None:
        return needs.application(definition, whole)
    mode = mode_of(opened, provider)
    return {"type": mode if mode in _HAVE_ONE else "OAUTH2", **whole}
