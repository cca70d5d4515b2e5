"""The project that tests are of, built once in a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from nango_cli.build import Build, build
from nango_cli.workspace import Workspace


class Loaded(NamedTuple):
    workspace: Workspace
    built: Build


@cache
def load(root: Path, cwd: Path) -> Loaded:
    """The project of a folder, shown from `cwd`. Raises FileError as `build` does."""
    workspace = Workspace(root, cwd)
    return Loaded(workspace, build(workspace))
