"""Records on their way from a script to the environment: checked, one of each id, counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from nango_cli.environments.environment import Counts, Destination, Record, Records
from nango_cli.execution import records
from nango_cli.execution.event import Event, LogLine, RecordsSaved
from nango_cli.execution.outcome import InvalidRecord
from nango_cli.execution.validation import Problem, Validation

Operation = Literal["save", "update", "delete"]


class Saving:
    """`counts` says what changed, by model; `invalid` which records were refused, and why."""

    def __init__(
        self,
        integration: str,
        connection_id: str,
        script: str,
        environment: Records,
        validation: Validation,
        listen: Callable[[Event], None],
    ) -> None:
        self.counts: dict[str, Counts] = {}
        self.invalid: list[InvalidRecord] = []
        self._destination = (integration, connection_id, script)
        self._environment = environment
        self._validation = validation
        self._listen = listen
        self._batches = 0

    def write(self, operation: Operation, model: str, batch: list[Any]) -> None:
        """Hand a batch on. A record that does not fit its model stays behind; the others do not suffer for it."""
        self._batches += 1
        kept, doubles = records.last_of_each(batch)
        if doubles:
            text = f"{doubles} of {len(batch)} {model} records have the id of a later one, which replaces them"
            self._listen(LogLine("warn", text))
        valid: list[Record] = []
        for index, given in kept:
            record = records.clean(given) if isinstance(given, dict) else given
            problems = self._check(operation, model, record, f"records[{index}]")
            if problems:
                id = records.identity(record)
                self.invalid.append(InvalidRecord(model, operation, self._batches, id, problems))
            else:
                valid.append(record)
        if not valid:
            return
        write = {
            "save": self._environment.save,
            "update": self._environment.update,
            "delete": self._environment.delete,
        }[operation]
        counts = write(Destination(*self._destination, model), valid)
        self.counts[model] = self.counts.get(model, Counts()) + counts
        self._listen(RecordsSaved(model, len(valid), operation))

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
