"""Which script a recording or a test module is of: their names say it. Paths are from the project's root."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from nango_cli.errors import UsageError
from nango_cli.execution.lookup import find_script
from nango_cli.ir.project import Project, Script
from nango_cli.recordings.place import test_module

FOLDER = "tests"
SUFFIX = ".test.json"


class Owner(NamedTuple):
    """`variant` is what follows the script's name in that of the recording, or `base`."""

    integration: str
    script: Script
    variant: str = "base"

    @property
    def name(self) -> str:
        return f"{self.integration}/{self.script.name.value}"

    @property
    def module(self) -> str:
        """Where a test of it lies."""
        return test_module(self.integration, self.script.name.value, self.variant)


def scripts(project: Project) -> list[Owner]:
    """Every script, in the order declared; one that answers to several events comes once."""
    found = {(each.name.value, one.kind, one.name.value): one for each in project.integrations for one in each.scripts}
    return [Owner(integration, script) for (integration, _, _), script in found.items()]


def owner(project: Project, recording: str) -> Owner:
    """The script of a recording. Raises UsageError NG802 when it is of none."""
    integration, stem = _parts(recording)
    own = {
        each.script.name.value: each.script for each in reversed(scripts(project)) if each.integration == integration
    }
    for name, variant in _readings(integration, stem):
        if name in own:
            return Owner(integration, own[name], variant)
    return Owner(integration, find_script(project, stem, integration)[1])


def owners(project: Project, recordings: Iterable[str]) -> dict[str, Owner]:
    """The scripts of recordings, but for those that are of none."""
    found = {}
    for path in recordings:
        try:
            found[path] = owner(project, path)
        except UsageError:
            continue
    return found


def shared(project: Project, recordings: Iterable[str]) -> set[str]:
    """The test modules that are named after several scripts or variants, and so are responsible for none."""
    known = {(each.name, each.variant): each for each in [*scripts(project), *owners(project, recordings).values()]}
    return {module for module, number in Counter(each.module for each in known.values()).items() if number > 1}


def responsible(recording: str, exists: Callable[[str], bool]) -> str | None:
    """The module that tests a recording, so that nobody else has to."""
    integration, stem = _parts(recording)
    names = [stem]
    short = stem.removeprefix(f"{integration}-")
    if short != stem and not exists(f"{integration}/{FOLDER}/{short}{SUFFIX}"):  # which would go before this one
        names.append(short)
    return next(filter(exists, (test_module(integration, name, "base") for name in names)), None)


def _parts(recording: str) -> tuple[str, str]:
    integration, _, name = recording.partition(f"/{FOLDER}/")
    return integration, name.removesuffix(SUFFIX)


def _readings(integration: str, stem: str) -> Iterator[tuple[str, str]]:
    """What a name may mean, as a script and a variant: the longest script first."""
    parts = stem.split(".")
    for end in range(len(parts), 0, -1):
        script, variant = ".".join(parts[:end]), ".".join(parts[end:]) or "base"
        yield script, variant
        yield script.removeprefix(f"{integration}-"), variant
