"""Imports a script out of a project whose folders need not be Python names.

The project becomes a package of its own, so that `from ..mappers.to_issue import to_issue` works in `google-calendar/`
and an integration folder called `github` or `email` never hides the installed package of that name. Modules at the
project's root, `models` above all, are one object however they are imported.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any, cast

PACKAGE = "nango_project"


def load(root: Path, script: Path) -> ModuleType:
    """Import a script's file, which lies in the project at `root`."""
    sys.meta_path.insert(0, _RootModules(root))
    sys.path.append(str(root))
    name = PACKAGE
    folder = root
    _package(name, folder)
    for part in script.parent.relative_to(root).parts:
        name = f"{name}.{part.replace('.', '_')}"
        folder = folder / part
        _package(name, folder)
    return _load(f"{name}.{script.stem}", script)


def _package(name: str, folder: Path) -> None:
    init = folder / "__init__.py"
    if init.is_file():
        _load(name, init, [str(folder)])
        return
    package = ModuleType(name)
    package.__path__ = [str(folder)]
    sys.modules[name] = package


def _load(name: str, file: Path, folders: list[str] | None = None) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, file, submodule_search_locations=folders)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


class _RootModules:
    """Finds the modules at the root, under their own name and, as the same object, in the project's package."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        package, _, module = name.rpartition(".")
        file = self._root / f"{module}.py"
        if package not in ("", PACKAGE) or name in sys.stdlib_module_names or not file.is_file():
            return None
        if package:
            return ModuleSpec(
                name, cast(Any, _Alias(module))
            )  # a loader in all but name: `importlib.abc` is slow to import
        return importlib.util.spec_from_file_location(name, file)


class _Alias:
    """Loads a module by importing another; a module may replace itself in `sys.modules` while it is loaded."""

    def __init__(self, name: str) -> None:
        self._name = name

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        sys.modules[module.__name__] = importlib.import_module(self._name)
