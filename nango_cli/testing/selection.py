"""Which tests a project has, script by script, and which of them are asked for. Paths are from the project's root."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nango_cli.errors import UsageError
from nango_cli.execution.lookup import find_script, integrations_named, integrations_with
from nango_cli.ir.project import Project
from nango_cli.testing.belonging import FOLDER, SUFFIX, owners, responsible, scripts
from nango_cli.workspace import Workspace


class Suite(NamedTuple):
    """A script's recordings and test modules; a recording that a module is responsible for is not among them."""

    integration: str
    script: str
    files: Sequence[str]

    @property
    def name(self) -> str:
        return f"{self.integration}/{self.script}"


class Selection(NamedTuple):
    """The suites that are asked for, and the files and folders that pytest is to look at."""

    suites: list[Suite]
    places: list[str]


def select(folder: Workspace, project: Project, names: Sequence[str], integration: str | None) -> Selection:
    """The tests of scripts by name, `script` or `integration/script`; else all, of an integration if one is given.

    All are also those of no script, in the same folders. Raises UsageError NG802 and NG801.
    """
    recordings = folder.files_in((FOLDER,), (SUFFIX,))
    known = _suites(folder, project, recordings)
    if names:
        pairs = {pair for name in names for pair in _meant(project, name, integration)}
        asked = [each for each in known if (each.integration, each.script) in pairs]
        return Selection(asked, list(dict.fromkeys(file for each in asked for file in each.files)))
    within = [each.name.value for each in integrations_named(project, integration)]
    folders = [f"{each}/{FOLDER}" for each in within]
    if integration is None:
        folders += [path.rpartition("/")[0] for path in recordings]
    there = [path for path in dict.fromkeys(folders) if (folder.root / path).is_dir()]
    return Selection([each for each in known if each.integration in within], there)


def _suites(folder: Workspace, project: Project, recordings: Iterable[str]) -> list[Suite]:
    files: dict[tuple[str, str], dict[str, None]] = {}
    for each in scripts(project):
        found = files.setdefault((each.integration, each.script.name.value), {})
        if folder.holds(each.module):
            found[each.module] = None
    for path, each in owners(project, recordings).items():
        files[each.integration, each.script.name.value][responsible(path, folder.holds) or path] = None
    return [Suite(*key, list(found)) for key, found in files.items()]


def _meant(project: Project, name: str, integration: str | None) -> list[tuple[str, str]]:
    where, _, script = name.rpartition("/")
    if where and integration not in (None, where):
        raise UsageError(f"`{name}` is not of `{integration}`", help="leave out one of the two")
    only = where or integration
    if only is None and (places := integrations_with(project, script)):
        return [(each, script) for each in places]
    found, _ = find_script(project, script, only)
    return [(found.name.value, script)]
