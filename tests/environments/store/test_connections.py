"""Integrations, connections and variables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nango_cli.environments.connection import Connection
from nango_cli.environments.destination import Counts, Destination, Task
from nango_cli.environments.store.integrations import Integration
from nango_cli.environments.store.runs import Request
from nango_cli.errors import EnvironmentFailure

DEMO = Connection(
    "demo",
    "github",
    "github-app",
    metadata={"owner": "octo", "deep": {"a": 1}},
    config={"subdomain": "x"},
    tags={"team": "core"},
    errors=({"type": "auth", "log_id": "1"},),
    created_at="2026-01-01T00:00:00.000000+00:00",
)
SECRET = {"type": "API_KEY", "apiKey": "s3cret"}


def test_there_and_back(store):
    store.connections.save(DEMO, SECRET)
    assert store.connections.get("github", "demo") == DEMO
    assert store.connections.credentials("github", "demo") == SECRET


def test_created_now(store):
    store.connections.save(Connection("demo", "github", "github"))
    assert store.connections.get("github", "demo").created_at == "2026-01-31T09:00:00.000000+00:00"


def test_none(store):
    assert store.connections.get("github", "demo") is None
    assert store.connections.credentials("github", "demo") is None
    assert store.connections.all() == []
    assert not store.connections.delete("github", "demo")


def test_all_that_fit(store):
    for integration, id in [("github", "b"), ("github", "a"), ("asana", "b"), ("asana", "c")]:
        store.connections.save(Connection(id, integration, integration))

    def found(**wanted: str) -> list[str]:
        return [f"{each.integration}/{each.id}" for each in store.connections.all(**wanted)]

    assert found() == ["asana/b", "asana/c", "github/a", "github/b"]
    assert found(integration="github") == ["github/a", "github/b"]
    assert found(connection_id="b") == ["asana/b", "github/b"]
    assert found(integration="github", connection_id="c") == []


def test_saving_again_keeps_credentials_and_creation(store, clock):
    store.connections.save(DEMO, SECRET)
    store.connections.save(replace(DEMO, metadata={}, created_at=None))
    assert store.connections.get("github", "demo") == replace(DEMO, metadata={})
    assert store.connections.credentials("github", "demo") == SECRET
    store.connections.set_credentials("github", "demo", {"type": "NONE"})
    assert store.connections.credentials("github", "demo") == {"type": "NONE"}


def test_metadata(store):
    store.connections.save(DEMO)
    store.connections.update_metadata("github", "demo", {"deep": {"b": 2}, "new": 1})
    assert store.connections.get("github", "demo").metadata == {"owner": "octo", "deep": {"b": 2}, "new": 1}
    store.connections.set_metadata("github", "demo", {"only": True})
    assert store.connections.get("github", "demo").metadata == {"only": True}


def test_tags_and_errors(store):
    store.connections.save(DEMO)
    store.connections.set_tags("github", "demo", {"a": "b"})
    store.connections.set_errors("github", "demo", ())
    assert store.connections.get("github", "demo") == replace(DEMO, tags={"a": "b"}, errors=())


@pytest.mark.parametrize("change", ["set_metadata", "update_metadata", "set_tags", "set_errors", "set_credentials"])
def test_changing_one_that_is_not_there(store, change):
    with pytest.raises(EnvironmentFailure, match="`github` has no connection `demo`") as caught:
        getattr(store.connections, change)("github", "demo", {})
    assert caught.value.code == "NG701"


def test_deleting_takes_along_what_belongs_to_it(store):
    task, other = Task("github", "demo", "issues"), Task("github", "other", "issues")
    for each in (task, other):
        destination = Destination(each, "Issue")
        store.connections.save(Connection(each.connection_id, "github", "github"))
        store.records.start_tracking(destination)
        store.records.save(destination, [{"id": "a"}])
        store.records.save(destination, [{"id": "a"}])
        store.state.save_checkpoint(each, {"page": 1})
        store.locks.acquire(each, each.connection_id, 1000)
        run = store.runs.start(each, "sync")
        store.runs.add_requests(run, [Request("GET", "https://example.com", 200, 0.1)])
    assert store.connections.delete("github", "demo")
    destination = Destination(task, "Issue")
    assert [each.connection_id for each in store.records.collections()] == ["other"]
    assert store.records.read(destination).records == ()
    assert store.state.checkpoint(task) is None
    assert store.locks.acquire(other, "demo", 1000)
    assert [run.task for run in store.runs.latest()] == [other]
    assert store.records.save(destination, [{"id": "a"}]) == Counts(added=1)
    assert store.records.save(Destination(other, "Issue"), [{"id": "a"}]) == Counts(unchanged=1)
    assert store.state.checkpoint(other) == {"page": 1}


def test_integrations(store, clock):
    store.integrations.save(Integration("github", "github-app", settings={"base_url": "https://x"}), SECRET)
    store.integrations.save(Integration("asana", "asana", "Asana"))
    created = "2026-01-31T09:00:00.000000+00:00"
    clock.tick()
    store.integrations.save(Integration("github", "github-app", "GitHub"))
    assert store.integrations.all() == [
        Integration("asana", "asana", "Asana", {}, created, created),
        Integration("github", "github-app", "GitHub", {}, created, "2026-01-31T09:00:01.000000+00:00"),
    ]
    assert store.integrations.credentials("github") == SECRET
    assert store.integrations.credentials("asana") is None
    assert store.integrations.credentials("nobody") is None
    assert store.integrations.delete("github")
    assert not store.integrations.delete("github")
    assert store.integrations.get("github") is None


def test_variables(store):
    assert store.variables.all() == []
    store.variables.set("B", "2")
    store.variables.set("A", "ü")
    store.variables.set("B", "3")
    assert store.variables.all() == [{"name": "A", "value": "ü"}, {"name": "B", "value": "3"}]
    assert store.variables.delete("A")
    assert not store.variables.delete("A")
    assert store.variables.all() == [{"name": "B", "value": "3"}]


@pytest.mark.parametrize("text", ["2026-01-01", "2026-01-01T00:00:00Z", "2026-01-01T02:00:00+02:00"])
def test_any_iso_date(store, text):
    store.connections.save(replace(DEMO, created_at=text))
    assert store.connections.get("github", "demo") == DEMO
