"""How providers page, for `paginate` without settings: as their definitions say.

The table below is of providers that no definition travels with. Names are those of Nango's providers file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nango_cli.providers.catalog import bundled


def defaults(provider: str) -> Mapping[str, Any]:
    """The settings of `paginate` for a provider, empty when nothing is known."""
    known = bundled().find(provider)
    return UNDEFINED.get(provider, {}) if known is None else known.paginate


def _link(**settings: Any) -> dict[str, Any]:
    return {"type": "link", **settings}


def _cursor(request: str, response: str, **settings: Any) -> dict[str, Any]:
    return {"type": "cursor", "cursor_name_in_request": request, "cursor_path_in_response": response, **settings}


def _offset(request: str, **settings: Any) -> dict[str, Any]:
    return {"type": "offset", "offset_name_in_request": request, **settings}


def _all(providers: str, settings: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return dict.fromkeys(providers.split(), settings)


UNDEFINED: Mapping[str, Mapping[str, Any]] = {
    **_all("github-app github-app-oauth", _link(link_rel_in_response_header="next", limit_name_in_request="per_page")),
    "manatal": _link(link_path_in_response_body="next", response_path="results", limit_name_in_request="page_size"),
    "certn": _link(link_path_in_response_body="next", response_path="results"),
    "exist": _link(link_path_in_response_body="next"),
    "google-cloud-storage": _cursor(
        "pageToken", "nextPageToken", response_path="items", limit_name_in_request="maxSize"
    ),
    "google-ads": _cursor("pageToken", "nextPageToken", response_path="results", limit_name_in_request="pageSize"),
    "brightcrowd": _cursor("pageToken", "nextPageToken"),
    "cal-com-v2": _cursor("cursor", "data.data.nextCursor", limit_name_in_request="limit"),
    "certn-partner": _offset("page", response_path="data", limit_name_in_request="limit"),
    "rock-gym-pro": _offset("page", limit_name_in_request="limit"),
    **_all(
        "zoho zoho-books zoho-inventory zoho-invoice zoho-bigin",
        _offset("page", response_path="data", limit_name_in_request="per_page"),
    ),
}
