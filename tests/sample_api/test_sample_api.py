"""The sample API, asked over real sockets."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from nango_cli.sample_api.server import SampleApi

PULLS = "/repos/octo-org/hello-world/pulls"
NEW = {"title": "A", "head": "topic", "base": "main"}


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with SampleApi() as url, httpx.Client(base_url=url) as client:
        yield client


def links(response: httpx.Response) -> dict[str, str]:
    found = re.findall(r'<[^>]*[?&]page=(\d+)>; rel="(\w+)"', response.headers.get("link", ""))
    return {rel: page for page, rel in found}


def test_pages(client: httpx.Client) -> None:
    sizes, found, url = [], [], f"{PULLS}?state=all"
    while url:
        response = client.get(url)
        sizes.append(len(response.json()))
        found.append(links(response))
        url = response.links.get("next", {}).get("url", "")
        assert not url or url.startswith(str(client.base_url))
    assert sizes == [10, 10, 3]
    assert found == [
        {"next": "2", "last": "3"},
        {"prev": "1", "next": "3", "last": "3", "first": "1"},
        {"prev": "2", "first": "1"},
    ]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 7),
        ("state=open", 7),
        ("state=closed&per_page=100", 16),
        ("state=all&per_page=100", 23),
        ("state=all&page=9", 0),
        ("state=all&per_page=x&page=-1", 10),
        ("state=all&per_page=500", 23),
    ],
)
def test_queries(client: httpx.Client, query: str, count: int) -> None:
    assert len(client.get(f"{PULLS}?{query}").json()) == count


def test_order(client: httpx.Client) -> None:
    def numbers(query: str) -> list[int]:
        return [each["number"] for each in client.get(f"{PULLS}?state=all&per_page=100&{query}").json()]

    newest_first = list(range(23, 0, -1))
    assert numbers("") == numbers("sort=created&direction=desc") == newest_first
    assert numbers("direction=asc") == newest_first[::-1]
    assert numbers("sort=updated") == numbers("sort=updated&direction=desc")[::-1]


def test_the_pull_requests_have_everything_that_surprises(client: httpx.Client) -> None:
    pulls = client.get(f"{PULLS}?state=all&per_page=100").json()
    assert any(pull["body"] is None for pull in pulls)
    assert {(pull["state"], pull["merged_at"] is None) for pull in pulls} == {
        ("open", True),
        ("closed", True),
        ("closed", False),
    }
    assert len({pull["id"] for pull in pulls}) == 23
    assert all(len(pull["head"]["sha"]) == 40 for pull in pulls)


def test_create(client: httpx.Client) -> None:
    made = client.post(PULLS, json=NEW)
    assert made.status_code == 201
    assert made.json()["number"] == 24
    assert made.json()["head"]["ref"] == "topic"
    assert client.get(PULLS).json()[0] == made.json()


@pytest.mark.parametrize(
    ("body", "status", "fields"),
    [
        (b'{"title": "A", "head": ""}', 422, ["head", "base"]),
        (b"[]", 422, ["title", "head", "base"]),
        (b"{", 400, []),
        (b"", 400, []),
    ],
)
def test_refusals(client: httpx.Client, body: bytes, status: int, fields: list[str]) -> None:
    answer = client.post(PULLS, content=body)
    assert answer.status_code == status
    assert [each["field"] for each in answer.json().get("errors", [])] == fields


def test_everything_else_is_not_found(client: httpx.Client) -> None:
    answers = [
        client.get("/repos/octo-org/nope/pulls"),
        client.get("/"),
        client.post("/x", json={}),
        client.delete(PULLS),
    ]
    assert [(each.status_code, each.json()["message"]) for each in answers] == [(404, "Not Found")] * 4


def test_connections_are_kept_and_requests_counted(client: httpx.Client) -> None:
    remaining = [int(client.get(PULLS).headers["X-RateLimit-Remaining"]) for _ in range(3)]
    assert remaining == [4999, 4998, 4997]
    assert client.get(PULLS).http_version == "HTTP/1.1"


def test_every_server_begins_anew() -> None:
    for _ in range(2):
        with SampleApi() as url:
            assert httpx.post(url + PULLS, json=NEW).json()["number"] == 24


def test_it_imports_nothing_of_ours() -> None:
    code = "import sys, nango_cli.sample_api.server; print(*[each for each in sys.modules if 'nango_cli.' in each])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert all(name.startswith("nango_cli.sample_api") for name in done.stdout.split())
