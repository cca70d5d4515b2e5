"""Tells a failure that the script's confinement caused from one that would have happened anyway."""

from __future__ import annotations

import errno
import os
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_WAY_OUT = "to run it unconfined use `--no-sandbox`, or set `sandbox = false` under `[dryrun]` in nango.toml"
_DEPTH = 20


def explain(error: BaseException, root: Path, settings: dict[str, Any], confined: bool) -> dict[str, Any]:
    """What to add to the report of a failure: `code`, `help`, `message`; nothing if confinement is not the reason."""
    if isinstance(error, MemoryError) and settings["memory"] is not None:
        message = f"the script needs more memory than its limit of {_megabytes(settings['memory'])}"
        return {"message": message, "help": "work in smaller batches, or raise the limit"}
    if not confined:
        return {}
    for each in _causes(error):
        if isinstance(each, OSError) and each.errno == errno.EACCES:
            help = _touched(each, root, settings)
            if help:
                return {"code": "NG607", "help": f"{help}; {_WAY_OUT}"}
    return {}


def _touched(error: OSError, root: Path, settings: dict[str, Any]) -> str | None:
    if _shares_memory(error):
        return (
            "the script is confined, and cannot share memory with other processes, as `multiprocessing` does: use "
            "threads, such as those of ThreadPoolExecutor"
        )
    if isinstance(error.filename, str | bytes):
        path = Path(os.fsdecode(error.filename)).absolute()
        if not _allowed_otherwise(path):
            return None
        inside = path.is_relative_to(root)
        shown = path.relative_to(root).as_posix() if inside else str(path)
        if inside and not path.resolve().is_relative_to(root.resolve()):
            return f"the script is confined to its project, and `{shown}` is a link that leads out of it"
        if inside and path.exists():
            return f"the script is confined, and `{shown}` is hidden from it"
        if path.parent == root:
            return f"the script is confined, and cannot make `{shown}` beside nango.yaml, only in folders there"
        return f"the script is confined to its project, and cannot touch `{shown}`"
    if error.filename is None and not settings["network"]:
        where = _destination(error)
        return (
            f"the script is confined, and cannot connect to {where} by itself: use `nango.get` and its like for the "
            "provider, `nango.uncontrolled_fetch` for other addresses"
        )
    return None


def _allowed_otherwise(path: Path) -> bool:
    """What owners and modes say, to which confinement makes no difference."""
    if path.exists():
        return os.access(path, os.R_OK)
    return os.access(path.parent, os.W_OK)


def _shares_memory(error: OSError) -> bool:
    """Whether it comes from a semaphore or memory in /dev/shm, which everyone else's is in, too."""
    modules = (frame.f_globals.get("__name__") for frame, _ in traceback.walk_tb(error.__traceback__))
    return any(name in ("multiprocessing.synchronize", "multiprocessing.shared_memory") for name in modules)


def _destination(error: OSError) -> str:
    """What was being connected to, if one of the functions on the way to the failure knows."""
    found = "the network"
    for frame, _ in traceback.walk_tb(error.__traceback__):
        names = frame.f_locals
        address = names.get("address", (names.get("host"), names.get("port")))
        if isinstance(address, tuple) and len(address) >= 2 and isinstance(address[0], str):
            found = f"{address[0]}:{address[1]}"
    return found


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, and what it was raised for; libraries hide that in various places."""
    waiting: list[object] = [error]
    for _ in range(_DEPTH):
        if not waiting:
            return
        each = waiting.pop(0)
        if isinstance(each, BaseException):
            yield each
            waiting += [each.__cause__, each.__context__, *_held(each)]


def _held(error: BaseException) -> Iterator[object]:
    """What an exception holds; its class is the user's, and may do anything when it is looked at."""
    for name in ("reason", "args", "exceptions"):
        try:
            held = getattr(error, name, None)
        except Exception:
            continue
        yield from held if isinstance(held, tuple) else (held,)


def _megabytes(count: int) -> str:
    return f"{count // 2**20 if count % 2**20 == 0 else round(count / 1_000_000)} MB"
