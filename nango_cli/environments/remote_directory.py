"""The connections and integrations of a server, remembered for a while."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from nango_cli.environments.api_client import ApiClient, Query
from nango_cli.environments.api_failure import NotNango, ServerRefusal, unexpected
from nango_cli.environments.connection import Connection
from nango_cli.environments.memo import Memo
from nango_cli.environments.unknown import unknown_connection, unknown_integration
from nango_cli.errors import EnvironmentFailure

Json = dict[str, Any]

_CONNECTIONS, _INTEGRATIONS = 60.0, 600.0  # seconds that each stays good
_NO_SECRETS = ("type", "token_type", "expires_at", "scope")


class Directory:
    """`secrets` are all the texts that were seen in credentials."""

    def __init__(self, client: ApiClient, *, dry_run: bool) -> None:
        self.secrets: set[str] = set()
        self._client = client
        self._headers = {"Nango-Is-Sync": "true", **({"Nango-Is-Dry-Run": "true"} if dry_run else {})}
        self._connections: Memo[tuple[str, str], Json] = Memo(_CONNECTIONS)
        self._integrations: Memo[tuple[str, tuple[str, ...]], Json] = Memo(_INTEGRATIONS)

    def connection(self, integration: str, id: str, *, refresh: bool = False) -> Json:
        """A connection as the API has it, credentials included. Raises EnvironmentFailure NG701 when there is none."""
        key = (integration, id)
        if refresh:
            return self._connections.put(key, self._ask(integration, id, refresh=True))
        return self._connections.get(key, lambda: self._ask(integration, id))

    def forget(self, integration: str, id: str) -> None:
        self._connections.forget((integration, id))

    def listed(self, connection_id: str | None = None) -> list[Json]:
        """What the API lists: connections without credentials."""
        query = [("connectionId", connection_id)] if connection_id is not None else []
        path, answer = self._first(["/connections", "/connection"], query)
        return [each for each in self._part(answer, "connections", list, path) if isinstance(each, dict)]

    def integration(self, name: str, include: Sequence[str] = ()) -> Json:
        """An integration as the API has it. Raises EnvironmentFailure NG701 when there is none."""
        wanted = tuple(dict.fromkeys(include))
        return self._integrations.get((name, wanted), lambda: self._ask_integration(name, wanted))

    def _ask(self, integration: str, id: str, *, refresh: bool = False) -> Json:
        path = f"/connection/{quote(id, safe='')}"
        query = [("provider_config_key", integration)]
        if refresh:
            query += [("force_refresh", "true"), ("refresh_token", "false")]
        missing = False
        try:
            found = self._client.json("GET", path, query=query, headers=self._headers)
        except ServerRefusal as error:
            missing = error.status == 404 or error.reason == "unknown_connection"
            if not missing:
                raise
        if missing:
            raise self._unknown(integration, id)
        if not isinstance(found, dict) or "connection_id" not in found:
            raise unexpected(f"GET {path}", self._client.host, "connection_id")
        self._learn(found.get("credentials"))
        return found

    def _ask_integration(self, name: str, include: Sequence[str]) -> Json:
        places = [f"/{each}/{quote(name, safe='')}" for each in ("integrations", "config")]
        missing = False
        try:
            path, answer = self._first(places, [("include", each) for each in include])
        except ServerRefusal as error:
            missing = error.status == 404 or error.reason == "unknown_provider_config"
            if not missing:
                raise
        if missing:
            raise self._unknown_integration(name)
        found: Json = self._part(answer, "data" if path == places[0] else "config", dict, path)
        self._learn(found.get("credentials"))
        return {"unique_key": name, **found}

    def _first(self, paths: Sequence[str], query: Query) -> tuple[str, Any]:
        """The first of these paths that the server knows, newer ones first, and its answer."""
        *newer, oldest = paths
        for path in newer:
            try:
                return path, self._client.json("GET", path, query=query)
            except (ServerRefusal, NotNango) as error:
                if error.status != 404:
                    raise
        return oldest, self._client.json("GET", oldest, query=query)

    def _part(self, answer: Any, name: str, kind: type, path: str) -> Any:
        part = answer.get(name) if isinstance(answer, dict) else None
        if not isinstance(part, kind):
            raise unexpected(f"GET {path}", self._client.host, name)
        return part

    def _unknown(self, integration: str, id: str) -> EnvironmentFailure:
        """Why a connection is not there: its integration is not, or its id is another."""
        ids: list[str] | None = None
        with contextlib.suppress(EnvironmentFailure):
            found = [each for each in self.listed() if each.get("provider_config_key") == integration]
            ids = [str(each.get("connection_id")) for each in found]
        if not ids:
            try:
                self.integration(integration)
            except EnvironmentFailure as error:
                if error.code == "NG701":
                    return error
        return unknown_connection(integration, id, ids)

    def _unknown_integration(self, name: str) -> EnvironmentFailure:
        names = None
        with contextlib.suppress(EnvironmentFailure):
            listed = self._part(self._client.json("GET", "/integrations"), "data", list, "/integrations")
            names = [str(each.get("unique_key")) for each in listed if isinstance(each, dict)]
        return unknown_integration(name, names, self._client.host)

    def _learn(self, credentials: Any) -> None:
        self.secrets.update(_texts(credentials))


def as_connection(found: Mapping[str, Any], provider: str) -> Connection:
    """Ours, without credentials, of what the API has. It may leave out metadata and more in lists."""
    errors = found.get("errors") or ()
    return Connection(
        id=str(found.get("connection_id")),
        integration=str(found.get("provider_config_key")),
        provider=provider,
        metadata=found.get("metadata") or {},
        config=found.get("connection_config") or {},
        tags=found.get("tags") or {},
        errors=tuple(each for each in errors if isinstance(each, dict)),
        created_at=found.get("created_at") or found.get("created"),
    )


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str) and value:
        yield value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if name not in _NO_SECRETS:
                yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
