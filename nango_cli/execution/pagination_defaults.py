"""How providers page, for `paginate` without settings. Names are providers', as in Nango's providers.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def _link(**settings: Any) -> dict[str, Any]:
    return {"type": "link", **settings}


def _cursor(request: str, response: str, **settings: Any) -> dict[str, Any]:
    return {"type": "cursor", "cursor_name_in_request": request, "cursor_path_in_response": response, **settings}


def _offset(request: str, **settings: Any) -> dict[str, Any]:
    return {"type": "offset", "offset_name_in_request": request, **settings}


def _all(providers: str, settings: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return dict.fromkeys(providers.split(), settings)


_NEXT = {"link_rel_in_response_header": "next"}

# Slack needs a `response_path` from the script; a limit is sent only when the script sets `limit`.
DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    **_all(
        "github github-app github-app-oauth greenhouse greenhouse-basic",
        _link(**_NEXT, limit_name_in_request="per_page"),
    ),
    **_all("okta okta-cc", _link(**_NEXT, limit_name_in_request="limit")),
    **_all(
        "jira confluence",
        _link(
            **_NEXT,
            link_path_in_response_body="_links.next",
            response_path="results",
            limit_name_in_request="limit",
        ),
    ),
    "zendesk": _link(link_path_in_response_body="next_page", limit_name_in_request="per_page"),
    "manatal": _link(link_path_in_response_body="next", response_path="results", limit_name_in_request="page_size"),
    "certn": _link(link_path_in_response_body="next", response_path="results"),
    "exist": _link(link_path_in_response_body="next"),
    "calendly": _link(link_path_in_response_body="pagination.next_page"),
    "exact-online": _link(link_path_in_response_body="d.__next"),
    "front": _link(link_path_in_response_body="_pagination.next", response_path="_results"),
    **_all("aircall aircall-basic", _link(link_path_in_response_body="meta.next_page_link", response_path="results")),
    "hubspot": _cursor("after", "paging.next.after", response_path="results", limit_name_in_request="limit"),
    "notion": _cursor("start_cursor", "next_cursor", response_path="results", limit_name_in_request="page_size"),
    "slack": _cursor("cursor", "response_metadata.next_cursor", limit_name_in_request="limit"),
    "asana": _cursor("offset", "next_page.offset", response_path="data", limit_name_in_request="limit"),
    **_all(
        "google google-analytics google-calendar google-drive google-cloud-storage youtube",
        _cursor("pageToken", "nextPageToken", response_path="items", limit_name_in_request="maxSize"),
    ),
    "google-ads": _cursor("pageToken", "nextPageToken", response_path="results", limit_name_in_request="pageSize"),
    "zoom": _cursor("next_page_token", "next_page_token", limit_name_in_request="page_size"),
    "brightcrowd": _cursor("pageToken", "nextPageToken"),
    "cal-com-v2": _cursor("cursor", "data.data.nextCursor", limit_name_in_request="limit"),
    "pipedrive": _offset("start", response_path="data", limit_name_in_request="limit"),
    "certn-partner": _offset("page", response_path="data", limit_name_in_request="limit"),
    "rock-gym-pro": _offset("page", limit_name_in_request="limit"),
    **_all(
        "zoho zoho-books zoho-crm zoho-inventory zoho-invoice zoho-bigin",
        _offset("page", response_path="data", limit_name_in_request="per_page"),
    ),
}
