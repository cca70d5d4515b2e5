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


def can_ask(session: Session) -> bool:
    """Whether somebody sits at a terminal who could answer."""
    console = session.console
    return not console.environ.get("CI") and bool(sys.stdin and sys.stdin.isatty() and console.stderr.isatty())


def pick(session: Session, question: str, choices: Sequence[str]) -> str:
    """One of a numbered list, by its number or its name, from somebody at a terminal; the only one without asking."""
    if len(choices) == 1:
        return choices[0]
    console = session.console
    for number, choice in enumerate(choices, 1):
        console.err(f"  {number}  {choice}")
    while True:
        answer = str(typer.prompt(question, err=True, prompt_suffix=" ")).strip()
        if answer in choices:
            return answer
        if answer.isdecimal() and 1 <= int(answer) <= len(choices):
            return choices[int(answer) - 1]
        console.err(f"  type a number from 1 to {len(choices)}, or a name")


def ask(session: Session, question: str, missing: str) -> str:
    """A person's answer. Raises UsageError NG801 in a pipe or in CI, where nobody would answer."""
    if not can_ask(session):
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
