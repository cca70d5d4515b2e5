"""How a script's process ended, as a failure."""

from __future__ import annotations

from typing import assert_never

from nango_cli.execution.outcome import Failure, Frame, Status
from nango_cli.runners.ending import Crashed, Ended, Raised, Returned, Stopped
from nango_cli.runners.protocol import ScriptError

_STOPPED = {
    "time limit": ("Stopped", "the script took longer than its time limit"),
    "stopped": ("Stopped", "the run was stopped"),
    "interrupted": ("Interrupted", "the run was interrupted"),
}


def failure_of(ended: Ended) -> Failure | None:
    """None when the script ran to its end."""
    match ended.ending:
        case Returned():
            return None
        case Raised(error=error):
            return _raised(error)
        case Crashed(exit_code=exit_code, signal=signal, detail=detail):
            message = f"the script's process {detail}"
            return Failure("NG605", "Crash", message, exit_code=exit_code, signal=signal)
        case Stopped(reason=reason):
            kind, message = _STOPPED[reason]
            return Failure("NG605", kind, message)
        case _:
            assert_never(ended.ending)


def status_of(failure: Failure | None) -> Status:
    if failure is None:
        return "success"
    statuses: dict[str, Status] = {"Crash": "crash", "Stopped": "stopped", "Interrupted": "interrupted"}
    return statuses.get(failure.type, "failure") if failure.code == "NG605" else "failure"


def _raised(error: ScriptError) -> Failure:
    return Failure(
        code=error.get("code") or "NG601",
        type=error["type"],
        message=error["message"],
        help=error.get("help"),
        frames=tuple(Frame(**frame) for frame in error["frames"]),
        payload=error.get("payload"),
        status=error.get("status"),
    )
