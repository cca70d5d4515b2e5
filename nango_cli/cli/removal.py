"""Deleting: nothing goes before somebody has seen what, or has said that nobody need."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import typer

from nango_cli.cli.administering import Administered
from nango_cli.cli.ask import can_ask
from nango_cli.cli.format import ResultFormat
from nango_cli.errors import UsageError


class Doomed(NamedTuple):
    """What is to be deleted and how much goes with it; None where that does not apply, or nobody knows."""

    what: str
    connections: int | None = None
    records: int | None = None

    @property
    def company(self) -> str:
        """`with 2 connections and 40 records`, or nothing."""
        told = [_counted(self.connections, "connection")] if self.connections else []
        if self.records is None:
            told.append("all of their records" if self.connections else "all of its records")
        elif self.records:
            told.append(_counted(self.records, "record"))
        return f", with {' and '.join(told)}" if told else ""


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def remove(
    opened: Administered, doomed: Doomed, yes: bool, command: str, format: ResultFormat, delete: Callable[[], object]
) -> int:
    """Delete after consent and say so. Raises UsageError NG801 where nobody can be asked and `--yes` is missing."""
    console = opened.session.console
    if not yes:
        if not can_ask(opened.session):
            message = f"nothing was deleted: {doomed.what} would go{doomed.company}"
            raise UsageError(message, help="add `--yes` if that is meant; nobody can be asked here")
        if not typer.confirm(f"Delete {doomed.what}{doomed.company}?", err=True):
            console.err("nothing was deleted")
            return 1
    delete()
    data = {"deleted": doomed.what, "connections": doomed.connections, "records": doomed.records}
    if format is ResultFormat.text:
        console.err(f"deleted {doomed.what}{doomed.company}")
        return 0
    return opened.show(command, format, data, iter(()))
