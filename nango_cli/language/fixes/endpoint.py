"""Endpoints in the form of an object."""

from __future__ import annotations

import re

from nango_cli.diagnostics.diagnostic import Diagnostic, Edit, Fix
from nango_cli.diagnostics.source import Span
from nango_cli.language.layout import Entry, Layout
from nango_cli.language.syntax import Mapping, Scalar

_SUBJECT = re.compile(r"`(?P<method>[A-Z]+) (?P<path>/[^`]+)`")
_GROUP = re.compile(r"[A-Za-z _-]{1,64}")
_STEP = 4


def grouped(found: Diagnostic, layout: Layout) -> Fix | None:
    """The endpoint as an object, in a group called after the first part of its path."""
    scalar = layout.scalar(found.span) if found.span else None
    entry = layout.entry(scalar) if scalar else None
    subject = _SUBJECT.search(found.message)
    if scalar is None or entry is None or subject is None or layout.is_shared(scalar):
        return None
    method, path = subject["method"], subject["path"]
    resource, *rest = path.strip("/").split("/")
    if rest and resource in [above.key.text for above in layout.above(scalar) if above.key][-2:]:
        resource = rest[0]  # the integration's name says nothing here
    group = " ".join(word.capitalize() for word in re.split("[-_]", resource))
    if not _GROUP.fullmatch(group):
        return None
    if entry.key is not None and entry.key.text == "path":
        edit = layout.insert_after(scalar, "group", group)
    elif layout.text(scalar.span) not in (scalar.text, f"'{scalar.text}'", f'"{scalar.text}"'):
        edit = None
    elif (indent := _indentation(entry, scalar, layout)) is not None:
        rows = "".join(f"{layout.newline}{indent}{row}" for row in (f"method: {method}", f"path: {path}"))
        # The space before the value goes too.
        gap = Span(scalar.path, scalar.line, scalar.column - 1, scalar.line, scalar.end_column)
        edit = Edit(gap, f"{rows}{layout.newline}{indent}group: {group}")
    else:
        path = path if re.fullmatch(r"[\w/.-]+", path) else f"'{path}'"
        edit = Edit(scalar.span, f"{{method: {method}, path: {path}, group: {group}}}")
    return Fix(f"write it as an object in the group `{group}`", (edit,), safe=False) if edit else None


def _indentation(entry: Entry, scalar: Scalar, layout: Layout) -> str | None:
    """How far to indent the keys of an object in block style, or None where it must be written on one line."""
    key, script = entry.key, entry.parent
    if key is None or key.line != scalar.line or not isinstance(script, Mapping):
        return None
    line = layout.source.line(key.line)
    indent = line[: key.column - 1]
    if indent.strip() or line[scalar.end_column - 1 :].strip() or line[key.end_column - 1 : scalar.column - 1] != ": ":
        return None
    owner = next((each.key for each in layout.above(script)), None)
    step = key.column - owner.column if owner else _STEP
    return indent + " " * (step if step > 0 else _STEP)
