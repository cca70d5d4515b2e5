"""An environment on a server: what is asked, header by header, and what is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from nango_server import LACKS_0_60, LACKS_0_71, NangoServer
from nango_server.data import TOKEN
from nango_server.server import ActionFailed
from provider_server import Answer, ProviderServer

from nango_cli.environments import remote_directory
from nango_cli.environments.destination import Destination, Task
from nango_cli.environments.environment import Environment
from nango_cli.environments.exchange import ProxyRequest, Unreachable
from nango_cli.environments.remote import RemoteEnvironment
from nango_cli.errors import EnvironmentFailure

TASK = Task("github", "demo", "users")


@pytest.fixture(scope="module")
def provider() -> Iterator[ProviderServer]:
    with ProviderServer() as provider:
        yield provider


@pytest.fixture
def server(provider: ProviderServer) -> Iterator[NangoServer]:
    with NangoServer(provider.url) as server:
        yield server


@pytest.fixture
def remote(server: NangoServer) -> Iterator[RemoteEnvironment]:
    with RemoteEnvironment(server.url, server.key, is_sync=False) as remote:
        yield remote


def asked(server: NangoServer) -> list[str]:
    return [f"{each.method} {each.target}" for each in server.requests]


def headers(server: NangoServer) -> dict[str, str]:
    """Those of the last request that mean something to a server."""
    usual = {"host", "accept", "accept-encoding", "connection", "content-length"}
    return {name: value for name, value in server.requests[-1].as_json()["headers"].items() if name not in usual}


def get(remote: Environment, endpoint: str = "/echo", **more: Any) -> Any:
    return remote.proxy(ProxyRequest("github", "demo", more.pop("method", "GET"), endpoint, **more)).data


def test_the_first_calls_of_a_dry_run(server: NangoServer, remote: RemoteEnvironment) -> None:
    found = remote.connection("github", "demo")
    assert asked(server) == ["GET /connection/demo?provider_config_key=github", "GET /integrations/github"]
    assert {name: server.requests[0].header(name) for name in ("Nango-Is-Sync", "Nango-Is-Dry-Run")} == {
        "Nango-Is-Sync": "true",
        "Nango-Is-Dry-Run": "true",
    }
    assert server.requests[0].header("authorization") == f"Bearer {server.key}"
    assert (server.requests[0].header("user-agent") or "").startswith("nango-cli/")
    assert (found.metadata, found.created_at) == (
        {"owner": "octo-org", "repo": "hello-world"},
        "2026-01-05T10:00:00.000Z",
    )


def test_what_a_proxy_request_carries(server: NangoServer, remote: RemoteEnvironment) -> None:
    get(remote)
    assert headers(server) == {
        "authorization": f"Bearer {server.key}",
        "user-agent": server.requests[0].header("user-agent"),
        "connection-id": "demo",
        "provider-config-key": "github",
        "base-url-override": "",
        "nango-activity-log-id": "",
        "nango-is-dry-run": "true",
    }
    with RemoteEnvironment(server.url, server.key, is_sync=True, dry_run=False) as sync:
        get(sync)
    assert headers(server)["nango-is-sync"] == "true"
    assert "nango-is-dry-run" not in headers(server)


def test_options_of_a_proxy_request(server: NangoServer, remote: RemoteEnvironment, provider: ProviderServer) -> None:
    seen = get(
        remote,
        method="POST",
        endpoint="echo/a?x=1",
        params={"y": [1, 2]},
        headers={"X-A": "b", "content-type": "text/plain"},
        data="text",
        retries=2,
        retry_on=(409, 423),
        decompress=True,
        paged=True,
        base_url_override=provider.url + "/echo",
    )
    assert server.requests[-1].target == "/proxy/echo/a?x=1&y=1%2C2"
    sent = headers(server)
    assert (sent["retries"], sent["retry-on"], sent["decompress"]) == ("2", "409,423", "true")
    assert (sent["nango-proxy-x-a"], sent["nango-proxy-content-type"], sent["content-type"]) == (
        "b",
        "text/plain",
        "text/plain",
    )
    assert sent["nango-proxy-user-agent"] == sent["user-agent"]
    assert sent["base-url-override"] == provider.url + "/echo"
    assert (seen["path"], seen["headers"]["x-a"], seen["headers"]["user-agent"]) == (
        "/echo/echo/a",
        "b",
        sent["user-agent"],
    )
    assert seen["headers"]["authorization"] == f"Bearer {TOKEN}"
    get(remote, headers={"User-Agent": "mine"}, paged=True)
    assert headers(server)["nango-proxy-user-agent"] == "mine"


def test_the_server_repeats_requests(remote: RemoteEnvironment) -> None:
    assert remote.retries
    assert get(remote, "/status/503?times=2", retries=2) == {"tries": 3}
    assert get(remote, "/status/409?times=1", retries=1, retry_on=(409,)) == {"tries": 2}


def test_addresses_for_people(server: NangoServer, remote: RemoteEnvironment) -> None:
    def url(endpoint: str, **more: Any) -> str:
        return remote.proxy(ProxyRequest("github", "demo", "GET", endpoint, **more)).url

    assert url("echo/a", params={"b": 1}) == "/echo/a?b=1"
    assert url("https://user:secret@example.com/a?b=c@d") == "https://example.com/a?b=c@d"
    assert server.requests[-1].path.startswith("/proxy/https://user:secret@example.com/a")


@pytest.mark.parametrize("endpoint", ["/../connections/demo", "a/../../x", "/./a", "/%2e%2E/x", "..", "/a/..\\x"])
def test_no_endpoint_leads_out_of_the_proxy(server: NangoServer, remote: RemoteEnvironment, endpoint: str) -> None:
    with pytest.raises(Unreachable, match="has a step") as caught:
        get(remote, endpoint)
    assert not caught.value.retryable
    assert server.requests == []
    assert get(remote, "/echo/..a/b..?x=../y")["path"] == "/echo/..a/b.."


def test_connections_are_kept_alive_and_cookies_are_not(remote: RemoteEnvironment) -> None:
    assert get(remote, "/echo?secrets=1")["query"] == [["secrets", "1"]]
    assert "cookie" not in get(remote)["headers"]


@pytest.mark.parametrize("lacks", [LACKS_0_60, LACKS_0_71])
def test_servers_of_other_ages(provider: ProviderServer, lacks: tuple[str, ...]) -> None:
    with (
        NangoServer(provider.url, lacks=lacks) as server,
        RemoteEnvironment(server.url, server.key, is_sync=True) as remote,
    ):
        assert remote.connection("github", "demo").provider == "github"
        assert len(remote.connections(connection_id="demo")) == 2
        remote.update_metadata("github", "demo", {"a": 1})
        assert remote.connection("github", "demo").metadata["a"] == 1
        for wanted in ("dmo", "other "):
            with pytest.raises(EnvironmentFailure, match="has no connection") as caught:
                remote.connection("github", wanted)
            assert "connections of github: `demo`, `other`" in (caught.value.help or "")
        with pytest.raises(EnvironmentFailure, match="has no integration `githb`"):
            remote.connection("githb", "demo")


def test_an_old_server_answers_unknown_paths_with_a_page(server: NangoServer, remote: RemoteEnvironment) -> None:
    server.faults = {"/integrations/": Answer(404, b"<html>", {"Content-Type": "text/html"})}
    assert remote.connection("github", "demo").provider == "github"


def test_what_is_remembered(server: NangoServer, remote: RemoteEnvironment, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        remote.connection("github", "demo")
        remote.credentials("github", "demo")
        remote.integration("github")
    assert len(server.requests) == 2
    remote.credentials("github", "demo", refresh=True)
    assert asked(server)[2:] == [
        "GET /connection/demo?provider_config_key=github&force_refresh=true&refresh_token=false"
    ]
    remote.credentials("github", "demo")
    remote.integration("github", ["webhook", "credentials"])
    assert asked(server)[3:] == ["GET /integrations/github?include=webhook&include=credentials"]
    remote.set_metadata("github", "demo", {})
    remote.connection("github", "demo")
    assert asked(server)[4:] == ["POST /connection/metadata", "GET /connection/demo?provider_config_key=github"]
    assert remote_directory._CONNECTIONS == 60.0
    assert remote_directory._INTEGRATIONS == 600.0


def test_metadata_is_written_as_every_server_takes_it(server: NangoServer, remote: RemoteEnvironment) -> None:
    remote.update_metadata("github", "demo", {"a": 1})
    assert (server.requests[-1].method, server.requests[-1].json()) == (
        "PATCH",
        {"metadata": {"a": 1}, "connection_id": "demo", "provider_config_key": "github"},
    )


def test_odd_names_are_quoted(server: NangoServer, remote: RemoteEnvironment) -> None:
    with pytest.raises(EnvironmentFailure, match="has no connection"):
        remote.connection("github", "a/b?c#d é")
    assert server.requests[0].target == "/connection/a%2Fb%3Fc%23d%20%C3%A9?provider_config_key=github"


def test_many_connections_are_not_all_listed(server: NangoServer, remote: RemoteEnvironment) -> None:
    template = server.connections[0]
    server.connections = [{**template, "connection_id": f"c{number:03}"} for number in range(500)]
    with pytest.raises(EnvironmentFailure) as caught:
        remote.connection("github", "zebra")
    assert (caught.value.help or "").endswith("`c008`, `c009` and 490 more")


def test_secrets_are_known(server: NangoServer, remote: RemoteEnvironment) -> None:
    assert set(remote.secrets()) == {server.key}
    remote.connection("github", "demo")
    assert set(remote.secrets()) == {server.key, TOKEN}
    remote.integration("github", ["credentials"])
    assert "planted-client-secret" in remote.secrets()


def test_reading_records(server: NangoServer, remote: RemoteEnvironment) -> None:
    variant = Destination(Task("github", "demo", "users", "eu"), "User")
    remote.get(variant, ["1", "a b"])
    assert asked(server) == ["GET /records/?model=User%3A%3Aeu&ids=1&ids=a+b"]
    assert (headers(server)["connection-id"], headers(server)["provider-config-key"]) == ("demo", "github")
    remote.read(variant, "cursor-5", limit=7)
    assert asked(server)[1:] == ["GET /records?model=User%3A%3Aeu&limit=7&cursor=cursor-5"]


@pytest.mark.parametrize(
    "write",
    [
        lambda remote, place: remote.save(place, [{"id": "1"}]),
        lambda remote, place: remote.update(place, [{"id": "1"}]),
        lambda remote, place: remote.delete(place, [{"id": "1"}]),
        lambda remote, place: remote.start_tracking(place),
        lambda remote, place: remote.end_tracking(place),
        lambda remote, place: remote.abandon_tracking(place),
        lambda remote, place: remote.set_merging_strategy(place, "override"),
        lambda remote, place: remote.save_checkpoint(place.task, {}),
        lambda remote, place: remote.clear_checkpoint(place.task),
    ],
)
def test_what_a_server_takes_from_nobody(server: NangoServer, remote: RemoteEnvironment, write: Any) -> None:
    with pytest.raises(EnvironmentFailure, match="only of the scripts that it runs itself") as caught:
        write(remote, Destination(TASK, "User"))
    assert caught.value.code == "NG704"
    assert server.requests == []


def test_state(server: NangoServer, remote: RemoteEnvironment) -> None:
    assert remote.last_sync_date(TASK) == datetime(2026, 1, 5, 10, tzinfo=UTC)
    assert asked(server) == ["GET /sync/status?syncs=%2A&provider_config_key=github&connection_id=demo"]
    assert remote.checkpoint(TASK) is None
    assert remote.checkpoint(Task("github", "demo", "users", "eu")) == {"page": 7}
    assert remote.last_sync_date(Task("github", "demo", "nope")) is None
    server.syncs[0]["finishedAt"] = None
    assert remote.last_sync_date(TASK) is None
    server.syncs[0]["finishedAt"] = "yesterday"
    assert remote.last_sync_date(TASK) is None


def test_syncs(server: NangoServer, remote: RemoteEnvironment) -> None:
    variant = Task("github", "demo", "users", "eu")
    remote.trigger_sync(variant, "full_refresh")
    remote.start_sync([TASK, variant, Task("acme", "demo", "users")])
    demo = {"provider_config_key": "github", "connection_id": "demo"}
    eu = {"name": "users", "variant": "eu"}
    assert server.triggered == [
        {"what": "trigger", **demo, "syncs": [eu], "sync_mode": "full_refresh"},
        {"what": "start", **demo, "syncs": ["users", eu]},
        {"what": "start", **demo, "provider_config_key": "acme", "syncs": ["users"]},
    ]


def test_actions(server: NangoServer, remote: RemoteEnvironment) -> None:
    def fail(given: Any) -> Any:
        raise ActionFailed({"message": "no such issue", "given": given})

    server.actions["fail"] = fail
    assert remote.trigger_action("github", "demo", "echo", [1]) == {"given": [1]}
    assert server.requests[-1].json() == {"action_name": "echo", "input": [1]}
    with pytest.raises(EnvironmentFailure, match="action_script_runtime_error") as caught:
        remote.trigger_action("github", "demo", "fail", 7)
    assert (caught.value.code, getattr(caught.value, "payload", None)) == (
        "NG704",
        {"message": "no such issue", "given": 7},
    )


def test_requests_from_here(remote: RemoteEnvironment, server: NangoServer, provider: ProviderServer) -> None:
    seen = remote.fetch(ProxyRequest("github", "demo", "GET", f"{provider.url}/echo", headers={"X-A": "1"}))
    assert seen.data["headers"]["x-a"] == "1"
    assert "authorization" not in seen.data["headers"]
    assert server.requests == []


def test_closed_and_used_again(server: NangoServer) -> None:
    with RemoteEnvironment(server.url + "/", server.key, is_sync=True) as remote:
        remote.warm_up("github")
        assert remote.variables() == [{"name": "REGION", "value": "eu"}]
    assert len(remote.connections()) == 3
    remote.close()
    assert server.key not in repr(remote)
