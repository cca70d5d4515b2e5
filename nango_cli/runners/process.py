"""A guest's process: started as a group of its own, waited for once, and ended with all that it started."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

from nango_cli.errors import RunError
from nango_cli.runners import terminal
from nango_cli.runners.runner import Command

_STDERR = 2
_MAX_PAUSE = 0.02  # seconds between two looks at a process that is about to end


class Process:
    """Python's own way of waiting drops what the system knows about memory and time, so the waiting is done here."""

    def __init__(self, popen: subprocess.Popen[bytes]) -> None:
        self.pid = popen.pid
        self.code: int | None = None
        """The exit code, or minus the number of the signal that ended it; None while it runs."""
        self.cpu = 0.0
        """Seconds, known once it has ended."""
        self.peak_memory = 0
        """Bytes, known once it has ended."""
        self._popen = popen
        self._killed = False

    def running(self) -> bool:
        if self.code is None:
            self._reap(os.WNOHANG)
        return self.code is None

    def wait(self, seconds: float) -> bool:
        """Whether it ended in time."""
        deadline = time.monotonic() + seconds
        pause = 0.0005
        while self.running():
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            if not _sleep_until_end(self.pid, left):
                time.sleep(min(pause, left))
                pause = min(pause * 2, _MAX_PAUSE)
        return True

    def kill(self) -> None:
        """End it and whatever it started, and wait for it; once, as its number may be another's afterwards."""
        if self._killed:
            return
        self._killed = True
        self.measure()
        with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: of a group of zombies
            os.killpg(self.pid, signal.SIGKILL)
        if self.code is None:
            self._reap(0)

    def measure(self) -> None:
        """Note the peak of its memory while it is alive.

        What the system says after its end is too much for small processes: it counts what the memory of this process
        was when it started the other.
        """
        if self.code is None:
            self.peak_memory = max(self.peak_memory, _high_water_mark(self.pid))

    def _reap(self, options: int) -> None:
        try:
            pid, status, usage = os.wait4(self.pid, options)
        except ChildProcessError:  # SIGCHLD is ignored: nobody will ever know
            self.code = 0
        else:
            if not pid:
                return
            self.code = os.waitstatus_to_exitcode(status)
            self.cpu = usage.ru_utime + usage.ru_stime
            self.peak_memory = self.peak_memory or usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        self._popen.returncode = self.code  # it must not wait for a process that is gone


def _sleep_until_end(pid: int, seconds: float) -> bool:
    """Whether the system can wait for it, and has: until it ended, or as long."""
    if sys.platform != "linux":
        return False
    try:
        descriptor = os.pidfd_open(pid)
    except OSError:  # an old kernel, or no descriptor left
        return False
    try:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        poll.poll(seconds * 1000)
    finally:
        os.close(descriptor)
    return True


def start(command: Command, channel: int, lifeline: int, *, lend: bool, output_to_stderr: bool) -> Process:
    """Raises RunError NG605 when the program cannot be started."""
    # Reading from a terminal that is not lent would stop the guest for good.
    closed_stdin = terminal.reads_from_terminal() and not lend
    try:
        return Process(
            subprocess.Popen(
                [*command.arguments, str(channel)],
                cwd=command.folder,
                env=dict(command.environment),
                pass_fds=(channel, lifeline),
                process_group=0,
                stdin=subprocess.DEVNULL if closed_stdin else None,
                stdout=_STDERR if output_to_stderr else None,
            )
        )
    except OSError as error:
        raise RunError(f"cannot start {command.arguments[0]}: {error.strerror}", code="NG605") from error


def _high_water_mark(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    line = next((line for line in status.splitlines() if line.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(line.split()[1]) * 1024
