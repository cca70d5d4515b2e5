"""Signed custom headers (`SIGNATURE`): the value that a definition's template calls `${accessToken}`.

It is the text of the header `X-WSSE` of the username token profile 1.0 of WS-Security: a name, a digest of a nonce, the
time and the secret, and that nonce and time. Each is good for one request, so none is kept.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import datetime

from nango_cli.environments.auth.account import Account, text
from nango_cli.environments.connection import Credentials
from nango_cli.errors import EnvironmentFailure


def signed(account: Account, now: datetime, nonce: bytes | None = None) -> Credentials:
    """The credentials with a token. Raises EnvironmentFailure NG705 without a user name and a secret."""
    username, password = (account.credentials.get(name) for name in ("username", "password"))
    if not username or not password:
        help = "create it with both: `nango connection create`"
        raise EnvironmentFailure(f"{account.name} has no user name, or no secret", code="NG705", help=help)
    nonce = secrets.token_hex(16).encode() if nonce is None else nonce
    created = text(now)
    # The profile has SHA-1 in it; what it protects is a header inside of TLS.
    digest = hashlib.sha1(nonce + created.encode() + str(password).encode(), usedforsecurity=False).digest()
    parts = {
        "Username": username,
        "PasswordDigest": base64.b64encode(digest).decode(),
        "Nonce": base64.b64encode(nonce).decode(),
        "Created": created,
    }
    header = "UsernameToken " + ", ".join(f'{name}="{value}"' for name, value in parts.items())
    return {**account.credentials, "type": "SIGNATURE", "token": header}
