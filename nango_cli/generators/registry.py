"""The targets, by name. Adding one is adding a module and a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import cast

from nango_cli.errors import UsageError
from nango_cli.generators.generator import GeneratedFile, Generator
from nango_cli.ir.project import Project

# The modules, by name: most projects generate with three of them, and need not wait for the others to load.
TARGETS = {
    "python": "python_models",
    "json-schema": "json_schema",
    "nango-json": "nango_json",
    "typescript": "typescript",
    "zod": "zod",
    "openapi": "openapi",
    "ir": "ir_json",
}

DEFAULT = ("python", "json-schema", "nango-json")
FOR_TYPESCRIPT = ("typescript", "zod")


def generate(project: Project, targets: Iterable[str]) -> Iterator[GeneratedFile]:
    for target in targets:
        yield from generator(target).generate(project)


def generator(target: str) -> Generator:
    """The generator of a target."""
    return cast(Generator, import_module(f"nango_cli.generators.{TARGETS[target]}"))


def chosen(names: Iterable[str] | None, *, typescript: bool = False) -> list[str]:
    """The targets of these names, each once, or those that every project has; `typescript` says that it has scripts in
    that language. Raises UsageError NG801 for a name that is no target.
    """
    wanted = list(dict.fromkeys(names or (DEFAULT + FOR_TYPESCRIPT if typescript else DEFAULT)))
    for name in wanted:
        if name not in TARGETS:
            from nango_cli.diagnostics.suggest import did_you_mean  # only a slip needs it

            help = did_you_mean(name, TARGETS) or "targets: " + ", ".join(f"`{each}`" for each in TARGETS)
            raise UsageError(f"no target is named `{name}`", help=help)
    return wanted
