"""Zendesk's sample, asked over real sockets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from nango_cli.sample_api.server import SampleApi

EXPORT = "/api/v2/incremental/tickets/cursor.json"


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with SampleApi("zendesk") as url, httpx.Client(base_url=url) as client:
        yield client


def pages(client: httpx.Client, start_time: int = 0, **query: int) -> list[dict[str, Any]]:
    found = [client.get(EXPORT, params={**query, "start_time": start_time}).json()]
    while not found[-1]["end_of_stream"]:
        found.append(client.get(EXPORT, params={**query, "cursor": found[-1]["after_cursor"]}).json())
    return found


def test_pages(client: httpx.Client) -> None:
    found = pages(client)
    assert [len(page["tickets"]) for page in found] == [8, 8, 8, 1]
    stream = [each for page in found for each in page["tickets"]]
    times = [each["generated_timestamp"] for each in stream]
    assert times == sorted(times)
    assert [each for page in pages(client, per_page=5) for each in page["tickets"]] == stream
    assert pages(client, per_page=1000) == found, "it gives no more than it wants to"
    assert [page["end_of_stream"] for page in pages(client, per_page=5)] == [False] * 4 + [True]


def test_the_last_cursor_asks_for_what_comes_later(client: httpx.Client) -> None:
    last = pages(client)[-1]
    later = client.get(last["after_url"]).json()
    assert (later["tickets"], later["end_of_stream"]) == ([], True)
    assert later["after_cursor"] == last["after_cursor"]


def test_where_there_is_nothing_there_is_no_cursor(client: httpx.Client) -> None:
    nothing = client.get(EXPORT, params={"start_time": 4_000_000_000}).json()
    assert nothing["end_of_stream"]
    assert (nothing["tickets"], nothing["after_cursor"], nothing["after_url"]) == ([], None, None)


def test_the_tickets_have_everything_that_surprises(client: httpx.Client) -> None:
    found = [page["tickets"] for page in pages(client)]
    assert found[0][-1]["generated_timestamp"] == found[1][0]["generated_timestamp"], "the same second on two pages"
    stream = [each for page in found for each in page]
    versions = {id: [each["status"] for each in stream if each["id"] == id] for id in range(1, 19)}
    assert versions[2] == ["new", "open", "solved"]
    assert versions[9] == ["new", "deleted"]
    assert versions[4] == ["new", "deleted", "open"], "what was deleted comes back"
    assert versions[1] == ["new"]
    in_one_page = [[each["id"] for each in page].count(2) for page in found]
    assert in_one_page == [1, 0, 2, 0]
    for name in ("priority", "assignee_id"):
        assert {each[name] is None for each in stream} == {True, False}
    assert any("🔥" in each["subject"] for each in stream)
    assert any(each["subject"] == "" for each in stream)


def test_a_start_in_the_middle(client: httpx.Client) -> None:
    stream = [each for page in pages(client) for each in page["tickets"]]
    start = stream[8]["generated_timestamp"]
    later = [each for page in pages(client, start_time=start) for each in page["tickets"]]
    assert later == [each for each in stream if each["generated_timestamp"] >= start]


@pytest.mark.parametrize(
    "query", ["", "start_time=x", "cursor=x", "cursor=eHh4", "start_time=0&cursor=x", "cursor=cG9zaXRpb24gOTk5"]
)
def test_refusals(client: httpx.Client, query: str) -> None:
    answer = client.get(f"{EXPORT}?{query}")
    assert (answer.status_code, answer.json()["error"]) == (400, "InvalidValue")


def test_everything_else_is_not_found(client: httpx.Client) -> None:
    answers = [client.get("/api/v2/tickets.json"), client.post(EXPORT, json={})]
    assert [(each.status_code, each.json()["error"]) for each in answers] == [(404, "InvalidEndpoint")] * 2
