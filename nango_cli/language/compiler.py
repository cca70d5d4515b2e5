"""From the text of nango.yaml to a project: the whole front end in one call."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, Protocol

from nango_cli.diagnostics.codes import CODES
from nango_cli.diagnostics.diagnostic import Diagnostic, Diagnostics, has_errors
from nango_cli.diagnostics.source import Source
from nango_cli.ir.project import Project
from nango_cli.language import document, suppression
from nango_cli.language.resolve import resolve
from nango_cli.language.syntax import Mapping, Node, Scalar, parse


class Rule(Protocol):
    """Something with an opinion on projects that compile."""

    @property
    def CODE(self) -> str: ...

    def check(self, project: Project) -> Iterable[Diagnostic]: ...


class Compilation(NamedTuple):
    """A project and what is wrong with it. The project is whole only when `ok`; it is sound in any case.

    `tree` is what the file's text was read as, for whoever wants to edit it.
    """

    source: Source
    project: Project
    diagnostics: tuple[Diagnostic, ...]
    yaml_version: Literal["v1", "v2"] = "v2"
    tree: Node | None = None

    @classmethod
    def failed(cls, source: Source, found: Diagnostics) -> Compilation:
        """The compilation of a file that could not even be read."""
        return cls(source, Project(), tuple(found))

    @property
    def ok(self) -> bool:
        return not has_errors(self.diagnostics)


def compile_source(source: Source, rules: Iterable[Rule] | None = None) -> Compilation:
    """Compile one nango.yaml; never raises for anything that a file can hold.

    `rules` are asked about a project without errors; of one that is only half read they would say what is not so. With
    rules, even none, diagnostics carry fixes, and a comment that silences nothing is reported: without them it may be
    meant for one.
    """
    found = Diagnostics()
    root = parse(source, found)
    project = Project()
    grammar: document.Grammar = "v2"
    if isinstance(root, Mapping):
        parts = document.read(root, found)
        grammar = parts.grammar
        project = resolve(parts, found)
    elif root is None or (isinstance(root, Scalar) and root.value is None):
        if not len(found):
            help = "write `integrations:` and, below it, your first integration"
            found.add("NG005", "the file is empty", source.span_at(0), help=help)
    else:
        found.add("NG104", "nango.yaml must be a mapping", root.span, help="start the file with `integrations:`")
    asked = suppression.suppressions(source, root)
    if rules is None:
        left = tuple(suppression.apply(found, asked, report_unused=False))
    else:
        left = tuple(_with_rules(rules, project, found, asked))
        if left and root is not None:
            from nango_cli.language import fix  # most files need none

            left = tuple(fix.attach(left, source, root))
    return Compilation(source, project, left, "v1" if grammar == "v1" else "v2", root)


def _with_rules(
    rules: Iterable[Rule], project: Project, found: Diagnostics, asked: list[suppression.Suppression]
) -> Iterable[Diagnostic]:
    """What is left of everything that was found, once the rules have been asked."""
    rules = tuple(rules)
    unasked = {code for code in CODES if code >= "NG4"}  # about scripts and runs, which others look at
    if has_errors(suppression.apply(found, asked, report_unused=False)):
        unasked.update(rule.CODE for rule in rules)
    else:
        unasked.difference_update(rule.CODE for rule in rules)
        for rule in rules:
            found.extend(rule.check(project))
    return suppression.apply(found, asked, report_unused=True, unasked=unasked)
