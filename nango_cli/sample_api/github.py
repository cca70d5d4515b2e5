"""GitHub's pull requests of one repository: listed in pages with links, and made."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from nango_cli.sample_api import github_pulls
from nango_cli.sample_api.api import Answer, Request, whole

_RATE_LIMIT = 5000
_RATE_LIMIT_RESET = 1_767_225_600  # 2026-01-01T00:00:00Z; the limit is never reached
_MAX_PER_PAGE = 100
_PULLS = f"/repos/{github_pulls.OWNER}/{github_pulls.REPO}/pulls"


class Api:
    def __init__(self) -> None:
        self._pulls = github_pulls.seed()
        self._requests = 0

    def answer(self, request: Request) -> Answer:
        self._requests += 1
        limits = {
            "Limit": _RATE_LIMIT,
            "Remaining": _RATE_LIMIT - self._requests,
            "Used": self._requests,
            "Reset": _RATE_LIMIT_RESET,
        }
        found = self._found(request)
        headers = {f"X-RateLimit-{name}": str(value) for name, value in limits.items()}
        return found._replace(headers=headers | dict(found.headers))

    def _found(self, request: Request) -> Answer:
        if request.path == _PULLS and request.method == "GET":
            return self._list(request)
        if request.path == _PULLS and request.method == "POST":
            return self._create(request)
        documentation = "https://docs.github.com/rest"
        return Answer(404, {"message": "Not Found", "documentation_url": documentation, "status": "404"})

    def _list(self, request: Request) -> Answer:
        chosen = _select(self._pulls, request)
        size = whole(request.query.get("per_page"), 10, _MAX_PER_PAGE)
        page = whole(request.query.get("page"), 1, 1_000_000)
        last = max(1, -(-len(chosen) // size))
        links = {"prev": page - 1, "next": page + 1, "last": last, "first": 1}
        if page >= last:
            del links["next"], links["last"]
        if page == 1:
            del links["prev"], links["first"]
        link = ", ".join(f'<{_page_url(request, to)}>; rel="{rel}"' for rel, to in links.items())
        return Answer(200, chosen[(page - 1) * size : page * size], {"Link": link} if link else {})

    def _create(self, request: Request) -> Answer:
        fields = request.json()
        if fields is None:
            return Answer(400, {"message": "Problems parsing JSON", "status": "400"})
        given = fields if isinstance(fields, dict) else {}
        needed = ("title", "head", "base")
        missing = [name for name in needed if not isinstance(given.get(name), str) or not given[name]]
        if missing:
            errors = [{"resource": "PullRequest", "field": name, "code": "missing_field"} for name in missing]
            return Answer(422, {"message": "Validation Failed", "errors": errors, "status": "422"})
        pull = github_pulls.new(len(self._pulls) + 1, given)
        self._pulls.append(pull)
        return Answer(201, pull)


def _page_url(request: Request, page: int) -> str:
    return f"{request.base_url}{request.path}?{urlencode({**request.query, 'page': page})}"


def _select(all_pulls: list[dict[str, Any]], request: Request) -> list[dict[str, Any]]:
    state = request.query.get("state", "open")
    sort = request.query.get("sort", "created")
    key = "updated_at" if sort == "updated" else "created_at"
    newest_first = request.query.get("direction", "desc" if sort == "created" else "asc") == "desc"
    chosen = [pull for pull in all_pulls if state in ("all", pull["state"])]
    return sorted(chosen, key=lambda pull: (pull[key], pull["number"]), reverse=newest_first)
