"""HubSpot's owners, in pages by cursor."""

from __future__ import annotations

from typing import Any

from nango_cli.sample_api.api import Answer, Request, whole

_COUNT = 23
_OWNERS = "/crm/v3/owners"
_MAX_LIMIT = 10
_FIRST_ID = 7001


class Api:
    def __init__(self) -> None:
        self._owners = [_owner(number) for number in range(_COUNT)]

    def answer(self, request: Request) -> Answer:
        if request.path != _OWNERS or request.method != "GET":
            return _refusal(404, "OBJECT_NOT_FOUND", "resource not found")
        after = request.query.get("after", "0")
        if not after.isdecimal():
            return _refusal(400, "VALIDATION_ERROR", f"Invalid paging cursor: {after}")
        limit = whole(request.query.get("limit"), _MAX_LIMIT, _MAX_LIMIT)
        # The cursor is the last id that was seen, as HubSpot's is
        rest = [owner for owner in self._owners if int(owner["id"]) > int(after)]
        answer: dict[str, Any] = {"results": rest[:limit]}
        if len(rest) > limit:
            last = rest[limit - 1]["id"]
            link = f"{request.base_url}{_OWNERS}?limit={limit}&after={last}"
            answer["paging"] = {"next": {"after": last, "link": link}}
        return Answer(200, answer)


def _owner(number: int) -> dict[str, Any]:
    """A person; every seventh is a queue, which has no name of its own and nobody behind it."""
    queue = number % 7 == 6
    first, last = (("Ada", "Byron"), ("Zoë", "O'Neill"), ("李", "小龍"), ("Max 🚀", ""))[number % 4]
    teams = [{"id": "11", "name": "Sales", "primary": True}, {"id": "12", "name": "Süd", "primary": False}]
    owner = {
        "id": str(_FIRST_ID + number),
        "email": None if queue else f"owner-{number}@example.com",
        "type": "QUEUE" if queue else "PERSON",
        "firstName": "" if queue else first,
        "lastName": "" if queue else last,
        "userId": None if queue else 900 + number,
        "createdAt": "2024-05-06T07:08:09.123Z",
        "updatedAt": f"2025-04-{number + 1:02}T12:00:00.000Z",
        "archived": False,
    }
    return {**owner, "teams": teams[: 1 + number % 2]} if number % 3 == 0 else owner


def _refusal(status: int, category: str, message: str) -> Answer:
    return Answer(status, {"status": "error", "message": message, "correlationId": "sample", "category": category})
