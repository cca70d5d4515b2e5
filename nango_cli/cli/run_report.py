"""What became of a run, for every format: numbers, and an exit status."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from nango_cli.errors import exit_status
from nango_cli.execution.outcome import Outcome

if TYPE_CHECKING:
    from nango_cli.testing.replaying import Kept

_NOT_EMULATED = {
    "lock.acquire": "locks are free: nothing else runs",
    "sync.start": "no schedule was started",
}
_NOT_REMEMBERED = {
    "deletes.end": "deleted records were looked for among those of this run only",
    "records.strategy": "the merging strategy had nothing to merge with",
}


def not_emulated(outcome: Outcome, *, remembered: bool) -> list[str]:
    """What the run did otherwise than a deployed one would."""
    texts = _NOT_EMULATED if remembered else {**_NOT_REMEMBERED, **_NOT_EMULATED}
    notes = [text for method, text in texts.items() if method in outcome.asked]
    if outcome.limited:
        undeleted = ", and no record was deleted for not being there" if outcome.undeleted else ""
        notes.append(f"a limit was reached, so not all data was read{undeleted}")
    if outcome.confined is False:
        notes.append("this system cannot confine scripts, so this one could read files and use the network")
    return notes


def status_of(outcome: Outcome, kept: Kept | None = None) -> int:
    """The exit status: 0 when all went well, 130 when the user interrupted, else that of the failure's code.

    As shells have it, 128 and its number for a signal that ended us, and 141 when whoever read the output went away.
    """
    if outcome.status == "interrupted":
        return 130
    if outcome.failure is not None:
        if outcome.failure.type == "ReaderGone":
            return 141
        if outcome.status == "stopped" and outcome.failure.signal:
            return 128 + signal.Signals[outcome.failure.signal]
        return exit_status(outcome.failure.code)
    return exit_status(kept.found[0].code) if kept and kept.found else 0


def numbers(outcome: Outcome, run: int | None, kept: Kept | None = None) -> dict[str, Any]:
    """The run as a program reads it, without its records; `run` is its number if it is remembered."""
    return {
        "run": run,
        **({"saved": kept.saved} if kept else {}),
        "status": outcome.status,
        "duration_ms": round(outcome.duration * 1000),
        "counts": {model: asdict(counts) for model, counts in outcome.counts.items()},
        "pages": sum(each.page is not None and each.attempt == 1 for each in outcome.requests),
        "retries": outcome.retries,
        "invalid_records": outcome.invalid_count,
        "side_effects": [asdict(each) for each in outcome.side_effects],
        "limited": outcome.limited,
        "confined": outcome.confined,
        "not_emulated": not_emulated(outcome, remembered=run is not None),
        "peak_memory": {"script": outcome.spent.script_memory, "nango": outcome.spent.own_memory},
        "script_cpu_ms": round(outcome.spent.script_cpu * 1000),
        "spent_ms": {name: round(seconds * 1000) for name, seconds in outcome.spent.seconds.items()},
    }


def counted(number: int, what: str) -> str:
    """`1 page`, `1,200 pages`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def changes(counts: Mapping[str, int]) -> str:
    """`23 added, 2 unchanged`; what did not happen is left out."""
    return ", ".join(f"{number:,} {name}" for name, number in counts.items() if number) or "nothing"
