"""How what came of two runs differs: record by record, with the fields that changed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile, zip_longest
from typing import Any, Literal, NamedTuple

from nango_cli.environments.destination import Checkpoint
from nango_cli.recordings.cassette import Batches, Cassette
from nango_cli.recordings.identity import escaped

Part = Literal["saved", "updated", "deleted", "output", "checkpoint"]

_ABSENT: Any = object()
_MOST = 20  # differences, and fields of each
_WIDTH = 60  # characters of a value
_BEFORE_CHANGE = 20  # characters that a long value keeps before the first that differs
_RECORDS = {"saved": "", "updated": "update of ", "deleted": "deletion of "}


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """What came of a run, or `is_recorded` of one. Two are equal when `compare` finds nothing."""

    saved: Batches
    updated: Batches
    deleted: Batches
    output: Any = None
    checkpoint: Checkpoint | None = None
    is_recorded: bool = field(default=False, repr=False)

    def __eq__(self, other: object) -> bool:
        return next(_differences(self, other), None) is None if isinstance(other, Result) else NotImplemented


class Difference(NamedTuple):
    """`model` is None but for records, `id` for those without one; `before` and `after` are None for what is not there.

    `fields` has the JSON text before and after by dotted path such as `labels.0.name`, with `-` for none. The path is
    empty where the whole value changed.
    """

    kind: Literal["added", "missing", "changed"]
    part: Part
    model: str | None
    id: str | None
    fields: Mapping[str, tuple[str, str]]
    before: Any
    after: Any


def result_of(cassette: Cassette) -> Result:
    """What came of the recorded run."""
    known = cassette.saved, cassette.updated, cassette.deleted, cassette.output, cassette.checkpoint
    return Result(*known, is_recorded=True)


def compare(before: Result, after: Result) -> list[Difference]:
    """Records by model and id, the nth of an id with the nth, in any order; those without an id by position."""
    return list(_differences(before, after))


def changed_fields(before: Any, after: Any) -> dict[str, tuple[str, str]]:
    """The `fields` of the difference of two JSON values."""
    return {".".join(path): (_json(old), _json(new)) for path, old, new in _leaves(before, after)}


def lines(differences: Sequence[Difference], most: int | None = _MOST) -> list[str]:
    """Text for people; at most so many differences, fields of each and characters of a value, unless `most` is None."""
    shown = [line for each in differences[:most] for line in _lines(each, most)]
    return [*shown, *_rest(len(differences), most)]


def _differences(before: Result, after: Result) -> Iterator[Difference]:
    batches: tuple[tuple[Part, Batches, Batches], ...] = (
        ("saved", before.saved, after.saved),
        ("updated", before.updated, after.updated),
        ("deleted", before.deleted, after.deleted),
    )
    for part, old, new in batches:
        for model in dict.fromkeys([*old, *new]):
            were, are = _by_id(old.get(model, ())), _by_id(new.get(model, ()))
            for key in dict.fromkeys([*were, *are]):
                yield from _difference(part, model, key[0], were.get(key, _ABSENT), are.get(key, _ABSENT))
    yield from _difference("output", None, None, _present(before.output), _present(after.output))
    yield from _difference("checkpoint", None, None, _present(before.checkpoint), _present(after.checkpoint))


def _difference(part: Part, model: str | None, id: str | None, old: Any, new: Any) -> Iterator[Difference]:
    if old is _ABSENT and new is not _ABSENT:
        yield Difference("added", part, model, id, {}, None, new)
    elif new is _ABSENT and old is not _ABSENT:
        yield Difference("missing", part, model, id, {}, old, None)
    elif fields := changed_fields(old, new):
        yield Difference("changed", part, model, id, fields, old, new)


def _by_id(records: Iterable[Any]) -> dict[tuple[str | None, int], Any]:
    """Each record by its id as text, as stores have it, and how many of that id came before."""
    before: Counter[str | None] = Counter()
    found = {}
    for record in records:
        id = _id(record.get("id")) if isinstance(record, dict) else None
        found[id, before[id]] = record
        before[id] += 1
    return found


def _id(value: Any) -> str | None:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if value is None or isinstance(value, str) else _json(value)


def _leaves(before: Any, after: Any) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """The innermost values that differ and their paths, in the order of the values; nothing recurses."""
    todo: list[tuple[tuple[str, ...], Any, Any]] = [((), before, after)]
    while todo:
        path, old, new = todo.pop()
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            pairs = [(name, old.get(name, _ABSENT), new.get(name, _ABSENT)) for name in dict.fromkeys([*old, *new])]
        elif isinstance(old, list | tuple) and isinstance(new, list | tuple):
            both = enumerate(zip_longest(old, new, fillvalue=_ABSENT))
            pairs = [(str(number), *pair) for number, pair in both]
        elif isinstance(old, bool) != isinstance(new, bool) or old != new:
            yield path, old, new
            continue
        else:
            continue
        todo += [((*path, name), *pair) for name, *pair in reversed(pairs)]


def _present(value: Any) -> Any:
    return _ABSENT if value is None else value


def _json(value: Any) -> str:
    return "-" if value is _ABSENT else escaped(json.dumps(value, ensure_ascii=False))


def _lines(each: Difference, most: int | None) -> Iterator[str]:
    name = "(no id)" if each.id is None else _printable(each.id)
    what = each.part if each.model is None else f"{_RECORDS[each.part]}{_printable(each.model)} {name}"
    whole = each.before if each.after is None else each.after
    told = f"  {_cut(_json(whole), 0, most)}" if each.id is None and not each.fields else ""
    yield f"{each.kind:<7} {what}{told}"
    for name, (old, new) in list(each.fields.items())[:most]:
        start = _start(old, new) if most is not None else 0
        change = f"{_cut(old, start, most)} -> {_cut(new, start, most)}"
        yield f"    {_printable(name)}: {change}" if name else f"    {change}"
    for line in _rest(len(each.fields), most):
        yield f"    {line}"


def _start(old: str, new: str) -> int:
    """Where to begin with two texts, so that the change in a long one is seen."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    return max(0, same - _BEFORE_CHANGE) if max(len(old), len(new)) > _WIDTH else 0


def _cut(text: str, start: int, most: int | None) -> str:
    end = len(text) if most is None else start + _WIDTH
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _rest(count: int, most: int | None) -> list[str]:
    return [f"and {count - most} more"] if most is not None and count > most else []


def _printable(text: str) -> str:
    return text if text.isprintable() else json.dumps(text)
