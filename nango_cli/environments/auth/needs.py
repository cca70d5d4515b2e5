"""What has to be asked for before a connection can be made. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nango_cli.diagnostics.suggest import did_you_mean
from nango_cli.environments.auth.failure import unsupported
from nango_cli.environments.auth.grant import BY_BROWSER, SUPPORTED
from nango_cli.environments.connection import Credentials
from nango_cli.errors import UsageError
from nango_cli.providers import placeholder
from nango_cli.providers.provider import ConfigField, Provider

_ALTERNATIVE = re.compile(r"\s*\|\|\s*")
_CONFIG = "connectionConfig."


@dataclass(frozen=True, slots=True)
class Need:
    """One value. `words` say what it is, for a prompt; `secret` ones are neither shown nor taken from arguments."""

    name: str
    words: str
    secret: bool = False
    required: bool = True
    example: str | None = None
    pattern: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Needs:
    """`application` belongs to the integration, `credentials` and `config` to each connection.

    `by_browser` says that the credentials of a connection are not asked for but come from its user's browser.
    """

    application: tuple[Need, ...] = ()
    credentials: tuple[Need, ...] = ()
    config: tuple[Need, ...] = ()
    by_browser: bool = False


_APPLICATION = (
    Need("client_id", "client id of your OAuth application"),
    Need("client_secret", "client secret of your OAuth application", secret=True, required=False),
    Need("scopes", "scopes, separated by commas", required=False),
)
_CREDENTIALS: dict[str, tuple[Need, ...]] = {
    "API_KEY": (Need("apiKey", "API key", secret=True),),
    # Some providers want an API key in place of one of the two, and nothing in place of the other.
    "BASIC": (
        Need("username", "user name, or what the provider wants in its place"),
        Need("password", "password", secret=True, required=False),
    ),
    "OAUTH2_CC": (
        Need("client_id", "client id"),
        Need("client_secret", "client secret", secret=True),
        Need("scopes", "scopes, separated by commas", required=False),
    ),
    "JWT": (
        Need("privateKey", "private key in PEM, or shared secret", secret=True),
        Need("privateKeyId", "id of the key", required=False),
        Need("issuerId", "issuer", required=False),
    ),
    "SIGNATURE": (Need("username", "user name"), Need("password", "secret", secret=True)),
}
_SIGNED_CLIENT = (
    Need("client_id", "client id"),
    Need("client_private_key", "private key in PEM", secret=True),
    Need("client_private_key_id", "id of the key", required=False),
    Need("scopes", "scopes, separated by commas", required=False),
)


_ON_ONE_LINE = ("apiKey", "username", "password")  # they travel in headers


def needs(provider: Provider) -> Needs:
    """Raises EnvironmentFailure NG704 for the auth modes that only a server has."""
    mode = provider.auth_mode
    if mode not in SUPPORTED:
        raise unsupported(None, provider.name, mode)
    credentials = _CREDENTIALS.get(mode, ())
    if mode == "OAUTH2_CC" and provider.token_request_auth_method == "private_key_jwt":
        credentials = _SIGNED_CLIENT
    by_browser = mode in BY_BROWSER
    return Needs(_APPLICATION if by_browser else (), credentials, tuple(_config(provider)), by_browser)


def credentials(provider: Provider, given: Mapping[str, str]) -> Credentials:
    """The credentials that these values make. Raises UsageError when one is missing, or is none that is known."""
    wanted = needs(provider).credentials
    return {"type": provider.auth_mode, **checked(wanted, given, f"credentials for `{provider.name}`")}


def application(provider: Provider, given: Mapping[str, str]) -> Credentials:
    """An integration's credentials, `{"type", "client_id", "client_secret", "scopes"}`. Raises as `credentials` do."""
    wanted = needs(provider).application
    return {"type": provider.auth_mode, **checked(wanted, given, f"an application at `{provider.name}`")}


def config(provider: Provider, given: Mapping[str, str]) -> dict[str, str]:
    """A connection's config; values that the definition does not know are kept. Raises UsageError as `credentials`."""
    wanted = needs(provider).config
    known = {each.name: given[each.name] for each in wanted if each.name in given}
    return {**given, **checked(wanted, known, f"connections to `{provider.name}`")}


def checked(wanted: tuple[Need, ...], given: Mapping[str, str], what: str) -> dict[str, str]:
    """The given values without empty ones. Raises UsageError NG801; its words do not repeat secrets."""
    names = [each.name for each in wanted]
    shown = ", ".join(f"`{each}`" for each in names) or "nothing"
    for name in given:
        if name not in names:
            raise UsageError(f"`{name}` is unknown to {what}", help=did_you_mean(name, names) or f"they take {shown}")
    found = {}
    for each in wanted:
        value = given.get(each.name, "")
        if each.name in _ON_ONE_LINE and len(value.splitlines()) > 1:
            raise UsageError(f"the `{each.name}` has more than one line", help="check where it comes from")
        if not value:
            if each.required:
                raise UsageError(f"{what} need `{each.name}`: the {each.words}", help=_like(each))
            continue
        if each.pattern is not None and not each.pattern.search(value):
            text = "what was given" if each.secret else f"`{value}`"
            raise UsageError(f"`{each.name}` cannot be {text}: it must match {each.pattern.pattern}", help=_like(each))
        found[each.name] = value
    return found


def _config(provider: Provider) -> Iterator[Need]:
    """The values that addresses and headers are made of, and those that the definition declares besides."""
    required = dict.fromkeys(_required(provider))
    for name in dict.fromkeys([*provider.connection_config, *required]):
        field = provider.connection_config.get(name, ConfigField())
        comes = name in provider.token_response_metadata or name in provider.redirect_uri_metadata
        if comes or (field.automated and name not in required):
            continue
        yield Need(name, f"`{name}` of the account", False, name in required, field.example, field.pattern)


def _required(provider: Provider) -> Iterator[str]:
    """The values of the config without which some text cannot be filled in, whichever alternative is taken."""
    addresses = (provider.base_url, provider.authorization_url, provider.token_url, provider.refresh_url)
    for template in (*addresses, *provider.headers.values(), *provider.query.values()):
        if not template:
            continue
        alternatives = [set(placeholder.names(each)) for each in _ALTERNATIVE.split(template)]
        for name in sorted(set.intersection(*alternatives)):
            if name.startswith(_CONFIG):
                yield name.removeprefix(_CONFIG)


def _like(need: Need) -> str | None:
    return f"such as `{need.example}`" if need.example else None
