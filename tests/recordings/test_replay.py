"""Replays that miss, older recordings, files that are none, and what a replay knows of its connection."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from recordings.conftest import Bench

from nango_cli.environments.exchange import ProxyRequest
from nango_cli.environments.memory import MemoryEnvironment
from nango_cli.recordings import legacy, unified
from nango_cli.recordings.cassette import Answer, Cassette, Exchange, NoAnswer, Question, Start
from nango_cli.recordings.identity import Identity, identify
from nango_cli.recordings.replay import NotRecorded, Replay

LEGACY: dict[str, Any] = {
    "call/input.json": {"a": 1},
    "call/output.json": {"b": 2},
    "items/Item/batchSave.json": [{"id": "1"}],
    "items/Item/batchDelete.json": [{"id": "2"}],
    "items/small/Item/batchSave.json": [{"id": "3"}],
    "nango/getConnection.json": {"metadata": {"old": True}, "connection_config": {"subdomain": "acme"}},
    "nango/getMetadata.json": {"team": "blue"},
    "nango/get/proxy/v1/users/items/5f1b.json": {
        "method": "get",
        "endpoint": "v1/users",
        "requestIdentityHash": "5f1b",
        "requestIdentity": {
            "method": "get",
            "endpoint": "v1/users",
            "params": [["page", "1"]],
            "headers": [["x-version", "2"], ["nango-is-script", "false"]],
        },
        "response": {"users": [1]},
        "status": 200,
        "headers": {"Content-Type": "application/json"},
    },
    "nango/get/proxy/v1/teams/items.json": {"teams": []},
    "nango/get/proxy/v1/users/items/small/77aa.json": {"response": {"users": [2]}, "status": 201, "headers": {}},
}


def ask(cassette: Cassette, method: str = "GET", endpoint: str = "/users", **more: Any) -> Any:
    with Replay(cassette) as replay:
        return replay.proxy(ProxyRequest("acme", "demo", method, endpoint, **more))


def test_the_older_tree() -> None:
    cassette = legacy.read(LEGACY, "items")
    assert cassette is not None
    assert cassette.metadata == {"team": "blue"}
    assert cassette.config == {"subdomain": "acme"}
    assert (cassette.saved, cassette.deleted) == ({"Item": [{"id": "1"}]}, {"Item": [{"id": "2"}]})
    found = ask(cassette, endpoint="/v1/users", params={"page": 1}, headers={"X-Version": "2"})
    assert (found.status, found.data, found.headers) == (200, {"users": [1]}, {"content-type": "application/json"})
    assert ask(cassette, endpoint="/v1/teams").data == {"teams": []}
    small = legacy.read(LEGACY, "items", "small")
    assert small is not None
    assert ask(small, endpoint="/v1/users").status == 201
    call = legacy.read(LEGACY, "call")
    assert call is not None
    assert (call.start.input, call.output) == ({"a": 1}, {"b": 2})
    assert legacy.read(LEGACY, "other") is None


def test_the_older_tree_is_found(bench: Bench) -> None:
    for path, value in LEGACY.items():
        bench.write(f"acme/mocks/{path}", json.dumps(value))
    bench.sync("""
        config = ProxyConfiguration(endpoint="/v1/users", params={"page": 1}, headers={"X-Version": "2"})
        nango.log(nango.get(config).data, nango.get_metadata())
        nango.batch_save([{"id": "1"}])
    """)
    for arguments in ((), ("acme/mocks",)):
        replayed = bench.replay("items", *arguments)
        assert replayed["data"]["replayed"] == "acme/mocks"
        assert replayed["data"]["logs"][0]["text"] == '{"users": [1]} {"team": "blue"}'


def test_a_document_and_back() -> None:
    asked = identify(ProxyRequest("a", "b", "POST", "/x", {"n": 1}, {"X-A": "1"}, {"long": "x" * 2000}))
    absolute = Identity("get", "https://other.example/x", (("a", "1"), ("a", "2")))
    cassette = Cassette(
        exchanges=(
            Exchange(asked, asked.hash, Answer(200, {"a": "b"}, b"\xff\x00", "https://x.example/x?n=1")),
            Exchange(asked, asked.hash, NoAnswer("nobody there", None, retryable=True)),
            Exchange(absolute, absolute.hash, Answer(204, {}, None, "https://other.example/x")),
        ),
        questions=(
            Question("variables", {}, [{"name": "A", "value": "b"}]),
            Question("connection", {"id": "x"}, refusal={"code": "NG701", "message": "no", "help": None}),
        ),
        start=Start("demo", "local", input={"a": 1}, checkpoint={"page": 1}, limit_pages=2),
        retries=False,
        runs_actions=True,
        metadata={"team": "blue"},
        output={"b": 2},
        saved={"Item": [{"id": "half \ud83d"}]},
        updated={"Item": [{"id": "2"}]},
        checkpoint={"page": 2},
    )
    text = unified.text(unified.document(cassette))
    text.encode()
    assert unified.read(json.loads(text)) == cassette


def test_a_body_that_javascript_wrote_as_a_buffer() -> None:
    entry = {"response": {"type": "Buffer", "data": [255, 0]}, "status": 200, "headers": {}}
    cassette = unified.read({"nango": {}, "api": {"get": {"/users": entry}}})
    assert ask(cassette).data == b"\xff\x00"
    assert ask(cassette).url == "/users"


def test_recordings_of_other_tools_answer_for_any_connection() -> None:
    cassette = unified.read(
        {"nango": {"getMetadata": {"a": 1}, "getConnection": {"provider": "acme-oauth"}}, "api": {"get": {}}}
    )
    with Replay(cassette) as replay:
        assert replay.connection("acme", "any").metadata == {"a": 1}
        assert replay.connection("acme", "any").provider == "acme-oauth"
        replay.update_metadata("acme", "any", {"b": 2})
        assert replay.connection("acme", "any").metadata == {"a": 1, "b": 2}
        assert replay.retries, "a Nango server repeats requests by itself"
        with pytest.raises(NotRecorded) as caught:
            replay.integration("acme")
        assert caught.value.code == "NG610"
        with pytest.raises(NotRecorded):
            replay.variables()


def test_a_miss_that_the_script_gets_over_is_an_error_all_the_same(bench: Bench) -> None:
    body = """
        try:
            nango.log(nango.get(ProxyConfiguration(endpoint="/echo", params={{"page": {page}}})).status)
        except Exception:
            nango.log("never mind")
    """
    bench.sync(body.format(page=1))
    bench.save("items")
    bench.sync(body.format(page=2))
    report = bench.replay("items", status=1)
    [found] = report["diagnostics"]
    assert (found["code"], found["message"]) == ("NG610", "not recorded: GET /echo")
    assert "-   page = 1\n+   page = 2\n" in found["help"]
    assert "`nango dryrun --save`" in found["help"]


@pytest.mark.parametrize(
    ("text", "code", "status", "message"),
    [
        (None, "NG610", 1, "there is no recording of `items` in acme/tests/items.test.json"),
        ("{", "NG002", 3, "acme/tests/items.test.json is not a recording: "),
        ("[]", "NG002", 3, "acme/tests/items.test.json is not a recording: it needs the objects `api` and `nango`"),
        ('{"api": {"get": {"/a": 1}}, "nango": {}}', "NG002", 3, "acme/tests/items.test.json is not a recording: "),
        ('{"api": {}, "nango": {}, "nango-cli": {}}', "NG002", 3, "acme/tests/items.test.json is not a recording: "),
    ],
)
def test_no_recording(text: str | None, code: str, status: int, message: str, bench: Bench) -> None:
    bench.sync("pass")
    if text is not None:
        bench.write("acme/tests/items.test.json", text)
    result = bench.run("items", "--replay")
    assert result.status == status
    assert f"error {code}: {message}" in result.err


def test_another_file(bench: Bench, tmp_path: Path) -> None:
    bench.sync("nango.batch_save([{'id': '1'}])")
    bench.save("items")
    (bench.root / "acme/tests/items.test.json").rename(tmp_path / "elsewhere.json")
    assert bench.replay("items", "elsewhere.json")["data"]["replayed"] == "elsewhere.json"


@pytest.mark.parametrize("name", ["nowhere.json", "nowhere/mocks", "x" * 300 + ".json"], ids=["file", "folder", "long"])
def test_a_recording_that_is_not_where_it_was_said_to_be(name: str, bench: Bench) -> None:
    bench.sync("pass")
    result = bench.run("items", "--replay", name)
    assert result.status == 3
    assert result.err.startswith(f"error NG002: there is no recording at {name}\n")
    assert "recordings of `items` go to acme/tests/items.test.json" in result.err


def test_actions_of_a_server_are_answered_from_the_recording() -> None:
    from nango_cli.environments.connection import Connection
    from nango_cli.environments.destination import Task
    from nango_cli.recordings.recording import Recording
    from nango_cli.recordings.take import Take

    with MemoryEnvironment(
        [Connection("demo", "acme", "acme")], actions={"add": lambda n: n + 1}, variables={"REGION": "eu"}
    ) as inner:
        recording = Recording(inner)
        recording.connection("acme", "demo")
        assert recording.trigger_action("acme", "demo", "add", 1) == 2
        recording.variables()
        recording.integration("acme")
        take = Take(recording, Task("acme", "demo", "items"), Start("demo"))
        cassette = take.cassette(None, None, [])
    with Replay(cassette) as replay:
        assert replay.connection("acme", "demo").provider == "acme"
        assert replay.trigger_action("acme", "demo", "add", 1) == 2
        assert replay.variables() == [{"name": "REGION", "value": "eu"}]
        assert replay.integration("acme")["unique_key"] == "acme"
        with pytest.raises(NotRecorded):
            replay.trigger_action("acme", "demo", "add", 2)
        with pytest.raises(NotRecorded):
            replay.connection("acme", "other")
        assert len(replay.missed) == 2
