"""The targets, by name. Adding one is adding a module and a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nango_cli.generators import python_models
from nango_cli.generators.generator import GeneratedFile, Generator
from nango_cli.ir.project import Project

TARGETS: dict[str, Generator] = {
    "python": python_models,
}


def generate(project: Project, targets: Iterable[str]) -> Iterator[GeneratedFile]:
    for target in targets:
        yield from TARGETS[target].generate(project)
