"""A batch of records on its way to the environment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nango_cli.environments.environment import Record

_METADATA = "_nango_metadata"  # what Nango adds to records that are read back


def identity(record: Any) -> str | None:
    """A record's id as text, or None when it has none."""
    id = record.get("id") if isinstance(record, dict) else None
    if isinstance(id, str | int | float) and not isinstance(id, bool) and id != "":
        return str(id)
    return None


def last_of_each(records: Sequence[Any]) -> tuple[list[tuple[int, Any]], int]:
    """The records with their places in the batch, of each id the last one only, and how many that left out.

    Records without an id all stay, to be reported.
    """
    last: dict[str, int] = {}
    for index, record in enumerate(records):
        id = identity(record)
        if id is not None:
            last[id] = index
    kept = [
        (index, record) for index, record in enumerate(records) if (id := identity(record)) is None or last[id] == index
    ]
    return kept, len(records) - len(kept)


def clean(record: Record) -> Record:
    """The record without what Nango adds to those it gives out."""
    return {name: value for name, value in record.items() if name != _METADATA} if _METADATA in record else record
