"""Setting an environment up: what `nango integration`, `nango connection`, `nango env` and `nango provider` do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from nango_cli.environments.connection import Connection, Credentials

if TYPE_CHECKING:
    from nango_cli.providers.provider import Provider


@dataclass(frozen=True, slots=True)
class IntegrationSettings:
    """An integration as it is set up; the names are those of the server's API.

    `credentials` are the OAuth application's: `{"type": "OAUTH2", "client_id", "client_secret", "scopes"}`; None where
    it has none, or where they were not asked for. `base_url` stands in for the provider's, on `local` only, and
    `allow_private` lets it be an address of this machine or network.
    """

    unique_key: str
    provider: str
    display_name: str | None = None
    credentials: Credentials | None = field(default=None, repr=False)
    base_url: str | None = None
    allow_private: bool = False
    created_at: str | None = None
    updated_at: str | None = None


@dataclass(frozen=True, slots=True)
class Authorization:
    """How to have a connection allowed in a browser: `show` gets the address to open.

    `scopes` stand in for the application's, `port` 0 for a free one, `redirect_uri` for our own address on the
    loopback. `patience` is in seconds.
    """

    show: Callable[[str], object]
    scopes: tuple[str, ...] | None = None
    port: int = 0
    redirect_uri: str | None = None
    patience: float = 300.0


class Administration(Protocol):
    """Every method may raise EnvironmentFailure: NG701 for what is not there, NG704 for what cannot be done here.

    What it has in common with `environment.Connections` and `environment.Settings` means the same there.
    """

    def integrations(self) -> Sequence[IntegrationSettings]:
        """All of them, without credentials."""

    def integration_settings(self, name: str, *, with_credentials: bool = False) -> IntegrationSettings: ...

    def create_integration(self, settings: IntegrationSettings) -> IntegrationSettings:
        """Raises NG704 when there is one of that name, NG709 when nobody knows its provider."""

    def update_integration(self, settings: IntegrationSettings) -> IntegrationSettings:
        """Replace everything but credentials that are None."""

    def delete_integration(self, name: str) -> None:
        """With its connections and all that belongs to them."""

    def connections(self, *, integration: str | None = None, connection_id: str | None = None) -> Sequence[Connection]:
        """All that fit, none if none does. Metadata and config may be left out."""

    def connection(self, integration: str, connection_id: str) -> Connection: ...

    def credentials(self, integration: str, connection_id: str, *, refresh: bool = False) -> Credentials:
        """As the provider is shown them; with `refresh`, fresh ones."""

    def create_connection(
        self, connection: Connection, credentials: Credentials, *, verify: bool = False
    ) -> Connection:
        """Add a connection whose credentials are known. Raises NG704 when there is one of that id.

        With `verify` the provider is asked first, if anybody knows how, and NG705 raised when it refuses. A server asks
        or does not, as it likes.
        """

    def authorize(self, connection: Connection, how: Authorization) -> Connection:
        """Make a connection that somebody allows in a browser, or give new credentials to the one of that id.

        Raises NG704 where that cannot be done, NG712 when it is not allowed.
        """

    def delete_connection(self, integration: str, connection_id: str) -> None: ...

    def set_metadata(self, integration: str, connection_id: str, metadata: Mapping[str, Any]) -> None:
        """Replace all of a connection's metadata."""

    def update_metadata(self, integration: str, connection_id: str, metadata: Mapping[str, Any]) -> None:
        """Replace the given top-level keys."""

    def record_count(self, integration: str, connection_id: str | None = None) -> int | None:
        """How many records go when a connection, or all of an integration's, are deleted; None where nobody knows."""

    def variables(self) -> Sequence[Mapping[str, str]]:
        """The environment's variables, each `{"name", "value"}`."""

    def set_variable(self, name: str, value: str) -> None: ...

    def unset_variable(self, name: str) -> bool:
        """Whether it was there."""

    def providers(self) -> Sequence[Mapping[str, Any]]:
        """`{"name", "auth_mode", "display_name", "docs"}` of each."""

    def provider(self, name: str) -> Mapping[str, Any]:
        """All that is known of a provider. Raises NG709."""

    def definition(self, provider: str) -> Provider | None:
        """What is known here of a provider, for what has to be asked; None when nothing is."""

    def declaration(self, integration: str, connection_id: str | None = None) -> str | None:
        """The file that declares an integration or a connection, so that no command can change it; else None."""

    def secrets(self) -> Collection[str]:
        """Every secret that was seen so far, so that they can be hidden wherever they turn up."""
