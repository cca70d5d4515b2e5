"""OAuth 2 as a provider's definition wants it. The protocol is Authlib's; here is which of its options are chosen.

RFC 6749 (authorization code, client credentials, refresh), RFC 7636 (PKCE), RFC 7523 (`private_key_jwt`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nango_cli.environments.auth.account import Account, moment, text
from nango_cli.environments.auth.failure import TokenRefused
from nango_cli.environments.auth.token_endpoint import Anonymous, Session
from nango_cli.environments.connection import Credentials
from nango_cli.errors import EnvironmentFailure
from nango_cli.providers import placeholder

if TYPE_CHECKING:
    from authlib.oauth2.client import OAuth2Client

    from nango_cli.environments.wire import Wire

_CODE = "authorization_code"
_ASSERTION = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_RESERVED = ("grant_type", "code", "redirect_uri", "code_verifier", "refresh_token", "client_id", "client_secret")


@dataclass(frozen=True, slots=True)
class Authorization:
    """One attempt to have a connection allowed: `url` is for the browser, the rest is for its answer."""

    url: str
    redirect_uri: str
    state: str = field(repr=False)
    verifier: str | None = field(repr=False)


def authorization(account: Account, redirect_uri: str, scopes: tuple[str, ...] | None = None) -> Authorization:
    """Where to send the user. `scopes` stand in for the application's; the definition's are always asked for.

    Raises EnvironmentFailure NG703 when the connection lacks a value of the address.
    """
    from authlib.common.security import generate_token

    provider = account.provider
    client = _client(account, None, scopes=scopes, redirect_uri=redirect_uri)
    verifier = None if provider.disable_pkce else generate_token(64)
    given = _filled(provider.authorization_params, account)
    params = {name: value for name, value in given.items() if name not in ("state", "redirect_uri", "client_id")}
    url, state = client.create_authorization_url(
        _address(provider.authorization_url, "authorization_url", account),
        state=generate_token(48),
        code_verifier=verifier,
        **params,
    )
    return Authorization(url, redirect_uri, state, verifier)


def exchange(account: Account, wire: Wire, started: Authorization, code: str) -> Credentials:
    """The credentials that a code is good for. Raises TokenRefused, or Unreachable (NG702)."""
    client = _client(account, wire, redirect_uri=started.redirect_uri)
    more = {"code_verifier": started.verifier} if started.verifier else {}
    body = _body(account.provider.token_params, account)
    url = _token_url(account)
    return _oauth2(_asked(account, lambda: client.fetch_token(url, body, grant_type=_CODE, code=code, **more)), {})


def refreshed(account: Account, wire: Wire) -> Credentials:
    """New credentials for a refresh token; the old one stays unless a new one comes. Raises as `exchange` does."""
    provider = account.provider
    client = _client(account, wire)
    client.scope = None  # RFC 6749, section 6: without scopes the new token has those of the old one
    url = _address(provider.refresh_url, "refresh_url", account) if provider.refresh_url else _token_url(account)
    body = _body(provider.refresh_params, account)
    old = str(account.credentials.get("refresh_token"))
    token = _asked(account, lambda: client.refresh_token(url, refresh_token=old, body=body))
    return _oauth2(token, account.credentials)


def client_credentials(account: Account, wire: Wire) -> Credentials:
    """A token for the client itself; the credentials keep what it was asked with. Raises as `exchange` does."""
    client = _client(account, wire)
    body = _body(account.provider.token_params, account)
    url = _token_url(account)
    token = _asked(account, lambda: client.fetch_token(url, body, grant_type="client_credentials"))
    return {
        **account.credentials,
        "type": "OAUTH2_CC",
        "token": token["access_token"],
        **_ending(token),
        "raw": raw(token),
    }


def assertion_grant(account: Account, wire: Wire, assertion: str) -> dict[str, Any]:
    """The token endpoint's answer to a signed assertion. Raises as `exchange` does."""
    client = _client(account, wire)
    url = _token_url(account)
    return _asked(
        account,
        lambda: client.fetch_token(url, grant_type=_ASSERTION, assertion=assertion, auth=Anonymous()),
    )


