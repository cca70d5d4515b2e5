"""What scripts import, without a host."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Any
from uuid import UUID

import pytest

import nango_cli.sdk as sdk
from nango_cli.sdk import (
    ActionError,
    CursorPagination,
    HttpError,
    LinkPagination,
    NangoAction,
    NangoSync,
    OffsetPagination,
    ProxyConfiguration,
    Response,
    SdkError,
)
from nango_cli.sdk.context import Context
from nango_cli.sdk.plain import pack_body, plain, unpack_body
from nango_cli.sdk.requests import OnPage, pagination


class FakeChannel:
    """Answers in turn; remembers the questions."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def call(self, method: str, params: dict[str, Any]) -> Any:
        self.asked.append((method, params))
        return self.answers.pop(0) if self.answers else None


CONTEXT = Context("jira", "c1", "jira-basic", "issues", ("Issue",))


class Color(Enum):
    RED = "red"


class Level(IntEnum):
    HIGH = 3


@dataclass
class Point:
    x: int
    when: date


def test_all_is_what_scripts_need() -> None:
    assert sorted(sdk.__all__) == sdk.__all__
    for name in sdk.__all__:
        assert getattr(sdk, name).__doc__


def test_it_needs_nothing_but_the_standard_library() -> None:
    code = """if True:
        import sys
        before = set(sys.modules)
        import nango_cli.sdk
        tops = {name.partition(".")[0] for name in set(sys.modules) - before}
        print(sorted(tops - set(sys.stdlib_module_names)))
        print(sorted(name for name in sys.modules if name.startswith("nango_cli.") and ".sdk" not in name))
    """
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["['nango_cli']", "[]"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Point(1, date(2026, 1, 2)), {"x": 1, "when": "2026-01-02"}),
        ({"a": (1, {2})}, {"a": [1, [2]]}),
        ({1: "x"}, {"1": "x"}),
        (datetime(2026, 1, 2, tzinfo=UTC), "2026-01-02T00:00:00+00:00"),
        (time(1, 2), "01:02:00"),
        ([Color.RED, Level.HIGH], ["red", 3]),
        ([Decimal("1"), Decimal("1.5")], [1, 1.5]),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
    ],
)
def test_plain(value: Any, expected: Any) -> None:
    assert plain(value, "value") == expected


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"a": [object()]}, "value.a[0] is an object, which JSON cannot hold"),
        (b"x", "value is a bytes, which JSON cannot hold"),
        ({None: 1}, "value has the key None; keys are text"),
        ({True: 1}, "value has the key True; keys are text"),
        (Point, "value is the class Point, not an instance of one"),
    ],
)
def test_what_is_not_plain(value: Any, message: str) -> None:
    with pytest.raises(SdkError) as caught:
        plain(value, "value")
    assert str(caught.value) == message


@pytest.mark.parametrize("data", [None, "text", b"\x00\xff", {"a": [1]}, [], 0, False])
def test_bodies_come_back_as_they_were(data: Any) -> None:
    assert unpack_body(pack_body(data)) == data


def test_proxy() -> None:
    channel = FakeChannel({"status": 201, "headers": {"x": "y"}, "body": {"kind": "base64", "value": "AAE="}})
    nango = NangoAction(channel, CONTEXT)
    config = ProxyConfiguration(endpoint="/x", data={"when": date(2026, 1, 2)}, headers={"A": "b"}, retries=3)
    assert nango.post(config) == Response(b"\x00\x01", 201, {"x": "y"})
    assert channel.asked == [
        (
            "proxy",
            {
                "method": "POST",
                "endpoint": "/x",
                "params": None,
                "headers": {"A": "b"},
                "body": {"kind": "json", "value": {"when": "2026-01-02"}},
                "retries": 3,
                "retry_on": [],
                "base_url_override": None,
                "decompress": False,
            },
        )
    ]


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_methods(method: str) -> None:
    channel = FakeChannel({"status": 200, "headers": {}, "body": None})
    getattr(NangoAction(channel, CONTEXT), method)({"endpoint": "/x", "method": "GET"})
    assert channel.asked[0][1]["method"] == method.upper()


def test_paginate() -> None:
    answer = {"status": 200, "headers": {}, "body": {"kind": "json", "value": [1]}}
    channel = FakeChannel({"pages": 4}, {"items": [1], "next": "n", "response": answer}, None)
    seen: list[OnPage] = []
    config = ProxyConfiguration("/x", paginate=CursorPagination(limit=5, on_page=seen.append))
    for page in NangoAction(channel, CONTEXT).paginate(config):
        assert (page, seen) == ([1], [])
    assert seen == [OnPage("n", Response([1], 200, {}))]
    assert channel.asked[0][1]["paginate"] == {"type": "cursor", "limit": 5}
    assert channel.asked[0][1]["with_response"] is True
    assert channel.asked[1:] == [("paginate.next", {"pages": 4})] * 2


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, {}),
        (LinkPagination(link_rel_in_response_header="next"), {"type": "link", "link_rel_in_response_header": "next"}),
        (OffsetPagination(limit=0, in_body=False), {"type": "offset", "limit": 0, "in_body": False}),
        ({"response_path": "items", "limit": None}, {"response_path": "items"}),
    ],
)  # fmt: skip
def test_pagination(given: Any, expected: dict[str, Any]) -> None:
    assert pagination(given) == expected


def test_unknown_settings_are_refused() -> None:
    with pytest.raises(SdkError, match="paginate has no `cursor`"):
        pagination({"cursor": "x"})
    with pytest.raises(SdkError, match="`paginate` is a CursorPagination"):
        pagination("cursor")  # type: ignore[arg-type]  # that is the mistake


def test_log() -> None:
    channel = FakeChannel()
    nango = NangoAction(channel, CONTEXT)
    nango.log("a", 1, {"b": date(2026, 1, 2)}, level="warning")
    nango.log(object, level="http")
    assert channel.asked == [
        ("log", {"level": "warn", "text": 'a 1 {"b": "2026-01-02"}'}),
        ("log", {"level": "info", "text": "<class 'object'>"}),
    ]
    with pytest.raises(SdkError, match="there is no log level 'loud'"):
        nango.log("x", level="loud")


def test_records_go_to_the_only_output() -> None:
    channel = FakeChannel()
    nango = NangoSync(channel, CONTEXT)
    nango.batch_save([{"id": 1}])
    nango.batch_update([{"id": 1}], "Issue")
    nango.batch_delete(iter([{"id": 1}]))
    nango.batch_save([])
    assert [method for method, _ in channel.asked] == ["records.save", "records.update", "records.delete"]
    assert {params["model"] for _, params in channel.asked} == {"Issue"}


def test_errors_speak() -> None:
    assert str(ActionError({"message": "no"})) == "no"
    assert str(ActionError()) == "the action failed"
    assert str(ActionError([1])) == "[1]"
    assert NangoAction.ActionError is ActionError
    long = HttpError("GET", "/x", Response("y " * 400, 500, {}))
    assert str(long).startswith("GET /x answered 500: y y")
    assert len(str(long)) < 340
    assert str(HttpError("GET", "/x", Response(b"\x00", 500, {}))) == "GET /x answered 500"
