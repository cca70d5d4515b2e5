"""Python scripts, run by the interpreter that runs us."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import nango_cli
from nango_cli.runners.runner import Command

SUFFIX = ".py"

# Isolated mode ignores PYTHONPATH, so the guest is told where we are; last, where we hide no other package.
_BOOT = "import sys; sys.path.append(sys.argv.pop(1)); from nango_cli.sdk.guest import main; main()"

_HARMLESS = {"PATH", "HOME", "LANG", "TZ", "TMPDIR", "SYSTEMROOT"}


def health() -> str | None:
    """Python is there, or we would not be."""
    return None


def prepare(script: Path, root: Path, environment: Mapping[str, str]) -> Command:
    """An isolated interpreter that prints without delay and leaves no bytecode in the project."""
    ours = str(Path(nango_cli.__file__).parent.parent)
    arguments = (sys.executable, "-I", "-B", "-u", "-X", "utf8", "-c", _BOOT, ours)
    return Command(arguments, harmless(environment), root)


def waiting(environment: Mapping[str, str]) -> Command:
    """The same for whatever script it will be asked to run, wherever that stands."""
    return prepare(Path(), Path("/"), environment)


def harmless(environment: Mapping[str, str]) -> dict[str, str]:
    """What a script may know of our environment: nothing that could be a secret."""
    return {name: value for name, value in environment.items() if name in _HARMLESS or name.startswith("LC_")}
