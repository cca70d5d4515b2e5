"""Which integrations and connections a project has: those that local.yaml declares, after them those of its store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from nango_cli.diagnostics.suggest import did_you_mean
from nango_cli.environments.connection import Connection
from nango_cli.environments.declaration import LocalConnection, LocalIntegration, sample_of
from nango_cli.errors import EnvironmentFailure
from nango_cli.providers.catalog import Catalog
from nango_cli.providers.provider import Provider
from nango_cli.providers.request import Overrides

if TYPE_CHECKING:
    from nango_cli.environments.store.store import Store

_MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Target:
    """Where the requests of an integration go, and what joins them.

    `private` allows loopback and private addresses. The base URL may be `sample:github`, a bundled API.
    """

    integration: str
    provider: Provider
    overrides: Overrides
    private: bool

    @property
    def base_url(self) -> str | None:
        return self.overrides.base_url or self.provider.base_url


class Directory:
    """`stored` opens the store if there is one; it is called when local.yaml does not have what is looked for."""

    def __init__(
        self, declared: Mapping[str, LocalIntegration], catalog: Catalog, stored: Callable[[], Store | None]
    ) -> None:
        self._declared = declared
        self.catalog = catalog
        self._stored = stored

    def described(self, name: str) -> dict[str, Any]:
        """An integration as the server's API has it. Raises NG701."""
        if declared := self._declared.get(name):
            return {"unique_key": name, "provider": declared.provider, "display_name": name}
        store = self._stored()
        kept = store.integrations.get(name) if store else None
        if kept is None:
            raise self._unknown_integration(name)
        return {
            "unique_key": name,
            "provider": kept.provider,
            "display_name": kept.display_name or name,
            "created_at": kept.created_at,
            "updated_at": kept.updated_at,
        }

    def target(self, name: str) -> Target:
        """Raises EnvironmentFailure: NG701 for an unknown integration, NG709 and NG710 as `Catalog.get` does.

        An integration of local.yaml with a base URL is what it says itself. One of the store keeps its provider's
        definition wherever it goes. Whoever writes a private address means it.
        """
        declared = self._declared.get(name)
        if declared is not None:
            overrides = Overrides(declared.base_url, declared.headers, declared.params)
            provider = _bare(declared.provider) if declared.base_url else self.catalog.get(declared.provider)
            return Target(name, provider, overrides, declared.allow_private or _is_private(declared.base_url))
        store = self._stored()
        kept = store.integrations.get(name) if store else None
        if kept is None:
            raise self._unknown_integration(name)
        base_url = kept.settings.get("base_url")
        provider = _bare(kept.provider) if sample_of(base_url) else self.catalog.get(kept.provider)
        return Target(
            name, provider, Overrides(base_url), bool(kept.settings.get("allow_private")) or _is_private(base_url)
        )

    def find(self, integration: str, id: str) -> tuple[Connection, LocalConnection | None]:
        """A connection, and its declaration if it has one. Raises NG701."""
        found = self._declared.get(integration)
        declared = found.connections.get(id) if found else None
        if found is not None and declared is not None:
            return Connection(id, integration, found.provider, declared.metadata, declared.config), declared
        store = self._stored()
        kept = store.connections.get(integration, id) if store else None
        if kept is None:
            raise self._unknown_connection(integration, id)
        if found is None:
            self.described(integration)
        return kept, None

    def all(self, integration: str | None, id: str | None) -> Sequence[Connection]:
        """Those of local.yaml, in its order, and then those of the store."""
        found = {
            (name, each): Connection(each, name, declared.provider, connection.metadata, connection.config)
            for name, declared in self._declared.items()
            for each, connection in declared.connections.items()
            if integration in (None, name) and id in (None, each)
        }
        if store := self._stored():
            for kept in store.connections.all(integration=integration, connection_id=id):
                found.setdefault((kept.integration, kept.id), kept)
        return list(found.values())

    def _unknown_integration(self, name: str) -> EnvironmentFailure:
        store = self._stored()
        names = [*self._declared, *(each.name for each in (store.integrations.all() if store else ()))]
        create = f", or create it: `nango integration create {name}`" if store else ""
        help = did_you_mean(name, names) or f"declare it in local.yaml under `integrations: {name}:`{create}"
        return EnvironmentFailure(f"no connection of `{name}` is known here", code="NG701", help=help)

    def _unknown_connection(self, integration: str, id: str) -> EnvironmentFailure:
        if integration not in self._declared:
            try:
                self.described(integration)
            except EnvironmentFailure as error:
                if error.code == "NG701":
                    return error
                raise
        ids = [each.id for each in self.all(integration, None)]
        more = f" and {len(ids) - _MOST_SHOWN} more" if len(ids) > _MOST_SHOWN else ""
        known = (", ".join(f"`{each}`" for each in ids[:_MOST_SHOWN]) or "none") + more
        guess = did_you_mean(id, ids)
        help = f"{guess} connections of {integration}: {known}" if guess else f"its connections: {known}"
        return EnvironmentFailure(f"`{integration}` has no connection `{id}`", code="NG701", help=help)


def _bare(provider: str) -> Provider:
    """A provider of which nothing is known but its name."""
    return Provider(name=provider, auth_mode="NONE")


def _is_private(base_url: str | None) -> bool:
    """Whether an address is written as one of this machine or its network, so that it is meant."""
    if base_url is None or sample_of(base_url):
        return base_url is not None
    from nango_cli.environments.address_guard import is_private  # it needs httpcore, which takes a while to load

    try:
        return is_private(urlsplit(base_url).hostname or "")
    except ValueError:
        return False
