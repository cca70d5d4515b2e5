"""The tickets that the sample of Zendesk knows: always the same, with everything that real ones surprise with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

COUNT = 18

_START = datetime(2025, 3, 3, 8, 30, tzinfo=UTC)
_SUBJECTS = ("Cannot log in", "Rückfrage zur Rechnung", "Printer on fire 🔥", "", "Where is my order?")
_PRIORITIES = (None, "low", "normal", "high", "urgent")

# What changed later, in this order: a ticket's number, and its new status.
_CHANGES = ((2, "open"), (17, "solved"), (2, "solved"), (9, "deleted"), (18, "hold"), (4, "deleted"), (4, "open"))


def seed() -> list[dict[str, Any]]:
    """Tickets as they were after each change, in the order of the changes: 18 were made, and 7 changed later."""
    stream = [_ticket(number, number // 2) for number in range(1, COUNT + 1)]
    for step, (number, status) in enumerate(_CHANGES, COUNT):
        stream.append(_ticket(number, number // 2, status, step // 2))
    return stream


def _ticket(number: int, made: int, status: str = "new", changed: int | None = None) -> dict[str, Any]:
    """`made` and `changed` count steps of 5 hours: there are two tickets in each."""
    updated = _START + timedelta(hours=5 * (made if changed is None else changed))
    return {
        "id": number,
        "subject": _SUBJECTS[number % len(_SUBJECTS)],
        "description": f"What happened to number {number}.",
        "status": status,
        "priority": _PRIORITIES[number % len(_PRIORITIES)],
        "requester_id": 900_000 + number % 4,
        "assignee_id": None if status == "new" else 800_000 + number % 2,
        "tags": ["billing", "vip"] if number % 6 == 0 else [],
        "created_at": _stamp(_START + timedelta(hours=5 * made)),
        "updated_at": _stamp(updated),
        "generated_timestamp": int(updated.timestamp()),
    }


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
