"""What a program answers, within limits of time and size."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path


class Unanswered(Exception):
    """A program gave no answer; the message says why."""


def answer(command: Sequence[str], folder: Path, *, seconds: float = 60, most: int = 16_000_000) -> bytes:
    """What a program prints in a folder that is its home, too: at most so many bytes, in so many seconds.

    It knows nothing of our environment, and finds no settings of the user's. Raises Unanswered; statuses 0 and 1 are
    answers.
    """
    environment = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "LC_ALL": "C.UTF-8"}
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            process_group=0,
        )
    except OSError as error:
        raise Unanswered(f"it cannot be started: {(error.strerror or str(error)).lower()}") from error
    assert process.stdout is not None
    late = threading.Event()

    def give_up() -> None:
        late.set()
        _kill(process)

    timer = threading.Timer(seconds, give_up)
    timer.daemon = True
    timer.start()
    try:
        output = process.stdout.read(most + 1)
        status = process.wait() if len(output) <= most else None
    finally:
        timer.cancel()
        process.stdout.close()
        if process.poll() is None:
            _kill(process)
            process.wait()
    if late.is_set():
        raise Unanswered(f"it took longer than {seconds:g} s")
    if status is None:
        raise Unanswered(f"it printed more than {most / 1_000_000:g} MB")
    if status not in (0, 1):
        raise Unanswered(f"it ended with status {status}")
    return output


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a program, and what it has started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
