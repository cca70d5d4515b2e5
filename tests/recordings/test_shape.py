"""Whatever stands in a recording, it is read and replayed, or said to be none with the place that is wrong."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Iterator
from typing import Any

import pytest

from nango_cli.environments.exchange import ProxyRequest
from nango_cli.errors import NangoError
from nango_cli.recordings import legacy, unified
from nango_cli.recordings.cassette import Cassette
from nango_cli.recordings.comparison import compare, result_of
from nango_cli.recordings.replay import Replay
from nango_cli.recordings.shape import Misshapen

ENTRY = {
    "response": {"type": "Buffer", "data": [1]},
    "status": 200,
    "headers": {"a": "b"},
    "hash": "1",
    "request": {"params": {"a": ["b", 1]}, "headers": [["a", "b"]], "data": {"a": 1}},
    "nango-cli": {"url": "http://a", "data": "x"},
}
NO_ANSWER = {**ENTRY, "nango-cli": {"unanswered": {"message": "a", "help": None, "retryable": True}}}
CODED = {**ENTRY, "response": "AQ==", "nango-cli": {"encoding": "base64"}}
CONNECTION = {"id": "demo", "integration": "a", "provider": "a", "metadata": {}, "errors": [{}], "created_at": None}
RECORDING = {
    "input": 1,
    "output": {"a": 1},
    "nango": {
        "getConnection": {"provider": "a", "metadata": {"a": 1}, "connection_config": {"provider": "b"}},
        "getMetadata": {"a": 1},
        "batchSave": {"A": [{"id": "1"}]},
        "batchDelete": {"A": [{"id": "1"}]},
    },
    "api": {"get": {"/a": ENTRY, "/b": [NO_ANSWER, CODED]}},
    "nango-cli": {
        "version": 1,
        "environment": "dev",
        "connection": "demo",
        "variant": "base",
        "now": "2026-01-31T00:00:00+00:00",
        "last_sync_date": "2026-01-31",
        "checkpoint": {"a": 1},
        "checkpoint_saved": {"a": 1},
        "limits": {"pages": 1, "records": None},
        "retries": True,
        "runs_actions": False,
        "metadata": {"a": 1},
        "webhook": [{}],
        "batchUpdate": {"A": [{"id": "1"}]},
        "asked": [
            {"method": "connection", "params": {"integration": "a", "connection_id": "demo"}, "result": CONNECTION},
            {
                "method": "credentials",
                "params": {"integration": "a", "connection_id": "demo"},
                "result": {"credentials": {}},
            },
            {"method": "variables", "params": {}, "refusal": {"code": "NG701", "message": "a", "help": None}},
        ],
    },
}
TREE = {
    "nango/getConnection.json": RECORDING["nango"]["getConnection"],
    "nango/getMetadata.json": {"a": 1},
    "s/A/batchSave.json": [{"id": "1"}],
    "nango/get/proxy/a/s/1.json": {
        "endpoint": "a",
        "requestIdentity": {"params": [["a", "b"]], "headers": [["a", "b"]], "data": None},
        "response": {"type": "Buffer", "data": [1]},
        "status": 200,
        "headers": {"a": "b"},
    },
}
VALUES = [None, True, 1, 1.5, "x", [], [1], [[]], {}, {"a": 1}, {"a": [1]}]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inner:
        yield from places(each, (*path, name))


def with_value(whole: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    changed = copy.deepcopy(whole)
    inner = changed
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    return changed


def without(whole: Any, path: tuple[Any, ...]) -> Any:
    changed = copy.deepcopy(whole)
    inner = changed
    for name in path[:-1]:
        inner = inner[name]
    del inner[path[-1]]
    return changed


def changed(whole: Any) -> Iterator[Any]:
    for path in places(whole):
        yield from (with_value(whole, path, value) for value in VALUES)
        if path:
            yield without(whole, path)


def play(cassette: Cassette) -> None:
    compare(result_of(cassette), result_of(cassette))
    with Replay(cassette) as replay:
        for _ in range(2):
            for ask in (
                lambda: replay.connection("a", "demo"),
                lambda: replay.credentials("a", "demo"),
                replay.variables,
                lambda: replay.proxy(ProxyRequest("a", "demo", "get", "/a", params={"a": "b"})),
                lambda: replay.proxy(ProxyRequest("a", "demo", "get", "/b")),
            ):
                with contextlib.suppress(NangoError):
                    ask()


def test_a_recording() -> None:
    play(unified.read(RECORDING))
    refused = 0
    for found in changed(RECORDING):
        try:
            cassette = unified.read(found)
        except Misshapen:
            refused += 1
        else:
            play(cassette)
    assert refused > 200


def test_a_tree() -> None:
    assert legacy.read(TREE, "s")
    refused = 0
    for file, value in TREE.items():
        for found in changed(value):
            try:
                cassette = legacy.read({**TREE, file: found}, "s")
            except Misshapen as error:
                assert error.file == file
                refused += 1
            else:
                play(cassette or Cassette())
    assert refused > 50


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("api", "get", "/a", "status"), "x", '$.api.get["/a"].status is not a whole number'),
        (("api", "get", "/b", 1), [], '$.api.get["/b"][1] is not an object'),
        (("api", "get", "/b", 1, "response"), "a", '$.api.get["/b"].response does not hold bytes'),
        (
            ("api", "get", "/a", "request", "headers"),
            [["a"]],
            '$.api.get["/a"].request.headers[0] is not a name and a value',
        ),
        (("nango", "batchSave", "A"), {}, "$.nango.batchSave.A is not a list"),
        (("nango-cli", "now"), "today", '$["nango-cli"].now is not a date'),
        (("nango-cli",), {}, '$["nango-cli"] has no `asked`'),
        ((), [1], "it is not an object"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith(("$", "it")) else "",
)
def test_the_place_is_said(path: tuple[Any, ...], value: Any, said: str) -> None:
    with pytest.raises(Misshapen) as caught:
        unified.read(with_value(RECORDING, path, value))
    assert str(caught.value) == said
