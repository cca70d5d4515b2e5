"""The Typer application, the boundary at which every failure becomes one diagnostic, and the exit statuses.

| status | meaning |
| --- | --- |
| 0 | nothing wrong |
| 1 | errors found, or the script failed |
| 2 | bad usage |
| 3 | the world failed: a file, the network, an environment |
| 70 | a bug of ours (NG901) |
| 130 | interrupted |
| 141 | whoever read our output went away |
"""

from __future__ import annotations

import importlib
from typing import Any

import typer
from typer.core import TyperGroup

from nango_cli.cli.commands import ALIASES, COMMANDS
from nango_cli.cli.console import ReaderGone
from nango_cli.cli.options import Directory
from nango_cli.cli.report import Report, write
from nango_cli.cli.session import Session
from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.diagnostics.suggest import did_you_mean
from nango_cli.errors import NangoError, UsageError

HELP = """Generate typed models from nango.yaml, check it, and dry-run syncs and actions.

\b
Commands find nango.yaml in this folder, in its nango-integrations, or in a folder above.
Exit status: 0 fine, 1 errors found, 2 bad usage, 3 the world failed, 70 a bug, 130 interrupted.

\b
Example:
  nango check && nango generate
"""

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

# The root of what Typer raises for a command line it cannot read; its vendored click has no public name for it.
_Refusal: Any = typer.BadParameter.__mro__[2]


class Commands(TyperGroup):
    """A group that imports a command when it is called, and lists them all without importing any."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        name = ALIASES.get(cmd_name, cmd_name)
        if name not in COMMANDS and ctx.resilient_parsing:
            return None
        if name not in COMMANDS:
            help = did_you_mean(cmd_name, [*COMMANDS, *ALIASES]) or "`nango --help` lists the commands"
            raise UsageError(f"no command is named `{cmd_name}`", help=help)
        return load(name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])


def load(name: str) -> Any:
    """The command object of a name."""
    module = COMMANDS[name].module
    function = getattr(importlib.import_module(f"nango_cli.cli.{module}"), module)
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, context_settings=SETTINGS)(function)
    return typer.main.get_command(app)


def build() -> Any:
    """The whole command line."""
    app = typer.Typer(cls=Commands, add_completion=False, rich_markup_mode=None, context_settings=SETTINGS)
    app.callback(help=HELP)(root)
    return typer.main.get_command(app)


def complete() -> None:
    """Answer a shell that asks what could follow, and exit."""
    from typer.completion import completion_init  # type: ignore[attr-defined]  # used, not listed, by Typer

    completion_init()
    build().main(args=[], prog_name="nango")


def root(
    context: typer.Context,
    directory: Directory = None,
    version: bool = typer.Option(False, "-v", "--version", help="Print the version."),
) -> None:
    session: Session = context.obj
    session.directory = directory
    if version:
        from nango_cli import __version__

        session.console.out(f"nango-cli {__version__}")
        raise typer.Exit


def run(arguments: list[str], session: Session) -> int:
    """Run one command line and return its exit status; nothing but a signal gets past this."""
    try:
        if not arguments:
            from nango_cli.resources import read_text

            session.console.err(read_text("help.txt").rstrip())
            return 2
        status = build().main(args=arguments, prog_name="nango", standalone_mode=False, obj=session)
        return status if isinstance(status, int) else 0
    except NangoError as error:
        return fail(error.code, error.message, error.help, error.exit_code, arguments, session)
    except _Refusal as error:
        context = getattr(error, "ctx", None)
        help = f"see `{context.command_path} --help`" if context else "see `nango --help`"
        return fail("NG801", _sentence(error.format_message()), help, 2, arguments, session)
    except (KeyboardInterrupt, typer.Abort):
        session.console.err("interrupted")
        return 130
    except ReaderGone:
        _swallow_output()
        return 141
    except Exception as error:  # a bug of ours: the user gets one line and a report to send
        from nango_cli.cli.bug import report_bug

        message, help = report_bug(error, arguments, session.environ)
        return fail("NG901", message, help, 70, arguments, session)


def fail(code: str, message: str, help: str | None, status: int, arguments: list[str], session: Session) -> int:
    """Report one failure that no file is to blame for, in the format that the command line asked for."""
    found = Diagnostic(code, "error", message, help=help)
    command = next((word for word in arguments if word in COMMANDS or word in ALIASES), "")
    report = Report(ALIASES.get(command, command) or "nango", [found], exit_code=status)
    return write(report, _format_of(arguments), session.console)


def _format_of(arguments: list[str]) -> str:
    """The format asked for by a command line that may not have been understood."""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        value = following if word == "--format" else word.removeprefix("--format=")
        if value != word and value in ("json", "github", "sarif"):
            return value
    return "text"


def _sentence(message: str) -> str:
    """A message of the argument parser in our manner: lower case at the start, no full stop."""
    plain = message.strip().rstrip(".")
    return plain[:1].lower() + plain[1:]


def _swallow_output() -> None:
    """Let the interpreter end without complaining that nobody listens any more."""
    import os
    import sys

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
