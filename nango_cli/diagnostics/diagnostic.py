"""One problem, with everything needed to show it, and the bag that a compilation fills."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from nango_cli.diagnostics.codes import CODES
from nango_cli.diagnostics.source import Span

Severity = Literal["error", "warning", "note"]

RANK: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}


class Label(NamedTuple):
    """A second place that explains a diagnostic, such as the first of two duplicates."""

    span: Span
    message: str


class Edit(NamedTuple):
    """Text to put in the place of a span; an empty span inserts."""

    span: Span
    text: str


class Fix(NamedTuple):
    """A way to mend a file. It is `safe` when the file means the same afterwards, but for what was wrong."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = True


class Diagnostic(NamedTuple):
    """What is wrong, where, and what to do about it. `span` is None only when no file is involved."""

    code: str
    severity: Severity
    message: str
    span: Span | None = None
    help: str | None = None
    labels: tuple[Label, ...] = ()
    fix: Fix | None = None

    @property
    def name(self) -> str:
        """The rule's name in words, such as `undefined-model`."""
        return CODES[self.code].name

    @property
    def sort_key(self) -> tuple[str, int, int, int, str, str]:
        span = self.span
        rank = RANK[self.severity]
        if span is None:
            return ("", 0, 0, rank, self.code, self.message)
        return (span.path, span.line, span.column, rank, self.code, self.message)


class Diagnostics:
    """The bag that every step adds to; it never stops a step."""

    def __init__(self) -> None:
        self._items: dict[Diagnostic, None] = {}

    def add(
        self,
        code: str,
        message: str,
        span: Span | None,
        *,
        help: str | None = None,
        labels: Iterable[Label] = (),
        severity: Severity | None = None,
    ) -> None:
        """Record a problem, with the severity of its code unless given; the same one at the same place counts once."""
        message = message.replace("\r", "\\r").replace("\n", "\\n")  # of a name that was read from a file
        found = Diagnostic(code, severity or CODES[code].severity, message, span, help, tuple(labels))
        self._items.setdefault(found)

    def extend(self, others: Iterable[Diagnostic]) -> None:
        self._items.update(dict.fromkeys(others))

    def __iter__(self) -> Iterator[Diagnostic]:
        """In the order of the file."""
        return iter(sorted(self._items, key=lambda found: found.sort_key))

    def __len__(self) -> int:
        return len(self._items)


def has_errors(found: Iterable[Diagnostic]) -> bool:
    return any(each.severity == "error" for each in found)


def select(found: Iterable[Diagnostic], *, only: Iterable[str] = (), ignore: Iterable[str] = ()) -> list[Diagnostic]:
    """Keep the diagnostics that `only` names, if any, and `ignore` does not; both hold codes or beginnings of codes."""
    wanted, unwanted = tuple(only), tuple(ignore)
    return [
        each
        for each in found
        if (not wanted or each.code.startswith(wanted)) and not (unwanted and each.code.startswith(unwanted))
    ]
