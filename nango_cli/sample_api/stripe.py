"""Stripe's charges: of a time, the newest first, in pages that begin behind a charge."""

from __future__ import annotations

from nango_cli.sample_api import stripe_charges
from nango_cli.sample_api.api import Answer, Request, whole

_MAX_LIMIT = 8  # of the real one 100; so that a few charges fill pages


class Api:
    def __init__(self) -> None:
        self._charges = stripe_charges.seed()

    def answer(self, request: Request) -> Answer:
        if request.path != "/v1/charges" or request.method != "GET":
            return _refusal(404, f"Unrecognized request URL ({request.method}: {request.path}).")
        return self._list(request)

    def _list(self, request: Request) -> Answer:
        chosen = self._charges
        after = request.query.get("starting_after")
        if after is not None:
            ids = [each["id"] for each in chosen]
            if after not in ids:
                return _refusal(400, f"No such charge: '{after}'", "starting_after", code="resource_missing")
            chosen = chosen[ids.index(after) + 1 :]
        for name, newer in (("created[gte]", True), ("created[lt]", False)):
            bound = request.query.get(name)
            if bound is None:
                continue
            if not bound.isdecimal():
                return _refusal(400, f"Invalid integer: {bound}", name)
            chosen = [each for each in chosen if (each["created"] >= int(bound)) is newer]
        size = whole(request.query.get("limit"), _MAX_LIMIT, _MAX_LIMIT)
        page = {"object": "list", "url": request.path, "has_more": len(chosen) > size, "data": chosen[:size]}
        return Answer(200, page)


def _refusal(status: int, message: str, param: str | None = None, **more: str) -> Answer:
    error = {"type": "invalid_request_error", "message": message, **more}
    return Answer(status, {"error": error if param is None else {**error, "param": param}})
