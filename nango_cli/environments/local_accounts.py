"""New connections of the embedded environment: allowed in a browser, or tried out at their provider."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from nango_cli.environments.administration import Authorization
from nango_cli.environments.auth import grant
from nango_cli.environments.auth.account import Account, token
from nango_cli.environments.auth.failure import TokenRefused
from nango_cli.environments.auth.verify import verify
from nango_cli.environments.connection import Credentials
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse
from nango_cli.errors import EnvironmentFailure

if TYPE_CHECKING:
    from collections.abc import Callable

    from nango_cli.environments.wire import Wire

_TIMEOUT = 30.0  # seconds for each request


def verified(account: Account, send: Callable[[ProxyRequest, Credentials], ProxyResponse]) -> Credentials:
    """The credentials to keep, once the provider took them; or as they are, when nobody knows how to ask it.

    Raises EnvironmentFailure NG705 when it refuses them.
    """
    shown, refused = account, None
    made = grant.made_here(account)
    if made or (grant.renewable(account) and not token(account.credentials)):
        try:
            with _wire() as wire:
                shown = replace(account, credentials=grant.renewed(account, wire, datetime.now(UTC)))
        except TokenRefused as error:
            refused = error.message
    if refused is None:
        found = verify(shown, lambda request: send(request, shown.credentials))
        if found.outcome == "refused":
            refused = f"it answered {found.status} to {found.request}"
    if refused is not None:
        message = f"`{account.provider.name}` does not accept these credentials: {account.hide(refused)}"
        raise EnvironmentFailure(message, code="NG705", help="check them; `--no-verify` keeps them as they are")
    return account.credentials if made else shown.credentials


def authorized(account: Account, how: Authorization) -> tuple[Credentials, Mapping[str, Any]]:
    """The credentials and the config of a connection that somebody allowed in a browser. Raises as `connect` does."""
    from nango_cli.environments.auth.connect import connect

    with _wire() as wire:
        allowed = connect(
            account,
            wire,
            how.show,
            scopes=how.scopes,
            port=how.port,
            redirect_uri=how.redirect_uri,
            patience=how.patience,
        )
    return allowed.credentials, allowed.config


@contextmanager
def _wire() -> Iterator[Wire]:
    from nango_cli.environments.wire import Wire

    wire = Wire(_TIMEOUT, "the token URL in the provider's definition")
    try:
        yield wire
    finally:
        wire.close()
