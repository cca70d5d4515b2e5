"""A provider that misbehaves in every way it can, and what a script and its user get to see of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from execution.workbench import Workbench, action, sync
from provider_server import Answer, ProviderServer

from nango_cli.execution.event import RequestDone, Retrying
from nango_cli.execution.outcome import Failure

ISSUES = sync("issues", "Issue")
ASK = action("ask", output="Any")


@pytest.fixture
def provider(bench: Workbench) -> Iterator[ProviderServer]:
    with ProviderServer(25) as server:
        bench.serve(server.url, provider="acme")
        yield server


def ask(bench: Workbench, endpoint: str, retries: int = 0) -> Failure | None:
    text = f"def run_action(nango):\n    return nango.get({{'endpoint': {endpoint!r}, 'retries': {retries}}}).data\n"
    return bench.run(ASK, text).failure


def pages(bench: Workbench, endpoint: str, **paginate: str) -> Failure | None:
    settings = {"response_path": "items", **paginate}
    return bench.run(
        ISSUES,
        f"""
        def fetch_data(nango):
            for items in nango.paginate({{"endpoint": {endpoint!r}, "paginate": {settings!r}}}):
                nango.batch_save([{{"id": int(each["id"]), "title": each["name"]}} for each in items])
        """,
    ).failure


CURSOR = {"type": "cursor", "cursor_name_in_request": "cursor", "cursor_path_in_response": "next_cursor"}


@pytest.mark.parametrize(
    ("endpoint", "waits"),
    [
        ("/status/429?times=2&after=7", [7, 7]),
        ("/status/429?times=2", [3, 6]),
        ("/status/500?times=1", [3]),
        ("/status/503?times=3&after=1", [1, 1, 1]),
        ("/reset?times=2", [3, 6]),
    ],
)
def test_what_a_retry_helps(bench: Workbench, provider: ProviderServer, endpoint: str, waits: list[float]) -> None:
    assert ask(bench, endpoint, retries=5) is None
    assert bench.clock.slept == waits
    assert sum(isinstance(each, Retrying) for each in bench.events) == len(waits)
    last = [each for each in bench.events if isinstance(each, RequestDone)][-1]
    assert (last.status, last.attempt) == (200, len(waits) + 1)


@pytest.mark.parametrize(
    ("endpoint", "code", "message"),
    [
        ("/status/429", "NG601", "GET /status/429 answered 429: status 429"),
        ("/status/404", "NG601", "answered 404"),
        ("/reset", "NG702", "broke off"),
        ("/truncated", "NG702", "in the middle of its answer"),
        ("/redirect-private", "NG702", "169.254.169.254"),
        ("/redirect-loop", "NG702", "redirects in circles"),
    ],
)
def test_what_ends_a_script(bench: Workbench, provider: ProviderServer, endpoint: str, code: str, message: str) -> None:
    failure = ask(bench, endpoint)
    assert failure is not None
    assert failure.code == code
    assert message in failure.message
    assert failure.frames[-1].file == "github/actions/ask.py"


def test_a_redirect_to_a_cloud_is_not_followed(bench: Workbench, provider: ProviderServer) -> None:
    ask(bench, "/redirect-private", retries=3)
    assert bench.clock.slept == [], "no retry makes it safe"
    assert [each.path for each in provider.requests] == ["/redirect-private"]


@pytest.mark.parametrize("endpoint", ["/not-json", "/html", "/text", "/bytes", "/nothing", "/big"])
def test_bodies_of_all_kinds_reach_the_script(bench: Workbench, provider: ProviderServer, endpoint: str) -> None:
    text = f"def run_action(nango):\n    return repr(nango.get({{'endpoint': {endpoint!r}}}).data)\n"
    outcome = bench.run(ASK, text)
    expected = {"/bytes": "b'\\x89PNG\\x00'", "/nothing": "None", "/big": "{'id': 12345678901234567890123}"}
    assert outcome.failure is None
    assert outcome.output == expected.get(endpoint, outcome.output)


def test_pages_that_would_never_end(bench: Workbench, provider: ProviderServer) -> None:
    cursor = pages(bench, "/repeated-cursor", **CURSOR)
    assert cursor is not None
    assert "the provider sent the cursor 'same' twice" in cursor.message
    link = pages(bench, "/repeated-link", type="link", link_rel_in_response_header="next", response_path="")
    assert link is not None
    assert "twice; the pages would never end" in link.message
    assert len(provider.requests) <= 5


def test_an_empty_page_is_the_last(bench: Workbench, provider: ProviderServer) -> None:
    assert pages(bench, "/empty-page", **CURSOR) is None
    assert (len(provider.requests), bench.saved) == (1, [])


def test_a_link_to_another_host_gets_no_credentials(bench: Workbench, provider: ProviderServer) -> None:
    with ProviderServer(5) as other:
        text = """
        def fetch_data(nango):
            for items in nango.paginate({"endpoint": "/elsewhere", "paginate": {
                "type": "link", "link_path_in_response_body": "next", "response_path": "items"
            }}):
                nango.log(len(items))
        """
        provider._elsewhere = lambda asked: Answer(200, {"items": [1], "next": f"{other.url}/cursor"})
        failure = bench.run(ISSUES, text).failure
        assert failure is not None
        assert "the provider's link leads to http://127.0.0.1:" in failure.message
        assert other.requests == []
