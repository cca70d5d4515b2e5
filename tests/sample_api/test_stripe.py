"""Stripe's sample, asked over real sockets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from nango_cli.sample_api.server import SampleApi

CHARGES = "/v1/charges"
FEBRUARY = int(datetime(2025, 2, 1, tzinfo=UTC).timestamp())
MARCH = int(datetime(2025, 3, 1, tzinfo=UTC).timestamp())
APRIL = int(datetime(2025, 4, 1, tzinfo=UTC).timestamp())


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with SampleApi("stripe") as url, httpx.Client(base_url=url) as client:
        yield client


def pages(client: httpx.Client, **query: object) -> list[list[dict[str, Any]]]:
    found: list[list[dict[str, Any]]] = []
    more: dict[str, object] = {}
    while True:
        page = client.get(CHARGES, params={**query, **more}).json()
        found.append(page["data"])
        if not page["has_more"]:
            return found
        more = {"starting_after": page["data"][-1]["id"]}


def test_pages(client: httpx.Client) -> None:
    found = pages(client)
    assert [len(page) for page in found] == [8, 8, 8, 6]
    times = [each["created"] for page in found for each in page]
    assert times == sorted(times, reverse=True)
    assert found == pages(client, limit=100)
    assert [len(page) for page in pages(client, limit=20)] == [8, 8, 8, 6], "it gives no more than it wants to"
    by_three = [each for page in pages(client, limit=3) for each in page]
    assert by_three == [each for page in found for each in page]


@pytest.mark.parametrize(
    ("since", "until", "sizes"),
    [
        pytest.param(0, FEBRUARY, [3], id="january"),
        pytest.param(FEBRUARY, MARCH, [8, 8, 3], id="february"),
        pytest.param(MARCH, APRIL, [0], id="march"),
        pytest.param(APRIL, 2 * APRIL, [8], id="a full page without another"),
    ],
)
def test_windows(client: httpx.Client, since: int, until: int, sizes: list[int]) -> None:
    query: dict[str, object] = {"created[gte]": since, "created[lt]": until}
    assert [len(page) for page in pages(client, **query)] == sizes


def test_the_charges_have_everything_that_surprises(client: httpx.Client) -> None:
    first, second, _ = pages(client, **{"created[gte]": FEBRUARY, "created[lt]": MARCH})
    assert first[-1]["created"] == second[0]["created"], "the same second on two pages"
    charges = [each for page in pages(client) for each in page]
    times = [each["created"] for each in charges]
    assert times.count(FEBRUARY) > 1
    assert FEBRUARY - 1 in times
    assert len({each["id"] for each in charges}) == 30
    assert {each["status"] for each in charges} == {"succeeded", "pending", "failed"}
    assert {each["currency"] for each in charges} == {"eur", "usd", "jpy"}
    for name in ("customer", "description", "failure_message"):
        assert {each[name] is None for each in charges} == {True, False}
    assert any("☕" in (each["description"] or "") for each in charges)
    assert any(each["description"] == "" for each in charges)


@pytest.mark.parametrize(
    ("path", "status", "param", "code"),
    [
        (f"{CHARGES}?created[gte]=yesterday", 400, "created[gte]", None),
        (f"{CHARGES}?created[lt]=-1", 400, "created[lt]", None),
        (f"{CHARGES}?starting_after=ch_x", 400, "starting_after", "resource_missing"),
        ("/v1/refunds", 404, None, None),
    ],
)
def test_refusals(client: httpx.Client, path: str, status: int, param: str | None, code: str | None) -> None:
    answer = client.get(path)
    error = answer.json()["error"]
    assert (answer.status_code, error["type"]) == (status, "invalid_request_error")
    assert (error.get("param"), error.get("code")) == (param, code)


def test_charges_are_only_listed(client: httpx.Client) -> None:
    assert client.post(CHARGES, json={"amount": 1}).status_code == 404
