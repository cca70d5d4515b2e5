"""Types written the way they should be."""

from __future__ import annotations

import re

from nango_cli.diagnostics.diagnostic import Diagnostic, Edit, Fix
from nango_cli.diagnostics.source import Span
from nango_cli.language.fixes import word
from nango_cli.language.layout import Layout
from nango_cli.language.syntax import Mapping, Scalar

_UNDEFINED = re.compile(r"\s*\|\s*undefined(?=\s*(?:\||\)|$))|(?<![^\s(])undefined\s*\|\s*", re.IGNORECASE)
_QUOTED = re.compile(r"'([\w-]+)'|\"([\w-]+)\"")
_WORDS = re.compile(r"[A-Za-z_][\w -]*(?:\|[\w -]+)+")
_DANGLING = re.compile(r"^\s*\|\s*|\s*\|\s*$")


def optional(found: Diagnostic, layout: Layout) -> Fix | None:
    """`name?: string` for `name: string | undefined`."""
    scalar = _whole(found, layout)
    entry = layout.entry(scalar) if scalar else None
    if scalar is None or entry is None or entry.key is None or not isinstance(entry.parent, Mapping):
        return None
    key, text = entry.key, layout.text(scalar.span) or ""
    first, last = int(scalar.quoted), len(text) - scalar.quoted
    pieces = list(_UNDEFINED.finditer(text[first:last]))
    rest = _UNDEFINED.sub("", text[first:last])
    # What is left must still be text: a number or a boolean would be another kind of value.
    if not pieces or not isinstance(Scalar(rest, scalar.quoted, "", 1, 1, 1, 1).value, str):
        return None
    edits = [Edit(_part(scalar.span, first + piece.start(), first + piece.end()), "") for piece in pieces]
    if not key.text.endswith("?"):
        shown = layout.text(key.span) or ""
        if shown not in (key.text, f"'{key.text}'", f'"{key.text}"') or f"{key.text}?" in entry.parent.entries:
            return None
        end = len(shown) - key.quoted
        edits.append(Edit(_part(key.span, end, end), "?"))
        return Fix(f"write `{key.text}?` and remove `undefined`", tuple(edits))
    return Fix("remove `undefined`", tuple(edits))


def unquoted(found: Diagnostic, layout: Layout) -> Fix | None:
    """`open | closed` for `"'open' | 'closed'"`."""
    scalar = _whole(found, layout)
    if scalar is None:
        return None
    text = layout.text(scalar.span) or ""
    outer = int(scalar.quoted)
    inside = text[outer : len(text) - outer]
    edits = []
    for piece in _QUOTED.finditer(inside):
        start, end = outer + piece.start(), outer + piece.end()
        edits += [Edit(_part(scalar.span, place, place + 1), "") for place in (start, end - 1)]
    if outer and edits and _WORDS.fullmatch(_QUOTED.sub(lambda piece: piece[1] or piece[2], inside)):
        if inside[0] in "'\"":  # the two quotes that stand side by side go in one edit
            edits[0] = Edit(_part(scalar.span, 0, 2), "")
        else:
            edits.append(Edit(_part(scalar.span, 0, 1), ""))
        if inside[-1] in "'\"":
            edits[-1 if inside[0] in "'\"" else -2] = Edit(_part(scalar.span, len(text) - 2, len(text)), "")
        else:
            edits.append(Edit(_part(scalar.span, len(text) - 1, len(text)), ""))
    return Fix("remove the quotes", tuple(edits)) if edits else None


def obvious(found: Diagnostic, layout: Layout) -> Fix | None:
    """The type that the help names, or the union without the `|` that has nothing beside it."""
    span = found.span
    scalar = layout.scalar(span) if span else None
    if span and layout.text(span) == "[]" and scalar is None:
        return Fix("write `array`", (Edit(span, "array"),), safe=False)
    if "`|`" not in found.message:
        return word.guess(found, layout)
    scalar = _whole(found, layout)
    if scalar is None or scalar.quoted:
        return None
    edits = [
        Edit(_part(scalar.span, *match.span()), "") for match in _DANGLING.finditer(layout.text(scalar.span) or "")
    ]
    return Fix("remove the `|`", tuple(edits), safe=False) if edits else None


def _whole(found: Diagnostic, layout: Layout) -> Scalar | None:
    """The scalar around a diagnostic, if it stands in the file once, on one line and as it reads."""
    scalar = layout.scalar(found.span) if found.span else None
    if scalar is None or layout.is_shared(scalar):
        return None
    text = layout.text(scalar.span)
    shown = text[1:-1] if scalar.quoted and text else text
    return scalar if shown == scalar.text else None


def _part(span: Span, start: int, end: int) -> Span:
    return Span(span.path, span.line, span.column + start, span.line, span.column + end)
