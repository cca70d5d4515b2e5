"""What every environment promises, asked of each in turn."""

from __future__ import annotations

from typing import Any

import pytest
from contract.worlds import METADATA, TASK, USERS, VARIABLES, World

from nango_cli.environments.destination import Counts, Destination, Task
from nango_cli.environments.environment import Environment
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse
from nango_cli.errors import EnvironmentFailure

FORM = "application/x-www-form-urlencoded"


def ask(environment: Environment, method: str = "GET", endpoint: str = "/echo", **more: Any) -> ProxyResponse:
    return environment.proxy(ProxyRequest("acme", "demo", method, endpoint, **more))


def test_a_connection(environment: Environment) -> None:
    found = environment.connection("acme", "demo")
    assert (found.id, found.integration, found.provider) == ("demo", "acme", "acme-oauth")
    assert found.metadata == METADATA
    assert environment.connection("acme", "other").metadata == {}


def test_an_unknown_connection(environment: Environment) -> None:
    with pytest.raises(EnvironmentFailure) as caught:
        environment.connection("acme", "dmo")
    assert (caught.value.code, caught.value.message) == ("NG701", "`acme` has no connection `dmo`")
    assert caught.value.help == "did you mean `demo`? connections of acme: `demo`, `other`"


@pytest.mark.parametrize("method", ["connection", "integration"])
def test_an_unknown_integration(environment: Environment, method: str) -> None:
    with pytest.raises(EnvironmentFailure) as caught:
        getattr(environment, method)("acmee", *(["demo"] if method == "connection" else []))
    assert caught.value.code == "NG701"
    assert "`acmee`" in caught.value.message
    assert "did you mean `acme`?" in (caught.value.help or "")


def test_listed_connections(environment: Environment) -> None:
    def ids(**filters: str) -> list[tuple[str, str]]:
        return [(each.integration, each.id) for each in environment.connections(**filters)]

    assert ids() == [("acme", "demo"), ("acme", "other")]
    assert ids(connection_id="other") == [("acme", "other")]
    assert ids(integration="acme", connection_id="demo") == [("acme", "demo")]
    assert ids(integration="zebra") == ids(connection_id="zebra") == []


def test_credentials_are_known_secrets(environment: Environment) -> None:
    shown = environment.credentials("acme", "demo")
    values = {value for name, value in shown.items() if name != "type" and isinstance(value, str)}
    assert values
    assert values <= set(environment.secrets())
    assert environment.credentials("acme", "demo", refresh=True) == shown
    assert not any(value in repr(environment.connection("acme", "demo")) for value in values)


def test_metadata(environment: Environment) -> None:
    environment.update_metadata("acme", "demo", {"depth": {"b": 2}, "more": [1]})
    assert environment.connection("acme", "demo").metadata == {"owner": "octo-org", "depth": {"b": 2}, "more": [1]}
    environment.set_metadata("acme", "demo", {"only": True})
    assert environment.connection("acme", "demo").metadata == {"only": True}
    assert environment.connection("acme", "other").metadata == {}


def test_variables_and_integrations(environment: Environment) -> None:
    assert list(environment.variables()) == VARIABLES
    plain = environment.integration("acme")
    assert (plain["unique_key"], plain["provider"]) == ("acme", "acme-oauth")
    assert "webhook_url" not in plain
    assert "webhook_url" in environment.integration("acme", ["webhook"])


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_methods(environment: Environment, method: str) -> None:
    environment.warm_up("acme")
    answer = ask(environment, method, "/echo/a b", headers={"X-Name": "é"})
    assert (answer.status, answer.data["method"], answer.data["headers"]["x-name"]) == (200, method, "é")
    assert answer.data["path"] in ("/echo/a%20b", "/echo/a b")
    assert all(name == name.lower() for name in answer.headers)


