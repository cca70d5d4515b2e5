"""Where records go, and what became of them there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Record = dict[str, Any]
Strategy = Literal["override", "ignore_if_modified_after"]
Checkpoint = Mapping[str, str | int | float | bool]


@dataclass(frozen=True, slots=True)
class Task:
    """One script for one connection: what owns a checkpoint, a last sync date and locks."""

    integration: str
    connection_id: str
    script: str
    variant: str = "base"


@dataclass(frozen=True, slots=True)
class Destination:
    """The records of one model that one task keeps."""

    task: Task
    model: str

    @property
    def stored_model(self) -> str:
        """The model as the server's API names it: `Model`, or `Model::variant`."""
        return self.model if self.task.variant == "base" else f"{self.model}::{self.task.variant}"


@dataclass(frozen=True, slots=True)
class Counts:
    """What a write changed; `unchanged` records were saved as they already were."""

    added: int = 0
    updated: int = 0
    deleted: int = 0
    unchanged: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.added + other.added,
            self.updated + other.updated,
            self.deleted + other.deleted,
            self.unchanged + other.unchanged,
        )


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Records with their `_nango_metadata`; `next_cursor` asks for those after them, None at the end."""

    records: tuple[Record, ...]
    next_cursor: str | None
