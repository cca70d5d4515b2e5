"""A batch of records on its way to the environment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nango_cli.environments.destination import Record

_METADATA = "_nango_metadata"  # what Nango adds to records that are read back

Kept = list[tuple[int, Any]]


def identity(record: Any) -> str | None:
    """A record's id as text, or None when it has none."""
    id = record.get("id") if isinstance(record, dict) else None
    if isinstance(id, str | int | float) and not isinstance(id, bool) and id != "":
        return str(id)
    return None


def last_of_each(records: Sequence[Any]) -> tuple[Kept, int, bool]:
    """The records with their places in the batch, of each id the last one only; how many that left out; and whether
    all of the others have an id. Those without one stay, to be reported.
    """
    if _plainly_distinct(records):
        return list(enumerate(records)), 0, True
    last: dict[str, int] = {}
    for index, record in enumerate(records):
        id = identity(record)
        if id is not None:
            last[id] = index
    if len(last) == len(records):
        return list(enumerate(records)), 0, True
    kept = [
        (index, record) for index, record in enumerate(records) if (id := identity(record)) is None or last[id] == index
    ]
    return kept, len(records) - len(kept), len(kept) == len(last)


def _plainly_distinct(records: Sequence[Any]) -> bool:
    """Whether all are objects whose ids are text and differ, seen in steps that Python takes without our code."""
    if set(map(type, records)) != {dict}:
        return False
    ids = [record.get("id") for record in records]
    return set(map(type, ids)) == {str} and len(set(ids)) == len(ids) and "" not in ids


def cleaned(kept: Kept) -> list[Any]:
    """The records without what Nango adds to those it gives out."""
    return [_clean(each) if isinstance(each, dict) and _METADATA in each else each for _, each in kept]


def _clean(record: Record) -> Record:
    return {name: value for name, value in record.items() if name != _METADATA}
