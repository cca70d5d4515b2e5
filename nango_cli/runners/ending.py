"""How runs end, and what they take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nango_cli.runners.protocol import ScriptError


@dataclass(frozen=True, slots=True)
class Returned:
    """The script ran to its end."""

    output: Any


@dataclass(frozen=True, slots=True)
class Raised:
    """The script failed, and could say how."""

    error: ScriptError


@dataclass(frozen=True, slots=True)
class Crashed:
    """The process ended without an answer. `exit_code` is None when a signal ended it, or when it had to be killed."""

    exit_code: int | None
    signal: str | None
    detail: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """We ended it: `reason` is `time limit` or `stopped`."""

    reason: str


Ending = Returned | Raised | Crashed | Stopped


@dataclass(frozen=True, slots=True)
class Usage:
    """What a run took: of the guest's process, but for `protocol`.

    `peak_memory` is in bytes. The others are in seconds: `cpu` of the guest and the programs that it waited for,
    `protocol` that the host spent on encoding and decoding messages. `confined` says whether the system held the guest
    to its confinement; None when the guest could not say.
    """

    peak_memory: int
    cpu: float
    protocol: float
    confined: bool | None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended, and what it took."""

    ending: Ending
    usage: Usage
