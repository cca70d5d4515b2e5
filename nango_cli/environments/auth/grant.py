"""Where new credentials come from, by auth mode."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from nango_cli.environments.auth.account import Account
from nango_cli.environments.connection import Credentials

if TYPE_CHECKING:
    from nango_cli.environments.wire import Wire

STATIC = frozenset(("NONE", "API_KEY", "BASIC"))
BY_BROWSER = ("OAUTH2",)
SUPPORTED = (*STATIC, *BY_BROWSER, "OAUTH2_CC", "JWT", "SIGNATURE")


def made_here(account: Account) -> bool:
    """Whether each request gets credentials of its own, which nobody has to be asked for."""
    mode = account.provider.auth_mode
    return mode == "SIGNATURE" or (mode == "JWT" and account.provider.token_url is None)


def renewable(account: Account) -> bool:
    """Whether somebody can be asked for new credentials."""
    match account.provider.auth_mode:
        case "OAUTH2":
            return bool(account.credentials.get("refresh_token"))
        case "OAUTH2_CC":
            return True
        case "JWT":
            return account.provider.token_url is not None
        case _:
            return False


def renewed(account: Account, wire: Wire, now: datetime) -> Credentials:
    """New credentials of a connection that is `renewable` or `made_here`, by its own means.

    Raises TokenRefused when the provider gives none, Unreachable (NG702) when it does not answer, and
    EnvironmentFailure NG703 or NG705 when the connection lacks what it takes.
    """
    from nango_cli.environments.auth import jwt_bearer, oauth2, signature

    match account.provider.auth_mode:
        case "OAUTH2":
            return oauth2.refreshed(account, wire)
        case "OAUTH2_CC":
            return oauth2.client_credentials(account, wire)
        case "JWT":
            return jwt_bearer.issued(account, wire, now)
        case _:
            return signature.signed(account, now)
