"""What a run may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` of wall time, `memory` in bytes of the script's process, `pages` of each `paginate`, `records` written.

    None is no limit.
    """

    seconds: float | None = None
    memory: int | None = None
    pages: int | None = None
    records: int | None = None