@pytest.mark.parametrize(
    ("endpoint", "params", "query"),
    [
        ("/echo", None, []),
        ("echo", {}, []),
        ("/echo", {"a": True, "b": None, "c": [1, "two"], "d": "é &"}, [["a", "true"], ["c", "1,two"], ["d", "é &"]]),
        ("/echo?a=1&b=", {"c": 2}, [["a", "1"], ["b", ""], ["c", "2"]]),
        ("/echo?a=1&b=2", {"a": 3}, [["b", "2"], ["a", "3"]]),
        ("/echo", "a=1&b=", [["a", "1"], ["b", ""]]),
    ],
)
def test_queries(environment: Environment, endpoint: str, params: Any, query: list[list[str]]) -> None:
    assert ask(environment, endpoint=endpoint, params=params).data["query"] == query


@pytest.mark.parametrize(
    ("data", "headers", "kind", "body"),
    [
        ({"a": "é"}, {}, "application/json", '{"a":"é"}'),
        ([1], {"content-type": "application/vnd.api+json"}, "application/vnd.api+json", "[1]"),
        ("a=1", {}, FORM, "a=1"),
        ("<a/>", {"Content-Type": "text/xml"}, "text/xml", "<a/>"),
        ({"a": [1, 2]}, {"Content-Type": FORM}, FORM, "a=1%2C2"),
        (b"raw", {}, "application/octet-stream", "raw"),
        (False, {}, "application/json", "false"),
        (None, {}, None, ""),
    ],
)  # fmt: skip
def test_bodies(environment: Environment, data: Any, headers: dict[str, str], kind: str | None, body: str) -> None:
    seen = ask(environment, "POST", data=data, headers=headers).data
    assert (seen["headers"].get("content-type"), seen["body"]) == (kind, body)


def test_a_get_has_no_body(environment: Environment) -> None:
    seen = ask(environment, data={"a": 1}).data
    assert (seen["headers"].get("content-type"), seen["body"]) == (None, "")


@pytest.mark.parametrize(
    ("endpoint", "status", "data"),
    [
        ("/status/404", 404, {"message": "status 404"}),
        ("/status/429?after=7", 429, {"message": "status 429"}),
        ("/status/500", 500, {"message": "status 500"}),
        ("/status/401", 401, {"message": "status 401"}),
        ("/text", 200, "é"),
        ("/bytes", 200, b"\x89PNG\x00"),
        ("/nothing", 204, None),
        ("/not-json", 200, "<html>no JSON</html>"),
        ("/html", 200, "<title>Sign in</title>"),
        ("/big", 200, {"id": 12345678901234567890123}),
    ],
)
def test_answers_pass_through(environment: Environment, endpoint: str, status: int, data: Any) -> None:
    answer = ask(environment, endpoint=endpoint)
    assert (answer.status, answer.data) == (status, data)
    assert answer.url.endswith(endpoint)
    if "after" in endpoint:
        assert answer.headers["retry-after"] == "7"
    if answer.raw is not None and isinstance(data, str):
        assert data.encode("latin-1" if endpoint == "/text" else "utf-8") == answer.raw


def test_a_request_for_an_unknown_connection(environment: Environment) -> None:
    try:
        answer = environment.proxy(ProxyRequest("acme", "nobody", "GET", "/echo"))
    except EnvironmentFailure as error:
        assert error.code == "NG701"
    else:
        assert answer.status == 400


def test_reading_records(world: World) -> None:
    environment = world.environment
    assert environment.read(USERS).records == ()
    world.fill(USERS, [{"id": str(number), "name": f"n{number}"} for number in range(5)])
    first = environment.read(USERS, limit=3)
    assert [each["name"] for each in first.records] == ["n0", "n1", "n2"]
    metadata = first.records[0]["_nango_metadata"]
    assert {"first_seen_at", "last_modified_at", "last_action", "deleted_at", "cursor"} <= set(metadata)
    assert (metadata["last_action"], metadata["deleted_at"]) == ("ADDED", None)
    second = environment.read(USERS, first.next_cursor, limit=3)
    assert [each["name"] for each in second.records] == ["n3", "n4"]
    assert second.next_cursor is None
    assert environment.get(USERS, []) == {}
    found = environment.get(USERS, ["4", "0", "9"])
    assert {id: each["name"] for id, each in found.items()} == {"0": "n0", "4": "n4"}


