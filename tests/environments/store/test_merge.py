"""What is stored and what comes in on the left, what changes on the right."""

from __future__ import annotations

from typing import Any

import pytest

from nango_cli.environments.destination import Counts, Record
from nango_cli.environments.store.canonical import digest, encode
from nango_cli.environments.store.merge import Operation, Stamp, Stored, merge, merged

STAMP = Stamp(collection=7, change=100, writer=1, now=5000)
ME, OTHER = 1, 2


def stored(data: Record, *, change: int = 10, writer: int = ME, deleted: int | None = None) -> Stored:
    """A row that was first seen at 1000."""
    text = encode(data)
    return Stored(str(data["id"]), change, digest(text), writer, 1000, deleted, text)


Case = tuple[Operation, list[Stored], list[Record], list[tuple[Any, ...]], Counts]
A, B = {"id": "a", "v": 1}, {"id": "b", "v": 1}

# What is left of a row: id, change, first_seen, action, deleted, content (None if it stays)
CASES: dict[str, Case] = {
    "save: unknown": ("save", [], [A], [("a", 101, 5000, "ADDED", None, A)], Counts(added=1)),
    "save: several": (
        "save",
        [stored(A)],
        [B, A],
        [("b", 101, 5000, "ADDED", None, B)],
        Counts(added=1, unchanged=1),
    ),
    "save: same": ("save", [stored(A)], [A], [], Counts(unchanged=1)),
    "save: same in another order": ("save", [stored(A)], [{"v": 1, "id": "a"}], [], Counts(unchanged=1)),
    "save: changed": (
        "save",
        [stored(A)],
        [{"id": "a", "v": 2}],
        [("a", 101, 1000, "UPDATED", None, {"id": "a", "v": 2})],
        Counts(updated=1),
    ),
    "save: replaces, does not merge": (
        "save",
        [stored(A)],
        [{"id": "a"}],
        [("a", 101, 1000, "UPDATED", None, {"id": "a"})],
        Counts(updated=1),
    ),
    "save: deleted, same": (
        "save",
        [stored(A, deleted=2000)],
        [A],
        [("a", 101, 1000, "ADDED", None, A)],
        Counts(added=1),
    ),
    "save: the id becomes a number": (
        "save",
        [stored({"id": "1"})],
        [{"id": 1}],
        [("1", 101, 1000, "UPDATED", None, {"id": 1})],
        Counts(updated=1),
    ),
    "save: nothing": ("save", [], [], [], Counts()),
    "update: unknown": ("update", [], [A], [], Counts()),
    "update: deleted": ("update", [stored(A, deleted=2000)], [A], [], Counts()),
    "update: same": ("update", [stored(A)], [{"id": "a"}], [], Counts(unchanged=1)),
    "update: one field": (
        "update",
        [stored({"id": "a", "v": 1, "w": 1})],
        [{"id": "a", "v": 2}],
        [("a", 101, 1000, "UPDATED", None, {"id": "a", "v": 2, "w": 1})],
        Counts(updated=1),
    ),
    "update: to null": (
        "update",
        [stored(A)],
        [{"id": "a", "v": None}],
        [("a", 101, 1000, "UPDATED", None, {"id": "a", "v": None})],
        Counts(updated=1),
    ),
    "update: the id stays as it was": ("update", [stored({"id": 1})], [{"id": "1"}], [], Counts(unchanged=1)),
    "update: several": (
        "update",
        [stored(A), stored(B)],
        [{"id": "a"}, {"id": "c"}, {"id": "b", "v": 3}],
        [("b", 101, 1000, "UPDATED", None, {"id": "b", "v": 3})],
        Counts(updated=1, unchanged=1),
    ),
    "delete: there": (
        "delete",
        [stored(A)],
        [{"id": "a"}],
        [("a", 101, 1000, "DELETED", 5000, None)],
        Counts(deleted=1),
    ),
    "delete: unknown": ("delete", [], [A], [], Counts()),
    "delete: deleted": ("delete", [stored(A, deleted=2000)], [A], [], Counts()),
    "delete: several": (
        "delete",
        [stored(A, change=11), stored(B, change=10)],
        [B, {"id": "c"}, A],
        [("b", 101, 1000, "DELETED", 5000, None), ("a", 102, 1000, "DELETED", 5000, None)],
        Counts(deleted=2),
    ),
}

