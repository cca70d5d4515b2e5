"""A folder for the temporary files of one run, which nobody else can look into."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

_PREFIX = "nango-run-"
_AGE = 60.0  # seconds after which a folder without a lock is nobody's: making one and locking it are two steps


@contextlib.contextmanager
def private_folder(parent: str | None = None) -> Iterator[str]:
    """Make it, and remove it with all that is in it; also those that processes left behind which were killed.

    `tempfile` would take longer to import than a script to start.
    """
    place = Path(parent or os.environ.get("TMPDIR") or "/tmp")
    _remove_abandoned(place)
    folder = place / f"{_PREFIX}{os.urandom(8).hex()}"
    folder.mkdir(mode=0o700)
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield str(folder)
    finally:
        _remove(folder)
        os.close(lock)


def _remove_abandoned(place: Path) -> None:
    """The owner of a folder holds a lock on it for as long as it lives."""
    with contextlib.suppress(OSError), os.scandir(place) as entries:
        for entry in entries:
            if entry.name.startswith(_PREFIX) and entry.is_dir(follow_symlinks=False):
                with contextlib.suppress(OSError):
                    _remove_if_abandoned(Path(entry))


def _remove_if_abandoned(folder: Path) -> None:
    """Raises BlockingIOError when it has an owner."""
    known = folder.stat(follow_symlinks=False)
    if known.st_uid != os.getuid() or known.st_mtime > time.time() - _AGE:
        return
    lock = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _remove(folder)
    finally:
        os.close(lock)


def _remove(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:  # there are files in it
        import shutil

        shutil.rmtree(folder, ignore_errors=True)
