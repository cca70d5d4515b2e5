"""The same small world in front of every environment: the integration `acme`, its connections `demo` and `other`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from nango_server import NangoServer, connection, integration
from provider_server import Asked, ProviderServer

from nango_cli.diagnostics.source import Source
from nango_cli.environments import encoding
from nango_cli.environments.connection import Connection
from nango_cli.environments.destination import Destination, Task
from nango_cli.environments.environment import Environment
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse
from nango_cli.environments.local import LocalConnection, LocalEnvironment, LocalIntegration
from nango_cli.environments.memory import MemoryEnvironment
from nango_cli.environments.remote import RemoteEnvironment
from nango_cli.environments.store.integrations import Integration
from nango_cli.environments.store.store import Store
from nango_cli.providers.catalog import alone
from nango_cli.recordings.recording import Recording

Role = Literal["writing records", "state", "actions", "syncs"]

METADATA = {"owner": "octo-org", "depth": {"a": 1}}
TASK = Task("acme", "demo", "users")
USERS = Destination(TASK, "User")
VARIABLES = [{"name": "REGION", "value": "eu"}]


@dataclass(frozen=True, slots=True)
class World:
    """`fill` puts records where the environment reads them."""

    environment: Environment
    fill: Callable[[Destination, list[dict[str, Any]]], object]


@contextmanager
def memory(provider: ProviderServer) -> Iterator[World]:
    def provide(request: ProxyRequest) -> ProxyResponse:
        headers = dict(request.headers)
        body = encoding.body(request.method, request.data, headers) or b""
        target = encoding.with_query("/" + request.endpoint.lstrip("/"), request.params)
        answer = provider.answer(Asked(request.method, target, tuple(headers.items()), body))
        content = answer.encoded().partition(b"\r\n\r\n")[2]
        received = {name.lower(): value for name, value in answer.headers.items()}
        kind = received.get("content-type", "" if isinstance(answer.data, bytes) else "application/json")
        charset = kind.partition("charset=")[2] or None
        data = encoding.decode(content, kind, charset)
        return ProxyResponse(answer.status, received, data, target, content)

    connections = [
        Connection("demo", "acme", "acme-oauth", METADATA, tags={"team": "a"}),
        Connection("other", "acme", "acme-oauth"),
    ]
    variables = {each["name"]: each["value"] for each in VARIABLES}
    credentials = {"acme": {"type": "API_KEY", "apiKey": "planted-key"}}
    with MemoryEnvironment(
        connections, provide, credentials=credentials, variables=variables, actions={"echo": lambda x: {"given": x}}
    ) as environment:
        yield World(environment, environment.save)


@contextmanager
def local(provider: ProviderServer) -> Iterator[World]:
    key = "ACME_KEY"
    connections = {"demo": LocalConnection(METADATA, api_key=key), "other": LocalConnection(api_key=key)}
    acme = LocalIntegration("acme-oauth", provider.url, {"X-Api-Key": "${apiKey}"}, connections=connections)
    environ = {key: "planted-key", **{f"NANGO_VARIABLE_{each['name']}": each["value"] for each in VARIABLES}}
    with LocalEnvironment({"acme": acme}, environ=environ) as environment:
        yield World(environment, environment.save)


@contextmanager
def stored(provider: ProviderServer) -> Iterator[World]:
    definition = f"""
acme-oauth:
    auth_mode: API_KEY
    proxy: {{base_url: "{provider.url}", headers: {{X-Api-Key: "${{apiKey}}"}}}}
"""
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "store.sqlite", environ={}) as store:
        store.integrations.save(Integration("acme", "acme-oauth", settings={"allow_private": True}))
        for id, metadata in (("demo", METADATA), ("other", {})):
            made = Connection(id, "acme", "acme-oauth", metadata)
            store.connections.save(made, {"type": "API_KEY", "apiKey": "planted-key"})
        for each in VARIABLES:
            store.variables.set(each["name"], each["value"])
        catalog = alone(Source("providers.yaml", definition))
        with LocalEnvironment({}, catalog=catalog, store=store) as environment:
            yield World(environment, environment.save)


@contextmanager
def remote(provider: ProviderServer) -> Iterator[World]:
    with NangoServer(provider.url) as server:
        server.integrations = {"acme": integration("acme", "acme-oauth", provider.url)}
        server.connections = [
            connection("demo", "acme", "acme-oauth", metadata=METADATA, tags={"team": "a"}),
            connection("other", "acme", "acme-oauth"),
        ]
        server.variables = VARIABLES

        def fill(destination: Destination, records: list[dict[str, Any]]) -> None:
            task = destination.task
            server.add_records(
                destination.stored_model, records, integration=task.integration, connection_id=task.connection_id
            )

        with RemoteEnvironment(server.url, server.key, is_sync=True) as environment:
            yield World(environment, fill)


@contextmanager
def recording(provider: ProviderServer) -> Iterator[World]:
    with memory(provider) as world:
        yield World(Recording(world.environment), world.fill)


WORLDS = {"memory": memory, "local": local, "stored": stored, "remote": remote, "recording": recording}
ROLES: dict[str, set[Role]] = {
    "memory": {"writing records", "state", "actions", "syncs"},
    "local": {"writing records", "state"},
    "stored": {"writing records", "state"},
    "remote": {"actions", "syncs"},
    "recording": {"writing records", "state", "actions", "syncs"},
}
