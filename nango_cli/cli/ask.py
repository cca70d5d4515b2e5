"""Asking for what a command line left out, where there is somebody to ask."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TypeVar

import typer

from nango_cli.cli.session import Session
from nango_cli.diagnostics.suggest import did_you_mean
from nango_cli.errors import UsageError

T = TypeVar("T", bound=str)


def ask(session: Session, question: str, missing: str) -> str:
    """A person's answer. Raises UsageError NG801 in a pipe or in CI, where nobody would answer."""
    console = session.console
    if console.environ.get("CI") or not (sys.stdin is not None and sys.stdin.isatty() and console.stderr.isatty()):
        raise UsageError(f"missing {missing}", help="see `nango create --help`")
    answer: str = typer.prompt(question, err=True)
    return answer.strip()


def choose(session: Session, question: str, missing: str, choices: Sequence[T]) -> T:
    """One of the choices, by a person; raises UsageError NG801 too when it is none."""
    answer = ask(session, f"{question} ({', '.join(choices)})", missing)
    for choice in choices:
        if choice == answer:
            return choice
    help = did_you_mean(answer, choices) or "choose one of " + ", ".join(f"`{each}`" for each in choices)
    raise UsageError(f"`{answer}` is no choice", help=help)
