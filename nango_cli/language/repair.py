"""Applying fixes until there is nothing left to fix, and taking back those that do not help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from nango_cli.diagnostics.diagnostic import RANK, Diagnostic
from nango_cli.diagnostics.source import Source
from nango_cli.language import edit
from nango_cli.language.compiler import Compilation, Rule, compile_source

Choice = Callable[[Iterable[Diagnostic]], Sequence[Diagnostic]]

_ROUNDS = 1000  # each applies a fix or gives one up


class Repair(NamedTuple):
    """What became of a file: its text compiled anew, and the diagnostics that are gone because they were fixed."""

    compilation: Compilation
    fixed: tuple[Diagnostic, ...]


def repair(compilation: Compilation, rules: Iterable[Rule], chosen: Choice, *, unsafe: bool) -> Repair:
    """Apply the fixes of the diagnostics that `chosen` keeps; those that change meaning only if `unsafe`.

    A fix counts only if the file still compiles as far as before, the diagnostic is gone and no other as severe has
    come.
    """
    rules = tuple(rules)
    fixed: list[Diagnostic] = []
    given_up: set[tuple[str, str, str]] = set()
    for _ in range(_ROUNDS):
        batch: list[Diagnostic] = []
        taken = edit.Places()
        # What is chosen may have got another severity.
        places = {(each.code, each.message, each.span) for each in chosen(compilation.diagnostics)}
        for each in compilation.diagnostics:
            if each.fix is None or (each.code, each.message, each.span) not in places:
                continue
            if not (each.fix.safe or unsafe) or _identity(each, compilation.source) in given_up:
                continue
            if taken.take(each.fix.edits):
                batch.append(each)
        if not batch:
            break
        while batch:
            better = _attempt(compilation, batch, rules)
            if better is not None:
                fixed += batch
                compilation = better
                break
            if len(batch) == 1:
                given_up.add(_identity(batch[0], compilation.source))
            batch = batch[: len(batch) // 2]
    return Repair(compilation, tuple(fixed))


def _attempt(compilation: Compilation, batch: list[Diagnostic], rules: Iterable[Rule]) -> Compilation | None:
    """The compilation of the text with the fixes of a batch, if that is better."""
    source = compilation.source
    edits = [each for found in batch if found.fix for each in found.fix.edits]
    after = compile_source(Source(source.path, edit.apply(source, edits)), rules)
    expected = Counter(_key(each) for each in compilation.diagnostics) - Counter(map(_key, batch))
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
