"""What is tested: a script on a recording, found by the path of either or by the name of a test module."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from nango_cli import workspace
from nango_cli.errors import UsageError
from nango_cli.testing import recorded
from nango_cli.testing.belonging import FOLDER, SUFFIX, Owner, owner, owners, scripts
from nango_cli.testing.collection import may_be_recording
from nango_cli.testing.failure import Failed, Foreign
from nango_cli.testing.project import Loaded, load
from nango_cli.testing.recorded import Recorded


class Case(NamedTuple):
    project: Loaded
    owner: Owner
    recorded: Recorded


def of_recording(file: Path, cwd: Path) -> Case:
    """The case of a recording in its usual place. Raises Failed for a project with errors, NangoError for the rest.

    Raises Foreign for a file that is no recording, nor that of a script.
    """
    project = _project(file, cwd)
    try:
        own = owner(project.built.compilation.project, _path(project, file))
    except UsageError as error:
        if may_be_recording(file):
            recorded.document(file, cwd)  # what is no JSON is said before whose it would be
            raise
        raise Foreign from error
    return Case(project, own, recorded.read(file, cwd))


def of_module(module: Path, chosen: str | None, cwd: Path) -> Case:
    """That of the recording at a path from a test module, else of the one that goes by the module's name.

    A recording whose name is that of no script is of the module's. Raises as `of_recording` does.
    """
    if chosen is None:
        project = _project(module, cwd)
        own, shown = _owner(project, module), ""
    else:
        file = Path(os.path.normpath(module.parent / chosen))
        project = _project(file, cwd)
        shown = project.workspace.shown(file)
        try:
            own = owner(project.built.compilation.project, _path(project, file))
        except UsageError:
            own = _owner(project, module)
    found = recorded.find(project.workspace, own.integration, own.script.name.value, own.variant, shown)
    return Case(project, own, found)


def _project(file: Path, cwd: Path) -> Loaded:
    project = load(workspace.find(file.parent, cwd).root, cwd)
    if found := project.built.obstacles():
        raise Failed(found, project.built.sources)
    return project


def _path(project: Loaded, file: Path) -> str:
    return Path(os.path.relpath(file, project.workspace.root)).as_posix()


def _owner(project: Loaded, module: Path) -> Owner:
    """The script that a test module is named after."""
    path = _path(project, module)
    known = owners(project.built.compilation.project, project.workspace.files_in((FOLDER,), (SUFFIX,)))
    named = [*scripts(project.built.compilation.project), *known.values()]
    found = {(each.name, each.variant): each for each in named if each.module == path}
    if len(found) != 1:
        help = "call it test_<integration>_<script>.py, or give `nango_replay` the path of a script's recording"
        number = "several scripts" if found else "no script"
        raise UsageError(f"{project.workspace.shown(module)} is named after {number}", help=help)
    return next(iter(found.values()))
