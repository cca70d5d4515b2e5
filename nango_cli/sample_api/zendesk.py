"""Zendesk's incremental export of tickets: a stream in which a ticket comes again after every change."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from nango_cli.sample_api import zendesk_tickets
from nango_cli.sample_api.api import Answer, Request, whole

_EXPORT = "/api/v2/incremental/tickets/cursor.json"
_MAX_PER_PAGE = 8  # of the real one 1000; so that a few tickets fill pages


class Api:
    def __init__(self) -> None:
        self._stream = zendesk_tickets.seed()

    def answer(self, request: Request) -> Answer:
        if request.path != _EXPORT or request.method != "GET":
            return Answer(404, {"error": "InvalidEndpoint", "description": "Not found"})
        start, cursor = request.query.get("start_time"), request.query.get("cursor")
        if (start is None) == (cursor is None):
            return _refusal("either start_time or cursor is required")
        if start is not None and not start.isdecimal():
            return _refusal("start_time is not a valid timestamp")
        first = self._since(int(start)) if start is not None else _position(cursor or "")
        if first is None or first > len(self._stream):
            return _refusal("cursor is not valid")
        return Answer(200, self._page(request, first))

    def _since(self, start: int) -> int:
        return sum(each["generated_timestamp"] < start for each in self._stream)

    def _page(self, request: Request, first: int) -> dict[str, Any]:
        size = whole(request.query.get("per_page"), _MAX_PER_PAGE, _MAX_PER_PAGE)
        tickets = self._stream[first : first + size]
        # Where there is nothing yet there is no cursor; where nothing is new, the old one stays.
        known = tickets or "cursor" in request.query
        after = _cursor(first + len(tickets)) if known else None
        return {
            "tickets": tickets,
            "after_cursor": after,
            "after_url": f"{request.base_url}{_EXPORT}?cursor={after}" if after else None,
            "before_cursor": None,
            "before_url": None,
            "end_of_stream": first + size >= len(self._stream),
        }


def _cursor(position: int) -> str:
    return urlsafe_b64encode(f"position {position:06}".encode()).decode()


def _position(cursor: str) -> int | None:
    """Where the stream goes on after a cursor; None if it is none of ours."""
    try:
        word, _, number = urlsafe_b64decode(cursor).decode().partition(" ")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return int(number) if word == "position" and number.isdecimal() else None


def _refusal(description: str) -> Answer:
    return Answer(400, {"error": "InvalidValue", "description": description})
