"""Keys that a sync should have, written beside those it has."""

from __future__ import annotations

from nango_cli.diagnostics.diagnostic import Diagnostic, Fix
from nango_cli.language.layout import Layout
from nango_cli.language.syntax import Mapping, Scalar


def track_deletes(found: Diagnostic, layout: Layout) -> Fix | None:
    return _add(found, layout, "track_deletes", "true", after=("sync_type", "runs"))


def auto_start(found: Diagnostic, layout: Layout) -> Fix | None:
    return _add(found, layout, "auto_start", "false", after=("input",))


def _add(found: Diagnostic, layout: Layout, name: str, value: str, after: tuple[str, ...]) -> Fix | None:
    """The fix that adds a key to the sync in which, or on whose name, a diagnostic stands."""
    scalar = layout.scalar(found.span) if found.span else None
    entry = layout.entry(scalar) if scalar else None
    if entry is None:
        return None
    body = entry.value if scalar is entry.key else entry.parent
    for key in after:
        sibling = body.get(key) if isinstance(body, Mapping) else None
        if isinstance(sibling, Scalar):
            edit = layout.insert_after(sibling, name, value)
            return Fix(f"add `{name}: {value}`", (edit,), safe=False) if edit else None
    return None
