"""The fixes, by code. Each is a function of a diagnostic and the layout of its file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic, Fix
from nango_cli.diagnostics.source import Source
from nango_cli.language.fixes import comment, endpoint, event, field_type, sync, word
from nango_cli.language.layout import Layout
from nango_cli.language.syntax import Node

FIXES: dict[str, Callable[[Diagnostic, Layout], Fix | None]] = {
    "NG009": comment.unused_ignore,
    "NG101": word.key,
    "NG105": event.post_connection,
    "NG106": word.choice,
    "NG108": word.guess,
    "NG201": word.guess,
    "NG202": word.guess,
    "NG204": word.guess,
    "NG206": field_type.obvious,
    "NG220": field_type.optional,
    "NG221": field_type.unquoted,
    "NG302": word.spelling,
    "NG304": word.guess,
    "NG305": word.spelling,
    "NG309": word.key,
    "NG320": sync.track_deletes,
    "NG321": sync.auto_start,
    "NG325": endpoint.grouped,
    "NG326": word.setting,
    "NG327": word.schedule,
}


def attach(found: Iterable[Diagnostic], source: Source, root: Node) -> Iterator[Diagnostic]:
    """The diagnostics, each with its fix if there is one."""
    layout = Layout(source, root)
    for each in found:
        fix = FIXES.get(each.code)
        yield each._replace(fix=fix(each, layout)) if fix and each.span else each
