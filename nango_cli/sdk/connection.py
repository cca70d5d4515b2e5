"""Who the script works for: the connection, its metadata and token, and the integration it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, TypedDict, TypeVar, overload

from nango_cli.sdk import output
from nango_cli.sdk.context import Part
from nango_cli.sdk.errors import SdkError
from nango_cli.sdk.models import as_model
from nango_cli.sdk.plain import plain, with_article

M = TypeVar("M")


class Connection(TypedDict):
    """A user's account with a provider, without its credentials. `created_at` is ISO 8601."""

    connection_id: str
    provider_config_key: str
    provider: str
    metadata: dict[str, Any]
    connection_config: dict[str, Any]
    tags: dict[str, str]
    errors: list[dict[str, Any]]
    created_at: str | None


class EnvironmentVariable(TypedDict):
    """A setting of the environment that the script runs in."""

    name: str
    value: str


class ConnectionPart(Part):
    """The run's own connection, unless another one is named."""

    def get_connection(
        self,
        provider_config_key: str | None = None,
        connection_id: str | None = None,
        *,
        force_refresh: bool = False,
    ) -> Connection:
        """The run's connection, or the one that is named; never its credentials.

        `force_refresh` renews the credentials first.
        """
        params = _connection(provider_config_key, connection_id, force_refresh)
        connection: Connection = self._channel.call("connection.get", params)
        return connection

    def get_token(self) -> Any:
        """The connection's secret: with OAuth 2 the access token as text, else the credentials as a dict.

        Requests of `nango` carry it by themselves. What the script prints shows `***` in its place.
        """
        token = self._channel.call("connection.token", _connection(None, None, False))
        output.hide(token)
        return token

    @overload
    def get_metadata(self) -> dict[str, Any]: ...
    @overload
    def get_metadata(self, model: type[M]) -> M: ...
    def get_metadata(self, model: type[M] | None = None) -> M | dict[str, Any]:
        """The connection's metadata, as an instance of `model` when one is given. SdkError NG606 if it does not fit."""
        metadata = self.get_connection()["metadata"]
        return metadata if model is None else as_model(model, metadata, "the connection's metadata", "NG606")

    def set_metadata(self, metadata: object) -> None:
        """Replace the connection's metadata: by a dict, a model or a dataclass."""
        self._channel.call("metadata.set", {"metadata": _object(metadata)})

    def update_metadata(self, metadata: object) -> None:
        """Change the given keys of the connection's metadata and keep the others."""
        self._channel.call("metadata.update", {"metadata": _object(metadata)})

    def get_integration(self, include: Iterable[Literal["webhook", "credentials"]] = ()) -> dict[str, Any]:
        """The integration: `unique_key`, `provider` and more. `include` asks for what is left out otherwise."""
        if isinstance(include, str):
            raise SdkError("`include` is a list, not one text", help=f'write `["{include}"]`')
        integration: dict[str, Any] = self._channel.call("integration.get", {"include": list(include)})
        return integration

    def get_webhook_url(self) -> str | None:
        """Where the provider sends its webhooks; None if there is no such place."""
        url: str | None = self.get_integration(["webhook"]).get("webhook_url")
        return url

    def get_environment_variables(self) -> list[EnvironmentVariable]:
        """The variables of the environment that the script runs in. They are not in `os.environ`."""
        variables: list[EnvironmentVariable] = self._channel.call("variables.get", {})
        return variables


def _connection(integration: str | None, connection_id: str | None, force_refresh: bool) -> dict[str, Any]:
    return {"integration": integration, "connection_id": connection_id, "force_refresh": force_refresh}


def _object(metadata: object) -> dict[str, Any]:
    value = plain(metadata, "metadata")
    if not isinstance(value, dict):
        raise SdkError(f"metadata is a dict, a model or a dataclass, not {with_article(metadata)}")
    return value
