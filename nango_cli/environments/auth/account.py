"""A connection, and whatever getting credentials for it takes."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from nango_cli.environments.connection import SECRET_CONFIG, Credentials
from nango_cli.providers.provider import Provider
from nango_cli.providers.values import Values
from nango_cli.redaction import Redactor, is_secret_name

_NO_SECRETS = (
    "type",
    "expires_at",
    "scopes",
    "client_id",
    "client_private_key_id",
    "issuerId",
    "privateKeyId",
    "algorithm",
)
_MILLISECONDS_FROM = 100_000_000_000.0  # as seconds that is the year 5138


@dataclass(frozen=True, slots=True)
class Account:
    """`application` holds the integration's credentials, `{"client_id", "client_secret", "scopes"}`, if it has any.

    `private` allows requests to loopback and private addresses. The repr shows no credentials.
    """

    integration: str
    connection_id: str
    provider: Provider
    config: Mapping[str, Any] = field(default_factory=dict)
    credentials: Credentials = field(default_factory=dict, repr=False)
    application: Credentials = field(default_factory=dict, repr=False)
    private: bool = False

    @property
    def values(self) -> Values:
        """What placeholders of the definition stand for."""
        return Values(self.provider, self.config, {**self.application, **self.credentials})

    @property
    def name(self) -> str:
        return f"the connection `{self.connection_id}` of `{self.integration}`"

    def hide(self, text: str) -> str:
        """A provider's words without our secrets, which some like to repeat."""
        return Redactor([*secrets(self.credentials), *secrets(self.application)]).text(text)


def secrets(credentials: Credentials) -> Iterator[str]:
    """The texts in credentials that nobody may see, and what basic authentication makes of them.

    Of a provider's own answer (`raw`), those under a secret's name.
    """
    for name, value in credentials.items():
        if isinstance(value, str) and value and name not in _NO_SECRETS:
            yield value
    for user, secret in (("username", "password"), ("client_id", "client_secret")):
        if credentials.get(user):
            pair = f"{credentials[user]}:{credentials.get(secret) or ''}"
            yield base64.b64encode(pair.encode("utf-8", "replace")).decode()
    for part in (credentials.get("raw"), credentials.get(SECRET_CONFIG)):
        if isinstance(part, Mapping):
            yield from (value for name, value in part.items() if isinstance(value, str) and is_secret_name(name))


def token(credentials: Credentials) -> str | None:
    """What requests carry: the access token of OAuth 2, or that of a mode whose tokens have no other name."""
    found = credentials.get("access_token") or credentials.get("token")
    return found if isinstance(found, str) else None


def expiry(credentials: Credentials) -> datetime | None:
    """When they end, None if that is not known."""
    return moment(credentials.get("expires_at"))


def moment(value: Any) -> datetime | None:
    """A point in time as ISO text, UTC unless it says otherwise, or as seconds or milliseconds since 1970."""
    try:
        if isinstance(value, str) and not value.isdigit():
            found = datetime.fromisoformat(value)
            return found if found.tzinfo else found.replace(tzinfo=UTC)
        if value is None or isinstance(value, bool):
            return None
        seconds = float(value)
        return datetime.fromtimestamp(seconds / 1000 if seconds >= _MILLISECONDS_FROM else seconds, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def text(instant: datetime) -> str:
    """As the server's API writes it: `2026-01-31T09:00:00.000Z`."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"
