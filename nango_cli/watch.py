"""Builds a project again whenever something changes that a build reads or has written.

The operating system says when files change. Once a second they are compared all the same: a notification may be lost,
and none comes from some network drives.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from nango_cli.build import Build, build
from nango_cli.configuration import NAME as SETTINGS
from nango_cli.errors import NangoError
from nango_cli.scripts.place import FOLDERS, SUFFIXES
from nango_cli.workspace import CONFIGURATION, OUR_FOLDER, Workspace

_STEP, _DEBOUNCE, _TIMEOUT = 20, 100, 1000  # milliseconds: quiet that ends a burst, its longest wait, between looks
_IGNORED = frozenset([".git", ".venv", "__pycache__", "dist", "node_modules", "venv"])
_ENDINGS = frozenset(["", ".json", ".toml", ".yaml", *SUFFIXES])  # a folder has no ending, and may bring scripts along

Fingerprint = dict[str, tuple[int, int, int]]


class Watch:
    """One project under watch. What was generated last stays while something is broken."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._outputs: list[str] = []
        self._scripts: list[str] = []
        self._read: Fingerprint = {}
        self._wrote: Fingerprint = {}

    def builds(self, stop: threading.Event) -> Iterator[Build | NangoError]:
        """The outcome of a build now, and of one after each change, until `stop` is set."""
        yield self._build()
        for changed in _wakes(self.workspace.root, stop):
            if self._matters(changed):
                yield self._build()

    def _build(self) -> Build | NangoError:
        self._read = self._fingerprint(self._inputs())
        built: Build | NangoError
        try:
            built = build(self.workspace, types=True)
        except NangoError as error:
            built = error
        if isinstance(built, Build) and built.files:
            self._outputs = [file.path for file in built.files]
            self._scripts = [each.path for each in built.scripts if each.path]
        self._wrote = self._fingerprint(self._outputs)
        return built

    def _matters(self, changed: set[str]) -> bool:
        """Whether a wake is worth a build: not when all that changed is what the build itself has written."""
        if changed - {*self._outputs}:
            return True
        if self._fingerprint(self._outputs) != self._wrote:
            return True
        return not changed and self._fingerprint(self._inputs()) != self._read

    def _inputs(self) -> list[str]:
        try:
            scripts = self.workspace.files_in(FOLDERS, SUFFIXES)
        except NangoError:
            scripts = []
        return [CONFIGURATION, SETTINGS, *scripts, *self._scripts]

    def _fingerprint(self, paths: Iterable[str]) -> Fingerprint:
        """What tells one state of files from another, without reading them; a missing file is left out."""
        found = {}
        for path in paths:
            try:
                state = os.stat(self.workspace.root / path)  # noqa: PTH116 - the fastest way to look at many files
            except OSError:
                continue
            found[path] = (state.st_ino, state.st_mtime_ns, state.st_size)
        return found


def concerns(path: PurePath) -> bool:
    """Whether a change at a path from the root can be one of what a build reads or writes."""
    *folders, name = path.parts or ("",)
    if any(folder in _IGNORED or (folder.startswith(".") and f"{folder}/" != OUR_FOLDER) for folder in folders):
        return False
    return path.suffix in _ENDINGS and not name.startswith(".") and name not in _IGNORED


def _wakes(root: Path, stop: threading.Event) -> Iterator[set[str]]:
    """What has changed, by paths from the root, after every burst; nothing after every second of quiet."""
    import watchfiles

    real = root.resolve()

    def wanted(_: watchfiles.Change, path: str) -> bool:
        return concerns(PurePath(path).relative_to(real)) if PurePath(path).is_relative_to(real) else False

    try:
        for changes in watchfiles.watch(
            real,
            watch_filter=wanted,
            debounce=_DEBOUNCE,
            step=_STEP,
            rust_timeout=_TIMEOUT,
            yield_on_timeout=True,
            stop_event=stop,
        ):
            yield {PurePath(path).relative_to(real).as_posix() for _, path in changes}
    except OSError:  # the system has no more watches to give, or the folder is gone: look by ourselves
        while not stop.wait(_TIMEOUT / 1000):
            yield set()