def _client(
    account: Account, wire: Wire | None, *, scopes: tuple[str, ...] | None = None, redirect_uri: str | None = None
) -> OAuth2Client:
    from authlib.oauth2.client import OAuth2Client

    provider = account.provider
    known = {**account.application, **account.credentials}
    chosen = dict.fromkeys([*(_scopes(account) if scopes is None else scopes), *provider.default_scopes])
    method, secret = _authentication(account, known)
    session = None if wire is None else Session(wire, body_format=provider.body_format, private=account.private)
    client = OAuth2Client(
        session,
        client_id=known.get("client_id"),
        client_secret=secret,
        token_endpoint_auth_method=method if isinstance(method, str) else method.name,
        scope=provider.scope_separator.join(chosen) or None,
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
    )
    if not isinstance(method, str):
        client.register_client_auth_method(method)
    return client


def _authentication(account: Account, known: Mapping[str, Any]) -> tuple[Any, Any]:
    """How the token endpoint learns who asks, and with which secret: in the body unless the definition says more."""
    wanted = account.provider.token_request_auth_method or account.provider.authorization_method
    if wanted == "private_key_jwt":
        from authlib.oauth2.rfc7523 import PrivateKeyJWT

        from nango_cli.environments.auth.jwt_bearer import signing_key

        key, algorithm = signing_key(account, str(known.get("client_private_key") or known.get("client_secret") or ""))
        headers = {"kid": known["client_private_key_id"]} if known.get("client_private_key_id") else None
        return PrivateKeyJWT(_token_url(account), headers=headers, alg=algorithm), key
    secret = known.get("client_secret")
    if not secret:
        return "none", None
    return "client_secret_basic" if wanted in ("basic", "header") else "client_secret_post", secret


def _scopes(account: Account) -> Iterator[str]:
    """Those of the application or of the connection."""
    for given in (account.application.get("scopes"), account.credentials.get("scopes")):
        yield from split_scopes(given)
    yield from split_scopes(account.config.get("oauth_scopes"))


def split_scopes(given: Any) -> list[str]:
    """Scopes of a list, or of text that separates them by commas or spaces."""
    if isinstance(given, list | tuple):
        return [str(each) for each in given]
    return str(given or "").replace(",", " ").split()


def _asked(account: Account, ask: Any) -> dict[str, Any]:
    """What Authlib returns, or raises, as ours, without secrets. A success has an access token."""
    from authlib.oauth2 import OAuth2Error

    try:
        token = dict(ask())
    except OAuth2Error as error:
        said = " ".join(filter(None, (f"`{error.error}`", str(error.description or ""))))
        failure = TokenRefused(account.hide(said), reason=error.error)
    except TokenRefused as error:
        failure = TokenRefused(account.hide(error.message), reason=error.reason, passing=error.passing)
    except (UnicodeError, ValueError) as error:
        failure = TokenRefused(f"the request for a token cannot be made: {type(error).__name__}")
    else:
        if isinstance(token.get("access_token"), str) and token["access_token"]:
            return token
        failure = TokenRefused("the answer of the token endpoint has no access token")
    raise failure  # outside of the handler: the errors' contexts hold requests, and with them secrets


def _oauth2(token: dict[str, Any], before: Credentials) -> Credentials:
    refresh = token.get("refresh_token") or before.get("refresh_token")
    more = {"refresh_token": refresh} if refresh else {}
    return {"type": "OAUTH2", "access_token": token["access_token"], **more, **_ending(token), "raw": raw(token)}


def _ending(token: Mapping[str, Any]) -> dict[str, Any]:
    ends = moment(token.get("expires_at"))
    return {"expires_at": text(ends) if ends else None}


def raw(token: Mapping[str, Any]) -> dict[str, Any]:
    """A token's answer without the moment that Authlib adds to it."""
    return {name: value for name, value in token.items() if name != "expires_at" or "expires_in" not in token}


def _token_url(account: Account) -> str:
    return _address(account.provider.token_url, "token_url", account)


def _address(template: str | None, what: str, account: Account) -> str:
    if template is None:
        message = f"the definition of the provider `{account.provider.name}` has no `{what}`"
        raise EnvironmentFailure(message, code="NG710", help="write it into the project's providers.yaml")
    return placeholder.fill(template, account.values.in_address)


def _filled(texts: Mapping[str, str], account: Account) -> dict[str, str]:
    """Parameters with their values, without those whose values the connection does not have."""
    values = account.values
    return {
        name: placeholder.fill(template, values)
        for name, template in texts.items()
        if "||" in template or all(values(each) not in (None, "") for each in placeholder.names(template))
    }


def _body(texts: Mapping[str, str], account: Account) -> str:
    from urllib.parse import urlencode

    return urlencode({name: value for name, value in _filled(texts, account).items() if name not in _RESERVED})
