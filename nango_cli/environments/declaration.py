"""What local.yaml declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_SAMPLE = "sample:"


@dataclass(frozen=True, slots=True)
class LocalConnection:
    """`api_key` names the environment variable that holds it; None for a connection without credentials."""

    metadata: Mapping[str, Any] = field(default_factory=dict)
    config: Mapping[str, Any] = field(default_factory=dict)
    api_key: str | None = None


@dataclass(frozen=True, slots=True)
class LocalIntegration:
    """`headers` and `params` are sent with every request; they and the base URL may hold `${apiKey}` and
    `${connectionConfig.name}`. The base URL `sample:github` is a bundled sample API; without one the definition of
    the provider says where requests go and how they carry credentials. `allow_private` allows loopback and private
    addresses.
    """

    provider: str
    base_url: str | None
    headers: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)
    connections: Mapping[str, LocalConnection] = field(default_factory=dict)
    allow_private: bool = False


def sample_of(base_url: str | None) -> str | None:
    """The name of the bundled sample API that a base URL means, as in `sample:github`; None for an address."""
    return base_url.removeprefix(_SAMPLE) if base_url and base_url.startswith(_SAMPLE) else None
