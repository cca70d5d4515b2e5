"""How one `paginate` pages: the provider's way, overlaid with the script's settings, and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from nango_cli.diagnostics.suggest import did_you_mean
from nango_cli.execution.pagination_defaults import defaults


class PaginationError(Exception):
    """Pages cannot be read this way; `help` says what to change."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


@dataclass(frozen=True, slots=True, kw_only=True)
class Pagination:
    """Checked: the fields that a `type` needs are there, and a limit has a name."""

    type: Literal["cursor", "link", "offset"]
    limit: int | None = None
    limit_name_in_request: str | None = None
    response_path: str | None = None
    in_body: bool | None = None
    cursor_name_in_request: str = ""
    cursor_path_in_response: str = ""
    link_rel_in_response_header: str | None = None
    link_path_in_response_body: str | None = None
    offset_name_in_request: str = ""
    offset_start_value: int = 0
    offset_calculation_method: Literal["by-response-size", "per-page"] = "by-response-size"


_KINDS: dict[str, type] = {
    "limit_name_in_request": str,
    "response_path": str,
    "cursor_name_in_request": str,
    "cursor_path_in_response": str,
    "link_rel_in_response_header": str,
    "link_path_in_response_body": str,
    "offset_name_in_request": str,
    "limit": int,
    "offset_start_value": int,
    "in_body": bool,
}
_CHOICES = {
    "type": ("cursor", "link", "offset"),
    "offset_calculation_method": ("by-response-size", "per-page"),
}


def pagination(provider: str, settings: Mapping[str, Any], usual: Mapping[str, Any] | None = None) -> Pagination:
    """The script's settings on top of the provider's. Raises PaginationError when they do not suffice.

    `usual` are the settings of the provider's definition, by default of the one that travels with the package.
    """
    merged = {**(defaults(provider) if usual is None else usual), **settings}
    if "type" not in merged:
        help = "pass `paginate=CursorPagination(...)`, `LinkPagination(...)` or `OffsetPagination(...)`"
        raise PaginationError(f"how `{provider}` pages is not known", help)
    for name, value in merged.items():
        _check(name, value)
    needed = {
        "cursor": ("cursor_name_in_request", "cursor_path_in_response"),
        "link": (),
        "offset": ("offset_name_in_request",),
    }
    for name in needed[merged["type"]]:
        if not merged.get(name):
            raise PaginationError(f"{merged['type']} pagination needs `{name}`")
    sources = ("link_rel_in_response_header", "link_path_in_response_body")
    if merged["type"] == "link" and not any(merged.get(name) for name in sources):
        raise PaginationError(f"link pagination needs `{sources[0]}` or `{sources[1]}`")
    if merged.get("limit") is not None and not merged.get("limit_name_in_request"):
        raise PaginationError("`limit` needs `limit_name_in_request`", "it names the parameter that carries the limit")
    return Pagination(**merged)


def _check(name: str, value: Any) -> None:
    if name in _CHOICES:
        if value not in _CHOICES[name]:
            known = ", ".join(f"`{each}`" for each in _CHOICES[name])
            raise PaginationError(f"`{name}` cannot be {value!r}", f"it is one of {known}")
    elif name not in _KINDS:
        raise PaginationError(f"paginate has no `{name}`", did_you_mean(name, [*_KINDS, *_CHOICES]))
    elif not isinstance(value, _KINDS[name]) or (isinstance(value, bool) and _KINDS[name] is not bool):
        raise PaginationError(f"`{name}` cannot be {value!r}", f"it takes {_KINDS[name].__name__}")
