"""Reads page after page: by cursor, by link, by offset. Pure but for the `fetch` it is given.

What a provider does must never keep it going for ever: a cursor, a link or a page that comes again is an error.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, assert_never
from urllib.parse import urljoin, urlsplit

from nango_cli.environments.exchange import ProxyRequest, ProxyResponse
from nango_cli.execution import path
from nango_cli.execution.pagination import Pagination, PaginationError

Fetch = Callable[[ProxyRequest], ProxyResponse]

_LINK = re.compile(r"<([^>]*)>([^<]*)")


@dataclass(frozen=True, slots=True)
class Page:
    """`next` is what asks for the page after this one: a cursor, a link or, for offsets, this page's own offset.

    `warning` says why there may be more pages although the first one names none.
    """

    items: list[Any]
    next: str | int | float | None
    response: ProxyResponse
    warning: str | None = None


def pages(request: ProxyRequest, how: Pagination, fetch: Fetch) -> Iterator[Page]:
    """Yield the pages of a request, the request's own parameters untouched."""
    if how.limit is not None and how.limit_name_in_request:
        request = _with(request, how, how.limit_name_in_request, how.limit)
    match how.type:
        case "cursor":
            return _by_cursor(request, how, fetch)
        case "link":
            return _by_link(request, how, fetch)
        case "offset":
            return _by_offset(request, how, fetch)
        case _:
            assert_never(how.type)


def _by_cursor(request: ProxyRequest, how: Pagination, fetch: Fetch) -> Iterator[Page]:
    """A page without items is the last, even when it has a cursor."""
    seen: set[str | int | float] = set()
    cursor: str | int | float | None = None
    while True:
        asked = request if cursor is None else _with(request, how, how.cursor_name_in_request, cursor)
        response = fetch(asked)
        items = _items(response, how)
        if not items:
            return
        cursor = _cursor(path.get(response.data, how.cursor_path_in_response))
        yield Page(items, cursor, response, None if seen else _warning(response, cursor, how.cursor_path_in_response))
        if cursor is None:
            return
        if cursor in seen:
            help = f"check `cursor_path_in_response` ({how.cursor_path_in_response}) and `cursor_name_in_request`"
            raise PaginationError(f"the provider sent the cursor {cursor!r} twice; the pages would never end", help)
        seen.add(cursor)


def _warning(response: ProxyResponse, next: str | float | None, where: str | None) -> str | None:
    """Why a page that names no next one need not be the last: the path to it cannot be right."""
    why = path.dead_end(response.data, where) if next is None and where else None
    return f"`{where}` is not in the answer, as {why}; so its first page is taken for the last" if why else None


def _cursor(found: Any) -> str | int | float | None:
    if isinstance(found, str):
        return found.strip() or None
    if isinstance(found, int | float) and not isinstance(found, bool) and math.isfinite(found):
        return found
    return None


def _by_link(request: ProxyRequest, how: Pagination, fetch: Fetch) -> Iterator[Page]:
    """The header's link first, the body's else. An empty page does not end it, as long as it has a link."""
    seen: set[str] = set()
    while True:
        response = fetch(request)
        items = _items(response, how)
        link = _link(response, how)
        warning = None if seen else _warning(response, link, how.link_path_in_response_body)
        yield Page(items or [], link, response, warning)
        if link is None:
            return
        link = urljoin(response.url, link) if link.startswith("?") else link
        _stay(response.url, link)
        if link in seen:
            raise PaginationError(f"the provider sent the link {link} twice; the pages would never end")
        seen.add(link)
        request = _follow(request, link)


def _stay(url: str, link: str) -> None:
    """Refuse a link that would carry the connection's credentials to an origin that the provider only names."""
    here, there = urlsplit(url), urlsplit(link)
    if here.netloc and there.netloc and (here.scheme, here.netloc) != (there.scheme, there.netloc):
        help = f"if {there.scheme}://{there.netloc} is to be trusted, ask it with `base_url_override`"
        raise PaginationError(f"the provider's link leads to {there.scheme}://{there.netloc}", help)


def _link(response: ProxyResponse, how: Pagination) -> str | None:
    if how.link_rel_in_response_header:
        for target, parameters in _LINK.findall(response.headers.get("link", "")):
            relations = re.search(r';\s*rel\s*=\s*"?([^";,]*)', parameters)
            if relations and how.link_rel_in_response_header in relations[1].split():
                return str(target)
    if how.link_path_in_response_body:
        found = path.get(response.data, how.link_path_in_response_body)
        if isinstance(found, str) and found.strip():
            return found.strip()
    return None


def _follow(request: ProxyRequest, link: str) -> ProxyRequest:
    parts = urlsplit(link)
    if not parts.scheme:
        return replace(request, endpoint=link, params=None)
    endpoint = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    return replace(request, endpoint=endpoint, params=None, base_url_override=f"{parts.scheme}://{parts.netloc}")


def _by_offset(request: ProxyRequest, how: Pagination, fetch: Fetch) -> Iterator[Page]:
    """Ends at an empty page, or at one with fewer items than the limit."""
    offset = how.offset_start_value
    before: list[Any] | None = None
    while True:
        response = fetch(_with(request, how, how.offset_name_in_request, offset))
        items = _items(response, how)
        if not items:
            return
        if items == before:
            help = f"does it know the parameter `{how.offset_name_in_request}`?"
            raise PaginationError("the provider sent the same page twice; the pages would never end", help)
        yield Page(items, offset, response)
        if how.limit is not None and len(items) < how.limit:
            return
        offset += 1 if how.offset_calculation_method == "per-page" else len(items)
        before = items


def _items(response: ProxyResponse, how: Pagination) -> list[Any] | None:
    found = path.get(response.data, how.response_path)
    if found is None or isinstance(found, list):
        return found
    where = f"at `{how.response_path}`" if how.response_path else "in the answer"
    raise PaginationError(f"there is no list {where} to page through", _lists(response.data))


def _lists(data: Any) -> str | None:
    names = [f"`{name}`" for name, value in data.items() if isinstance(value, list)] if isinstance(data, dict) else []
    return f"set `response_path`: the answer has lists at {', '.join(names)}" if names else None


def _with(request: ProxyRequest, how: Pagination, name: str, value: str | int | float) -> ProxyRequest:
    """The request with a page's parameter, in the body for POST, PUT and PATCH unless `in_body` says otherwise."""
    in_body = request.method in ("POST", "PUT", "PATCH") if how.in_body is None else how.in_body
    if in_body:
        if request.data is not None and not isinstance(request.data, Mapping):
            raise PaginationError(f"`{name}` cannot go into a body that is not an object", "set `in_body=False`")
        return replace(request, data=path.put(dict(request.data or {}), name, value))
    if isinstance(request.params, str):
        raise PaginationError(f"`{name}` cannot be added to `params` that are text", "pass `params` as a dict")
    return replace(request, params={**(request.params or {}), name: str(value)})
