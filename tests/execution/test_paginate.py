"""The three ways of paging, against a provider made of a function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from nango_cli.environments.exchange import ProxyRequest, ProxyResponse
from nango_cli.execution.paginate import pages
from nango_cli.execution.pagination import Pagination, PaginationError, pagination
from nango_cli.execution.pagination_defaults import UNDEFINED, defaults
from nango_cli.providers.catalog import bundled

BASE = "https://api.example.com"


class Provider:
    """Answers from a function of the request, and remembers the requests."""

    def __init__(self, answer: Callable[[ProxyRequest], Any]) -> None:
        self.answer = answer
        self.asked: list[ProxyRequest] = []

    def __call__(self, request: ProxyRequest) -> ProxyResponse:
        self.asked.append(request)
        assert len(self.asked) < 20
        data = self.answer(request)
        headers = data.pop("headers", {}) if isinstance(data, dict) else {}
        return ProxyResponse(200, headers, data, BASE + request.endpoint)


def request(method: str = "GET", **more: Any) -> ProxyRequest:
    return ProxyRequest("demo", "1", method, more.pop("endpoint", "/items"), **more)


def items(how: Pagination, provider: Provider, asked: ProxyRequest | None = None) -> list[list[Any]]:
    return [page.items for page in pages(asked or request(), how, provider)]


CURSOR = pagination(
    "",
    {"type": "cursor", "cursor_name_in_request": "after", "cursor_path_in_response": "next", "response_path": "rows"},
)
OFFSET = pagination("", {"type": "offset", "offset_name_in_request": "skip"})
LINK = pagination("", {"type": "link", "link_rel_in_response_header": "next"})
BODY_LINK = pagination("", {"type": "link", "link_path_in_response_body": "links.next", "response_path": "rows"})


def by_cursor(answers: dict[str | None, dict[str, Any]]) -> Provider:
    def answer(asked: ProxyRequest) -> dict[str, Any]:
        assert isinstance(asked.params, dict)
        return answers[asked.params.get("after")]

    return Provider(answer)


def test_cursor() -> None:
    provider = by_cursor(
        {None: {"rows": [1, 2], "next": " b "}, "b": {"rows": [3], "next": 0}, "0": {"rows": [4], "next": ""}}
    )
    assert items(CURSOR, provider, request(params={"q": "x"})) == [[1, 2], [3], [4]]
    assert [each.params for each in provider.asked] == [{"q": "x"}, {"q": "x", "after": "b"}, {"q": "x", "after": "0"}]


def first_warning(how: Pagination, answer: Any) -> str | None:
    return next(pages(request(), how, Provider(lambda asked: answer))).warning


@pytest.mark.parametrize(
    ("where", "answer", "why"),
    [
        ("rows.id", {"rows": [{"id": 1}]}, "`rows` is a list, whose items are numbered from 0"),
        ("rows[-1].id", {"rows": [{"id": 1}]}, "`rows` is a list, whose items are numbered from 0"),
        ("rows[0].id.next", {"rows": [{"id": 1}]}, "`rows[0].id` is no object"),
        ("meta.next", {"rows": [1], "meta": "x"}, "`meta` is no object"),
    ],
)
@pytest.mark.parametrize("kind", ["cursor", "link"])
def test_a_path_that_cannot_be_right(where: str, answer: Any, why: str, kind: str) -> None:
    settings = {"cursor_name_in_request": "after", "cursor_path_in_response": where}
    if kind == "link":
        settings = {"link_path_in_response_body": where}
    how = pagination("", {"type": kind, "response_path": "rows", **settings})
    expected = f"`{where}` is not in the answer, as {why}; so its first page is taken for the last"
    assert first_warning(how, answer) == expected


def test_an_answer_that_is_a_list_has_no_keys() -> None:
    how = pagination("", {"type": "cursor", "cursor_name_in_request": "after", "cursor_path_in_response": "id"})
    assert "the answer is a list" in str(first_warning(how, [{"id": 1}]))


@pytest.mark.parametrize(
    "meta", [{}, {"meta": None}, {"meta": []}, {"meta": {}}, {"meta": {"next": None}}, {"meta": ""}, {"meta.next": ""}]
)
def test_a_single_page_is_no_surprise(meta: dict[str, Any]) -> None:
    how = pagination(
        "",
        {
            "type": "cursor",
            "cursor_name_in_request": "after",
            "cursor_path_in_response": "meta.next",
            "response_path": "rows",
        },
    )
    assert first_warning(how, {"rows": [1], **meta}) is None


def test_the_last_of_several_pages_is_no_surprise() -> None:
    how = pagination("", {"type": "link", "link_path_in_response_body": "next.url", "response_path": "rows"})
    answers = iter([{"rows": [1], "next": {"url": "/2"}}, {"rows": [2], "next": "end"}])
    assert [page.warning for page in pages(request(), how, Provider(lambda asked: next(answers)))] == [None, None]


@pytest.mark.parametrize("end", [{"rows": []}, {"rows": [], "next": "c"}, {}, {"rows": [9], "next": True}])
def test_cursor_ends(end: dict[str, Any]) -> None:
    provider = by_cursor({None: {"rows": [1], "next": "b"}, "b": end})
    assert items(CURSOR, provider, request(params={})) == [[1]] + ([[9]] if end.get("rows") else [])


def test_a_cursor_that_comes_again_is_an_error() -> None:
    provider = Provider(lambda asked: {"rows": [1], "next": "same"})
    with pytest.raises(PaginationError, match="the cursor 'same' twice; the pages would never end"):
        items(CURSOR, provider)
    assert len(provider.asked) == 2


def test_a_cursor_in_the_body() -> None:
    how = pagination(
        "",
        {
            "type": "cursor",
            "cursor_name_in_request": "page.after",
            "cursor_path_in_response": "next",
            "response_path": "rows",
            "limit": 2,
            "limit_name_in_request": "page.limit",
        },
    )
    answers = iter([{"rows": [1], "next": 5}, {"rows": [2]}])
    provider = Provider(lambda asked: next(answers))
    data = {"filter": "x", "page": {"sort": "id"}}
    assert items(how, provider, request("POST", data=data)) == [[1], [2]]
    assert provider.asked[1].data == {"filter": "x", "page": {"sort": "id", "limit": 2, "after": 5}}
    assert data == {"filter": "x", "page": {"sort": "id"}}


def test_link_header() -> None:
    links = {
        "/items": f'<{BASE}/items?page=2&x=a,b>; rel="next", <{BASE}/items>; rel="last"',
        "/items?page=2&x=a,b": '</more?page=3>; title="n"; rel="prev next"',
        "/more?page=3": '<https://api.example.com/items>; rel="first"',
    }
    seen = iter(range(9))
    provider = Provider(lambda asked: {"rows": [next(seen)], "headers": {"link": links[asked.endpoint]}})
    how = pagination("github", {"response_path": "rows", "limit": 5})
    assert items(how, provider, request(params={"state": "all"})) == [[0], [1], [2]]
    first, second, third = provider.asked
    assert first.params == {"state": "all", "per_page": "5"}
    assert (second.params, second.base_url_override) == (None, BASE)
    assert third.endpoint == "/more?page=3"


def test_link_in_the_body_goes_on_after_an_empty_page() -> None:
    answers = iter([{"rows": [], "links": {"next": "?cursor=2"}}, {"rows": [1], "links": {"next": None}}])
    provider = Provider(lambda asked: next(answers))
    assert items(BODY_LINK, provider) == [[], [1]]
    assert provider.asked[1].endpoint == "/items?cursor=2"


def test_the_header_wins_and_the_body_stands_in_for_it() -> None:
    how = pagination("jira", {})
    answers = iter(
        [
            {"results": [1], "_links": {"next": "/wrong"}, "headers": {"link": "</right>; rel=next"}},
            {"results": [2], "_links": {"next": "/body"}},
            {"results": [3]},
        ]
    )
    provider = Provider(lambda asked: next(answers))
    assert items(how, provider) == [[1], [2], [3]]
    assert [each.endpoint for each in provider.asked] == ["/items", "/right", "/body"]


def test_a_link_that_comes_again_is_an_error() -> None:
    provider = Provider(lambda asked: {"rows": [1], "links": {"next": "/b" if asked.endpoint == "/a" else "/a"}})
    with pytest.raises(PaginationError, match="the link /a twice"):
        items(BODY_LINK, provider)


@pytest.mark.parametrize(
    ("settings", "offsets"),
    [
        ({}, ["0", "2", "4", "5"]),
        ({"offset_start_value": 1}, ["1", "3", "5", "6"]),
        ({"offset_calculation_method": "per-page"}, ["0", "1", "2", "3"]),
        ({"limit": 2, "limit_name_in_request": "take"}, ["0", "2", "4"]),
    ],
)
def test_offset(settings: dict[str, Any], offsets: list[str]) -> None:
    how = pagination("", {"type": "offset", "offset_name_in_request": "skip", **settings})
    answers = iter([[1, 2], [3, 4], [5], []])
    provider = Provider(lambda asked: next(answers))
    assert items(how, provider) == [[1, 2], [3, 4], [5]]
    assert [dict(each.params or {})["skip"] for each in provider.asked] == offsets  # type: ignore[arg-type]  # a dict


def test_offset_in_a_body_is_a_number() -> None:
    answers = iter([[1], []])
    provider = Provider(lambda asked: next(answers))
    items(OFFSET, provider, request("POST"))
    assert [each.data for each in provider.asked] == [{"skip": 0}, {"skip": 1}]


def test_a_provider_that_ignores_the_offset_is_an_error() -> None:
    with pytest.raises(PaginationError, match="the same page twice") as caught:
        items(OFFSET, Provider(lambda asked: [1, 2]))
    assert caught.value.help == "does it know the parameter `skip`?"


def test_an_answer_without_the_list() -> None:
    with pytest.raises(PaginationError, match="no list in the answer") as caught:
        items(LINK, Provider(lambda asked: {"total": 1, "users": [], "teams": []}))
    assert caught.value.help == "set `response_path`: the answer has lists at `users`, `teams`"


@pytest.mark.parametrize(
    ("how", "asked", "message"),
    [
        (OFFSET, request(params="a=1"), "`skip` cannot be added to `params` that are text"),
        (OFFSET, request("POST", data="text"), "`skip` cannot go into a body that is not an object"),
    ],
)
def test_requests_that_cannot_be_paged(how: Pagination, asked: ProxyRequest, message: str) -> None:
    with pytest.raises(PaginationError, match=message):
        items(how, Provider(lambda asked: []), asked)


@pytest.mark.parametrize(
    ("provider", "settings", "message"),
    [
        ("acme", {}, "how `acme` pages is not known"),
        ("acme", {"limit": 1}, "how `acme` pages is not known"),
        ("acme", {"type": "magic"}, "`type` cannot be 'magic'"),
        (
            "acme",
            {"type": "cursor", "cursor_name_in_request": "c"},
            "cursor pagination needs `cursor_path_in_response`",
        ),
        ("acme", {"type": "link"}, "link pagination needs `link_rel_in_response_header` or"),
        ("acme", {"type": "offset"}, "offset pagination needs `offset_name_in_request`"),
        (
            "acme",
            {"type": "offset", "offset_name_in_request": "o", "limit": 9},
            "`limit` needs `limit_name_in_request`",
        ),
        ("github", {"limit": "9"}, "`limit` cannot be '9'"),
        ("github", {"limit": True}, "`limit` cannot be True"),
        ("github", {"response_paht": "x"}, "paginate has no `response_paht`"),
        ("pipedrive", {"offset_calculation_method": "x"}, "`offset_calculation_method` cannot be 'x'"),
    ],
)
def test_settings_that_do_not_suffice(provider: str, settings: dict[str, Any], message: str) -> None:
    with pytest.raises(PaginationError) as caught:
        pagination(provider, settings)
    assert caught.value.message.startswith(message)


@pytest.mark.parametrize(
    "provider", sorted({*UNDEFINED, *(name for name in bundled().names() if bundled().get(name).paginate)})
)
def test_every_default_is_complete(provider: str) -> None:
    pagination(provider, {"limit": 10} if "limit_name_in_request" in defaults(provider) else {})


def test_a_definition_is_the_only_one_that_says_how_its_provider_pages() -> None:
    assert [name for name in UNDEFINED if name in bundled()] == []
