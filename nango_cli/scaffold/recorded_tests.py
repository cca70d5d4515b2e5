"""Pytest modules that replay recordings: a start for whoever goes on writing them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from nango_cli.execution.lookup import check_named, integrations_named
from nango_cli.generators.naming import unused
from nango_cli.ir.project import Project, Script
from nango_cli.recordings.identity import escaped
from nango_cli.recordings.place import MOCKS, identifier, test_module
from nango_cli.scaffold.changes import Change, carry_out
from nango_cli.scripts.place import Placed, placed
from nango_cli.workspace import Workspace

Owned = Mapping[str, tuple[str, Script, str]]
"""Recordings by path from the root: the integration, the script and the variant of each."""


_Key = tuple[str, str, str, str]


class Written(NamedTuple):
    """The test modules of scripts with recordings, by path from the root; `skipped` are scripts that are not Python."""

    written: list[str]
    kept: list[str]
    skipped: list[Placed]


class _Recording(NamedTuple):
    """A recording, by the name of its file beside the test; None where it lies as Nango used to keep it."""

    scripted: Placed
    variant: str
    file: str | None

    @property
    def key(self) -> _Key:
        return (
            self.scripted.integration.name.value,
            self.scripted.script.kind,
            self.scripted.script.name.value,
            self.variant,
        )

    @property
    def usual_module(self) -> str:
        return test_module(self.scripted.integration.name.value, self.scripted.script.name.value, self.variant)

    @property
    def name(self) -> str:
        """The script's, with its variant, for people."""
        script = self.scripted.script.name.value
        return script if self.variant == "base" else f"{script}.{self.variant}"


def chosen(
    folder: Workspace, project: Project, integration: str | None, sync: str | None, action: str | None
) -> list[Placed]:
    """The scripts of these names, or all for None. Raises UsageError NG802 for a name that nothing has."""
    scripts = placed(Project(tuple(integrations_named(project, integration))), folder.holds)
    named = {kind: name for kind, name in (("sync", sync), ("action", action)) if name is not None}
    for kind, name in named.items():
        check_named((each.script for each in scripts), kind, name)
    return [each for each in scripts if not named or named.get(each.script.kind) == each.script.name.value]


def write(folder: Workspace, project: Project, scripts: Iterable[Placed], owned: Owned) -> Written:
    """Write a module for each script and variant with a recording, all or none; one that is there is kept."""
    found = list(_recordings(folder, scripts, owned))
    names = _modules(_recordings(folder, placed(project, folder.holds), owned))
    modules = {names[each.key]: each for each in found if each.scripted.readable}
    kept = [path for path in modules if folder.stands(path)]
    written = [path for path in modules if path not in kept]
    carry_out(folder, [Change(path, _text(modules[path])) for path in written])
    skipped = {id(each.scripted): each.scripted for each in found if not each.scripted.readable}
    return Written(written, kept, list(skipped.values()))


def _modules(every: Iterable[_Recording]) -> dict[_Key, str]:
    """Where the module of each recording lies; those that would have one name are numbered."""
    usual = {each.key: each.usual_module for each in every}
    several = {module for module, number in Counter(usual.values()).items() if number > 1}
    taken = {module.removesuffix(".py") for module in usual.values() if module not in several}
    return {
        key: f"{unused(module.removesuffix('.py'), taken)}.py" if module in several else module
        for key, module in usual.items()
    }


def _recordings(folder: Workspace, scripts: Iterable[Placed], owned: Owned) -> Iterator[_Recording]:
    for scripted in scripts:
        integration, script = scripted.integration.name.value, scripted.script
        variants = _variants(owned, integration, script)
        for variant, file in variants.items():
            yield _Recording(scripted, variant, file)
        if not variants and folder.stands(f"{integration}/{MOCKS}/{script.name.value}"):
            yield _Recording(scripted, "base", None)


def _variants(owned: Owned, integration: str, script: Script) -> dict[str, str]:
    """A script's recordings by variant; one that has the script's own name goes before one with the integration's."""
    name = script.name.value
    mine = [
        (variant, path.rpartition("/")[2])
        for path, (owner, theirs, variant) in owned.items()
        if (owner, theirs.kind, theirs.name.value) == (integration, script.kind, name)
    ]
    return dict(sorted(mine, key=lambda each: each[1].startswith(f"{name}.")))


def _text(recording: _Recording) -> str:
    integration, script, _ = recording.scripted
    what = f"The {script.kind} `{recording.name}` of `{integration.name.value}`, on what was recorded of a run."
    file = _quoted(recording.file) if recording.file else ""
    return (
        f'""{_quoted(what)}""\n\n\n'
        f"def test_{identifier(recording.name)}(nango_replay):\n"
        f"    run = nango_replay({file})\n    assert run.result == run.recorded\n"
    )


def _quoted(text: str) -> str:
    """The text as a literal of Python's, which reads JSON's escapes as JSON does."""
    return escaped(json.dumps(text, ensure_ascii=False))
