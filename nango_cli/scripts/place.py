"""Which file belongs to which script, by their names alone: no disk is touched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.diagnostics.source import Span
from nango_cli.ir.project import Integration, Project, Script
from nango_cli.runners import python
from nango_cli.runners.runner import candidates

SUFFIXES = (python.SUFFIX, ".ts")
FOLDERS = ("syncs", "actions", "on-events", "on_events")

Exists = Callable[[str], bool]
"""Whether the project holds a file, by its path from the root with `/`."""

# What may lie beside scripts without being one: helpers, tests, declaration files.
_NO_SCRIPT = re.compile(r"_.*|test_.*|.*_test|conftest|.*\..*")


class Placed(NamedTuple):
    """A declared script and its file, by its path from the root; None when there is no such file."""

    integration: Integration
    script: Script
    path: str | None

    @property
    def readable(self) -> bool:
        """Whether its content can be checked: only Python's is, so far."""
        return self.path is not None and self.path.endswith(python.SUFFIX)


def places(integration: Integration, script: Script) -> list[str]:
    """Where a script's file may be, the best place first."""
    return [
        path.as_posix()
        for suffix in SUFFIXES
        for path in candidates(Path(), integration.name.value, script.kind, script.name.value, suffix)
    ]


def placed(project: Project, exists: Exists) -> list[Placed]:
    """Every script with its file, in the order declared; one that answers to several events comes once."""
    found: dict[tuple[str, str, str], Placed] = {}
    for integration in project.integrations:
        for script in integration.scripts:
            key = (integration.name.value, script.kind, script.name.value)
            if key not in found:
                path = next(filter(exists, places(integration, script)), None)
                found[key] = Placed(integration, script, path)
    return list(found.values())


def undeclared(
    project: Project, files: Iterable[str], exists: Exists, shown: Callable[[str], str]
) -> Iterator[Diagnostic]:
    """NG405 for each file in a folder of scripts that no script is read from."""
    scripts = placed(project, exists)
    used = {each.path for each in scripts}
    wanted = {place: each for each in scripts for place in places(each.integration, each.script)}
    for file in sorted({*files} - used):
        path = PurePosixPath(file)
        owner = wanted.get(file)
        if _NO_SCRIPT.fullmatch(path.stem) or (owner and owner.path and not owner.path.endswith(path.suffix)):
            continue
        if owner is None:
            section = path.parent.name.replace("_", "-")
            message = f"nothing in nango.yaml declares {path.name}"
            help = (
                f"declare it below `{section}` of `{path.parts[0]}`, delete it, or let a helper's name begin with `_`"
            )
        else:
            message = f"{path.name} is never run"
            help = f"`{owner.script.name.value}` is read from {owner.path}: delete one of the two"
        yield Diagnostic("NG405", "warning", message, Span(shown(file), 1, 1, 1, 1), help=help)
