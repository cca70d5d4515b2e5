"""Which files are tests by themselves."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from nango_cli.errors import FileError
from nango_cli.testing.belonging import FOLDER, SUFFIX, responsible, shared


def is_test(file: Path, root: Path, *, named: bool) -> bool:
    """Whether a file of a project, with the name of a recording, is one and a test of its own.

    It is not where a test module is responsible for it, unless pytest was `named` the very file.
    """
    if file.parent.name != FOLDER:
        return False
    return named or not _is_covered(file.relative_to(root).as_posix(), root)


def _is_covered(recording: str, root: Path) -> bool:
    if responsible(recording, lambda path: (root / path).is_file()) is None:
        return False
    vague = _shared(root)
    return responsible(recording, lambda path: path not in vague and (root / path).is_file()) is not None


@cache
def _shared(root: Path) -> set[str]:
    from nango_cli.workspace import Workspace  # only where there are test modules

    folder = Workspace(root, root)
    try:
        return shared(folder.compile().project, folder.files_in((FOLDER,), (SUFFIX,)))
    except FileError:
        return set()


def may_be_recording(file: Path) -> bool:
    """A look at the text; it is read as JSON only when it looks like none. What cannot be read may be one."""
    try:
        text = file.read_bytes()
        if b'"api"' not in text or b'"nango"' not in text:
            json.loads(text)
            return False
    except (OSError, ValueError, RecursionError):
        pass
    return True
