"""Box's files, shown and deleted, and what lies in its folders, in pages by marker or by offset."""

from __future__ import annotations

from typing import Any

from nango_cli.sample_api import box_tree
from nango_cli.sample_api.api import Answer, Request, whole

_MAX_LIMIT = 4
_ALWAYS = ("type", "id", "etag")
_MINI = (*_ALWAYS, "sequence_id", "name")
_MARKER = "from-"  # a marker is not a number, so that nobody counts with it


class Api:
    def __init__(self) -> None:
        self._folders = box_tree.seed()
        self._files = {item["id"]: item for items in self._folders.values() for item in items if item["type"] == "file"}

    def answer(self, request: Request) -> Answer:
        match request.method, *request.path.split("/"):
            case "GET", "", "2.0", "files", id if id in self._files:
                return Answer(200, _chosen(self._files[id], request, tuple(self._files[id])))
            case "DELETE", "", "2.0", "files", id if id in self._files:
                file = self._files.pop(id)
                next(items for items in self._folders.values() if file in items).remove(file)
                return Answer(204, None)
            case "GET", "", "2.0", "folders", box_tree.FORBIDDEN, "items":
                message = "Access denied - insufficient permission"
                return _refusal(403, "access_denied_insufficient_permissions", message)
            case "GET", "", "2.0", "folders", id, "items" if id in self._folders:
                return _items(self._folders[id], request)
        return _refusal(404, "not_found", "Not Found")


def _items(items: list[dict[str, Any]], request: Request) -> Answer:
    limit = whole(request.query.get("limit"), _MAX_LIMIT, _MAX_LIMIT)
    by_marker = request.query.get("usemarker") == "true"
    place = request.query.get("marker", "") if by_marker else request.query.get("offset", "")
    start = place.removeprefix(_MARKER) if by_marker else place
    if place and not (start.isdecimal() and (place != start) == by_marker):
        return _refusal(400, "bad_request", f"invalid {'marker' if by_marker else 'offset'}")
    first = int(start or 0)
    entries = [_chosen(item, request, _MINI) for item in items[first : first + limit]]
    if by_marker:
        marker = f"{_MARKER}{first + limit}" if first + limit < len(items) else ""
        return Answer(200, {"entries": entries, "limit": limit, "next_marker": marker})
    return Answer(200, {"total_count": len(items), "entries": entries, "offset": first, "limit": limit})


def _chosen(item: dict[str, Any], request: Request, usual: tuple[str, ...]) -> dict[str, Any]:
    """The fields that the request names, or the usual ones; those that an item does not have are left out."""
    asked = request.query.get("fields", "")
    names = (*_ALWAYS, *asked.split(",")) if asked else usual
    return {name: item[name] for name in names if name in item}


def _refusal(status: int, code: str, message: str) -> Answer:
    error = {"type": "error", "status": status, "code": code, "message": message}
    return Answer(status, {**error, "help_url": "http://developers.box.com/docs/#errors", "request_id": "sample"})
