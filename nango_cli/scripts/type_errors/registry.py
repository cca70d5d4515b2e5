"""The type checkers, the better one first. Adding one is adding a module and a line."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import cast

from nango_cli.scripts.type_errors.checker import Checker

TYPE_ERROR, UNCHECKED = "NG438", "NG439"
CHECKERS = ("ty", "pyrefly")


def installed() -> tuple[str, str] | None:
    """The module of the first checker that is installed with our Python, and its program; None if there is none.

    One that is merely on the PATH may be of any version and know other packages.
    """
    for name in CHECKERS:
        program = os.path.join(os.path.dirname(sys.executable), name + (".exe" if os.name == "nt" else ""))  # noqa: PTH118, PTH120 - a look at every check
        if os.access(program, os.X_OK):
            return name, program
    return None


def checker(name: str) -> Checker:
    return cast(Checker, import_module(f"nango_cli.scripts.type_errors.{name}"))
