"""What can be said of a process that ended without an answer."""

from __future__ import annotations

import signal
from pathlib import Path

from nango_cli.runners.ending import Crashed

_NEAR = 0.8  # of its limit: what it asked for last is not in what it had


def explain(code: int, peak_memory: int, memory_limit: int | None, *, out_of_memory: bool) -> Crashed:
    """`code` is minus the number of a signal, or an exit code; memory is in bytes.

    `out_of_memory` says that the system ended some process for want of memory while this one ran.
    """
    if code >= 0:
        return Crashed(code, None, f"ended with exit code {code} before it was done")
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"  # a real-time signal
    detail = f"was ended by {name}"
    if name == "SIGKILL" and out_of_memory:
        detail += f": the system ran out of memory, of which it had {_megabytes(peak_memory)}"
    elif name != "SIGKILL" and memory_limit is not None and peak_memory >= _NEAR * memory_limit:
        detail += f" when it had {_megabytes(peak_memory)} of the {_megabytes(memory_limit)} of memory that it may use"
    return Crashed(None, name, detail)


def ended_for_memory() -> int:
    """How many processes this system has ended because memory ran out; 0 where it does not say."""
    try:
        counters = Path("/proc/vmstat").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in counters.splitlines() if line.startswith("oom_kill ")), 0)


def _megabytes(count: int) -> str:
    """Limits are usually whole numbers of binary ones."""
    return f"{count // 2**20 if count % 2**20 == 0 else round(count / 1_000_000)} MB"
