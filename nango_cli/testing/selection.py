"""Which tests a project has, script by script, and which of them are asked for. Paths are from the project's root."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from nango_cli.errors import UsageError
from nango_cli.execution.lookup import find_script, integrations_named, integrations_with
from nango_cli.ir.project import Project
from nango_cli.recordings.place import MOCKS
from nango_cli.testing.belonging import FOLDER, SUFFIX, owners, responsible, scripts, shared
from nango_cli.workspace import Workspace


class Suite(NamedTuple):
    """A script's recordings and test modules; a recording that a module is responsible for is not among them.

    `in_mocks` says that it has recordings as Nango used to keep them, which are no tests by themselves.
    """

    integration: str
    script: str
    files: Sequence[str]
    in_mocks: bool = False

    @property
    def name(self) -> str:
        return f"{self.integration}/{self.script}"


class Selection(NamedTuple):
    """The suites that are asked for, and the files and folders that pytest is to look at."""

    suites: list[Suite]
    places: list[str]


def select(folder: Workspace, project: Project, names: Sequence[str], integration: str | None) -> Selection:
    """The tests of scripts by name, `script` or `integration/script`, and of files; else all, or an integration's.

    A file may be named from where the user stands or from the root, with what pytest has of it behind `::`. All are
    also those of no script, in the same folders. Raises UsageError NG802 and NG801.
    """
    recordings = folder.files_in((FOLDER,), (SUFFIX,))
    known = _suites(folder, project, recordings)
    if names:
        files = {name: place for name in names if (place := _place(folder, name))}
        paths = [place.partition("::")[0] for place in files.values()]
        pairs = {pair for name in names if name not in files for pair in _meant(project, name, integration)}
        asked = [each for each in known if (each.integration, each.script) in pairs]
        places = [*(file for each in asked for file in each.files), *files.values()]
        owned = {path: each.name for path, each in owners(project, paths).items()}
        partly = [
            each._replace(files=[path for path in paths if path in each.files or owned.get(path) == each.name])
            for each in known
            if each not in asked
        ]
        return Selection([*asked, *(each for each in partly if each.files)], list(dict.fromkeys(places)))
    within = [each.name.value for each in integrations_named(project, integration)]
    folders = [f"{each}/{FOLDER}" for each in within]
    if integration is None:
        folders += [path.rpartition("/")[0] for path in recordings]
    there = [path for path in dict.fromkeys(folders) if (folder.root / path).is_dir()]
    return Selection([each for each in known if each.integration in within], there)


def _place(folder: Workspace, name: str) -> str | None:
    """What pytest calls the file or test of a name that is a path to one; None for other names.

    Raises UsageError NG802 where nothing is at the path.
    """
    path, separator, test = name.partition("::")
    if not path.endswith((SUFFIX, ".py")):
        return None
    root = folder.root.resolve()
    for file in (folder.cwd / path, folder.root / path):
        if file.is_file() and file.resolve().is_relative_to(root):
            return f"{file.resolve().relative_to(root).as_posix()}{separator}{test}"
    help = "name a script, or the path of a recording or a test module of this project"
    raise UsageError(f"there are no tests at {path}", code="NG802", help=help)


def _suites(folder: Workspace, project: Project, recordings: Sequence[str]) -> list[Suite]:
    files: dict[tuple[str, str], dict[str, None]] = {}
    for each in scripts(project):
        found = files.setdefault((each.integration, each.script.name.value), {})
        if folder.holds(each.module):
            found[each.module] = None
    vague = shared(project, recordings)
    for path, each in owners(project, recordings).items():
        module = responsible(path, lambda name: name not in vague and folder.holds(name))
        files[each.integration, each.script.name.value][module or path] = None
    return [Suite(*key, list(found), folder.stands("/".join((key[0], MOCKS, key[1])))) for key, found in files.items()]


def _meant(project: Project, name: str, integration: str | None) -> list[tuple[str, str]]:
    where, _, script = name.rpartition("/")
    if where and integration not in (None, where):
        raise UsageError(f"`{name}` is not of `{integration}`", help="leave out one of the two")
    only = where or integration
    if only is None and (places := integrations_with(project, script)):
        return [(each, script) for each in places]
    if not where and script in {each.name.value for each in project.integrations}:
        help = f"all tests of the integration: `nango test --integration-id {script}`"
        raise UsageError(f"no script is named `{script}`", code="NG802", help=help)
    found, _ = find_script(project, script, only)
    return [(found.name.value, script)]
