"""Putting one word in the place of another: what a diagnostic's help says in words, done."""

from __future__ import annotations

import re

from nango_cli.diagnostics.diagnostic import Diagnostic, Edit, Fix
from nango_cli.diagnostics.source import Span
from nango_cli.language import schedule_expr
from nango_cli.language.layout import Layout
from nango_cli.language.syntax import Mapping

# The forms of help that name a replacement for exactly what the diagnostic underlines.
_ADVICE = re.compile(r"(?:did you mean|\bwrite|, such as) `([^`]+)`")
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_. -]*")


def guess(found: Diagnostic, layout: Layout) -> Fix | None:
    """The word that was probably meant."""
    return _replace(found, layout, safe=False)


def spelling(found: Diagnostic, layout: Layout) -> Fix | None:
    """The word that was meant; certainly, if only capitals and spaces are different."""
    old, new = layout.text(found.span) if found.span else None, _advised(found)
    same = bool(old and new) and " ".join(str(old).strip("'\"").split()).lower() == str(new).lower()
    return _replace(found, layout, safe=same)


def choice(found: Diagnostic, layout: Layout) -> Fix | None:
    """One of a few words, as `spelling` does; where the wrong one is read as another, the right one changes things."""
    return spelling(found, layout) if found.severity == "error" else guess(found, layout)


def schedule(found: Diagnostic, layout: Layout) -> Fix | None:
    """Another way to write a schedule; safe if it is the same time."""
    old = layout.scalar(found.span) if found.span else None
    before = schedule_expr.parse(old.text) if old else None
    after = schedule_expr.parse(_advised(found) or "")
    if before is None or after is None:
        return None
    return _replace(found, layout, safe=before.seconds == after.seconds)


def key(found: Diagnostic, layout: Layout) -> Fix | None:
    """The key that was probably meant, unless it is there already."""
    scalar = layout.scalar(found.span) if found.span else None
    entry = layout.entry(scalar) if scalar else None
    if entry is None or not isinstance(entry.parent, Mapping) or _advised(found) in entry.parent.entries:
        return None
    return _replace(found, layout, safe=False)


def setting(found: Diagnostic, layout: Layout) -> Fix | None:
    """`false` where `true` is refused."""
    if found.span is None or layout.text(found.span) not in ("true", "True", "TRUE"):
        return None
    scalar = layout.scalar(found.span)
    if scalar is None or layout.is_shared(scalar):
        return None
    return Fix("write `track_deletes: false`", (Edit(found.span, "false"),), safe=False)


def _advised(found: Diagnostic) -> str | None:
    match = _ADVICE.search(found.help or "")
    return match[1] if match and _PLAIN.fullmatch(match[1]) else None


def _replace(found: Diagnostic, layout: Layout, *, safe: bool) -> Fix | None:
    """The fix that writes what the help advises in place of the word that the message is about, inside its quotes."""
    span, new = found.span, _advised(found)
    old = layout.text(span) if span else None
    if span is None or not new or not old:
        return None
    if len(old) > 1 and old[0] == old[-1] and old[0] in "'\"":
        span = Span(span.path, span.line, span.column + 1, span.line, span.end_column - 1)
        old = old[1:-1]
    scalar = layout.scalar(span)
    # A word that stands in the file otherwise than in the message hides behind an escape, an anchor or a tag.
    if old == new or f"`{old}`" not in found.message or scalar is None or layout.is_shared(scalar):
        return None
    return Fix(f"write `{new}`", (Edit(span, new),), safe)
