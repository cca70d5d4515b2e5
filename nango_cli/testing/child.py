"""pytest in a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from nango_cli.errors import RunError
from nango_cli.redaction import USER_INFO, is_secret_name
from nango_cli.runners.termination import Terminated, heeded
from nango_cli.testing.reporter import END, INTERRUPTED

_OPTIONS = ("-q", "--import-mode=importlib", "-o", "verbosity_assertions=2", "-p", "nango")
# Words in names of variables. Of words that stand alone none is PWD: that is the current folder.
_SECRET_WORDS = frozenset(
    [
        *("APIKEY", "AUTH", "BEARER", "COOKIE", "CREDENTIAL", "CREDENTIALS", "DSN", "KEY", "PASS", "PASSPHRASE"),
        *("PASSWD", "PASSWORD", "PAT", "PGPASS", "PWD", "SALT", "SECRET", "SK", "TOKEN", "WEBHOOK"),
    ]
)
_FOLDERS = ("PWD", "OLDPWD")
_MOMENT = 1.0  # seconds in which pytest ends if it was told what we were, as all of a group are
_GRACE = 10.0  # seconds for it to end when we tell it


class Ended(NamedTuple):
    """`status` is pytest's, or a signal's number below zero; `tests` are those of `Reporter`, `whole` if that ended."""

    status: int
    tests: list[dict[str, Any]]
    whole: bool
    interrupted: bool


def run(arguments: Sequence[str], folder: Path, environ: Mapping[str, str], out: TextIO, err: TextIO) -> Ended:
    """Run pytest in a folder, and in the harmless part of an environment.

    Raises RunError NG614 when it cannot be started, KeyboardInterrupt when the user has interrupted it.
    """
    with tempfile.TemporaryDirectory(prefix="nango-test-") as place:
        report = Path(place) / "report"
        command = [sys.executable, "-m", "pytest", *_OPTIONS, f"--nango-report={report}", *arguments]
        told = None
        with _interrupts_held_back() as held:
            process = _started(command, folder, environ, out, err)
            try:
                for stream, text in zip((out, err), _wait(process, held), strict=True):
                    stream.write(text or "")
            except Terminated as error:
                told = error
        lines = [json.loads(line) for line in _whole_lines(report)]
    if told is not None:  # not before the folder is gone
        signal.raise_signal(signal.Signals[told.signal])
    tests = [each for each in lines if END not in each]
    ends = [each[END] for each in lines if END in each]
    return Ended(process.returncode, tests, bool(ends), INTERRUPTED in ends)


def _started(
    command: Sequence[str], folder: Path, environ: Mapping[str, str], out: TextIO, err: TextIO
) -> subprocess.Popen[str]:
    try:
        return subprocess.Popen(
            command,
            cwd=folder,
            env=harmless(environ),
            stdout=_file(out),
            stderr=_file(err),
            text=True,
            errors="replace",
        )
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise RunError(f"pytest cannot be started: {reason}", code="NG614", help="check the installation") from error


def _interrupts_held_back() -> contextlib.ExitStack:
    """Hold interrupts back until the stack is closed; a process started meanwhile does until its plugin is ready."""
    held = contextlib.ExitStack()
    held.callback(signal.pthread_sigmask, signal.SIG_SETMASK, signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT]))
    return held


def harmless(environ: Mapping[str, str]) -> dict[str, str]:
    """An environment without what could be a secret: replays need none, and tests are to pass without."""
    return {name: value for name, value in environ.items() if not _may_be_secret(name, value)}


def _may_be_secret(name: str, value: str) -> bool:
    if name in _FOLDERS:
        return False
    words = set(re.split(r"[^A-Z]+", name.upper()))
    named = name.startswith("NANGO_VARIABLE_") or is_secret_name(name) or not words.isdisjoint(_SECRET_WORDS)
    return named or USER_INFO.search(value) is not None


def _file(stream: TextIO) -> int:
    """The stream itself, so that pytest knows a terminal when it writes to one; a pipe for what is no file."""
    try:
        return stream.fileno()
    except OSError:
        return subprocess.PIPE


def _wait(process: subprocess.Popen[str], held: contextlib.ExitStack) -> tuple[str, str]:
    try:
        with heeded():
            held.close()
            return process.communicate()
    except (KeyboardInterrupt, Terminated) as error:
        told = signal.Signals[error.signal] if isinstance(error, Terminated) else signal.SIGINT
        try:
            if not _ends(process, _MOMENT) and not (told == signal.SIGINT and _in_foreground()):
                process.send_signal(told)
            _ends(process, _GRACE)
        finally:
            process.kill()
        raise


def _ends(process: subprocess.Popen[str], seconds: float) -> bool:
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    return process.returncode is not None


def _in_foreground() -> bool:
    """Whether a terminal tells pytest what it tells us."""
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return False


def _whole_lines(file: Path) -> list[str]:
    """The last one is not, if the process ended while it was written."""
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    return text.split("\n")[:-1]
