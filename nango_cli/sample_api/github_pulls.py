"""The pull requests that the sample of GitHub knows: always the same, with everything that real ones surprise with."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha1
from typing import Any

OWNER = "octo-org"
REPO = "hello-world"
COUNT = 23

_START = datetime(2025, 1, 6, 9, 0)
_TITLES = ("Fix the build", "Add a readme", "Support emoji 🎉 in titles", "Bump dependencies", "Réécrire le guide")


def seed() -> list[dict[str, Any]]:
    """Pull requests 1 to 23: open, closed and merged, some without a body."""
    return [_pull(number) for number in range(1, COUNT + 1)]


def new(number: int, fields: dict[str, Any]) -> dict[str, Any]:
    """The open pull request that a POST makes."""
    pull = _pull(number)
    head = {"ref": fields["head"], "sha": _sha(number, 1)}
    base = {"ref": fields["base"], "sha": _sha(number, 2)}
    changes = {"title": fields["title"], "body": fields.get("body"), "head": head, "base": base}
    return pull | changes | {"state": "open", "closed_at": None, "merged_at": None, "updated_at": pull["created_at"]}


def _pull(number: int) -> dict[str, Any]:
    created = _START + timedelta(hours=31 * number)
    updated = created + timedelta(hours=number * 7 % 50, minutes=number)
    closed = number % 3 != 0
    merged = closed and number % 2 == 0
    return {
        "id": 1_900_000_000 + number * 97,
        "number": number,
        "title": f"{_TITLES[number % len(_TITLES)]} ({number})",
        "state": "closed" if closed else "open",
        "body": None if number % 4 == 0 else f"What changes in number {number}, and why.",
        "created_at": _stamp(created),
        "updated_at": _stamp(updated),
        "closed_at": _stamp(updated) if closed else None,
        "merged_at": _stamp(updated) if merged else None,
        "draft": number % 5 == 0,
        "user": {"login": f"octocat-{number % 4}", "id": 500 + number % 4},
        "labels": [{"name": "bug"}] if number % 6 == 0 else [],
        "head": {"ref": f"topic-{number}", "sha": _sha(number, 1)},
        "base": {"ref": "main", "sha": _sha(number, 2)},
    }


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _sha(number: int, salt: int) -> str:
    return sha1(f"{number}/{salt}".encode(), usedforsecurity=False).hexdigest()
