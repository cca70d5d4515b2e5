"""Keeps a script to its project: no other files of the user's, no network but through `nango`, no end of memory.

It contains mistakes and curiosity. What it does not cover, such as datagrams, is in docs/reference/protocol.md; hostile
code belongs in a container.
"""

from __future__ import annotations

import os
import resource
import sys
import sysconfig
from collections.abc import Collection, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nango_cli.sdk.landlock import Ruleset

# The system's programs, libraries and settings; what a package manager keeps elsewhere, too.
_SYSTEM = (
    *("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/etc", "/opt", "/nix/store", "/gnu/store"),
    *("/run/systemd/resolve", "/sys/devices/system/cpu", "/proc/cpuinfo", "/proc/meminfo", "/proc/filesystems"),
)
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty")

_pinned: list[int] = []  # /proc/self is the same file only as long as somebody holds it


def confine(settings: dict[str, Any]) -> bool:
    """Hold this process to a `Confinement` of the protocol for good; False if the system cannot.

    The limit on memory holds in any case.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if settings["memory"] is not None:
        _limit_memory(settings["memory"])
    if sys.platform != "linux":
        return False
    from nango_cli.sdk import landlock

    root = Path(settings["root"]).resolve()
    try:
        rules = landlock.Ruleset(network=settings["network"])
        _allow_files(rules, root, _hidden(root, settings["hidden"]))
        rules.restrict()
    except landlock.Unsupported:
        return False
    return True


def _limit_memory(limit: int) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most != resource.RLIM_INFINITY:
        limit = min(limit, most)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _allow_files(rules: Ruleset, root: Path, hidden: Collection[Path]) -> None:
    from nango_cli.sdk import landlock

    for place in _readable():
        for part in _without(place.resolve(), hidden):
            rules.allow(part, landlock.READ)
    for device in _DEVICES:
        rules.allow(Path(device), landlock.READ_FILE | landlock.WRITE_FILE)
    for path in _entries(root):
        if path.resolve() not in hidden:  # nor a link to it
            rules.allow(path, rules.everything)
    rules.allow(root, landlock.READ_DIR)  # imports look into it
    if temporary := os.environ.get("TMPDIR"):
        rules.allow(Path(temporary), rules.everything)
    try:
        _pinned.append(os.open("/proc/self", os.O_PATH | os.O_CLOEXEC))
    except OSError:
        return
    rules.allow(Path("/proc/self"), landlock.READ_FILE | landlock.READ_DIR)


def _readable() -> Iterator[Path]:
    yield from map(Path, _SYSTEM)
    yield from map(Path, {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix})
    yield from map(Path, sysconfig.get_paths().values())
    yield Path(sys.executable).resolve().parent
    yield from (path for path in map(Path, sys.path) if path.is_absolute())
    yield Path(__file__).parent.parent  # all of this package


def _hidden(root: Path, names: list[str]) -> frozenset[Path]:
    there = (
        path for path in _entries(root) if any(path.name == name or fnmatchcase(path.name, name) for name in names)
    )
    return frozenset(path.resolve() for path in there)


def _without(place: Path, hidden: Collection[Path]) -> Iterator[Path]:
    """The place itself, or as much of what is beneath it as leaves out what is hidden.

    The interpreter's environment may itself lie in a hidden folder of the project, such as `.venv`.
    """
    if not any(place in each.parents for each in hidden):
        yield place
        return
    for entry in _entries(place):
        if entry.resolve() not in hidden:
            yield from _without(entry.resolve(), hidden)


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []
