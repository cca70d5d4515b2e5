"""A script's request as the provider's definition wants it: where it goes, and what is added to it. Pure.

What a script says itself wins over what its integration says, and that over the definition: headers and parameters of
the same name are replaced, `Authorization` included. But a script cannot see credentials: placeholders are filled in
definitions and integrations only, and what it writes is sent as it stands. And the headers that belong to the
connection, such as `Host` and `Content-Length`, are not the script's to set.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from nango_cli.errors import EnvironmentFailure
from nango_cli.providers import placeholder
from nango_cli.providers.provider import Provider
from nango_cli.providers.values import SECRETS, Values

_BELONG_TO_THE_CONNECTION = (
    "connection",
    "content-length",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
)
# Each request is signed with its own address and time, which no header of a definition can do.
_SIGNED = ("OAUTH1", "TBA", "AWS_SIGV4")
_WITHOUT = ("NONE", "API_KEY")


class Asked(Protocol):
    """As much of a script's request as is needed here."""

    @property
    def endpoint(self) -> str: ...

    @property
    def headers(self) -> Mapping[str, str]: ...

    @property
    def base_url_override(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Overrides:
    """What an integration says itself, over its provider's definition."""

    base_url: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


class Prepared(NamedTuple):
    """`url` includes the endpoint, `headers` the script's own; `query` is what its own parameters are laid over."""

    url: str
    headers: dict[str, str]
    query: dict[str, str]


def build(
    provider: Provider,
    overrides: Overrides,
    connection_config: Mapping[str, Any],
    credentials: Mapping[str, Any],
    asked: Asked,
) -> Prepared:
    """The request to send.

    Raises EnvironmentFailure: NG703 when the connection lacks a value or has one that cannot be right, NG705 when its
    credentials do not suffice.
    """
    values = Values(provider, connection_config, credentials)
    headers = _authorization(provider, overrides, values)
    for more in (_filled(provider.headers, values), _filled(overrides.headers, values), _own(asked.headers)):
        replaced = {name.lower() for name in more}
        headers = {name: value for name, value in headers.items() if name.lower() not in replaced} | more
    query = _filled(provider.query, values) | _filled(overrides.query, values)
    return Prepared(_url(provider, overrides, values, asked), headers, query)


def _url(provider: Provider, overrides: Overrides, values: Values, asked: Asked) -> str:
    if asked.endpoint.startswith(("https://", "http://")):
        return asked.endpoint
    base = asked.base_url_override
    if base is None:
        template = overrides.base_url or provider.base_url
        if template is None:
            help = "give the integration a `base_url`, or pass `base_url_override` with the request"
            raise EnvironmentFailure(f"where `{provider.name}` is, nobody says", code="NG703", help=help)
        base = placeholder.fill(template, values.in_address)
    return f"{base.rstrip('/')}/{asked.endpoint.lstrip('/')}"


def _filled(texts: Mapping[str, str], values: Values) -> dict[str, str]:
    return {name: placeholder.fill(text, values) for name, text in texts.items()}


def _own(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in _BELONG_TO_THE_CONNECTION}


def _authorization(provider: Provider, overrides: Overrides, values: Values) -> dict[str, str]:
    """The header that the auth mode stands for, unless a text says where the credentials go."""
    if provider.auth_mode in _WITHOUT or _says_where(provider, overrides):
        return {}
    if provider.auth_mode in _SIGNED:
        help = "`NANGO_SECRET_KEY` and `-e` choose a server, which signs them"
        message = f"requests to `{provider.name}` ({provider.auth_mode}) are signed, which is not supported here"
        raise EnvironmentFailure(message, code="NG705", help=help)
    if provider.auth_mode == "BASIC":
        user, password = values.user()
        return {"authorization": f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"}
    return {"authorization": f"Bearer {values.token()}"}


def _says_where(provider: Provider, overrides: Overrides) -> bool:
    texts = (provider.headers, provider.query, overrides.headers, overrides.query)
    return any(name.lower() == "authorization" for name in (*provider.headers, *overrides.headers)) or any(
        name in SECRETS or name.startswith("credentials.")
        for each in texts
        for text in each.values()
        for name in placeholder.names(text)
    )
