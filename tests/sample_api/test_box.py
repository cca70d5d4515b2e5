"""The sample of Box: folders in pages by marker and by offset, files, and refusals in Box's words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from nango_cli.sample_api.server import SampleApi


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with SampleApi("box") as url, httpx.Client(base_url=url) as client:
        yield client


def items(client: httpx.Client, folder: str, **query: Any) -> dict[str, Any]:
    answer = client.get(f"/2.0/folders/{folder}/items", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_pages_by_marker(client: httpx.Client) -> None:
    pages = [items(client, "15", usemarker="true")]
    while marker := pages[-1]["next_marker"]:
        pages.append(items(client, "15", usemarker="true", marker=marker))
    assert [len(page["entries"]) for page in pages] == [4, 4, 2]
    assert len({each["id"] for page in pages for each in page["entries"]}) == 10
    assert all("total_count" not in page for page in pages)


def test_pages_by_offset(client: httpx.Client) -> None:
    pages = [items(client, "15", limit=3, offset=offset) for offset in range(0, 12, 3)]
    assert [(page["total_count"], page["offset"], len(page["entries"])) for page in pages] == [
        (10, 0, 3),
        (10, 3, 3),
        (10, 6, 3),
        (10, 9, 1),
    ]


def test_folders_lie_in_folders(client: httpx.Client) -> None:
    def depth(folder: str) -> int:
        within = [each["id"] for each in items(client, folder)["entries"] if each["type"] == "folder"]
        return 1 + max(map(depth, within), default=0)

    assert depth("11") == 3
    assert items(client, "13", usemarker="true") == {"entries": [], "limit": 4, "next_marker": ""}
    assert {each["type"] for each in items(client, "11")["entries"]} == {"folder", "file", "web_link"}


def test_fields(client: httpx.Client) -> None:
    [folder, file, *_] = items(client, "11", fields="name,modified_at,nope")["entries"]
    assert list(folder) == ["type", "id", "etag", "name"]
    assert list(file) == ["type", "id", "etag", "name", "modified_at"]
    [mini, *_] = items(client, "11")["entries"]
    assert list(mini) == ["type", "id", "etag", "sequence_id", "name"]
    assert "shared_link" in client.get("/2.0/files/104").json()
    assert list(client.get("/2.0/files/104", params={"fields": "name"}).json()) == ["type", "id", "etag", "name"]


def test_a_file_that_is_deleted_is_gone(client: httpx.Client) -> None:
    answers = [client.delete("/2.0/files/104") for _ in range(2)]
    assert [(each.status_code, bool(each.content)) for each in answers] == [(204, False), (404, True)]
    assert client.get("/2.0/files/104").status_code == 404
    assert [each["id"] for each in items(client, "12")["entries"]] == ["105"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/2.0/files/999", 404, "not_found"),
        ("/2.0/files/11", 404, "not_found"),
        ("/2.0/folders/101/items", 404, "not_found"),
        ("/2.0/nope", 404, "not_found"),
        ("/2.0/folders/16/items", 403, "access_denied_insufficient_permissions"),
        ("/2.0/folders/11/items?usemarker=true&marker=2", 400, "bad_request"),
        ("/2.0/folders/11/items?offset=from-2", 400, "bad_request"),
    ],
)
def test_refusals(client: httpx.Client, path: str, status: int, code: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["type"], answer.json()["code"]) == (status, "error", code)
    assert answer.json()["status"] == status
