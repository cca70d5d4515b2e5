"""Several files written as one: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

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
    workspace.together((change.path, partial(_write, workspace, change)) for change in changes)


def _write(workspace: Workspace, change: Change) -> None:
    if change.before is None:
        workspace.create(change.path, change.text)
    else:
        workspace.save(change.path, change.before, change.text)
