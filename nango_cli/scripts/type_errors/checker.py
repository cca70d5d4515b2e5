"""What a type checker is here: a program beside our Python, and how it is asked and understood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

SETTINGS = "settings.toml"  # an empty file, so that nothing else is read


class Finding(NamedTuple):
    """An error in a file: lines and columns count from 1 in code points, the end column is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    rule: str


class Checker(Protocol):
    NAME: str
    UNRESOLVED: str
    """The rule about an import that leads nowhere."""

    def arguments(self, files: Sequence[str]) -> list[str]:
        """How it is asked about files, in the folder that all imports start from."""
        ...

    def read(self, output: bytes) -> list[Finding]:
        """The errors in its output. What it raises for anything else is caught."""
        ...
