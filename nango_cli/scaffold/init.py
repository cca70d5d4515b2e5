"""A new project in a folder that has none."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from nango_cli.errors import FileError, UsageError
from nango_cli.scaffold.changes import carry_out
from nango_cli.scaffold.starter import starter
from nango_cli.workspace import CONFIGURATION, CUSTOMARY_FOLDER, Workspace, shown

_BELOW = f"{CUSTOMARY_FOLDER}/{CONFIGURATION}"
# What tells of a project: in the folder itself, and in those above it.
_SIGNS = {CONFIGURATION: "is", ".nango": "is", _BELOW: "holds"}
_SIGNS_ABOVE = {CONFIGURATION: "lies in"}


def init(folder: Path, cwd: Path) -> tuple[Workspace, list[str]]:
    """Write a starter project, whole or not at all, and return it with the paths written, from its root.

    Raises UsageError NG801 if the folder belongs to a project or cannot be named so, FileError NG010 if a file is in
    the way or a link leads nowhere.
    """
    _check_name(folder, cwd)
    root = folder.resolve()
    workspace = Workspace(root, cwd)
    for place in (root, *root.parents):
        for sign, relation in (_SIGNS if place == root else _SIGNS_ABOVE).items():
            if os.path.lexists(place / sign):
                raise UsageError(
                    f"{workspace.shown(root)} {relation} a project already: there is {workspace.shown(place / sign)}",
                    help="`nango create` adds a script to it; to start another project, name another folder",
                )
    changes = list(starter(root.name))
    carry_out(workspace, changes)
    return workspace, [change.path for change in changes]


def _check_name(folder: Path, cwd: Path) -> None:
    """Nothing is created where a link only points to, and no name is longer than the file system takes."""
    for place in (folder, *folder.parents):
        if os.path.islink(place) and not os.path.exists(place):  # noqa: PTH110, PTH114 - those of Path may raise
            message = f"{shown(place, cwd)} is a link to something that is not there or cannot be reached"
            raise FileError(message, code="NG010", help="remove the link, or choose another folder")
    try:
        folder.lstat()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise UsageError("the folder's name is too long", help="choose a shorter one") from error
