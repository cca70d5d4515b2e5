"""Imports a script out of a project whose folders need not be Python names.

The project becomes a package of its own, so that `from ..mappers.to_issue import to_issue` works in `google-calendar/`
and an integration folder called `github` or `email` never hides the installed package of that name. A dash in the name
of a file or folder is an underscore in an import. Every module is one object however it is imported: relatively, from
the root as in `from google_calendar.mappers.to_issue import to_issue`, or, at the root, by its name as `models` is.
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
    folders = _Folders(root)
    sys.meta_path.insert(0, _RootModules(root, folders))
    sys.meta_path.append(folders)
    name = PACKAGE
    folder = root
    _package(name, folder)
    for part in script.parent.relative_to(root).parts:
        name = f"{name}.{_identifier(part)}"
        folder = folder / part
        _package(name, folder)
    return _load(f"{name}.{_identifier(script.stem)}", script)


def _identifier(part: str) -> str:
    return part.replace("-", "_").replace(".", "_")


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


class _Folders:
    """Finds, after everyone else, files and folders with dashes, and folders of the project that have no namesake."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.adopted: set[str] = set()
        """Names without a dot that stand for folders of the project."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        package, _, last = name.rpartition(".")
        if not package and _named(self._root, last) is not None:
            self.adopted.add(name)
            return _alias(name, f"{PACKAGE}.{name}")
        if package.partition(".")[0] != PACKAGE:
            return None
        found = next(filter(None, (_named(Path(folder), last) for folder in path or ())), None)
        if found is None:
            return None
        if found.is_file():
            return importlib.util.spec_from_file_location(name, found)
        init = found / "__init__.py"
        if init.is_file():
            return importlib.util.spec_from_file_location(name, init, submodule_search_locations=[str(found)])
        spec = ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = [str(found)]
        return spec


def _named(folder: Path, name: str) -> Path | None:
    """The file or folder that a name of an import means, its dashes turned into underscores."""
    for kind in (f"{name}.py", name):
        if (folder / kind).exists():
            return folder / kind
    try:
        entries = [entry for entry in folder.iterdir() if "-" in entry.name]
    except OSError:
        return None
    return next((each for each in entries if each.name.replace("-", "_") in (f"{name}.py", name)), None)


class _RootModules:
    """Finds, before anyone else, the modules at the root and whatever is known under two names."""

    def __init__(self, root: Path, folders: _Folders) -> None:
        self._root = root
        self._folders = folders

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        package, _, module = name.rpartition(".")
        if package.partition(".")[0] in self._folders.adopted:
            return _alias(name, f"{PACKAGE}.{name}")
        file = self._root / f"{module}.py"
        if package not in ("", PACKAGE) or name in sys.stdlib_module_names or not file.is_file():
            return None
        return _alias(name, module) if package else importlib.util.spec_from_file_location(name, file)


def _alias(name: str, other: str) -> ModuleSpec:
    return ModuleSpec(name, cast(Any, _Alias(other)))  # a loader in all but name: `importlib.abc` is slow to import


class _Alias:
    """Loads a module by importing another; a module may replace itself in `sys.modules` while it is loaded."""

    def __init__(self, name: str) -> None:
        self._name = name

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        sys.modules[module.__name__] = importlib.import_module(self._name)
