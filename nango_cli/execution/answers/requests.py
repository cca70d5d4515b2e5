"""Requests to the provider, and pages of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from nango_cli.environments import header
from nango_cli.environments.encoding import utf8
from nango_cli.environments.exchange import ProxyRequest, ProxyResponse
from nango_cli.execution.answers.answer import Answers, answer, refused, unpack
from nango_cli.execution.event import Event, LogLine
from nango_cli.execution.paginate import Page, pages
from nango_cli.execution.pagination import pagination
from nango_cli.execution.provider import Provider
from nango_cli.execution.side_effects import SideEffects
from nango_cli.runners.protocol import Answer, FetchParams, ProxyParams

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class _HeldBack(Exception):
    """A page is there, as far as the pages before it tell, and is not asked for."""


class Requests:
    """`limited` is true once pages were held back: after `limit_pages` of one `paginate`, or when `enough` says so."""

    def __init__(
        self,
        provider: Provider,
        side_effects: SideEffects,
        *,
        listen: Callable[[Event], None] = lambda event: None,
        limit_pages: int | None = None,
        enough: Callable[[], bool] = lambda: False,
    ) -> None:
        self.limited = False
        self._provider = provider
        self._side_effects = side_effects
        self._listen = listen
        self._limit_pages = limit_pages
        self._enough = enough
        self._pages: dict[int, tuple[Iterator[Page], bool]] = {}
        self._handles = itertools.count(1)
        self.answers: Answers = {
            "proxy": self._proxy,
            "paginate.open": self._open_pages,
            "paginate.next": self._next_page,
            "fetch": self._fetch,
        }

    def _proxy(self, params: dict[str, Any]) -> Answer:
        return answer(self._provider.fetch(self._request(params)))

    def _open_pages(self, params: dict[str, Any]) -> dict[str, int]:
        how = pagination(self._provider.connection.provider, params["paginate"], self._provider.pages)
        numbers = itertools.count(1)

        def fetch(request: ProxyRequest) -> ProxyResponse:
            number = next(numbers)
            if self._enough() or (self._limit_pages is not None and number > self._limit_pages):
                raise _HeldBack
            return self._provider.fetch(request, number)

        handle = next(self._handles)
        self._pages[handle] = (pages(self._request(params), how, fetch), params["with_response"])
        return {"pages": handle}

    def _next_page(self, params: dict[str, Any]) -> dict[str, Any] | None:
        found, with_response = self._pages.get(params["pages"], (iter(()), False))
        try:
            page = next(found, None)
        except _HeldBack:
            page, self.limited = None, True
        if page is None:
            self._pages.pop(params["pages"], None)
            return None
        if page.warning:
            self._listen(LogLine("warn", page.warning))
        result: dict[str, Any] = {"items": page.items, "next": page.next}
        if with_response:
            result["response"] = answer(page.response)
        return result

    def _fetch(self, params: dict[str, Any]) -> Answer:
        given = cast(FetchParams, params)
        method = given["method"].upper()
        if not given["url"].startswith(("https://", "http://")):
            raise refused(f"`{given['url']}` is not an address", "addresses begin with https:// or http://")
        headers = _headers(given["headers"])
        if method != "GET":
            self._side_effects.about_to("request", f"send {method} {given['url'].partition('?')[0]}")
        connection = self._provider.connection
        request = ProxyRequest(
            integration=connection.integration,
            connection_id=connection.id,
            method=method,
            endpoint=given["url"],
            headers=headers,
            data=unpack(given["body"]),
        )
        return answer(self._provider.fetch_directly(request))

    def _request(self, params: dict[str, Any]) -> ProxyRequest:
        given = cast(ProxyParams, params)
        connection = self._provider.connection
        _check(given)
        headers = _headers(given["headers"])
        method = given["method"].upper()
        if method != "GET":
            self._side_effects.about_to("request", f"send {method} {given['endpoint'].partition('?')[0]}")
        return ProxyRequest(
            integration=connection.integration,
            connection_id=connection.id,
            method=method,
            endpoint=given["endpoint"],
            params=given["params"],
            headers=headers,
            data=unpack(given["body"]),
            base_url_override=given["base_url_override"],
            decompress=given["decompress"],
            retries=given["retries"],
            retry_on=tuple(given["retry_on"]),
        )


def _headers(given: Mapping[str, Any]) -> dict[str, str]:
    """As text. Raises Refused for one that no environment could send."""
    headers = {name: str(value) for name, value in given.items()}
    unfit = header.unfit((utf8(name), utf8(value)) for name, value in headers.items())
    if unfit is not None:
        raise refused(f"the header `{unfit}` cannot be sent", header.HELP)
    return headers


def _check(given: ProxyParams) -> None:
    """Say what no environment could send."""
    problem = None
    if not isinstance(given["endpoint"], str) or not given["endpoint"]:
        problem = ("`endpoint` is not text", "it continues the provider's base URL, as in `/users`")
    elif given["method"].upper() not in METHODS:
        problem = (f"there is no method {given['method']!r}", f"methods: {', '.join(METHODS)}")
    elif isinstance(given["params"], str) and given["params"] and "?" in given["endpoint"]:
        problem = ("parameters stand both in `endpoint` and in `params`", "pass them in `params` only")
    elif not isinstance(given["retries"], int) or given["retries"] < 0:
        problem = (f"`retries` cannot be {given['retries']!r}", "it counts the attempts after the first")
    elif not all(isinstance(status, int) for status in given["retry_on"]):
        problem = ("`retry_on` holds something that is not a status", "it is a list such as [409, 423]")
    if problem:
        raise refused(*problem)
