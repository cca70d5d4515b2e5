"""Which files are tests by themselves."""

from __future__ import annotations

import json
from pathlib import Path

from nango_cli.testing.belonging import FOLDER, responsible


def is_test(file: Path, root: Path, *, named: bool) -> bool:
    """Whether a file of a project, with the name of a recording, is one and a test of its own.

    It is not where a test module is responsible for it, unless pytest was `named` the very file. What cannot be read
    counts as a recording, so that somebody hears of it.
    """
    if file.parent.name != FOLDER:
        return False
    module = responsible(file.relative_to(root).as_posix(), lambda path: (root / path).is_file())
    return named or (module is None and _may_be_recording(file))


def _may_be_recording(file: Path) -> bool:
    """A look at the text; it is read as JSON only when it looks like none."""
    try:
        text = file.read_bytes()
        if b'"api"' not in text or b'"nango"' not in text:
            json.loads(text)
            return False
    except (OSError, ValueError, RecursionError):
        pass
    return True
