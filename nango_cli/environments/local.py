"""The embedded environment: no server, no account; connections come from the project itself."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from nango_cli.diagnostics.suggest import did_you_mean
from nango_cli.environments.environment import Connection, ProxyRequest, ProxyResponse
from nango_cli.errors import EnvironmentFailure

if TYPE_CHECKING:
    from nango_cli.environments.http import HttpClient

SAMPLE = "sample:github"


@dataclass(frozen=True, slots=True)
class LocalIntegration:
    """`connections` maps the id of each to its metadata. The base URL `sample:github` is the bundled sample API."""

    provider: str
    base_url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    connections: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


class LocalEnvironment:
    """The connections of a project without a server. A context manager: leaving it closes what it opened."""

    retries = False

    def __init__(self, integrations: Mapping[str, LocalIntegration], *, timeout: float = 30.0) -> None:
        self._integrations = integrations
        self._timeout = timeout
        self._open = contextlib.ExitStack()
        self._client: HttpClient | None = None
        self._sample_url: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._client = self._sample_url = None
        self._open.close()

    def connection(self, integration: str, connection_id: str) -> Connection:
        found = self._integration(integration)
        metadata = found.connections.get(connection_id)
        if metadata is None:
            known = ", ".join(f"`{each}`" for each in found.connections) or "none"
            guess = did_you_mean(connection_id, found.connections)
            help = f"{guess} connections of {integration}: {known}" if guess else f"its connections: {known}"
            raise EnvironmentFailure(f"`{integration}` has no connection `{connection_id}`", code="NG701", help=help)
        return Connection(connection_id, integration, found.provider, metadata)

    def proxy(self, request: ProxyRequest) -> ProxyResponse:
        integration = self._integration(request.integration)
        base_url = self._base_url(request.base_url_override or integration.base_url)
        return self._http().send(request, base_url, integration.headers)

    def warm_up(self, integration: str) -> None:
        self._base_url(self._integration(integration).base_url)
        self._http()

    def _integration(self, name: str) -> LocalIntegration:
        found = self._integrations.get(name)
        if found is None:
            help = did_you_mean(name, self._integrations) or f"declare it in local.yaml under `integrations: {name}:`"
            raise EnvironmentFailure(f"no connection of `{name}` is known here", code="NG701", help=help)
        return found

    def _http(self) -> HttpClient:
        if self._client is None:
            from nango_cli.environments.http import HttpClient

            self._client = self._open.enter_context(HttpClient(self._timeout))
        return self._client

    def _base_url(self, declared: str) -> str:
        if declared != SAMPLE:
            return declared
        if self._sample_url is None:
            from nango_cli.sample_api import SampleApi

            self._sample_url = self._open.enter_context(SampleApi())
        return self._sample_url
