"""How a script describes a request, and what it gets back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal, get_args

from nango_cli.sdk.errors import SdkError

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]


@dataclass(frozen=True, slots=True)
class Response:
    """`data` is the parsed JSON, or text, or bytes where it is neither; header names are lower case."""

    data: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OnPage:
    """What `on_page` is called with, after the script has dealt with a page."""

    next_page_param: str | int | None
    response: Response


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pagination:
    """`response_path` leads to the list in the answer, such as `data.items`; the answer itself without it."""

    limit: int | None = None
    limit_name_in_request: str | None = None
    response_path: str | None = None
    in_body: bool | None = None
    on_page: Callable[[OnPage], object] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CursorPagination(_Pagination):
    """Each answer holds the cursor that asks for the next one.

    A path such as `pages[0].cursor` counts the items of a list from 0, never from its end.
    """

    type: Literal["cursor"] = "cursor"
    cursor_name_in_request: str | None = None
    cursor_path_in_response: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPagination(_Pagination):
    """Each answer holds the address of the next one, in its `Link` header or in its body.

    A path such as `links[0].href` counts the items of a list from 0, never from its end.
    """

    type: Literal["link"] = "link"
    link_rel_in_response_header: str | None = None
    link_path_in_response_body: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OffsetPagination(_Pagination):
    """The request says where to start: by the number of items seen so far, or of pages (`per-page`)."""

    type: Literal["offset"] = "offset"
    offset_name_in_request: str | None = None
    offset_start_value: int | None = None
    offset_calculation_method: Literal["by-response-size", "per-page"] | None = None


Pagination = CursorPagination | LinkPagination | OffsetPagination


@dataclass(frozen=True, slots=True)
class ProxyConfiguration:
    """A request to the provider: `endpoint` continues the provider's base URL; credentials are added on the way.

    `retries` counts the attempts after the first. `paginate` overrides what is known about the provider's pages.
    """

    endpoint: str
    method: Method | None = None
    params: Mapping[str, Any] | str | None = None
    data: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    retries: int = 0
    retry_on: Sequence[int] = ()
    base_url_override: str | None = None
    decompress: bool = False
    paginate: Pagination | Mapping[str, Any] | None = None


_PAGINATION_KEYS = {each.name for kind in get_args(Pagination) for each in fields(kind)}


def configuration(given: ProxyConfiguration | Mapping[str, Any]) -> ProxyConfiguration:
    """The request a script passed, whether as a `ProxyConfiguration` or as a plain dict of its fields."""
    if isinstance(given, ProxyConfiguration):
        return given
    if not isinstance(given, Mapping):
        raise SdkError(f"a request is a ProxyConfiguration, not {type(given).__name__}")
    known = [each.name for each in fields(ProxyConfiguration)]
    _refuse_unknown(given, known, "ProxyConfiguration")
    if "endpoint" not in given:
        raise SdkError("the request has no `endpoint`")
    return ProxyConfiguration(**given)


def pagination(given: Pagination | Mapping[str, Any] | None) -> dict[str, Any]:
    """The settings that were given, without those that were not."""
    if given is None:
        return {}
    if isinstance(given, _Pagination):
        items = {each.name: getattr(given, each.name) for each in fields(given)}
    elif isinstance(given, Mapping):
        items = dict(given)
        _refuse_unknown(items, sorted(_PAGINATION_KEYS), "paginate")
    else:
        raise SdkError(f"`paginate` is a CursorPagination, LinkPagination, OffsetPagination or dict, not {given!r}")
    return {name: value for name, value in items.items() if value is not None}


def _refuse_unknown(given: Mapping[str, Any], known: Sequence[str], what: str) -> None:
    for name in given:
        if name not in known:
            raise SdkError(f"{what} has no `{name}`", help="it has " + ", ".join(f"`{each}`" for each in known))
