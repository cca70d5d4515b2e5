"""From the text of nango.yaml to a project: the whole front end in one call."""

from __future__ import annotations

from typing import Literal, NamedTuple

from nango_cli.diagnostics.diagnostic import Diagnostic, Diagnostics, has_errors
from nango_cli.diagnostics.source import Source
from nango_cli.ir.project import Project
from nango_cli.language import document, suppression
from nango_cli.language.resolve import resolve
from nango_cli.language.syntax import Mapping, Scalar, parse


class Compilation(NamedTuple):
    """A project and what is wrong with it. The project is whole only when `ok`; it is sound in any case."""

    source: Source
    project: Project
    diagnostics: tuple[Diagnostic, ...]
    yaml_version: Literal["v1", "v2"]

    @classmethod
    def failed(cls, source: Source, found: Diagnostics) -> Compilation:
        """The compilation of a file that could not even be read."""
        return cls(source, Project(), tuple(found), "v2")

    @property
    def ok(self) -> bool:
        return not has_errors(self.diagnostics)


def compile_source(source: Source) -> Compilation:
    """Compile one nango.yaml; never raises for anything that a file can hold."""
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
    left = suppression.apply(found, suppression.suppressions(source, root))
    return Compilation(source, project, tuple(left), "v1" if grammar == "v1" else "v2")
