"""When a request is repeated: the rules, and the rules at work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest
from execution.workbench import Workbench, action

from nango_cli.execution.event import RequestDone, Retrying
from nango_cli.execution.retry import backoff, wait_after
from nango_cli.providers.provider import InBody, RetryRule

NOW = datetime(2026, 1, 1, tzinfo=UTC)
RESET = str(int(NOW.timestamp()) + 90)
USED_UP = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": RESET}


@pytest.mark.parametrize(
    ("status", "headers", "provider", "wait"),
    [
        (429, {}, "acme", 3.0),
        (500, {}, "acme", 3.0),
        (503, {"retry-after": "7"}, "acme", 7.0),
        (503, {"retry-after": "1.5"}, "acme", 1.5),
        (503, {"retry-after": "Thu, 01 Jan 2026 00:00:30 GMT"}, "acme", 30.0),
        (503, {"retry-after": "Wed, 31 Dec 2025 00:00:30 GMT"}, "acme", 3.0),
        (503, {"retry-after": "soon"}, "acme", 3.0),
        (503, {"retry-after": "nan"}, "acme", 3.0),
        (409, {}, "acme", 3.0),  # in retry_on
        (404, {}, "acme", None),
        (403, {}, "github", 3.0),
        (403, USED_UP, "acme", None),
        (403, USED_UP, "github", 90.0),
        (403, {**USED_UP, "retry-after": "5"}, "github", 90.0),
        (403, {**USED_UP, "x-ratelimit-reset": "1"}, "github", 3.0),
        (403, {**USED_UP, "x-ratelimit-remaining": "10"}, "github", 3.0),
        (500, {**USED_UP, "x-ratelimit-remaining": "10"}, "github", 3.0),
    ],
)
def test_wait_after(status: int, headers: dict[str, str], provider: str, wait: float | None) -> None:
    assert wait_after(status, headers, attempt=1, retry_on=[409], provider=provider, now=NOW) == wait


def rule(**settings: Any) -> RetryRule:
    return RetryRule(**settings)


def moment(seconds: float) -> str:
    return str(int(NOW.timestamp() + seconds))


LISTED = rule(statuses=(range(403, 404), range(500, 503), range(401, 402)))
LIMITED = rule(remaining="x-left", at=("x-reset",))
IN_BODY = rule(in_body=InBody("error.message", re.compile(r"Retry after (.+)"), "at"))


@pytest.mark.parametrize(
    ("status", "headers", "given", "wait"),
    [
        (403, {}, LISTED, 3.0),
        (502, {}, LISTED, 3.0),
        (503, {}, LISTED, None),  # the list replaces the usual statuses
        (429, {}, LISTED, None),
        (429, {}, rule(statuses=()), None),
        (409, {}, LISTED, 3.0),  # in retry_on
        (401, {}, LISTED, None),
        (404, {"x-left": "0"}, LIMITED, 3.0),
        (404, {"x-left": "1"}, LIMITED, None),
        (400, {"x-left": "0", "x-reset": moment(40)}, LIMITED, 40.0),
        (503, {"x-left": "7", "x-reset": moment(40)}, LIMITED, 3.0),
        (503, {"x-reset": moment(40)}, LIMITED, 40.0),
        (503, {"x-left": "7", "x-reset": moment(40), "retry-after": "5"}, LIMITED, 5.0),
        (503, {"a": moment(9), "b": moment(40), "c": moment(10)}, rule(at=("a", "b")), 40.0),
        (503, {"a": "9", "b": "40", "c": "50"}, rule(after=("a", "b")), 40.0),
        (503, {"a": moment(9), "b": "40"}, rule(at=("a",), after=("b",)), 9.0),
        (503, {"a": moment(-9), "b": "40"}, rule(at=("a",), after=("b",)), 40.0),
        (503, {"a": moment(9) + "000"}, rule(at=("a",)), 9.0),
        (503, {"a": "2026-01-01T00:00:20Z"}, rule(at=("a",)), 20.0),
        (503, {"a": "2026-01-01T00:00:20"}, rule(at=("a",)), 20.0),
        (503, {"a": "Thu, 01 Jan 2026 00:00:30 GMT"}, rule(at=("a",)), 30.0),
        (503, {"a": "soon"}, rule(at=("a",)), 3.0),
        (503, {"a": "nan"}, rule(at=("a",)), 3.0),
        (503, {"a": "1e300"}, rule(at=("a",)), 3.0),
        (503, {"a": "1s"}, rule(after=("a",)), 3.0),
        (503, {"a": "-1"}, rule(after=("a",)), 3.0),
        (503, {"a": "9", "retry-after": "5"}, rule(after=("a",)), 9.0),
        (429, {}, IN_BODY, 15.0),
        (429, {"retry-after": "5"}, IN_BODY, 15.0),
    ],
)
def test_rules(status: int, headers: dict[str, str], given: RetryRule, wait: float | None) -> None:
    body = {"error": {"message": "User-rate limit exceeded.  Retry after 2026-01-01T00:00:15.000Z"}}
    asked = wait_after(status, headers, attempt=1, retry_on=[409], provider="acme", now=NOW, rule=given, body=body)
    assert asked == wait


@pytest.mark.parametrize("body", [None, "text", {}, {"error": {"message": 3}}, {"error": {"message": "later"}}, b"x"])
def test_bodies_without_a_moment(body: Any) -> None:
    assert wait_after(429, {}, attempt=1, retry_on=[], provider="acme", now=NOW, rule=IN_BODY, body=body) == 3.0


@pytest.mark.parametrize("given", [rule(), LISTED])
def test_refused_credentials(given: RetryRule) -> None:
    def asked(refreshed: bool) -> float | None:
        return wait_after(401, {}, attempt=1, retry_on=[], provider="acme", now=NOW, rule=given, refreshed=refreshed)

    assert (asked(False), asked(True)) == (None, 3.0)


def test_backoff() -> None:
    assert [backoff(attempt) for attempt in (1, 2, 3, 8, 9, 5000)] == [3, 6, 12, 384, 600, 600]


@contextmanager
def provider(*answers: tuple[int, dict[str, str]]) -> Iterator[str]:
    """A server that gives these answers in turn, the last for ever."""
    remaining = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers = remaining.pop(0) if len(remaining) > 1 else remaining[0]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


GET = "def run_action(nango):\n    return nango.get({'endpoint': '/x', 'retries': %d}).status"
SCRIPT = action("get", output="Any")


def test_retries_end_with_an_answer(bench: Workbench) -> None:
    with provider((503, {"Retry-After": "9"}), (429, {}), (200, {})) as url:
        bench.serve(url)
        outcome = bench.run(SCRIPT, GET % 3)
    assert outcome.output == 200
    assert bench.clock.slept == [9, 6]
    assert [type(event) for event in bench.events] == [RequestDone, Retrying, RequestDone, Retrying, RequestDone]
    assert bench.events[1] == Retrying("GET", "/x", "status 503", 9, 1, 3)


@pytest.mark.parametrize(("status", "retries", "requests"), [(500, 0, 1), (500, 2, 3), (404, 2, 1)])
def test_retries_end(bench: Workbench, status: int, retries: int, requests: int) -> None:
    with provider((status, {})) as url:
        bench.serve(url)
        outcome = bench.run(SCRIPT, GET % retries)
    assert len(outcome.requests) == requests
    assert outcome.failure is not None
    assert (outcome.failure.type, outcome.failure.status) == ("HttpError", status)
    assert outcome.failure.message == f"GET /x answered {status}"


@pytest.mark.parametrize("after", ["20", "900", "1000000"])
def test_no_wait_is_longer_than_the_run(bench: Workbench, after: str) -> None:
    with provider((429, {"Retry-After": after})) as url:
        bench.serve(url)
        outcome = bench.run(SCRIPT, GET % 2, time_limit=20)
    assert bench.clock.slept == []
    assert (len(outcome.requests), outcome.retries) == (1, 0)
    assert [type(event) for event in bench.events] == [RequestDone]
    assert outcome.failure is not None
    assert (outcome.failure.type, outcome.failure.status) == ("HttpError", 429)
    assert outcome.failure.message == "GET /x answered 429"


def test_no_wait_is_longer_than_the_longest(bench: Workbench) -> None:
    with provider((429, {"Retry-After": "1000000"}), (200, {})) as url:
        bench.serve(url)
        outcome = bench.run(SCRIPT, GET % 2)
    assert (bench.clock.slept, outcome.output, outcome.retries) == ([600], 200, 1)


def test_nobody_answers_and_there_is_no_time(bench: Workbench) -> None:
    bench.serve("http://127.0.0.1:9")
    outcome = bench.run(SCRIPT, GET % 2, time_limit=8)
    assert (bench.clock.slept, len(outcome.requests), outcome.retries) == ([3], 2, 1)
    assert outcome.failure is not None
    assert outcome.failure.message.startswith("no connection to 127.0.0.1:9")


def test_a_stop_ends_a_wait(bench: Workbench) -> None:
    stop = Event()
    bench.clock.sleep = lambda seconds, event: event.set()
    with provider((429, {"Retry-After": "10"})) as url:
        bench.serve(url)
        outcome = bench.run(SCRIPT, GET % 2, stop=stop)
    assert (outcome.status, outcome.retries, len(outcome.requests)) == ("stopped", 0, 1)


def test_nobody_answers(bench: Workbench) -> None:
    bench.serve("http://127.0.0.1:9")
    outcome = bench.run(SCRIPT, GET % 2)
    assert bench.clock.slept == [3, 6]
    assert [each.status for each in outcome.requests] == [None, None, None]
    assert outcome.failure is not None
    assert outcome.failure.code == "NG702"
    assert outcome.failure.type == "SdkError"
    assert outcome.failure.message.startswith("no connection to 127.0.0.1:9")


def test_a_script_can_deal_with_a_failure(bench: Workbench) -> None:
    text = """
        from models import HttpError, SdkError

        def run_action(nango):
            try:
                nango.get({"endpoint": "/x"})
            except HttpError as error:
                return [error.status, error.method, error.path, error.response.headers["x-why"]]
    """
    with provider((418, {"X-Why": "tea"})) as url:
        bench.serve(url)
        assert bench.run(SCRIPT, text).output == [418, "GET", "/x", "tea"]
