"""Setting up an environment of a server, as far as its API can."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import quote

from nango_cli.diagnostics.suggest import did_you_mean
from nango_cli.environments.administration import Authorization, IntegrationSettings
from nango_cli.environments.api_client import Query
from nango_cli.environments.api_failure import ServerRefusal, unexpected
from nango_cli.environments.auth.account import secrets
from nango_cli.environments.connection import Connection, Credentials
from nango_cli.environments.remote import RemoteEnvironment
from nango_cli.environments.remote_directory import as_connection
from nango_cli.environments.unknown import unknown_integration
from nango_cli.errors import EnvironmentFailure

if TYPE_CHECKING:
    from nango_cli.providers.provider import Provider

_MOST_ASKED = 50  # connections whose records are counted before an integration is deleted


class RemoteAdministration(RemoteEnvironment):
    """An environment of a server with what sets it up: `nango_cli.environments.administration`."""

    def integrations(self) -> Sequence[IntegrationSettings]:
        return [_settings(each) for each in self._list("/integrations")]

    def integration_settings(self, name: str, *, with_credentials: bool = False) -> IntegrationSettings:
        query = [("include", "credentials")] if with_credentials else []
        try:
            found = self._part("GET", _path("integrations", name), query=query)
        except ServerRefusal as error:
            if error.status != 404:
                raise
        else:
            self._directory.secrets.update(secrets(found.get("credentials") or {}))
            return _settings(found)
        raise unknown_integration(name, [each.unique_key for each in self.integrations()], self._client.host)

    def create_integration(self, settings: IntegrationSettings) -> IntegrationSettings:
        self._only_remote(settings)
        body = {"provider": settings.provider, "unique_key": settings.unique_key, **_changes(settings)}
        try:
            return _settings(self._part("POST", "/integrations", body))
        except ServerRefusal as error:
            if error.status not in (400, 404):
                raise
            refused = error
        self.provider(settings.provider)  # says so if that is what is wrong
        raise refused

    def update_integration(self, settings: IntegrationSettings) -> IntegrationSettings:
        self._only_remote(settings)
        if settings.provider != self.integration_settings(settings.unique_key).provider:
            _cannot("a server cannot give an integration another provider", "delete it, and create it anew")
        return _settings(self._part("PATCH", _path("integrations", settings.unique_key), _changes(settings)))

    def delete_integration(self, name: str) -> None:
        self.integration_settings(name)
        self._client.json("DELETE", _path("integrations", name))

    def create_connection(
        self, connection: Connection, credentials: Credentials, *, verify: bool = False
    ) -> Connection:
        """The server replaces a connection of the same id without a word, so this looks first."""
        if self.connections(integration=connection.integration, connection_id=connection.id):
            message = f"`{connection.integration}` has a connection `{connection.id}` already"
            raise EnvironmentFailure(message, code="NG704", help="choose another id, or delete that one")
        body = {
            "provider_config_key": connection.integration,
            "connection_id": connection.id,
            "credentials": dict(credentials),
            "connection_config": dict(connection.config),
            "metadata": dict(connection.metadata),
            "tags": dict(connection.tags),
        }
        refused = None
        try:
            found = self._client.json("POST", "/connections", body=body)
        except ServerRefusal as error:
            refused = error
        if refused is not None:
            self.integration_settings(connection.integration)  # says so if that is what is missing
            raise refused
        if not isinstance(found, dict):
            raise unexpected("POST /connections", self._client.host, "connection_id")
        known = {"connection_id": connection.id, "provider_config_key": connection.integration, **found}
        return as_connection(known, str(found.get("provider") or connection.provider))

    def authorize(self, connection: Connection, how: Authorization) -> Connection:
        help = f"connect it in the dashboard of {self._client.host}, or in your application's connect page"
        _cannot("a connection of a server is authorized through the server, not from a command line", help)

    def delete_connection(self, integration: str, connection_id: str) -> None:
        self._directory.connection(integration, connection_id)
        query = [("provider_config_key", integration)]
        self._client.json("DELETE", _path("connections", connection_id), query=query)
        self._directory.forget(integration, connection_id)

    def record_count(self, integration: str, connection_id: str | None = None) -> int | None:
        """What the server says of its syncs; models that several syncs save count once."""
        ids = [each.id for each in self.connections(integration=integration, connection_id=connection_id)]
        if len(ids) > _MOST_ASKED:
            return None
        counts: dict[tuple[str, str, str], int] = {}
        for id in ids:
            query = [("syncs", "*"), ("provider_config_key", integration), ("connection_id", id)]
            try:
                found = self._client.json("GET", "/sync/status", query=query)
            except EnvironmentFailure:
                return None
            for sync in found.get("syncs", []) if isinstance(found, dict) else []:
                for model, count in (sync.get("recordCount") or {}).items():
                    counts[id, model, str(sync.get("variant"))] = int(count)
        return sum(counts.values())

    def set_variable(self, name: str, value: str) -> None:
        self._no_variables(name)

    def unset_variable(self, name: str) -> bool:
        self._no_variables(name)

    def providers(self) -> Sequence[Mapping[str, Any]]:
        shown = ("name", "auth_mode", "display_name", "docs")
        return [{name: each.get(name) for name in shown} for each in self._list("/providers")]

    def provider(self, name: str) -> Mapping[str, Any]:
        try:
            found: Mapping[str, Any] = self._part("GET", _path("providers", name))
        except ServerRefusal as error:
            if error.status not in (400, 404):
                raise
        else:
            return {"name": name, **found}
        raise self._unknown_provider(name)

    def definition(self, provider: str) -> Provider | None:
        from nango_cli.providers.catalog import bundled

        return bundled().find(provider)

    def declaration(self, integration: str, connection_id: str | None = None) -> str | None:
        return None

    def _list(self, path: str) -> list[Mapping[str, Any]]:
        answer = self._client.json("GET", path)
        listed = answer.get("data") if isinstance(answer, dict) else None
        if not isinstance(listed, list):
            raise unexpected(f"GET {path}", self._client.host, "data")
        return [each for each in listed if isinstance(each, dict)]

    def _part(self, method: str, path: str, body: Any = None, query: Query = ()) -> Mapping[str, Any]:
        answer = self._client.json(method, path, body=body, query=query)
        part = answer.get("data") if isinstance(answer, dict) else None
        if not isinstance(part, dict):
            raise unexpected(f"{method} {path}", self._client.host, "data")
        return part

    def _only_remote(self, settings: IntegrationSettings) -> None:
        if settings.base_url is not None or settings.allow_private:
            help = "leave the base URL out, or set the integration up in `local`"
            _cannot("a server sends an integration's requests to its provider's address only", help)

    def _no_variables(self, name: str) -> NoReturn:
        help = f"open the environment settings in the dashboard of {self._client.host}"
        _cannot(f"the server's API cannot change `{name}`: environment variables are read only there", help)

    def _unknown_provider(self, name: str) -> EnvironmentFailure:
        help = None
        with contextlib.suppress(EnvironmentFailure):
            help = did_you_mean(name, [str(each["name"]) for each in self.providers()])
        message = f"{self._client.host} has no provider `{name}`"
        return EnvironmentFailure(message, code="NG709", help=help or "`nango provider list` lists them")


def _settings(found: Mapping[str, Any]) -> IntegrationSettings:
    return IntegrationSettings(
        unique_key=str(found.get("unique_key")),
        provider=str(found.get("provider")),
        display_name=found.get("display_name"),
        credentials=found.get("credentials"),
        created_at=found.get("created_at"),
        updated_at=found.get("updated_at"),
    )


def _changes(settings: IntegrationSettings) -> dict[str, Any]:
    given = {"display_name": settings.display_name, "credentials": settings.credentials}
    return {name: value for name, value in given.items() if value is not None}


def _path(what: str, name: str) -> str:
    return f"/{what}/{quote(name, safe='')}"


def _cannot(message: str, help: str) -> NoReturn:
    raise EnvironmentFailure(message, code="NG704", help=help)
