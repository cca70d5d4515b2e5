"""Escaping what becomes a part of a path."""

from __future__ import annotations

import ast

from nango_cli.diagnostics.diagnostic import Diagnostic, Edit, Fix
from nango_cli.diagnostics.source import Span
from nango_cli.scripts.fixes.importing import imported
from nango_cli.scripts.fixes.layout import Layout


def quoted(found: Diagnostic, layout: Layout) -> Fix | None:
    """The expression in `quote`; a `/` that is meant to be one, and what is escaped already, would be escaped too."""
    text = layout.text(found.span) if found.span else None
    needed = imported(layout, "urllib.parse", "quote")
    if found.span is None or text is None or needed is None:
        return None
    none = '""'
    if not _is_alone(found.span, layout):
        around = layout.source.line(found.span.line)[found.span.column - 2 : found.span.end_column]
        literal = layout.string_around(found.span.line, found.span.column).lstrip("fFrR")
        if f"`{text}`" not in found.message or around != f"{{{text}}}" or not literal:
            return None
        none = '""' if literal[0] == "'" else "''"  # before Python 3.12 the quotes of an f-string end it
    edit = Edit(found.span, f"quote({text}, safe={none})")
    return Fix("escape it with `quote`", (edit, *needed), safe=False)


def _is_alone(span: Span, layout: Layout) -> bool:
    """Whether an expression stands at a span, and not in an f-string."""
    tree = layout.script.tree
    found = [each for each in (*tree.of(ast.Attribute), *tree.of(ast.Subscript)) if layout.extent(each) == span]
    return any(not any(isinstance(above, ast.JoinedStr) for above in tree.above(each)) for each in found)
