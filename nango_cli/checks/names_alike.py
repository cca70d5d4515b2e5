"""Names that differ by case alone stand for one folder, or one file, on macOS and Windows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from nango_cli.checks.rule import problem
from nango_cli.diagnostics.diagnostic import Diagnostic, Label
from nango_cli.diagnostics.source import Spanned
from nango_cli.ir.project import Project

CODE = "NG330"


def check(project: Project) -> Iterator[Diagnostic]:
    yield from _alike("integration", (each.name for each in project.integrations))
    for integration in project.integrations:
        scripts = sorted(integration.scripts, key=lambda script: script.kind)
        for kind, same in groupby(scripts, key=lambda script: script.kind):
            yield from _alike(kind, (each.name for each in same))


def other_case(name: str, names: Iterable[str]) -> str | None:
    """The one of the names that differs from a name by case alone."""
    return next((each for each in names if each != name and each.casefold() == name.casefold()), None)


def _alike(what: str, names: Iterable[Spanned[str]]) -> Iterator[Diagnostic]:
    before: dict[str, Spanned[str]] = {}
    for name in names:
        other = other_case(name.value, before)
        if other is not None:
            yield problem(
                CODE,
                f"the {what} `{name.value}` differs from `{other}` by case alone",
                name.span,
                help="rename one of them, and its files: on macOS and Windows they are the same",
                labels=[Label(before[other].span, f"`{other}` stands here")],
            )
        before.setdefault(name.value, name)
