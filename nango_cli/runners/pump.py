"""Runs a guest to its end and answers its questions on the way, whatever the guest does."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, cast

from nango_cli.errors import NangoError
from nango_cli.runners import crash, terminal
from nango_cli.runners.ending import Crashed, Ended, Ending, Raised, Returned, Stopped, Usage
from nango_cli.runners.guest import Guest, started
from nango_cli.runners.line import Closed, Line, Malformed
from nango_cli.runners.private_folder import private_folder
from nango_cli.runners.process import Process
from nango_cli.runners.protocol import Refusal, RunParams, ScriptError
from nango_cli.runners.runner import Command
from nango_cli.runners.termination import SIGNALS, Terminated

__all__ = ["Crashed", "Ended", "Ending", "Raised", "Refused", "Returned", "Serve", "Stop", "Stopped", "Usage", "pump"]

Serve = Callable[[str, dict[str, Any]], Any]
"""Answers a guest's question: method and params to result.

Raises Refused, or a NangoError, for the script to see, or Stop.
"""

_GRACE = 2.0  # seconds for a guest that has answered to leave by itself


class Refused(Exception):
    """The answer to a question that cannot be answered."""

    def __init__(self, message: str, data: Refusal | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.data: Refusal = data or {"kind": "refused"}


def pump(
    guest: Command | Guest,
    params: RunParams,
    serve: Serve,
    *,
    time_limit: float | None = None,
    stop: threading.Event | None = None,
    output_to_stderr: bool = False,
    meanwhile: Callable[[], None] = lambda: None,
) -> Ended:
    """Ask a guest to run, serve it until it ends. Nothing of its process group outlives the call, or us.

    A command is started first, `output_to_stderr` or not. `time_limit` is in seconds. `meanwhile` is called once, while
    the guest starts. A confined guest gets a folder of its own for temporary files, which is removed at the end. Raises
    KeyboardInterrupt when the user interrupts either process, Terminated when the guest's terminal is closed.
    """
    with contextlib.ExitStack() as stack:
        if isinstance(guest, Command):
            guest = stack.enter_context(started(guest, output_to_stderr=output_to_stderr))
        process = guest.process
        asked: RunParams = {**params, "in_foreground": guest.lend, "lifeline": guest.lifeline}
        if params["confinement"] is not None:
            asked["temporary"] = stack.enter_context(private_folder())
        line = Line(guest.channel, _watch(process, time_limit, stop))
        ending: Ending
        confined: bool | None = None
        try:
            with terminal.lent_to(process.pid) if guest.lend else contextlib.nullcontext():
                ending, confined = _serve(line, asked, serve, meanwhile)
                process.measure()
                line.write({"method": "leave", "params": {}})
                process.wait(_GRACE)
        except Closed:
            ending = _crash(process, params, guest.ended_for_memory)
        except Malformed as error:
            ending = Crashed(None, None, str(error))
        except Stop as error:
            ending = Stopped(error.reason)
        finally:
            process.kill()
    if isinstance(ending, Crashed) and ending.signal == "SIGINT":
        raise KeyboardInterrupt
    if isinstance(ending, Crashed) and ending.signal == "SIGHUP" and guest.lend:
        raise Terminated(signal.SIGHUP)  # the terminal that the guest had was closed
    if isinstance(ending, Raised) and ending.error["kind"] == "interrupt":
        raise KeyboardInterrupt
    return Ended(ending, Usage(process.peak_memory, process.cpu, line.coding, confined))


class Stop(Exception):
    """The run ends here: `reason` is `time limit` or `stopped`."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


def _watch(process: Process, time_limit: float | None, stop: threading.Event | None) -> Callable[[], bool]:
    """Whether the process still runs; raises Stop when it should not."""
    deadline = None if time_limit is None else time.monotonic() + time_limit

    def alive() -> bool:
        if stop is not None and stop.is_set():
            raise Stop("stopped")
        if deadline is not None and time.monotonic() >= deadline:
            raise Stop("time limit")
        return process.running()

    return alive


def _serve(
    line: Line, params: RunParams, serve: Serve, meanwhile: Callable[[], None]
) -> tuple[Returned | Raised, bool | None]:
    """The end of the run, and whether it was confined."""
    line.write({"id": 0, "method": "run", "params": params})
    with _uninterrupted():
        meanwhile()
        line.hurry()
    while True:
        message = line.read()
        if "method" not in message:
            if "error" in message:
                error = message["error"]["data"]
                return Raised(cast(ScriptError, error)), error.get("confined")
            return Returned(message["result"]["output"]), message["result"].get("confined")
        try:
            answer = {"result": serve(message["method"], message["params"])}
        except Refused as error:
            answer = _refusal(error.message, error.data)
        except NangoError as error:
            answer = _refusal(error.message, {"kind": "refused", "code": error.code, "help": error.help})
        line.write({"id": message["id"], **answer})


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold back what ends us: the import system can swallow it, and then nothing would ever stop."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, *SIGNALS})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _refusal(message: str, data: Refusal) -> dict[str, Any]:
    return {"error": {"code": -32000, "message": message, "data": data}}


def _crash(process: Process, params: RunParams, ended_for_memory: int) -> Crashed:
    """How a process ended that closed its channel; it may have closed it without ending."""
    if not process.wait(_GRACE) or process.code is None:
        return Crashed(None, None, "closed its channel to nango and ran on")
    confinement = params["confinement"]
    return crash.explain(
        process.code,
        process.peak_memory,
        confinement["memory"] if confinement else None,
        out_of_memory=crash.ended_for_memory() > ended_for_memory,
    )
