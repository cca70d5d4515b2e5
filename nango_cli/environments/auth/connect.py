"""Having a connection allowed by its user, in a browser: the code flow with a redirect to the loopback (RFC 8252)."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from nango_cli.environments.auth import oauth2
from nango_cli.environments.auth.account import Account
from nango_cli.environments.auth.callback import PATH, Callback
from nango_cli.environments.auth.failure import AuthorizationFailed, TokenRefused, unsupported
from nango_cli.environments.auth.grant import BY_BROWSER, SUPPORTED
from nango_cli.environments.connection import Credentials
from nango_cli.errors import EnvironmentFailure

if TYPE_CHECKING:
    from nango_cli.environments.wire import Wire

PATIENCE = 300.0  # seconds for a user to make up their mind


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a connection is made of once it is allowed; `config` has what the answers brought."""

    credentials: Credentials = field(repr=False)
    config: Mapping[str, Any]


def connect(
    account: Account,
    wire: Wire,
    show: Callable[[str], object],
    *,
    scopes: tuple[str, ...] | None = None,
    port: int = 0,
    redirect_uri: str | None = None,
    patience: float = PATIENCE,
) -> Allowed:
    """Ask the user and wait for the answer, at most `patience` seconds.

    `show` gets the address for the browser as soon as somebody listens for the answer, on `port` or a free one.
    `redirect_uri` is what the provider is told instead of our own address, for those that insist on TLS or on a name;
    its path is the one that is listened to. `scopes` stand in for the application's.

    Raises EnvironmentFailure: NG712 when it is not allowed, NG702 when nobody answers, NG703 when the connection lacks
    a value, NG704 when its provider needs no browser.
    """
    mode = account.provider.auth_mode
    if mode not in BY_BROWSER:
        if mode not in SUPPORTED:
            raise unsupported(account, account.provider.name, mode)
        help = f"`nango connection create {account.integration} {account.connection_id}` makes it"
        message = f"connections to `{account.provider.name}` ({mode}) are not authorized in a browser"
        raise EnvironmentFailure(message, code="NG704", help=help)
    if not account.application.get("client_id"):
        help = f"`nango integration update {account.integration}` sets the client id and secret of your application"
        message = f"the integration `{account.integration}` has no OAuth application to authorize with"
        raise AuthorizationFailed(message, help=help)
    path = urlsplit(redirect_uri).path or "/" if redirect_uri else PATH
    with Callback(port, path) as callback:
        started = oauth2.authorization(account, redirect_uri or callback.address, scopes)
        show(started.url)
        answered = callback.wait(patience)
        if answered is None:
            message = f"nobody authorized {account.name} within {patience:g} seconds"
            raise AuthorizationFailed(message, help=_register(started.redirect_uri))
        allowed = _allowed(account, wire, started, answered)
        callback.succeed()
    return allowed


def _allowed(account: Account, wire: Wire, started: oauth2.Authorization, answered: Mapping[str, str]) -> Allowed:
    """What the browser's answer is good for. Nothing in it is believed before its state is right."""
    if not secrets.compare_digest(answered.get("state", "").encode(), started.state.encode()):
        help = "try again, and use the newest window of the browser; nothing was stored"
        raise AuthorizationFailed(f"an answer came that does not belong to this attempt of {account.name}", help=help)
    if reason := answered.get("error"):
        said = account.hide(" ".join(filter(None, (f"`{reason}`", answered.get("error_description")))))
        raise AuthorizationFailed(f"{account.name} was not authorized: {said}", help=_help(reason, started))
    failure: TokenRefused | None = None
    try:
        credentials = oauth2.exchange(account, wire, started, answered.get("code", ""))
    except TokenRefused as error:
        failure = error
    if failure is not None:
        said = failure.message.replace(answered.get("code") or "\0", "***")
        message = f"{account.name} was authorized, but there is no token for it: {said}"
        raise AuthorizationFailed(message, help=_help(failure.reason or "", started))
    return Allowed(credentials, {**account.config, **_brought(account, credentials, answered)})


def _brought(account: Account, credentials: Credentials, answered: Mapping[str, str]) -> dict[str, Any]:
    """What the definition wants kept of the redirect and of the token's answer, under the names that it uses."""
    found = {name: answered[name] for name in account.provider.redirect_uri_metadata if name in answered}
    for name in account.provider.token_response_metadata:
        value: Any = credentials.get("raw")
        for step in name.split("."):
            value = value.get(step) if isinstance(value, Mapping) else None
        if value is not None:
            found[name] = value
    return found


def _help(reason: str, started: oauth2.Authorization) -> str:
    match reason:
        case "access_denied":
            return "allow the access in the browser"
        case "invalid_client" | "unauthorized_client":
            return "check the client id and secret of the integration: `nango integration update`"
        case "invalid_scope":
            return "check the scopes of the integration: `nango integration update`"
        case _:
            return _register(started.redirect_uri)


def _register(redirect_uri: str) -> str:
    return f"the application at the provider must have {redirect_uri} among its redirect addresses"