def test_variants_keep_records_apart(world: World) -> None:
    variant = Destination(Task("acme", "demo", "users", "eu"), "User")
    world.fill(USERS, [{"id": "1"}])
    world.fill(variant, [{"id": "2"}])
    assert [each["id"] for each in world.environment.read(USERS).records] == ["1"]
    assert [each["id"] for each in world.environment.read(variant).records] == ["2"]


@pytest.mark.role("writing records")
def test_counts(environment: Environment) -> None:
    assert environment.save(USERS, [{"id": "1", "n": 1}, {"id": "2", "n": 1}]) == Counts(added=2)
    assert environment.save(USERS, [{"id": "1", "n": 1}, {"id": "2", "n": 2}]) == Counts(updated=1, unchanged=1)
    assert environment.update(USERS, [{"id": "1", "m": {"a": 1}}, {"id": "9", "m": 1}]) == Counts(updated=1)
    assert environment.update(USERS, [{"id": "1", "m": {"b": 2}}]) == Counts(updated=1)
    assert environment.get(USERS, ["1"])["1"]["m"] == {"a": 1, "b": 2}
    assert environment.delete(USERS, [{"id": "1"}, {"id": "9"}]) == Counts(deleted=1)
    assert environment.save(USERS, [{"id": "1", "n": 3}]) == Counts(added=1)


@pytest.mark.role("writing records")
def test_tracked_deletes(environment: Environment) -> None:
    environment.save(USERS, [{"id": "1"}, {"id": "2"}])
    environment.start_tracking(USERS)
    environment.save(USERS, [{"id": "2"}, {"id": "3"}])
    assert list(environment.end_tracking(USERS)) == ["1"]
    with pytest.raises(EnvironmentFailure):
        environment.end_tracking(USERS)


@pytest.mark.role("writing records")
def test_tracking_that_is_abandoned(environment: Environment) -> None:
    environment.save(USERS, [{"id": "1"}, {"id": "2"}])
    environment.abandon_tracking(USERS)
    environment.start_tracking(USERS)
    environment.save(USERS, [{"id": "1"}])
    environment.abandon_tracking(USERS)
    environment.start_tracking(USERS)
    environment.save(USERS, [{"id": "2"}])
    assert list(environment.end_tracking(USERS)) == ["1"]


@pytest.mark.role("state")
def test_checkpoints(environment: Environment) -> None:
    assert environment.checkpoint(TASK) is None
    assert environment.last_sync_date(TASK) is None
    environment.save_checkpoint(TASK, {"page": 2, "done": False})
    assert environment.checkpoint(TASK) == {"page": 2, "done": False}
    assert environment.checkpoint(Task("acme", "demo", "users", "eu")) is None
    environment.clear_checkpoint(TASK)
    assert environment.checkpoint(TASK) is None


def test_locks(environment: Environment) -> None:
    other = Task("acme", "other", "users")
    assert environment.acquire(TASK, "a", 60_000)
    assert environment.acquire(TASK, "a", 60_000)
    assert not environment.acquire(other, "a", 60_000)
    assert not environment.release(other, "a")
    assert environment.release(TASK, "a")
    assert not environment.release(TASK, "a")
    assert environment.acquire(other, "a", 0)
    assert environment.acquire(TASK, "a", 60_000)
    environment.release_all(TASK)
    assert environment.acquire(other, "a", 60_000)


@pytest.mark.role("actions")
def test_triggering_actions(environment: Environment) -> None:
    assert environment.runs_actions
    assert environment.trigger_action("acme", "demo", "echo", {"a": [1]}) == {"given": {"a": [1]}}
    assert environment.trigger_action("acme", "demo", "echo", None) == {"given": None}
    with pytest.raises(EnvironmentFailure) as caught:
        environment.trigger_action("acme", "demo", "nope", None)
    assert caught.value.code == "NG704"


@pytest.mark.role("syncs")
def test_triggering_syncs(environment: Environment) -> None:
    assert environment.runs_syncs
    environment.trigger_sync(TASK, "incremental")
    environment.start_sync([TASK, Task("acme", "other", "users", "eu")])


def test_logging(environment: Environment) -> None:
    environment.log("acme", "demo", "users", "warn", "careful")
