"""What a run did to one record, and how two runs differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from nango_cli.environments.destination import Record
from nango_cli.environments.store.canonical import decode, digest, encode
from nango_cli.environments.store.merge import Action, Changes


class RecordChange(NamedTuple):
    """`model` is the stored one, `Model` or `Model::variant`. `hash` and `data`, which is canonical JSON, are of the
    content that the run left, and empty if it deleted the record."""

    model: str
    id: str
    action: Action | Literal["UNCHANGED"]
    hash: bytes
    data: bytes

    @property
    def record(self) -> Record | None:
        return decode(self.data) if self.data else None


class Difference(NamedTuple):
    """A record that two runs left differently; None where a run did not touch it."""

    model: str
    id: str
    before: RecordChange | None
    after: RecordChange | None


def changed(model: str, changes: Changes) -> Iterator[RecordChange]:
    """What a batch changed."""
    data = {id: data for _, id, data in changes.payloads}
    for _, id, _, hash, _, _, _, action, _ in changes.rows:
        left = data.get(id, b"")
        yield RecordChange(model, id, action, hash if left else b"", left)


def unchanged(model: str, saved: Iterable[tuple[str, Record]]) -> Iterator[RecordChange]:
    """Records that a run saved as they already were."""
    for id, record in saved:
        data = encode(record)
        yield RecordChange(model, id, "UNCHANGED", digest(data), data)


def compare(before: Iterable[RecordChange], after: Iterable[RecordChange]) -> Iterator[Difference]:
    """Both in the order of models and ids, as `Runs.changes` gives them; so is the result."""
    left, right = iter(before), iter(after)
    old, new = next(left, None), next(right, None)
    while old or new:
        if new is None or (old is not None and old[:2] < new[:2]):
            assert old is not None
            yield Difference(old.model, old.id, old, None)
            old = next(left, None)
        elif old is None or new[:2] < old[:2]:
            yield Difference(new.model, new.id, None, new)
            new = next(right, None)
        else:
            if old.hash != new.hash:
                yield Difference(old.model, old.id, old, new)
            old, new = next(left, None), next(right, None)
