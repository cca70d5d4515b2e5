"""The fixes for scripts, by code. Each is a function of a diagnostic and the layout of its file."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from nango_cli.diagnostics.diagnostic import Diagnostic, Fix
from nango_cli.language.fixes import comment
from nango_cli.scripts.fixes import call, request, segment
from nango_cli.scripts.fixes.layout import Layout
from nango_cli.scripts.rules.script_tree import ScriptTree
from nango_cli.scripts.type_errors.registry import TYPE_ERROR


def _unused_ignore(found: Diagnostic, layout: Layout) -> Fix | None:
    """The comment's removal, but for type errors: after each fix nobody looks for them again."""
    return None if TYPE_ERROR in found.message else comment.unused_ignore(found, layout)


FIXES: dict[str, Callable[[Diagnostic, Layout], Fix | None]] = {
    "NG009": _unused_ignore,
    "NG411": request.retries,
    "NG412": request.configuration,
    "NG414": request.params,
    "NG415": segment.quoted,
    "NG419": call.log,
    "NG420": call.action_error,
}


def attach(found: Iterable[Diagnostic], script: ScriptTree) -> tuple[Diagnostic, ...]:
    """The diagnostics of a script, each with its fix if there is one."""
    layout = Layout(script)
    return tuple(
        each._replace(fix=FIXES[each.code](each, layout)) if each.code in FIXES and each.span else each
        for each in found
    )
