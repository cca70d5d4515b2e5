"""The sample of HubSpot: owners in pages, and refusals in HubSpot's words."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from nango_cli.sample_api.server import SampleApi

OWNERS = "/crm/v3/owners"


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with SampleApi("hubspot") as url, httpx.Client(base_url=url) as client:
        yield client


@pytest.mark.parametrize(("limit", "sizes"), [(None, [10, 10, 3]), (500, [10, 10, 3]), (9, [9, 9, 5])])
def test_pages(client: httpx.Client, limit: int | None, sizes: list[int]) -> None:
    params = {} if limit is None else {"limit": limit}
    pages = [client.get(OWNERS, params=params).json()]
    while "paging" in pages[-1]:
        next = pages[-1]["paging"]["next"]
        pages.append(client.get(OWNERS, params={**params, "after": next["after"]}).json())
        assert client.get(next["link"]).json()["results"] == pages[-1]["results"]
    assert [len(page["results"]) for page in pages] == sizes
    assert len({owner["id"] for page in pages for owner in page["results"]}) == 23


def test_the_owners_have_everything_that_surprises(client: httpx.Client) -> None:
    owners = client.get(OWNERS).json()["results"]
    assert {(owner["type"], owner["email"] is None, owner["userId"] is None) for owner in owners} == {
        ("PERSON", False, False),
        ("QUEUE", True, True),
    }
    assert {len(owner.get("teams", ())) for owner in owners} == {0, 1, 2}
    assert {"Max 🚀", ""} < {owner["firstName"] for owner in owners}


@pytest.mark.parametrize(
    ("method", "path", "status", "category"),
    [
        ("GET", f"{OWNERS}?after=x", 400, "VALIDATION_ERROR"),
        ("GET", f"{OWNERS}/1", 404, "OBJECT_NOT_FOUND"),
        ("POST", OWNERS, 404, "OBJECT_NOT_FOUND"),
    ],
)
def test_refusals(client: httpx.Client, method: str, path: str, status: int, category: str) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.json()["category"]) == (status, category)
