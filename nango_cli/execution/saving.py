"""Records on their way from a script to the environment: checked, one of each id, counted."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Literal

from nango_cli.environments.destination import Counts, Destination, Record, Task
from nango_cli.environments.environment import Records
from nango_cli.execution import records
from nango_cli.execution.event import Event, LogLine, RecordsSaved
from nango_cli.execution.outcome import InvalidRecord
from nango_cli.execution.validation import Problem, Validation

Operation = Literal["save", "update", "delete"]

MOST_KEPT = 1000  # invalid records; there may be millions, and nobody reads them


class InvalidBatch(Exception):
    """A record does not fit its model, and the run was asked to end there."""


class Saving:
    """`counts` says what changed, by model; `invalid` which records were refused, and why, the first of
    `invalid_count`. After `limit` records `full` is true, and once further ones were left out `limited` is.
    `seconds` is the time spent on validating and on storing.
    """

    def __init__(
        self,
        task: Task,
        environment: Records,
        validation: Validation,
        listen: Callable[[Event], None],
        *,
        strict: bool = False,
        limit: int | None = None,
    ) -> None:
        self.counts: dict[str, Counts] = {}
        self.invalid: list[InvalidRecord] = []
        self.invalid_count = 0
        self.limited = False
        self.seconds = {"validation": 0.0, "storing": 0.0}
        self._task = task
        self._environment = environment
        self._validation = validation
        self._listen = listen
        self._strict = strict
        self._left = limit
        self._batches = 0

    @property
    def full(self) -> bool:
        return self._left == 0

    def write(self, operation: Operation, model: str, batch: list[Any], first: int = 0) -> None:
        """Hand a batch on. A record that does not fit its model stays behind; the others do not suffer for it.

        `first` is the index of the batch's first record in what the script passed.
        Raises InvalidBatch instead, with nothing of the batch written, in a strict run.
        """
        self._batches += 1
        kept, doubles, identified = records.last_of_each(batch)
        if doubles:
            text = f"{doubles} of {len(batch)} {model} records have the id of a later one, which replaces them"
            self._listen(LogLine("warn", text))
        start = time.perf_counter()
        valid = self._valid(operation, model, kept, identified, first)
        self.seconds["validation"] += time.perf_counter() - start
        if self._left is not None:
            self.limited |= len(valid) > self._left
            valid = valid[: self._left]
            self._left -= len(valid)
        if not valid:
            return
        write = {
            "save": self._environment.save,
            "update": self._environment.update,
            "delete": self._environment.delete,
        }[operation]
        start = time.perf_counter()
        counts = write(Destination(self._task, model), valid)
        self.seconds["storing"] += time.perf_counter() - start
        self.counts[model] = self.counts.get(model, Counts()) + counts
        self._listen(RecordsSaved(model, len(valid), operation, counts))

    def count_deleted(self, model: str, number: int) -> None:
        """Count records that were deleted because they were not seen any more."""
        if number:
            self.counts[model] = self.counts.get(model, Counts()) + Counts(deleted=number)
            self._listen(RecordsSaved(model, number, "delete", Counts(deleted=number)))

    def _valid(
        self, operation: Operation, model: str, kept: records.Kept, identified: bool, first: int
    ) -> list[Record]:
        cleaned = records.cleaned(kept)
        if operation == "save" and identified and self._validation.all_fit(model, cleaned):
            return cleaned
        valid: list[Record] = []
        for (index, _), record in zip(kept, cleaned, strict=True):
            problems = self._check(operation, model, record, f"records[{first + index}]")
            if not problems:
                valid.append(record)
                continue
            self.invalid_count += 1
            if len(self.invalid) < MOST_KEPT:
                id = records.identity(record)
                self.invalid.append(InvalidRecord(model, operation, self._batches, id, problems))
        if self._strict and len(valid) < len(kept):
            count = len(kept) - len(valid)
            raise InvalidBatch(f"{count} of {len(kept)} {model} records of this batch are not valid")
        return valid

    def _check(self, operation: Operation, model: str, record: Any, path: str) -> tuple[Problem, ...]:
        """All of a saved record counts, of an updated one what is there, of a deleted one its id."""
        problems: tuple[Problem, ...] = ()
        if operation != "delete":
            problems = self._validation.check(model, record, path, partial=operation == "update")
        elif not isinstance(record, dict):
            return (Problem(path, "is not an object"),)
        if isinstance(record, dict) and records.identity(record) is None:
            place = f"{path}.id"
            if all(each.path != place for each in problems):
                return (*problems, Problem(place, "is missing" if "id" not in record else "is empty"))
        return problems
