"""Setting up `local`: what the project's store holds can be changed, what local.yaml declares can be looked at."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, NoReturn

from nango_cli.environments.administration import Authorization, IntegrationSettings
from nango_cli.environments.connection import SECRET_CONFIG, Connection, Credentials
from nango_cli.environments.local import LocalEnvironment, LocalIntegration
from nango_cli.environments.store.integrations import Integration
from nango_cli.environments.unknown import unknown_integration
from nango_cli.errors import EnvironmentFailure
from nango_cli.redaction import is_secret_name

if TYPE_CHECKING:
    from nango_cli.environments.auth.account import Account
    from nango_cli.environments.store.store import Store
    from nango_cli.providers.catalog import Catalog

DECLARED_IN = "local.yaml"
VARIABLE = "NANGO_VARIABLE_"


class LocalAdministration(LocalEnvironment):
    """The embedded environment with what sets it up: `nango_cli.environments.administration`.

    `declared` is what local.yaml has; it wins over what the store holds under the same name.
    """

    def __init__(
        self, store: Store, declared: Mapping[str, LocalIntegration], catalog: Catalog, environ: Mapping[str, str]
    ) -> None:
        super().__init__(declared, environ=environ, catalog=catalog, store=store)
        self._store = store
        self._declared = declared

    def integrations(self) -> Sequence[IntegrationSettings]:
        kept = [_settings(each) for each in self._store.integrations.all() if each.name not in self._declared]
        return sorted([*map(self._as_declared, self._declared), *kept], key=lambda each: each.unique_key)

    def integration_settings(self, name: str, *, with_credentials: bool = False) -> IntegrationSettings:
        if name in self._declared:
            return self._as_declared(name)
        found = self._store.integrations.get(name)
        if found is None:
            raise unknown_integration(name, [each.unique_key for each in self.integrations()], "`local`")
        return _settings(found, self._store.integrations.credentials(name) if with_credentials else None)

    def create_integration(self, settings: IntegrationSettings) -> IntegrationSettings:
        name = settings.unique_key
        if name in self._declared:
            _declared(f"the integration `{name}`")
        if self._store.integrations.get(name) is not None:
            message = f"there is an integration `{name}` already"
            raise EnvironmentFailure(message, code="NG704", help=f"`nango integration update {name}` changes it")
        return self._save(settings)

    def update_integration(self, settings: IntegrationSettings) -> IntegrationSettings:
        if settings.unique_key in self._declared:
            _declared(f"the integration `{settings.unique_key}`")
        self.integration_settings(settings.unique_key)
        return self._save(settings)

    def delete_integration(self, name: str) -> None:
        if name in self._declared:
            _declared(f"the integration `{name}`")
        self.integration_settings(name)
        for each in self._store.connections.all(integration=name):
            self._store.connections.delete(name, each.id)
        self._store.integrations.delete(name)

    def connection(self, integration: str, connection_id: str) -> Connection:
        return self._directory.find(integration, connection_id)[0]

    def credentials(self, integration: str, connection_id: str, *, refresh: bool = False) -> Credentials:
        """As they are kept, however old, unless they are to be refreshed."""
        if refresh or self.declaration(integration, connection_id):
            return super().credentials(integration, connection_id, refresh=refresh)
        self.connection(integration, connection_id)
        return self._store.connections.credentials(integration, connection_id) or {"type": "NONE"}

    def create_connection(
        self, connection: Connection, credentials: Credentials, *, verify: bool = False
    ) -> Connection:
        integration, id = connection.integration, connection.id
        self.integration_settings(integration)
        if self.connections(integration=integration, connection_id=id):
            message = f"`{integration}` has a connection `{id}` already"
            raise EnvironmentFailure(message, code="NG704", help="choose another id, or delete that one")
        if verify:
            credentials = self._verified(connection, credentials)
        config, credentials = _apart(connection.config, credentials)
        self._store.connections.save(replace(connection, config=config), credentials)
        return self.connection(integration, id)

    def authorize(self, connection: Connection, how: Authorization) -> Connection:
        from nango_cli.environments.local_accounts import authorized

        integration, id = connection.integration, connection.id
        if self.declaration(integration, id):
            _declared(f"the connection `{id}` of `{integration}`")
        known = self._store.connections.get(integration, id) or connection
        wanted = replace(known, config={**known.config, **connection.config})
        credentials, config = authorized(self._account(wanted, {}), how)
        errors = tuple(each for each in known.errors if each.get("type") != "auth")
        self._store.connections.save(replace(wanted, config=config, errors=errors), credentials)
        return self.connection(integration, id)

    def delete_connection(self, integration: str, connection_id: str) -> None:
        self._changeable(integration, connection_id)
        self._store.connections.delete(integration, connection_id)

    def set_metadata(self, integration: str, connection_id: str, metadata: Mapping[str, Any]) -> None:
        self._changeable(integration, connection_id)
        self._store.connections.set_metadata(integration, connection_id, metadata)

    def update_metadata(self, integration: str, connection_id: str, metadata: Mapping[str, Any]) -> None:
        self._changeable(integration, connection_id)
        self._store.connections.update_metadata(integration, connection_id, metadata)

    def record_count(self, integration: str, connection_id: str | None = None) -> int | None:
        return sum(
            each.size
            for each in self._store.records.collections()
            if each.integration == integration and connection_id in (None, each.connection_id)
        )

    def variables(self) -> Sequence[Mapping[str, str]]:
        """A variable of the process wins over the store's of the same name; `source` is the process's name for it."""
        there = {each["name"]: dict(each) for each in self._store.variables.all()}
        for name, value in self._environ.items():
            if name.startswith(VARIABLE) and name != VARIABLE:
                short = name.removeprefix(VARIABLE)
                there[short] = {"name": short, "value": value, "source": name}
        return [there[name] for name in sorted(there)]

    def set_variable(self, name: str, value: str) -> None:
        self._own_variable(name)
        self._store.variables.set(name, value)

    def unset_variable(self, name: str) -> bool:
        self._own_variable(name)
        return self._store.variables.delete(name)

    def providers(self) -> Sequence[Mapping[str, Any]]:
        found = []
        for name in self._catalog.names():
            with contextlib.suppress(EnvironmentFailure):  # `nango check` says what is wrong with a definition
                each = self._catalog.get(name)
                found.append(
                    {"name": name, "auth_mode": each.auth_mode, "display_name": each.display_name, "docs": each.docs}
                )
        return found

    def provider(self, name: str) -> Mapping[str, Any]:
        plain: Mapping[str, Any] = _plain(asdict(self._catalog.get(name)))
        return plain

    def declaration(self, integration: str, connection_id: str | None = None) -> str | None:
        found = self._declared.get(integration)
        there = found is not None and (connection_id is None or connection_id in found.connections)
        return DECLARED_IN if there else None

    def _as_declared(self, name: str) -> IntegrationSettings:
        found = self._declared[name]
        return IntegrationSettings(name, found.provider, base_url=found.base_url, allow_private=found.allow_private)

    def _save(self, settings: IntegrationSettings) -> IntegrationSettings:
        self._catalog.get(settings.provider)
        given = {"base_url": settings.base_url, "allow_private": settings.allow_private or None}
        ours = {name: value for name, value in given.items() if value is not None}
        kept = Integration(settings.unique_key, settings.provider, settings.display_name, ours)
        self._store.integrations.save(kept, settings.credentials)
        return self.integration_settings(settings.unique_key)

    def _changeable(self, integration: str, connection_id: str) -> None:
        self.connection(integration, connection_id)
        if self.declaration(integration, connection_id):
            _declared(f"the connection `{connection_id}` of `{integration}`")

    def _own_variable(self, name: str) -> None:
        if (outer := VARIABLE + name) in self._environ:
            message = f"`{name}` comes from {outer}, which wins over what is kept here"
            raise EnvironmentFailure(message, code="NG704", help=f"change or unset {outer}, also in .env")

    def _verified(self, connection: Connection, credentials: Credentials) -> Credentials:
        from nango_cli.environments.local_accounts import verified

        target = self._target(connection.integration)
        return verified(
            self._account(connection, credentials),
            lambda request, shown: self._send(request, target, connection, shown),
        )

    def _account(self, connection: Connection, credentials: Credentials) -> Account:
        from nango_cli.environments.auth.account import Account

        name = connection.integration
        target = self._directory.target(name)
        application = self._store.integrations.credentials(name) or {}
        return Account(
            name, connection.id, target.provider, connection.config, credentials, application, target.private
        )


def _settings(found: Integration, credentials: Credentials | None = None) -> IntegrationSettings:
    return IntegrationSettings(
        found.name,
        found.provider,
        found.display_name,
        credentials,
        base_url=found.settings.get("base_url"),
        allow_private=bool(found.settings.get("allow_private")),
        created_at=found.created_at,
        updated_at=found.updated_at,
    )


def _declared(what: str) -> NoReturn:
    help = f"change it in {DECLARED_IN}, or delete it there"
    raise EnvironmentFailure(f"{what} is declared in {DECLARED_IN}", code="NG704", help=help)


def _plain(value: Any) -> Any:
    """The value as JSON, without what is empty."""
    match value:
        case Mapping():
            return {name: _plain(each) for name, each in value.items() if each not in (None, {}, (), [], False)}
        case list() | tuple():
            return [_plain(each) for each in value]
        case re.Pattern():
            return value.pattern
        case range():
            return f"{value.start}-{value.stop - 1}" if len(value) > 1 else str(value.start)
        case _:
            return value


def _apart(config: Mapping[str, Any], credentials: Credentials) -> tuple[Mapping[str, Any], Credentials]:
    """The config without what is secret in it, which is kept, and encrypted, with the credentials."""
    secret = {name: value for name, value in config.items() if is_secret_name(name)}
    if not secret:
        return config, credentials
    plain = {name: value for name, value in config.items() if name not in secret}
    return plain, {**credentials, SECRET_CONFIG: secret}
