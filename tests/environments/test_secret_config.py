"""A provider's keys beside the credentials, such as Datadog's application key, are kept like credentials."""

from __future__ import annotations

from pathlib import Path

from provider_server import ProviderServer

from nango_cli.environments.administration import IntegrationSettings
from nango_cli.environments.connection import Connection
from nango_cli.environments.exchange import ProxyRequest
from nango_cli.environments.local_administration import LocalAdministration
from nango_cli.environments.store.store import Store
from nango_cli.providers.catalog import bundled


def test_secret_config_is_sent_and_not_kept_in_the_clear(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    with (
        ProviderServer() as provider,
        Store.open(file) as store,
        LocalAdministration(store, {}, bundled(), {}) as local,
    ):
        settings = IntegrationSettings("datadog", "datadog", base_url=provider.url, allow_private=True)
        local.create_integration(settings)
        config = {"siteParameter": "datadoghq.eu", "applicationKey": "planted-application-key"}
        given = Connection("demo", "datadog", "datadog", config=config)
        made = local.create_connection(given, {"type": "API_KEY", "apiKey": "planted-api-key"})
        assert made.config == {"siteParameter": "datadoghq.eu"}
        answer = local.proxy(ProxyRequest("datadog", "demo", "GET", "/echo"))
        assert "planted-application-key" in answer.data["headers"].values()
        assert "planted-application-key" in local.secrets()
    assert b"planted" not in file.read_bytes()
