"""Calling what `nango` has in the place of what Python has."""

from __future__ import annotations

import ast

from nango_cli.diagnostics.diagnostic import Diagnostic, Edit, Fix
from nango_cli.scripts.fixes.layout import Layout
from nango_cli.scripts.rules.text import text_of


def log(found: Diagnostic, layout: Layout) -> Fix | None:
    """`nango.log` for a `print` of one value."""
    call, _, name = _plain(found, layout)
    if found.span is None or call is None or name is None:
        return None
    return Fix(f"write `{name}.log`", (Edit(found.span, f"{name}.log"),))


def action_error(found: Diagnostic, layout: Layout) -> Fix | None:
    """An `ActionError` with the same text; whoever catches the other one no longer does."""
    call, value, name = _plain(found, layout)
    if found.span is None or call is None or value is None or name is None or text_of(value) is None:
        return None
    edits = (
        Edit(found.span, f"{name}.ActionError"),
        Edit(layout.before(value), '{"message": '),
        Edit(layout.after(value), "}"),
    )
    return Fix(f"raise `{name}.ActionError`", edits, safe=False)


def _plain(found: Diagnostic, layout: Layout) -> tuple[ast.Call | None, ast.expr | None, str | None]:
    """The call that a diagnostic is about, its only argument, and what `nango` is called there."""
    match layout.call(found.span) if found.span else None:
        case ast.Call(args=[value], keywords=[]) as call if not isinstance(value, ast.Starred | ast.GeneratorExp):
            return call, value, layout.nango(call)
    return None, None, None
