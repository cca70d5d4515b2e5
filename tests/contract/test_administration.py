"""What every environment that can be set up has in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from nango_server import NangoServer
from provider_server import ProviderServer

from nango_cli.diagnostics.source import Source
from nango_cli.environments.administration import Administration, Authorization, IntegrationSettings
from nango_cli.environments.connection import Connection
from nango_cli.environments.local import LocalConnection, LocalIntegration
from nango_cli.environments.local_administration import LocalAdministration
from nango_cli.environments.remote_administration import RemoteAdministration
from nango_cli.environments.store.store import Store
from nango_cli.errors import EnvironmentFailure
from nango_cli.providers.catalog import alone

APPLICATION = {"type": "OAUTH2", "client_id": "id-1", "client_secret": "planted-secret", "scopes": "a,b"}
KEY = {"type": "API_KEY", "apiKey": "planted-key"}
DEFINITIONS = """
github: {auth_mode: OAUTH2, display_name: Github, docs: 'https://docs.example.com'}
acme: {auth_mode: API_KEY, display_name: Acme}
"""
DECLARED = {"declared": LocalIntegration("acme", "http://127.0.0.1:9", connections={"one": LocalConnection({"a": 1})})}


@contextmanager
def local(provider: ProviderServer) -> Iterator[LocalAdministration]:
    catalog = alone(Source("providers.yaml", DEFINITIONS))
    variables = {"NANGO_VARIABLE_OUTER": "o"}
    with Store.open(None) as store, LocalAdministration(store, DECLARED, catalog, variables) as administration:
        yield administration


@contextmanager
def remote(provider: ProviderServer) -> Iterator[RemoteAdministration]:
    with NangoServer(provider.url) as server:
        server.integrations, server.connections, server.syncs = {}, [], []
        with RemoteAdministration(server.url, server.key, is_sync=False, dry_run=False) as administration:
            yield administration


WORLDS: dict[str, Callable[[ProviderServer], object]] = {"local": local, "remote": remote}


@pytest.fixture(params=WORLDS)
def administration(request: pytest.FixtureRequest, provider: ProviderServer) -> Iterator[Administration]:
    with WORLDS[request.param](provider) as made:
        yield made


@pytest.fixture
def github(administration: Administration) -> IntegrationSettings:
    return administration.create_integration(IntegrationSettings("gh", "github", "GitHub", APPLICATION))


@pytest.fixture
def demo(administration: Administration) -> Connection:
    administration.create_integration(IntegrationSettings("acme", "acme"))
    new = Connection("demo", "acme", "acme", {"depth": {"a": 1}}, {"subdomain": "x"}, {"team": "a"})
    return administration.create_connection(new, KEY)


def code(act: Callable[[], object]) -> str:
    with pytest.raises(EnvironmentFailure) as raised:
        act()
    assert "planted" not in f"{raised.value.message} {raised.value.help}"
    return raised.value.code


def test_an_integration_is_listed_without_and_shown_with_credentials(administration, github):
    assert (github.unique_key, github.provider, github.display_name) == ("gh", "github", "GitHub")
    listed = [each for each in administration.integrations() if each.unique_key == "gh"]
    assert [each.credentials for each in listed] == [None]
    assert administration.integration_settings("gh").credentials is None
    assert administration.integration_settings("gh", with_credentials=True).credentials == APPLICATION
    assert "planted" not in repr(administration.integration_settings("gh", with_credentials=True))


def test_an_integration_is_changed_and_keeps_its_credentials(administration, github):
    administration.update_integration(replace(github, display_name="Other", credentials=None))
    found = administration.integration_settings("gh", with_credentials=True)
    assert (found.display_name, found.credentials) == ("Other", APPLICATION)
    administration.update_integration(replace(found, credentials={**APPLICATION, "client_id": "id-2"}))
    changed = administration.integration_settings("gh", with_credentials=True)
    assert changed.credentials and changed.credentials["client_id"] == "id-2"


def test_integrations_that_are_there_or_not(administration, github):
    assert code(lambda: administration.create_integration(github)) == "NG704"
    assert code(lambda: administration.create_integration(IntegrationSettings("x", "acmee"))) == "NG709"
    assert code(lambda: administration.integration_settings("nope")) == "NG701"
    assert code(lambda: administration.delete_integration("nope")) == "NG701"
    assert code(lambda: administration.update_integration(IntegrationSettings("nope", "github"))) == "NG701"


def test_deleting_an_integration_takes_its_connections(administration, demo):
    administration.delete_integration("acme")
    assert code(lambda: administration.integration_settings("acme")) == "NG701"
    assert list(administration.connections(integration="acme")) == []


def test_a_connection_is_made_found_and_deleted(administration, demo):
    assert (demo.id, demo.integration, demo.provider) == ("demo", "acme", "acme")
    found = administration.connection("acme", "demo")
    assert (found.metadata, found.config, found.tags) == ({"depth": {"a": 1}}, {"subdomain": "x"}, {"team": "a"})
    assert found.created_at
    assert administration.credentials("acme", "demo") == KEY
    assert administration.credentials("acme", "demo", refresh=True) == KEY
    assert [each.id for each in administration.connections(connection_id="demo")] == ["demo"]
    assert administration.record_count("acme", "demo") == 0
    administration.delete_connection("acme", "demo")
    assert code(lambda: administration.connection("acme", "demo")) == "NG701"
    assert code(lambda: administration.delete_connection("acme", "demo")) == "NG701"


def test_connections_that_cannot_be_made(administration, demo):
    assert code(lambda: administration.create_connection(demo, KEY)) == "NG704"
    assert code(lambda: administration.create_connection(Connection("x", "nope", ""), KEY)) == "NG701"


def test_metadata_is_replaced_or_updated(administration, demo):
    administration.update_metadata("acme", "demo", {"b": 2})
    assert administration.connection("acme", "demo").metadata == {"depth": {"a": 1}, "b": 2}
    administration.set_metadata("acme", "demo", {"c": 3})
    assert administration.connection("acme", "demo").metadata == {"c": 3}


def test_providers_are_listed_and_shown(administration):
    listed = {each["name"]: each for each in administration.providers()}
    assert listed["github"]["auth_mode"] == "OAUTH2"
    assert set(listed["acme"]) == {"name", "auth_mode", "display_name", "docs"}
    assert administration.provider("acme")["auth_mode"] == "API_KEY"
    assert code(lambda: administration.provider("acmee")) == "NG709"


def test_what_a_server_cannot_do_says_what_to_do_instead(provider):
    with remote(provider) as administration:
        administration.create_integration(IntegrationSettings("gh", "github"))
        for act in (
            lambda: administration.set_variable("A", "planted"),
            lambda: administration.unset_variable("A"),
            lambda: administration.authorize(Connection("x", "gh", "github"), Authorization(print)),
            lambda: administration.create_integration(IntegrationSettings("x", "github", base_url="https://x.com")),
            lambda: administration.update_integration(IntegrationSettings("gh", "acme")),
        ):
            with pytest.raises(EnvironmentFailure) as raised:
                act()
            assert (raised.value.code, bool(raised.value.help)) == ("NG704", True)


def test_what_is_declared_can_be_seen_but_not_changed(provider):
    with local(provider) as administration:
        one = administration.connection("declared", "one")
        assert administration.declaration("declared", "one") == administration.declaration("declared") == "local.yaml"
        assert administration.declaration("declared", "two") is None
        settings = administration.integration_settings("declared", with_credentials=True)
        for act in (
            lambda: administration.create_integration(settings),
            lambda: administration.update_integration(settings),
            lambda: administration.delete_integration("declared"),
            lambda: administration.delete_connection("declared", "one"),
            lambda: administration.set_metadata("declared", "one", {}),
            lambda: administration.update_metadata("declared", "one", {}),
            lambda: administration.create_connection(one, KEY),
            lambda: administration.authorize(one, Authorization(print)),
            lambda: administration.set_variable("OUTER", "x"),
        ):
            assert code(act) == "NG704"


def test_a_declared_integration_may_have_connections_of_its_own(provider):
    with local(provider) as administration:
        administration.create_connection(Connection("two", "declared", "acme"), KEY, verify=True)
        assert [each.id for each in administration.connections(integration="declared")] == ["one", "two"]
        administration.delete_connection("declared", "two")


def test_variables_of_the_process_win(provider):
    with local(provider) as administration:
        administration.set_variable("INNER", "i")
        outer = {"name": "OUTER", "value": "o", "source": "NANGO_VARIABLE_OUTER"}
        assert list(administration.variables()) == [{"name": "INNER", "value": "i"}, outer]
        assert (administration.unset_variable("INNER"), administration.unset_variable("INNER")) == (True, False)
