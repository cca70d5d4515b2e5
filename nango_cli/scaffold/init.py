"""A new project in a folder that has none."""

from __future__ import annotations

import os
from pathlib import Path

from nango_cli.errors import UsageError
from nango_cli.scaffold.changes import carry_out
from nango_cli.scaffold.starter import starter
from nango_cli.workspace import CONFIGURATION, Workspace

_SIGNS = (CONFIGURATION, ".nango")


def init(folder: Path, cwd: Path) -> tuple[Workspace, list[str]]:
    """Write a starter project, whole or not at all, and return it with the paths written, from its root.

    Raises UsageError NG801 if the folder belongs to a project, FileError NG010 if a file is in the way.
    """
    root = folder.resolve()
    workspace = Workspace(root, cwd)
    for place in (root, *root.parents):
        sign = next((sign for sign in _SIGNS if os.path.lexists(place / sign)), None)
        if sign and (place == root or sign == CONFIGURATION):
            where = "is" if place == root else "lies in"
            raise UsageError(
                f"{workspace.shown(root)} {where} a project already: there is {workspace.shown(place / sign)}",
                help="`nango create` adds a script to it; to start another project, name another folder",
            )
    changes = list(starter(root.name))
    carry_out(workspace, changes)
    return workspace, [change.path for change in changes]
