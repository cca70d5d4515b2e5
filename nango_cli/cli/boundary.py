"""The boundary at which every failure becomes one diagnostic, and the exit statuses.

Beside those of `errors.exit_status`: 0 when nothing is wrong, 130 when interrupted, and 141 when whoever read our
output went away.
"""

from __future__ import annotations

from collections.abc import Callable

from nango_cli.cli.commands import ALIASES, COMMANDS
from nango_cli.cli.console import ReaderGone
from nango_cli.cli.report import Report, as_text, write
from nango_cli.cli.session import Session
from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.errors import FileError, NangoError


def guard(command: Callable[[], int], arguments: list[str], session: Session) -> int:
    """Run a command and return its exit status, or that of the failure it ended in, which is reported."""
    try:
        return command()
    except NangoError as error:
        return _fail(error.code, error.message, error.help, error.exit_code, arguments, session)
    except KeyboardInterrupt:
        session.console.err("interrupted")
        return 130
    except ReaderGone:
        _swallow_output()
        return 141
    except Exception as error:  # a bug of ours: the user gets one line and a report to send
        from nango_cli.cli.bug import report_bug

        message, help = report_bug(error, arguments, session.environ)
        return _fail("NG901", message, help, 70, arguments, session)


def _fail(code: str, message: str, help: str | None, status: int, arguments: list[str], session: Session) -> int:
    """Report one failure that no file is to blame for, in the format that the command line asked for."""
    found = Diagnostic(code, "error", message, help=help)
    report = Report(_command(arguments), [found], exit_code=status)
    try:
        return write(report, _format_of(arguments), session.console)
    except FileError:  # stdout takes nothing; stderr may
        session.console.err(as_text([found], {}, color=False))
    except ReaderGone:  # nobody hears why, but the exit status still tells
        _swallow_output()
    return status


def _command(arguments: list[str]) -> str:
    """The command that a command line calls, with that of its group, as far as it names one."""
    place = next((number for number, word in enumerate(arguments) if word in COMMANDS or word in ALIASES), None)
    if place is None:
        return "nango"
    name = ALIASES.get(arguments[place], arguments[place])
    following = arguments[place + 1 : place + (3 if arguments[place + 1 : place + 2] == ["metadata"] else 2)]
    more = [word for word in following if not word.startswith("-")] if COMMANDS[name].group else []
    return " ".join([name, *more])


def _format_of(arguments: list[str]) -> str:
    """The format asked for by a command line that may not have been understood."""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        value = following if word == "--format" else word.removeprefix("--format=")
        if value != word and value in ("json", "ndjson", "github", "sarif"):
            return value
    return "text"


def _swallow_output() -> None:
    """Let the interpreter end without complaining that nobody listens any more."""
    import os
    import sys

    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            os.dup2(nowhere, stream.fileno())