NEW = {"id": "a", "v": 9}
WRITTEN = ("a", 101, 1000, "UPDATED", None, NEW)
UNDELETED = ("a", 101, 1000, "ADDED", None, NEW)
DELETED = ("a", 101, 1000, "DELETED", 5000, None)

# The strategy ignore_if_modified_after was set after change 50.
IGNORING: dict[str, Case] = {
    "save: changed before": ("save", [stored(A, change=50, writer=OTHER)], [NEW], [WRITTEN], Counts(updated=1)),
    "save: changed since by another": ("save", [stored(A, change=51, writer=OTHER)], [NEW], [], Counts(unchanged=1)),
    "save: changed since by this task": (
        "save",
        [stored(A, change=51, writer=ME)],
        [NEW],
        [WRITTEN],
        Counts(updated=1),
    ),
    "save: deleted before": (
        "save",
        [stored(A, change=50, writer=OTHER, deleted=9)],
        [NEW],
        [UNDELETED],
        Counts(added=1),
    ),
    "save: deleted since by another": (
        "save",
        [stored(A, change=51, writer=OTHER, deleted=9)],
        [NEW],
        [],
        Counts(unchanged=1),
    ),
    "save: unknown": ("save", [], [A], [("a", 101, 5000, "ADDED", None, A)], Counts(added=1)),
    "update: changed before": ("update", [stored(A, change=50, writer=OTHER)], [NEW], [WRITTEN], Counts(updated=1)),
    "update: changed since by another": (
        "update",
        [stored(A, change=51, writer=OTHER)],
        [NEW],
        [],
        Counts(unchanged=1),
    ),
    "delete: changed since by another": (
        "delete",
        [stored(A, change=51, writer=OTHER)],
        [A],
        [DELETED],
        Counts(deleted=1),
    ),
}


def check(case: Case, ignore_after: int | None) -> None:
    operation, existing, incoming, expected, counts = case
    changes = merge(
        {row.id: row for row in existing},
        {str(record["id"]): record for record in incoming},
        operation=operation,
        stamp=STAMP,
        ignore_after=ignore_after,
    )
    data = {id: (change, data) for change, id, data in changes.payloads}
    actual = []
    for collection, id, change, hash, writer, first_seen, modified, action, deleted in changes.rows:
        assert (collection, writer, modified) == (7, ME, 5000)
        content = None
        if id in data:
            assert data[id][0] == change
            assert digest(data[id][1]) == hash
            content = next(
                record for record in [*incoming, *(row[5] for row in expected)] if encode(record) == data[id][1]
            )
        actual.append((id, change, first_seen, action, deleted, content))
    assert actual == expected
    assert changes.counts == counts
    assert changes.change == 100 + len(expected)
    assert len(changes.unchanged) == counts.unchanged
    # Every row that was there is either left alone, or its previous data is replaced or moved.
    before = {row.id: row.change for row in existing}
    gone = [before[row[1]] for row in changes.rows if row[1] in before]
    assert sorted(gone) == sorted([change for (change,) in changes.replaced] + [change for _, change in changes.moved])


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_override(case):
    check(case, None)


@pytest.mark.parametrize("case", IGNORING.values(), ids=IGNORING)
def test_ignore_if_modified_after(case):
    check(case, 50)


DEEP = [
    ({}, {"a": 1}, {"a": 1}),
    ({"a": 1}, {}, {"a": 1}),
    ({"a": {"b": 1, "c": 2}}, {"a": {"b": 3}}, {"a": {"b": 3, "c": 2}}),
    ({"a": {"b": {"c": 1}}}, {"a": {"b": {"d": 2}}}, {"a": {"b": {"c": 1, "d": 2}}}),
    ({"a": [1, 2, 3]}, {"a": [4]}, {"a": [4]}),
    ({"a": [{"b": 1}]}, {"a": [{"c": 2}]}, {"a": [{"c": 2}]}),
    ({"a": {"b": 1}}, {"a": 2}, {"a": 2}),
    ({"a": 1}, {"a": {"b": 2}}, {"a": {"b": 2}}),
    ({"a": {"b": 1}}, {"a": None}, {"a": None}),
    ({"a": {"b": 1}}, {"a": {}}, {"a": {"b": 1}}),
]


@pytest.mark.parametrize(("old", "new", "expected"), DEEP)
def test_merged(old, new, expected):
    before = encode([old, new])
    assert merged(old, new) == expected
    assert encode([old, new]) == before
