"""Recordings on the disk: where they lie, reading them, and writing them in the place of older ones."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, NamedTuple

from nango_cli.errors import FileError
from nango_cli.recordings import legacy, unified
from nango_cli.recordings.cassette import Cassette
from nango_cli.recordings.place import place
from nango_cli.recordings.replay import NotRecorded
from nango_cli.recordings.shape import Misshapen
from nango_cli.workspace import Workspace, shown

_MOCKS = "mocks"


class Recorded(NamedTuple):
    """`path` is for people; `file` is None for a recording in a tree of files."""

    path: str
    cassette: Cassette
    file: Path | None = None


def find(folder: Workspace, integration: str, script: str, variant: str, chosen: str) -> Recorded:
    """The recording in the file or folder that was chosen, or where recordings lie.

    Raises NotRecorded where there is none, FileError NG002 for what is none, or if nothing is where it was chosen.
    """
    usual = place(integration, script, variant)
    if chosen and not os.path.exists(folder.cwd / chosen):  # noqa: PTH110 - Path.exists raises for a name too long
        help = f"check the path; recordings of `{script}` go to {folder.shown_file(usual)}"
        raise FileError(f"there is no recording at {chosen}", help=help)
    names = [usual, place(integration, f"{integration}-{script}", variant)]
    files = [folder.cwd / chosen] if chosen else [folder.root / name for name in names]
    for file in files:
        if file.is_file():
            return read(file, folder.cwd)
    mocks = folder.cwd / chosen if chosen else folder.root / integration / _MOCKS
    try:
        found = legacy.read(_tree(mocks, folder.cwd), script, variant) if mocks.is_dir() else None
    except Misshapen as error:
        raise _no_recording(mocks / error.file, folder.cwd, str(error)) from error
    if found is not None:
        return Recorded(shown(mocks, folder.cwd), found)
    message = f"there is no recording of `{script}` in {chosen or folder.shown_file(usual)}"
    raise NotRecorded(message, help=f"record one: nango dryrun {script} CONNECTION --save")


def read(file: Path, cwd: Path) -> Recorded:
    """The recording in a file. Raises FileError NG002 for what is none."""
    found = document(file, cwd)
    try:
        if unified.is_recording(found):
            return Recorded(shown(file, cwd), unified.read(found), file)
    except ValueError as error:
        raise _no_recording(file, cwd, str(error)) from error
    raise _no_recording(file, cwd, "it needs the objects `api` and `nango`")


def check_place(folder: Workspace, name: str) -> None:
    """Raises FileError NG010 unless a recording can be written: over another one, or where nothing is."""
    if not folder.holds(name):
        folder.check_free(name)
    elif not unified.is_recording(document(folder.root / name, folder.cwd)):
        message = f"{folder.shown_file(name)} is not a recording, so it is not overwritten"
        raise FileError(message, code="NG010", help="move it out of the way")


def save(folder: Workspace, name: str, text: str) -> None:
    """Write a recording, unless the same one lies there already."""
    check_place(folder, name)
    if not folder.holds(name):
        folder.create(name, text)
        return
    before = text_of(folder.root / name, folder.cwd)
    if before != text:
        folder.save(name, before, text)


def _tree(mocks: Path, cwd: Path) -> dict[str, Any]:
    return {file.relative_to(mocks).as_posix(): document(file, cwd) for file in sorted(mocks.rglob("*.json"))}


def document(file: Path, cwd: Path) -> Any:
    """The JSON value of a file. Raises FileError NG002 for one that holds none."""
    try:
        return json.loads(text_of(file, cwd))
    except (ValueError, RecursionError) as error:
        raise _no_recording(file, cwd, str(error)) from error


def text_of(file: Path, cwd: Path) -> str:
    """A file as it stands, but for a byte order mark. Raises FileError NG002 where it cannot be read."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_recording(file, cwd, "it is not UTF-8") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FileError(f"cannot read {shown(file, cwd)}: {reason}", help="check its permissions") from error


def _no_recording(file: Path, cwd: Path, why: str) -> FileError:
    return FileError(f"{shown(file, cwd)} is not a recording: {why}", help="record it again with `nango dryrun --save`")
