"""An account at a provider, as a run may know it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Credentials = Mapping[str, Any]
"""As the server's API writes them: `{"type": "API_KEY", "apiKey": ...}`, `{"type": "OAUTH2", "access_token": ...}`."""


SECRET_CONFIG = "connection_config"
"""Under this name, the credentials of a connection on `local` hold what is secret among its config."""


@dataclass(frozen=True, slots=True)
class Connection:
    """One account at a provider. Its credentials stay inside the environment.

    `config` is what the server's API calls `connection_config`: values that the provider's addresses are made of.
    `created_at` is an ISO date and time. `errors` are `{"type": "auth" | "sync", "log_id"}`, as the server keeps them.
    """

    id: str
    integration: str
    provider: str
    metadata: Mapping[str, Any] = field(default_factory=dict)
    config: Mapping[str, Any] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    errors: tuple[Mapping[str, Any], ...] = ()
    created_at: str | None = None
