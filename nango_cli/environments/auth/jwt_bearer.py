"""Tokens that a connection's own key signs (`JWT`), by joserfc, which is Authlib's.

The definition's `token_params` are the claims, so `iss`, `sub` and `aud` are written there; `kid` and `alg`, if they
are among them, go to the header, and `expires_in` is in seconds. With a `token_url` the token is an assertion that is
exchanged for an access token (RFC 7523), without one it is itself what requests carry.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from nango_cli.environments.auth.account import Account, moment, text
from nango_cli.environments.auth.oauth2 import assertion_grant, raw
from nango_cli.environments.connection import Credentials
from nango_cli.errors import EnvironmentFailure
from nango_cli.providers import placeholder

if TYPE_CHECKING:
    from nango_cli.environments.wire import Wire

LIFETIME = 300  # seconds

_ALGORITHMS = {"P-256": "ES256", "P-384": "ES384", "P-521": "ES512"}


def issued(account: Account, wire: Wire, now: datetime) -> Credentials:
    """The credentials with a token. Raises TokenRefused and Unreachable for the grant, NG705 for a key that is none."""
    assertion, ends = signed(account, now)
    more: dict[str, Any] = {"token": assertion, "expires_at": text(ends)}
    if account.provider.token_url:
        token = assertion_grant(account, wire, assertion)
        until = moment(token.get("expires_at"))
        more = {"token": token["access_token"], "expires_at": text(until) if until else None, "raw": raw(token)}
    return {**account.credentials, "type": "JWT", **more}


def signed(account: Account, now: datetime) -> tuple[str, datetime]:
    """A token, and when it ends."""
    from authlib.oauth2.rfc7523.assertion import sign_jwt_bearer_assertion

    given, provider = account.credentials, account.provider
    key, usual = signing_key(account, str(given.get("privateKey") or ""))
    claims = {name: placeholder.fill(template, account.values) for name, template in provider.token_params.items()}
    claims.pop("grant_type", None)
    header = {"alg": claims.pop("alg", None) or given.get("algorithm") or usual, "typ": "JWT"}
    if kid := claims.pop("kid", None) or given.get("privateKeyId"):
        header["kid"] = kid
    lifetime = float(claims.pop("expires_in", LIFETIME))
    issuer = claims.pop("iss", None) or given.get("issuerId")
    audience = claims.pop("aud", None)
    if audience is None and provider.token_url:
        audience = placeholder.fill(provider.token_url, account.values.in_address)
    ends = now + timedelta(seconds=lifetime)
    wanted = {"issuer": issuer, "audience": audience, "subject": claims.pop("sub", None)}
    token = sign_jwt_bearer_assertion(
        key,
        **wanted,
        issued_at=int(now.timestamp()),
        expires_at=int(ends.timestamp()),
        claims=claims,
        header=header,
    )
    return str(token), ends


def signing_key(account: Account, key: str) -> tuple[Any, str]:
    """A key, and the algorithm that is usual for its kind. A PEM may be on one line, with `\\n` for its ends.

    Raises EnvironmentFailure NG705; its words say nothing of the key.
    """
    from joserfc.errors import JoseError
    from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

    pem = key.replace("\\n", "\n").strip()
    if "-----BEGIN" not in pem:
        if len(key) * 8 >= 112:  # joserfc's, after NIST SP 800-131A
            return OctKey.import_key(key), "HS256"
        raise _no_key(account, "it is no PEM, and too short for a secret" if key else "there is none")
    for kind in (RSAKey, ECKey, OKPKey):
        try:
            found = kind.import_key(pem)
        except (JoseError, ValueError, TypeError):
            continue
        if found.is_private:
            return found, "RS256" if kind is RSAKey else _ALGORITHMS.get(getattr(found, "curve_name", ""), "EdDSA")
        break
    raise _no_key(account, "it is not a private key of a kind that is known: RSA, EC or Ed25519")


def _no_key(account: Account, why: str) -> EnvironmentFailure:
    message = f"the key of {account.name} cannot sign: {why}"
    return EnvironmentFailure(
        message, code="NG705", help="give it a private key in PEM, or a secret of 14 bytes at least"
    )
