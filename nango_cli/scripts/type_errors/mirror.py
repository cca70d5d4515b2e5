"""A copy of a project's Python in which imports lead where they lead when a script runs, as `sdk/project.py` has it.

The project is a package, dashes in names are underscores, and `models` is what nango.yaml would generate now.
"""

from __future__ import annotations

import contextlib
import keyword
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from nango_cli.generators import python_models
from nango_cli.ir.project import Project

_PACKAGE = "nango_project"
_IGNORED = frozenset(["__pycache__", "dist", "node_modules", "venv"])
_DEPTH = 4  # folders below the root


def fill(place: Path, root: Path, files: Iterable[str], project: Project) -> dict[str, str]:
    """Copy the Python of the project at `root`; each of `files` by its path in the copy.

    What cannot be read is left out.
    """
    copied: dict[str, str] = {}
    wanted = dict.fromkeys(files)
    for path in {**wanted, **dict.fromkeys(_python(root))}:
        target = place / _PACKAGE / _renamed(path)
        if not (root / path).is_file():  # a pipe might never end
            continue
        with contextlib.suppress(OSError):
            text = (root / path).read_bytes()
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text)
            if path in wanted:
                copied[f"{_PACKAGE}/{_renamed(path)}"] = path
            if "/" not in path and path.removesuffix(".py") not in sys.stdlib_module_names:
                (place / path).write_bytes(text)
    for generated in python_models.generate(project):
        (place / generated.path).write_text(generated.text, encoding="utf-8")
        (place / _PACKAGE / generated.path).write_text("from models import *\n")
    return copied


def unmirrored(message: str) -> str:
    """A message about the copy, in which modules have the names that they have in the project."""
    return message.replace(f"{_PACKAGE}.", "")


def _renamed(path: str) -> str:
    return "/".join(map(_identifier, path.removesuffix(".py").split("/"))) + ".py"


def _identifier(part: str) -> str:
    """A name that packages can have; relative imports do not care which."""
    name = re.sub(r"\W", "_", part)
    return name if name.isidentifier() and not keyword.iskeyword(name) else f"_{name}"


def _python(root: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(root):
        here = Path(folder).relative_to(root)
        folders[:] = [
            each
            for each in folders
            if not each.startswith(".")
            and each not in _IGNORED
            and len(here.parts) < _DEPTH
            and not os.path.exists(os.path.join(folder, each, "pyvenv.cfg"))  # noqa: PTH110, PTH118 - many folders
        ]
        yield from ((here / each).as_posix() for each in files if each.endswith(".py"))
