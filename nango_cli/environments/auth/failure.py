"""What goes wrong with authorization, in our words."""

from __future__ import annotations

from nango_cli.environments.auth.account import Account
from nango_cli.errors import EnvironmentFailure

_BY_BROWSER = ("OAUTH2",)


class TokenRefused(Exception):
    """A token endpoint gave no token. `reason` is OAuth's code; `passing` says that another attempt may succeed."""

    def __init__(self, message: str, *, reason: str | None = None, passing: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.reason = reason
        self.passing = passing


class RefreshFailed(EnvironmentFailure):
    """Credentials have ended, and there are no new ones."""

    code = "NG711"


class AuthorizationFailed(EnvironmentFailure):
    """Nobody allowed the connection, or what came back from the browser is not to be trusted."""

    code = "NG712"


def refresh_failed(account: Account, why: str) -> RefreshFailed:
    """`why` is of a provider, without secrets."""
    return RefreshFailed(f"the credentials of {account.name} cannot be refreshed: {why}", help=remedy(account))


def remedy(account: Account) -> str:
    """What brings credentials that work."""
    if account.provider.auth_mode in _BY_BROWSER:
        return f"authorize it again: `nango connection connect {account.integration} {account.connection_id}`"
    return (
        "check its credentials at the provider; if they were replaced there, delete the connection and create it anew"
    )


def unsupported(account: Account | None, provider: str, auth_mode: str) -> EnvironmentFailure:
    """For the auth modes that only a server has."""
    what = f"{account.name}: " if account else ""
    message = f"{what}connections to `{provider}` are authorized by {auth_mode}, which is not supported here"
    return EnvironmentFailure(message, code="NG704", help="a Nango server can: choose one with `-e`")
