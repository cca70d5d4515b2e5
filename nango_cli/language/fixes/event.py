"""Scripts of the deprecated list, as scripts of the event that they always meant."""

from __future__ import annotations

from nango_cli.diagnostics.diagnostic import Diagnostic, Edit, Fix
from nango_cli.diagnostics.source import Span
from nango_cli.language.layout import Layout
from nango_cli.language.syntax import Mapping, Scalar, Sequence

OLD, NEW, EVENT = "post-connection-scripts", "on-events", "post-connection-creation"
_STEP = 4


def post_connection(found: Diagnostic, layout: Layout) -> Fix | None:
    """The list one level deeper, below its event."""
    key = layout.scalar(found.span) if found.span else None
    entry = layout.entry(key) if key else None
    if key is None or entry is None or not isinstance(entry.parent, Mapping) or NEW in entry.parent.entries:
        return None
    scripts = entry.value
    line = layout.source.line(key.line)
    indent = line[: key.column - 1]
    if not isinstance(scripts, Sequence) or layout.is_shared(scripts) or layout.text(key.span) != OLD or indent.strip():
        return None
    if line[key.end_column - 1 :].lstrip(" :")[:1] in ("&", "!"):
        return None
    # In brackets the lines below would have to be told from text that goes on, which must not move.
    if scripts.line == key.line and scripts.end_line > key.line:
        return None
    step = " " * (_step(key, layout))
    edits = [Edit(key.span, f"{NEW}:{layout.newline}{indent}{step}{EVENT}")]
    if scripts.line > key.line:
        for number in range(key.line + 1, scripts.end_line + 1):
            if layout.source.line(number).strip():
                edits.append(Edit(Span(key.path, number, 1, number, 1), step))
    return Fix(f"list the scripts under `{NEW}`, `{EVENT}`", tuple(edits))


def _step(key: Scalar, layout: Layout) -> int:
    """How far the file indents, as far as can be seen here."""
    above = [entry.key for entry in layout.above(key) if entry.key is not None and entry.key is not key]
    step = key.column - above[0].column if above else _STEP
    return step if step > 0 else _STEP
