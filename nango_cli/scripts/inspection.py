"""Everything that can be said about the Python files of a project: its scripts, mappers and types of answers."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from nango_cli.diagnostics.codes import CODES, SCRIPT_RULES
from nango_cli.diagnostics.diagnostic import Diagnostic, Diagnostics
from nango_cli.diagnostics.source import Source
from nango_cli.ir.project import Project, Script
from nango_cli.language import suppression
from nango_cli.runners import python
from nango_cli.scripts import entry_point
from nango_cli.scripts.place import Placed
from nango_cli.scripts.rules.registry import RULES
from nango_cli.scripts.rules.script_tree import Kind, ScriptTree
from nango_cli.scripts.rules.syntax import parse
from nango_cli.scripts.type_errors import registry

if TYPE_CHECKING:
    from nango_cli.language.repair import Choice
    from nango_cli.scripts.type_errors.check import TypeErrors


class Folder(Protocol):
    """As much of a project's folder as is needed here; paths are from its root."""

    @property
    def root(self) -> Path: ...

    def files_in(self, folders: Iterable[str], suffixes: Iterable[str]) -> list[str]: ...

    def holds(self, path: str) -> bool: ...

    def read(self, name: str, found: Diagnostics) -> Source: ...


_MAPPERS = "mappers"
_TYPES = "types.py"
_ENTRY_POINT = frozenset(["NG402", "NG403"])
# What only a run or a deployment finds is not looked for here, so a comment that names it may well be needed.
_ELSEWHERE = frozenset(code for code in CODES if code >= "NG5")


class Inspected(NamedTuple):
    """A file, and what is wrong in it once its comments are heard."""

    source: Source
    diagnostics: tuple[Diagnostic, ...]


class Mended(NamedTuple):
    """A file, by its path from the root, before and after its fixes."""

    path: str
    before: Source
    after: Source
    fixed: tuple[Diagnostic, ...]


class _File(NamedTuple):
    """A Python file of a project; `script` is None for mappers and for the types of an integration."""

    path: str
    kind: Kind
    integration: str
    script: Script | None


def type_errors(
    project: Project, scripts: Iterable[Placed], folder: Folder, *, asked: bool = False
) -> TypeErrors | None:
    """What the installed type checker says of the files that `inspect` looks at; None if there is none of either.

    Where somebody `asked` for it, the lack of a type checker is told.
    """
    if not asked and registry.installed() is None:
        return None
    from nango_cli.scripts.type_errors.check import check

    return check(project, [each.path for each in _files(scripts, folder)], folder.root)


def inspect(
    project: Project, scripts: Iterable[Placed], folder: Folder, types: TypeErrors | None = None
) -> Iterator[Inspected]:
    """Look at every script that is Python, and at the mappers and types of their integrations."""
    for file in _files(scripts, folder):
        unreadable = Diagnostics()
        source = folder.read(file.path, unreadable)
        yield Inspected(source, tuple(unreadable)) if unreadable else _look(file, source, project, types)


def mend(
    project: Project, scripts: Iterable[Placed], folder: Folder, chosen: Choice, *, unsafe: bool
) -> Iterator[Mended]:
    """Apply the fixes of the diagnostics that `chosen` keeps to the files that `inspect` looks at; nothing is written.

    Those that change what a script does are applied only if `unsafe`.
    """
    from nango_cli.language.repair import repair

    for file in _files(scripts, folder):
        unreadable = Diagnostics()
        source = folder.read(file.path, unreadable)
        examine = partial(_look, file, project=project)
        if not unreadable:
            after, fixed = repair(examine(source), examine, chosen, unsafe=unsafe)
            yield Mended(file.path, source, after.source, fixed)


def _files(scripts: Iterable[Placed], folder: Folder) -> list[_File]:
    files = [
        _File(each.path, each.script.kind, each.integration.name.value, each.script)
        for each in scripts
        if each.path is not None and each.readable
    ]
    owners = dict.fromkeys(each.integration for each in files)
    for path in folder.files_in((_MAPPERS,), (python.SUFFIX,)) if owners else ():
        integration = path.partition("/")[0]
        if integration in owners:
            files.append(_File(path, "mapper", integration, None))
    types = [(f"{owner}/{_TYPES}", owner) for owner in owners]
    return files + [_File(path, "types", owner, None) for path, owner in types if folder.holds(path)]


def _look(file: _File, source: Source, project: Project, types: TypeErrors | None = None) -> Inspected:
    """What is wrong in a text of a file."""
    unasked = _ELSEWHERE if types and not types.failure else _ELSEWHERE | {registry.TYPE_ERROR}
    found = [*entry_point.check(source, file.kind)]
    module = None if found else parse(source)  # of a script that cannot be run the rules would say what is not so
    if module is None:
        return Inspected(source, _heard(source, found, unasked | SCRIPT_RULES))
    tree = ScriptTree(source, module, file.kind, file.integration, project, file.script)
    found = [each for rule in RULES.values() for each in rule.check(tree)]
    found += types.of(file.path, source) if types else ()
    left = _heard(source, found, unasked | _ENTRY_POINT if file.script is None else unasked)
    if not left:
        return Inspected(source, left)
    from nango_cli.scripts import fix  # most files need none

    return Inspected(source, fix.attach(left, tree))


def _heard(source: Source, found: list[Diagnostic], unasked: Collection[str]) -> tuple[Diagnostic, ...]:
    """What was found, without what comments silence, and with those that silence nothing."""
    asked = suppression.in_comments(source, _comments(source)) if "nango:" in source.text else []
    return tuple(suppression.apply(found, asked, report_unused=True, unasked=unasked))


def _comments(source: Source) -> Iterator[tuple[int, int]]:
    """Where comments start, as far as Python can read the file: their line, and the characters before them."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(source.text, newline="").readline):
            if token.type == tokenize.COMMENT:
                yield token.start
    except (tokenize.TokenError, SyntaxError):
        return
