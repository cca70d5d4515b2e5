"""What a batch of records changes in those that are stored. Pure: rows in, rows out.

| | not stored | stored | stored, deleted |
| --- | --- | --- | --- |
| save | added | updated; unchanged if the content is the same | added again, first seen when it was |
| update | nothing | updated; unchanged if the content stays the same | nothing |
| delete | nothing | deleted, its content stays | nothing |

An update goes into objects at any depth; arrays and everything else are replaced; the id stays as it was written.

With the strategy `ignore_if_modified_after`, saves and updates leave alone what *another* task changed, created or
deleted since the strategy was set: that is newer than what this run read from the provider. Its own writes do not
count, so it may save a record twice. Deletions are carried out all the same, as they bring no old values back.
What is left alone is counted as unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from nango_cli.environments.destination import Counts, Record
from nango_cli.environments.store.canonical import decode, digest, encode

Operation = Literal["save", "update", "delete"]
Action = Literal["ADDED", "UPDATED", "DELETED"]


class Stored(NamedTuple):
    """A row as it is. `change` is its place in the order of changes, `writer` the task that made that change, times are
    microseconds since 1970. `data` is only read for updates."""

    id: str
    change: int
    hash: bytes
    writer: int
    first_seen: int
    deleted: int | None = None
    data: bytes = b""


class Stamp(NamedTuple):
    """What is the same for all that a batch writes; `change` is the last number that is taken."""

    collection: int
    change: int
    writer: int
    now: int


Row = tuple[int, str, int, bytes, int, int, int, Action, int | None]
"""collection, id, change, hash, writer, first_seen, modified, action, deleted"""


@dataclass(slots=True)
class Changes:
    """Rows to write. `payloads` are (change, id, data), `replaced` the changes whose data is obsolete, `moved` (change,
    previous change) of data that stays. `unchanged` are ids. `change` is the last number that is taken now."""

    change: int
    counts: Counts = field(default_factory=Counts)
    rows: list[Row] = field(default_factory=list)
    payloads: list[tuple[int, str, bytes]] = field(default_factory=list)
    replaced: list[tuple[int]] = field(default_factory=list)
    moved: list[tuple[int, int]] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


def merge(
    existing: Mapping[str, Stored],
    incoming: Mapping[str, Record],
    *,
    operation: Operation,
    stamp: Stamp,
    ignore_after: int | None = None,
) -> Changes:
    """Both mappings go by id. `ignore_after` is the last change when `ignore_if_modified_after` was set."""
    match operation:
        case "save":
            return _save(existing, incoming, stamp, ignore_after)
        case "update":
            return _update(existing, incoming, stamp, ignore_after)
        case "delete":
            return delete([old for id in incoming if (old := existing.get(id)) and old.deleted is None], stamp)


def _save(
    existing: Mapping[str, Stored], incoming: Mapping[str, Record], stamp: Stamp, ignore_after: int | None
) -> Changes:
    collection, change, writer, now = stamp
    changes = Changes(change)
    rows, payloads, replaced, unchanged = changes.rows, changes.payloads, changes.replaced, changes.unchanged
    added = 0
    for id, record in incoming.items():
        old = existing.get(id)
        if old is not None and _is_newer(old, writer, ignore_after):
            unchanged.append(id)
            continue
        data = encode(record)
        hash = digest(data)
        action: Action = "ADDED"
        first_seen = now
        if old is not None:
            if old.deleted is None:
                if old.hash == hash:
                    unchanged.append(id)
                    continue
                action = "UPDATED"
            first_seen = old.first_seen
            replaced.append((old.change,))
        change += 1
        added += action == "ADDED"
        rows.append((collection, id, change, hash, writer, first_seen, now, action, None))
        payloads.append((change, id, data))
    changes.change = change
    changes.counts = Counts(added=added, updated=len(rows) - added, unchanged=len(unchanged))
    return changes


def _update(
    existing: Mapping[str, Stored], incoming: Mapping[str, Record], stamp: Stamp, ignore_after: int | None
) -> Changes:
    collection, change, writer, now = stamp
    changes = Changes(change)
    for id, record in incoming.items():
        old = existing.get(id)
        if old is None or old.deleted is not None:
            continue
        if _is_newer(old, writer, ignore_after):
            changes.unchanged.append(id)
            continue
        stored = decode(old.data)
        data = encode({**merged(stored, record), "id": stored["id"]})
        hash = digest(data)
        if hash == old.hash:
            changes.unchanged.append(id)
            continue
        change += 1
        changes.rows.append((collection, id, change, hash, writer, old.first_seen, now, "UPDATED", None))
        changes.payloads.append((change, id, data))
        changes.replaced.append((old.change,))
    changes.change = change
    changes.counts = Counts(updated=len(changes.rows), unchanged=len(changes.unchanged))
    return changes


def delete(there: list[Stored], stamp: Stamp) -> Changes:
    """Delete rows, none of which is deleted yet."""
    collection, change, writer, now = stamp
    changes = Changes(change + len(there), Counts(deleted=len(there)))
    for old in there:
        change += 1
        changes.rows.append((collection, old.id, change, old.hash, writer, old.first_seen, now, "DELETED", now))
        changes.moved.append((change, old.change))
    return changes


def merged(old: dict[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """`old` with the fields of `new`, deeply; neither is touched."""
    result = dict(old)
    for name, value in new.items():
        before = result.get(name)
        result[name] = merged(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return result


def _is_newer(old: Stored, writer: int, ignore_after: int | None) -> bool:
    return ignore_after is not None and old.change > ignore_after and old.writer != writer
