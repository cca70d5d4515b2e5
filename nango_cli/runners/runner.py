"""What turns a script file into a process."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_FOLDERS = {"sync": ("syncs",), "action": ("actions",), "on-event": ("on-events", "on_events")}


@dataclass(frozen=True, slots=True)
class Command:
    """A guest's command line, to which the number of its channel's file descriptor is added."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path


class Runner(Protocol):
    """A module with these names is a runner."""

    SUFFIX: str

    def health(self) -> str | None:
        """Why scripts of this kind cannot run here, or None when they can."""

    def prepare(self, script: Path, root: Path, environment: Mapping[str, str]) -> Command:
        """The command that starts a guest for a script, with the harmless part of an environment."""


def candidates(root: Path, integration: str, kind: str, name: str, suffix: str) -> Iterator[Path]:
    """Where a script's file may be, the best place first: in its integration's folder, else at the root.

    A name that leads elsewhere has no place.
    """
    if any(part in ("", ".", "..") for each in (integration, name) for part in re.split(r"[/\\]", each)):
        return
    stems = list(dict.fromkeys((name.replace("-", "_"), name, name.replace("_", "-"))))
    for folder in _FOLDERS[kind]:
        for stem in stems:
            yield root / integration / folder / f"{stem}{suffix}"
    for stem in stems:
        yield root / f"{stem}{suffix}"
