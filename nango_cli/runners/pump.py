"""Runs a guest to its end and answers its questions on the way, whatever the guest does."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from nango_cli.errors import NangoError, RunError
from nango_cli.runners import terminal
from nango_cli.runners.line import Closed, Line, Malformed
from nango_cli.runners.protocol import Refusal, RunParams, ScriptError
from nango_cli.runners.runner import Command

Serve = Callable[[str, dict[str, Any]], Any]
"""Answers a guest's question: method and params to result. Raises Refused, or a NangoError, for the script to see."""

_GRACE = 2.0  # seconds for a guest that has answered to leave by itself
_STDERR = 2


class Refused(Exception):
    """The answer to a question that cannot be answered."""

    def __init__(self, message: str, data: Refusal | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.data: Refusal = data or {"kind": "refused"}


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


def pump(
    command: Command,
    params: RunParams,
    serve: Serve,
    *,
    time_limit: float | None = None,
    stop: threading.Event | None = None,
    output_to_stderr: bool = False,
    meanwhile: Callable[[], None] = lambda: None,
) -> Ending:
    """Start a guest, ask it to run, serve it until it ends. No process of its group outlives the call.

    `time_limit` is in seconds. `meanwhile` is called once, while the guest starts. Raises KeyboardInterrupt when the
    user interrupts either process.
    """
    ours, theirs = socket.socketpair()
    lend = terminal.can_lend()
    with ours:
        with theirs:
            process = _start(command, theirs.fileno(), lend, output_to_stderr)
        try:
            with terminal.lent_to(process.pid) if lend else contextlib.nullcontext():
                line = Line(ours, _watch(process, time_limit, stop))
                ending = _serve(line, {**params, "in_foreground": lend}, serve, meanwhile)
                if isinstance(ending, Returned | Raised):
                    _await(process, _GRACE)
        except Closed:
            ending = _crash(process)
        except Malformed as error:
            ending = Crashed(None, None, str(error))
        except _Stop as error:
            ending = Stopped(error.reason)
        finally:
            _kill(process)
    if isinstance(ending, Crashed) and ending.signal == "SIGINT":
        raise KeyboardInterrupt
    if isinstance(ending, Raised) and ending.error["kind"] == "interrupt":
        raise KeyboardInterrupt
    return ending


class _Stop(Exception):
    def __init__(self, reason: str) -> None:
        self.reason = reason


def _start(command: Command, channel: int, lend: bool, output_to_stderr: bool) -> subprocess.Popen[bytes]:
    # Reading from a terminal that is not lent would stop the guest for good.
    closed_stdin = terminal.reads_from_terminal() and not lend
    try:
        return subprocess.Popen(
            [*command.arguments, str(channel)],
            cwd=command.folder,
            env=command.environment,
            pass_fds=(channel,),
            process_group=0,
            stdin=subprocess.DEVNULL if closed_stdin else None,
            stdout=_STDERR if output_to_stderr else None,
        )
    except OSError as error:
        raise RunError(f"cannot start {command.arguments[0]}: {error.strerror}", code="NG605") from error


def _watch(
    process: subprocess.Popen[bytes], time_limit: float | None, stop: threading.Event | None
) -> Callable[[], bool]:
    """Whether the process still runs; raises _Stop when it should not."""
    deadline = None if time_limit is None else time.monotonic() + time_limit

    def alive() -> bool:
        if stop is not None and stop.is_set():
            raise _Stop("stopped")
        if deadline is not None and time.monotonic() >= deadline:
            raise _Stop("time limit")
        return process.poll() is None

    return alive


def _serve(line: Line, params: RunParams, serve: Serve, meanwhile: Callable[[], None]) -> Ending:
    line.write({"id": 0, "method": "run", "params": params})
    with _uninterrupted():
        meanwhile()
    while True:
        message = line.read()
        if "method" not in message:
            if "error" in message:
                return Raised(cast(ScriptError, message["error"]["data"]))
            return Returned(message["result"]["output"])
        try:
            answer = {"result": serve(message["method"], message["params"])}
        except Refused as error:
            answer = _refusal(error.message, error.data)
        except NangoError as error:
            answer = _refusal(error.message, {"kind": "refused", "code": error.code, "help": error.help})
        line.write({"id": message["id"], **answer})


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back until the end: the import system can swallow it, and then nothing would ever stop."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _refusal(message: str, data: Refusal) -> dict[str, Any]:
    return {"error": {"code": -32000, "message": message, "data": data}}


def _crash(process: subprocess.Popen[bytes]) -> Crashed:
    """How a process ended that closed its channel; it may have closed it without ending."""
    if not _await(process, _GRACE):
        return Crashed(None, None, "closed its channel to nango and ran on")
    code = process.returncode
    if code >= 0:
        return Crashed(code, None, f"ended with exit code {code} before it was done")
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"  # a real-time signal
    return Crashed(None, name, f"was ended by {name}")


def _await(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the guest and whatever it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: of a group of zombies
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
