"""The embedded environment on the project's store: what local.yaml does not declare comes from there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from provider_server import ProviderServer

from nango_cli.diagnostics.source import Source
from nango_cli.environments.connection import Connection
from nango_cli.environments.destination import Destination, Task
from nango_cli.environments.exchange import ProxyRequest, Unreachable
from nango_cli.environments.local import LocalConnection, LocalEnvironment, LocalIntegration
from nango_cli.environments.store.integrations import Integration
from nango_cli.environments.store.store import Store
from nango_cli.errors import EnvironmentFailure
from nango_cli.providers.catalog import Catalog, alone

KEY = {"type": "API_KEY", "apiKey": "planted-stored-key"}


@pytest.fixture(scope="module")
def provider() -> Iterator[ProviderServer]:
    with ProviderServer() as provider:
        yield provider


@pytest.fixture
def catalog(provider: ProviderServer) -> Catalog:
    text = f"""
acme:
    auth_mode: API_KEY
    proxy:
        base_url: {provider.url}/echo
        headers: {{X-Key: "${{apiKey}}", X-Team: "${{connectionConfig.team}} || none"}}
        query: {{version: "2"}}
"""
    return alone(Source("providers.yaml", text))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / ".nango" / "store.sqlite"
    with Store.open(path, environ={}) as store:
        store.integrations.save(Integration("acme", "acme", "Acme", {"allow_private": True}))
        store.integrations.save(Integration("elsewhere", "acme", settings={"base_url": "http://127.0.0.1:9"}))
        store.integrations.save(Integration("strict", "acme"))
        store.integrations.save(Integration("sample", "github", settings={"base_url": "sample:github"}))
        store.integrations.save(Integration("declared", "other"), {"type": "OAUTH2", "client_secret": "planted-app"})
        for name in ("acme", "elsewhere", "strict"):
            store.connections.save(Connection("demo", name, "acme", {"n": 1}, {"team": "a"}), KEY)
        store.connections.save(Connection("demo", "sample", "github"), {"type": "NONE"})
        store.connections.save(Connection("demo", "declared", "other", {"hidden": True}), KEY)
        store.connections.save(Connection("kept", "declared", "acme"), KEY)
        store.variables.set("REGION", "eu")
        store.variables.set("BOTH", "stored")
    return path


@pytest.fixture
def environment(path: Path, catalog: Catalog) -> Iterator[LocalEnvironment]:
    declared = {"declared": LocalIntegration("acme", None, {}, {}, {"demo": LocalConnection({"a": 1})}, True)}
    environ = {"NANGO_VARIABLE_BOTH": "environ", "NANGO_VARIABLE_OWN": "1", "OTHER": "x"}

    def opened() -> Store:
        return Store.open(path, environ={})

    with LocalEnvironment(declared, environ=environ, catalog=catalog, store=opened, timeout=5) as environment:
        yield environment


def ask(environment: LocalEnvironment, integration: str = "acme", id: str = "demo") -> dict[str, object]:
    answer = environment.proxy(ProxyRequest(integration, id, "GET", "/x", params={"a": "1"}))
    assert isinstance(answer.data, dict)
    return answer.data


def test_a_connection_of_the_store(environment: LocalEnvironment) -> None:
    found = environment.connection("acme", "demo")
    assert (found.provider, found.metadata, found.config) == ("acme", {"n": 1}, {"team": "a"})
    assert "planted-stored-key" in environment.secrets()  # a run hides what is known when it starts
    seen = ask(environment)
    assert seen["path"] == "/echo/x"
    assert seen["query"] == [["version", "2"], ["a", "1"]]
    headers = seen["headers"]
    assert isinstance(headers, dict)
    assert (headers["x-key"], headers["x-team"]) == ("planted-stored-key", "a")


def test_local_yaml_comes_first(environment: LocalEnvironment) -> None:
    assert environment.connection("declared", "demo").metadata == {"a": 1}
    assert environment.credentials("declared", "demo") == {"type": "NONE"}
    assert environment.connection("declared", "kept").id == "kept"
    assert environment.integration("declared")["provider"] == "acme"
    assert ask(environment, "declared", "kept")["path"] == "/echo/x"


def test_all_connections(environment: LocalEnvironment) -> None:
    found = [(each.integration, each.id) for each in environment.connections()]
    names = ("acme", "demo"), ("declared", "kept"), ("elsewhere", "demo"), ("sample", "demo"), ("strict", "demo")
    assert found == [("declared", "demo"), *names]
    assert [each.id for each in environment.connections(integration="declared")] == ["demo", "kept"]
    assert [each.integration for each in environment.connections(connection_id="kept")] == ["declared"]


def test_metadata_is_kept_where_it_comes_from(environment: LocalEnvironment, path: Path) -> None:
    environment.update_metadata("acme", "demo", {"m": 2})
    environment.update_metadata("declared", "demo", {"b": 2})
    assert environment.connection("acme", "demo").metadata == {"n": 1, "m": 2}
    assert environment.connection("declared", "demo").metadata == {"a": 1, "b": 2}
    environment.set_metadata("acme", "demo", {"only": 1})
    with Store.open(path, environ={}) as store:
        kept = {each.integration: each.metadata for each in store.connections.all(connection_id="demo")}
    assert (kept["acme"], kept["declared"]) == ({"only": 1}, {"hidden": True})


def test_variables(environment: LocalEnvironment) -> None:
    values = {each["name"]: each["value"] for each in environment.variables()}
    assert values == {"REGION": "eu", "BOTH": "environ", "OWN": "1"}


def test_integrations(environment: LocalEnvironment) -> None:
    found = environment.integration("acme", ["webhook", "credentials"])
    assert (found["unique_key"], found["provider"], found["display_name"]) == ("acme", "acme", "Acme")
    assert (found["webhook_url"], found["credentials"]) == (None, None)
    assert found["created_at"].startswith("20")
    shown = environment.integration("declared", ["credentials"])["credentials"]
    assert shown["client_secret"] == "planted-app"
    assert "planted-app" in environment.secrets()


def test_private_addresses(environment: LocalEnvironment) -> None:
    with pytest.raises(Unreachable, match="private address"):
        ask(environment, "strict")
    with pytest.raises(Unreachable, match="no connection to"):  # it is written there, so it is meant
        ask(environment, "elsewhere")


def test_the_sample(environment: LocalEnvironment) -> None:
    answer = environment.proxy(ProxyRequest("sample", "demo", "GET", "/repos/octo-org/hello-world/pulls"))
    assert len(answer.data) == 7


@pytest.mark.parametrize(
    ("integration", "connection", "message", "help"),
    [
        ("acme", "dmo", "`acme` has no connection `dmo`", "did you mean `demo`? connections of acme: `demo`"),
        ("acmee", "demo", "no connection of `acmee` is known here", "did you mean `acme`?"),
        (
            "z",
            "demo",
            "no connection of `z` is known here",
            "declare it in local.yaml under `integrations: z:`, or create it: `nango integration create z`",
        ),
    ],
)
def test_unknown(environment: LocalEnvironment, integration: str, connection: str, message: str, help: str) -> None:
    for method in (environment.connection, environment.credentials):
        with pytest.raises(EnvironmentFailure) as caught:
            method(integration, connection)
        assert (caught.value.code, caught.value.message, caught.value.help) == ("NG701", message, help)


def test_records_stay(environment: LocalEnvironment, path: Path) -> None:
    destination = Destination(Task("acme", "demo", "users"), "User")
    environment.save(destination, [{"id": "1"}])
    environment.close()
    with Store.open(path, environ={}) as store:
        assert [each["id"] for each in store.records.read(destination).records] == ["1"]


def test_an_open_store_stays_open(path: Path, catalog: Catalog) -> None:
    with Store.open(path, environ={}) as store:
        with LocalEnvironment({}, catalog=catalog, store=store) as environment:
            environment.connection("acme", "demo")
        assert store.connections.get("acme", "demo") is not None


def test_what_local_yaml_has_opens_no_store(catalog: Catalog, provider: ProviderServer) -> None:
    def opened() -> Store:
        raise AssertionError("nobody asked for it")

    acme = LocalIntegration("acme", provider.url, {}, {}, {"demo": LocalConnection()})
    with LocalEnvironment({"acme": acme}, catalog=catalog, store=opened) as environment:
        environment.warm_up("acme")
        environment.connection("acme", "demo")
        environment.update_metadata("acme", "demo", {"a": 1})
        environment.credentials("acme", "demo")
        assert environment.proxy(ProxyRequest("acme", "demo", "GET", "/echo")).status == 200
        environment.integration("acme")


def test_no_store_is_there_yet(catalog: Catalog) -> None:
    with LocalEnvironment({}, catalog=catalog, store=lambda: None) as environment:
        assert environment.connections() == []
        assert environment.variables() == []
        with pytest.raises(EnvironmentFailure):
            environment.connection("acme", "demo")
        environment.save(Destination(Task("acme", "demo", "users"), "User"), [{"id": "1"}])


def test_a_run_of_local_yaml_loads_no_more_than_it_needs() -> None:
    code = """if True:
        import sys
        from nango_cli.environments.exchange import ProxyRequest
        from nango_cli.environments.local import *
        declared = {"github": LocalIntegration("github", "sample:github", connections={"demo": LocalConnection()})}
        with LocalEnvironment(declared, store=lambda: None) as local:
            local.warm_up("github")
            local.connection("github", "demo")
            local.proxy(ProxyRequest("github", "demo", "GET", "/repos/octo-org/hello-world/pulls"))
        print(*[name for name in ("authlib", "joserfc", "cryptography", "sqlite3", "orjson") if name in sys.modules])
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
