"""Records: reading them back, and for syncs writing them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, TypeVar

from nango_cli.sdk.context import Part
from nango_cli.sdk.errors import SdkError
from nango_cli.sdk.models import name_of
from nango_cli.sdk.plain import rows

Id = TypeVar("Id", str, int)
Model = str | type
"""A model's name in nango.yaml, or its class."""
Strategy = Literal["override", "ignore_if_modified_after"]

_BATCH = 1000  # records in a message: what Nango takes at once
_IDS = 100


class RecordReader(Part):
    """Records as they are stored: dicts."""

    def list_records(self, model: Model, cursor: str | None = None) -> Iterator[dict[str, Any]]:
        """Yield every stored record of a model, or those after a cursor; asks for more as they are used up."""
        name = name_of(model, self._context.outputs)
        while True:
            page = self._channel.call("records.list", {"model": name, "cursor": cursor})
            yield from page["records"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def get_records_by_ids(self, ids: Iterable[Id], model: Model) -> dict[Id, dict[str, Any]]:
        """The stored records with these ids, by id; ids that are not there are left out."""
        if isinstance(ids, str):
            raise SdkError("ids come as a list, not as one text")
        name = name_of(model, self._context.outputs)
        found: dict[Id, dict[str, Any]] = {}
        for some in _batches(dict.fromkeys(ids), _IDS):
            answer = self._channel.call("records.get", {"model": name, "ids": [str(id) for id in some]})["records"]
            found.update((id, answer[str(id)]) for id in some if str(id) in answer)
        return found


class RecordWriter(RecordReader):
    """Records come as dicts, models or dataclasses, in any iterable, which is read as they are written.

    `model` is one of the sync's outputs, and may be left out if there is only one.
    """

    def batch_save(self, records: Iterable[object], model: Model | None = None) -> None:
        """Add records, or replace those with the same `id`."""
        self._write("records.save", records, model)

    def batch_update(self, records: Iterable[object], model: Model | None = None) -> None:
        """Change the given fields of records that are there already."""
        self._write("records.update", records, model)

    def batch_delete(self, records: Iterable[object], model: Model | None = None) -> None:
        """Delete records; only their `id` counts."""
        self._write("records.delete", records, model)

    def set_merging_strategy(self, strategy: Strategy | Mapping[str, str], model: Model | None = None) -> None:
        """Say what happens to records that others changed meanwhile.

        `override`, as usual, replaces them; `ignore_if_modified_after` keeps what was changed after the run began.
        """
        name = strategy.get("strategy", "") if isinstance(strategy, Mapping) else strategy
        if name not in ("override", "ignore_if_modified_after"):
            help = "strategies: override, ignore_if_modified_after"
            raise SdkError(f"there is no merging strategy {name!r}", help=help)
        self._channel.call("records.strategy", {"model": self._output(model), "strategy": name})

    def track_deletes_start(self, model: Model | None = None) -> None:
        """From here on, note which records are saved: `track_deletes_end` deletes the others."""
        self._channel.call("deletes.start", {"model": self._output(model)})

    def track_deletes_end(self, model: Model | None = None) -> list[str]:
        """Delete the records that were not saved since `track_deletes_start`, and return their ids."""
        answer = self._channel.call("deletes.end", {"model": self._output(model)})
        deleted: list[str] = answer["deleted_keys"]
        return deleted

    def _write(self, method: str, records: Iterable[object], model: Model | None) -> None:
        if isinstance(records, Mapping | str | bytes) or not isinstance(records, Iterable) or _is_model(records):
            raise SdkError(f"records come as a list, not as one {type(records).__name__}")
        name = self._output(model)
        first = 0
        for some in _batches(records, _BATCH):
            self._channel.call(method, {"model": name, "records": rows(some, first), "first": first})
            first += len(some)

    def _output(self, model: Model | None) -> str:
        """The name of the model, which must be an output of the sync."""
        outputs, script = self._context.outputs, self._context.script
        if model is None:
            if len(outputs) == 1:
                return outputs[0]
            help = "pass one of them: " + ", ".join(outputs) if outputs else "declare `output` in nango.yaml"
            count = f"has {len(outputs)} outputs" if outputs else "has no output"
            raise SdkError(f"the sync `{script}` {count}", help=help)
        name = name_of(model, outputs)
        if name not in outputs:
            help = "its outputs: " + ", ".join(outputs) if outputs else "declare `output` in nango.yaml"
            raise SdkError(f"`{name}` is not an output of the sync `{script}`", help=help)
        return name


def _is_model(value: object) -> bool:
    return hasattr(value, "model_dump")  # its fields can be iterated over


T = TypeVar("T")


def _batches(values: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(values)
    while some := list(itertools.islice(rest, size)):
        yield some
