"""Applying fixes until there is nothing left to fix, and taking back those that do not help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from nango_cli.diagnostics.diagnostic import RANK, Diagnostic
from nango_cli.diagnostics.source import Source
from nango_cli.language import edit


class Examined(Protocol):
    """A file, and what is wrong in it."""

    @property
    def source(self) -> Source: ...

    @property
    def diagnostics(self) -> Sequence[Diagnostic]: ...


E = TypeVar("E", bound=Examined)

Examination = Callable[[Source], E | None]
"""A look at a text; None for one that cannot be read."""

Choice = Callable[[Iterable[Diagnostic]], Sequence[Diagnostic]]

_ROUNDS = 1000  # each applies a fix or gives one up


class Repair(NamedTuple, Generic[E]):
    """What became of a file: a look at its text now, and the diagnostics that are gone because they were fixed."""

    after: E
    fixed: tuple[Diagnostic, ...]


def repair(before: E, examine: Examination[E], chosen: Choice, *, unsafe: bool) -> Repair[E]:
    """Apply the fixes of the diagnostics that `chosen` keeps; those that change meaning only if `unsafe`.

    A fix counts only if the file can still be read, the diagnostic is gone and no other as severe has come.
    """
    now = before
    fixed: list[Diagnostic] = []
    given_up: set[tuple[str, str, str]] = set()
    for _ in range(_ROUNDS):
        batch: list[Diagnostic] = []
        taken = edit.Places()
        # What is chosen may have got another severity.
        places = {(each.code, each.message, each.span) for each in chosen(now.diagnostics)}
        for each in now.diagnostics:
            if each.fix is None or (each.code, each.message, each.span) not in places:
                continue
            if not (each.fix.safe or unsafe) or _identity(each, now.source) in given_up:
                continue
            if taken.take(each.fix.edits):
                batch.append(each)
        if not batch:
            break
        while batch:
            better = _attempt(now, batch, examine)
            if better is not None:
                fixed += batch
                now = better
                break
            if len(batch) == 1:
                given_up.add(_identity(batch[0], now.source))
            batch = batch[: len(batch) // 2]
    return Repair(now, tuple(fixed))


def _attempt(now: E, batch: list[Diagnostic], examine: Examination[E]) -> E | None:
    """A look at the text with the fixes of a batch, if that is better."""
    source = now.source
    edits = [each for found in batch if found.fix for each in found.fix.edits]
    after = examine(Source(source.path, edit.apply(source, edits)))
    if after is None:
        return None
    expected = Counter(_key(each) for each in now.diagnostics) - Counter(map(_key, batch))
    new = Counter(_key(each) for each in after.diagnostics) - expected
    least = max(RANK[each.severity] for each in batch)
    if any(_key(each) in new and RANK[each.severity] <= least for each in after.diagnostics):
        return None
    return after


def _key(found: Diagnostic) -> tuple[str, str]:
    return found.code, found.message


def _identity(found: Diagnostic, source: Source) -> tuple[str, str, str]:
    """What tells a diagnostic from others, wherever it moves to."""
    return found.code, found.message, source.line(found.span.line) if found.span else ""
