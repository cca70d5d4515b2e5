"""The connection of a run, and what belongs to it."""

from __future__ import annotations

from typing import Any

from nango_cli.environments.connection import Connection, Credentials
from nango_cli.environments.environment import Connections, Settings
from nango_cli.execution.answers.answer import Answers
from nango_cli.execution.side_effects import SideEffects
from nango_cli.redaction import Redactor
from nango_cli.runners.protocol import ConnectionAnswer


class ConnectionOf:
    """Answers about `connection`, or another one that a script names."""

    def __init__(
        self, connection: Connection, environment: Connections, settings: Settings, effects: SideEffects, hide: Redactor
    ) -> None:
        self._connection = connection
        self._environment = environment
        self._settings = settings
        self._effects = effects
        self._hide = hide
        self.answers: Answers = {
            "connection.get": self._get,
            "connection.token": self._token,
            "metadata.set": self._set_metadata,
            "metadata.update": self._update_metadata,
            "integration.get": self._integration,
            "variables.get": self._variables,
        }

    def _variables(self, params: dict[str, Any]) -> list[dict[str, str]]:
        """Their values are secrets: a script may see them, its output may not show them."""
        found = [dict(each) for each in self._settings.variables()]
        for each in self._environment.secrets():
            self._hide.add(each)
        return found

    def _asked(self, params: dict[str, Any]) -> tuple[str, str]:
        return params["integration"] or self._connection.integration, params["connection_id"] or self._connection.id

    def _get(self, params: dict[str, Any]) -> ConnectionAnswer:
        integration, id = self._asked(params)
        if params["force_refresh"]:
            self._hide.add_credentials(self._environment.credentials(integration, id, refresh=True))
        found = self._environment.connection(integration, id)
        return {
            "connection_id": found.id,
            "provider_config_key": found.integration,
            "provider": found.provider,
            "metadata": dict(found.metadata),
            "connection_config": dict(found.config),
            "tags": dict(found.tags),
            "errors": [dict(each) for each in found.errors],
            "created_at": found.created_at,
        }

    def _token(self, params: dict[str, Any]) -> Any:
        credentials = self._environment.credentials(*self._asked(params), refresh=params["force_refresh"])
        self._hide.add_credentials(credentials)
        return _token(credentials)

    def _set_metadata(self, params: dict[str, Any]) -> None:
        self._effects.about_to("metadata", f"set the metadata of the connection `{self._connection.id}`")
        self._environment.set_metadata(self._connection.integration, self._connection.id, params["metadata"])

    def _update_metadata(self, params: dict[str, Any]) -> None:
        self._effects.about_to("metadata", f"update the metadata of the connection `{self._connection.id}`")
        self._environment.update_metadata(self._connection.integration, self._connection.id, params["metadata"])

    def _integration(self, params: dict[str, Any]) -> dict[str, Any]:
        found = self._settings.integration(self._connection.integration, params["include"])
        self._hide.add_credentials(found.get("credentials"))
        return found


def _token(credentials: Credentials) -> Any:
    """What Nango's `getToken` returns: a token for OAuth 2 and its relatives, else all of the credentials."""
    for name in ("access_token", "token"):
        if isinstance(credentials.get(name), str):
            return credentials[name]
    if credentials.get("type") == "OAUTH1":
        return {"oAuthToken": credentials.get("oauth_token"), "oAuthTokenSecret": credentials.get("oauth_token_secret")}
    return dict(credentials)
