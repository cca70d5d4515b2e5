"""Escaping what becomes a part of a path."""

from __future__ import annotations

from nango_cli.diagnostics.diagnostic import Diagnostic, Edit, Fix
from nango_cli.scripts.fixes.importing import imported
from nango_cli.scripts.fixes.layout import Layout


def quoted(found: Diagnostic, layout: Layout) -> Fix | None:
    """The expression in `quote`; a `/` that is meant to be one, and what is escaped already, would be escaped too."""
    span = found.span
    text = layout.text(span) if span else None
    if span is None or f"`{text}`" not in found.message:
        return None
    around = layout.source.line(span.line)[span.column - 2 : span.end_column]
    literal = layout.string_around(span.line, span.column).lstrip("fFrR")
    needed = imported(layout, "urllib.parse", "quote")
    if around != f"{{{text}}}" or not literal or needed is None:
        return None
    none = '""' if literal[0] == "'" else "''"  # before Python 3.12 the quotes of an f-string end it
    edit = Edit(span, f"quote({text}, safe={none})")
    return Fix("escape it with `quote`", (edit, *needed), safe=False)
