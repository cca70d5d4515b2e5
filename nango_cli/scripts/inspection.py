"""Everything that can be said about the Python files of a project: its scripts, mappers and types of answers."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from nango_cli.diagnostics.codes import CODES, SCRIPT_RULES
from nango_cli.diagnostics.diagnostic import Diagnostic, Diagnostics
from nango_cli.diagnostics.source import Source
from nango_cli.ir.project import Project
from nango_cli.language import suppression
from nango_cli.runners import python
from nango_cli.scripts import entry_point
from nango_cli.scripts.place import Placed
from nango_cli.scripts.rules.registry import RULES
from nango_cli.scripts.rules.script_tree import Kind, ScriptTree
from nango_cli.scripts.rules.syntax import parse


class Folder(Protocol):
    """As much of a project's folder as is needed here; paths are from its root."""

    def files_in(self, folders: Iterable[str], suffixes: Iterable[str]) -> list[str]: ...

    def holds(self, path: str) -> bool: ...

    def read(self, name: str, found: Diagnostics) -> Source: ...


_MAPPERS = "mappers"
_TYPES = "types.py"
_ENTRY_POINT = frozenset(["NG402", "NG403", "NG404"])
# What only a run or a deployment finds is not looked for here, so a comment that names it may well be needed.
_ELSEWHERE = frozenset(code for code in CODES if code >= "NG5")


class Inspected(NamedTuple):
    """A file, and what is wrong in it once its comments are heard."""

    source: Source
    diagnostics: Diagnostics


def inspect(project: Project, scripts: Iterable[Placed], folder: Folder) -> Iterator[Inspected]:
    """Look at every script that is Python, and at the mappers and types of their integrations."""
    owners: dict[str, None] = {}
    for each in scripts:
        if each.path is None or not each.readable:
            continue
        owners[each.integration.name.value] = None
        unreadable = Diagnostics()
        source = folder.read(each.path, unreadable)
        if unreadable:
            yield Inspected(source, unreadable)
            continue
        found = [*entry_point.check(source, each.script.kind)]
        module = None if found else parse(source)  # of a script that cannot be run they would say what is not so
        integration = each.integration.name.value
        tree = ScriptTree(source, module, each.script.kind, integration, project, each.script) if module else None
        yield Inspected(source, _heard(source, found, tree))
    helpers: list[tuple[str, Kind]] = []
    if owners:
        helpers += [(path, "mapper") for path in folder.files_in((_MAPPERS,), (python.SUFFIX,))]
        helpers += [(path, "types") for path in (f"{owner}/{_TYPES}" for owner in owners) if folder.holds(path)]
    for path, kind in helpers:
        integration = path.partition("/")[0]
        unreadable = Diagnostics()
        source = folder.read(path, unreadable)
        module = parse(source)
        if integration in owners and module and not unreadable:  # what cannot be read is for whoever imports it
            tree = ScriptTree(source, module, kind, integration, project, None)
            yield Inspected(source, _heard(source, [], tree))


def _heard(source: Source, found: list[Diagnostic], tree: ScriptTree | None) -> Diagnostics:
    """What was found and what the rules add, without what comments silence, and with those that silence nothing."""
    if tree is not None:
        found = found + [each for rule in RULES.values() for each in rule.check(tree)]
    asked = suppression.in_comments(source, _comments(source)) if "nango:" in source.text else []
    unasked = _ELSEWHERE if tree is not None else _ELSEWHERE | SCRIPT_RULES
    if tree is not None and tree.script is None:
        unasked |= _ENTRY_POINT
    return suppression.apply(found, asked, report_unused=True, unasked=unasked)


def _comments(source: Source) -> Iterator[tuple[int, int]]:
    """Where comments start, as far as Python can read the file: their line, and the characters before them."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(source.text, newline="").readline):
            if token.type == tokenize.COMMENT:
                yield token.start
    except (tokenize.TokenError, SyntaxError):
        return
