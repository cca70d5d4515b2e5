"""Several files written as one: all of them, or none."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from nango_cli.errors import FileError
from nango_cli.workspace import Workspace


class Change(NamedTuple):
    """A file to be, by its path from the root with `/`; `before` is what it holds now, None when it is new."""

    path: str
    text: str
    before: str | None = None


def carry_out(workspace: Workspace, changes: Sequence[Change]) -> None:
    """Write all the changes. Raises FileError NG010, and leaves everything as it was, if that cannot be done.

    Every new file's place is looked at before the first file is written.
    """
    for change in changes:
        if change.before is None:
            workspace.check_free(change.path)
    undo: list[Callable[[], object]] = []
    try:
        for path, text, before in changes:
            if before is None:
                undo += [folder.rmdir for folder in _missing_folders(workspace.root / path)]
                workspace.create(path, text)
                undo.append((workspace.root / path).unlink)
            else:
                workspace.save(path, before, text)
                undo.append(partial(workspace.save, path, text, before))
    except BaseException:
        for step in reversed(undo):
            with contextlib.suppress(OSError, FileError):
                step()
        raise


def _missing_folders(path: Path) -> list[Path]:
    """The folders that writing a file creates, the outermost first."""
    return [folder for folder in path.parents if not folder.exists()][::-1]
