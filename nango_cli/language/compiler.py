"""From the text of nango.yaml to a project: the whole front end in one call."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from nango_cli.diagnostics.diagnostic import Diagnostic, Diagnostics, has_errors
from nango_cli.diagnostics.source import Source
from nango_cli.ir.project import Project
from nango_cli.language import document, suppression
from nango_cli.language.resolve import resolve
from nango_cli.language.syntax import Mapping, Node, Scalar, parse

Rule = Callable[[Project], Iterable[Diagnostic]]


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

    `rules` are asked about the project too. Without them a comment that silences nothing is not reported: it may be
    meant for a rule.
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
    for rule in rules or ():
        found.extend(rule(project))
    asked = suppression.suppressions(source, root)
    left = suppression.apply(found, asked, report_unused=rules is not None)
    return Compilation(source, project, tuple(left), "v1" if grammar == "v1" else "v2", root)
