"""The Typer application: every command line that `plain.py` does not answer."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any

import typer
from typer.core import TyperGroup

from nango_cli.cli.boundary import guard
from nango_cli.cli.commands import ALIASES, COMMANDS
from nango_cli.cli.optional_value import spelled_out
from nango_cli.cli.options import Directory
from nango_cli.cli.passed_on import passed_on
from nango_cli.cli.session import Session
from nango_cli.diagnostics.suggest import did_you_mean
from nango_cli.errors import FileError, UsageError

HELP = """Generate typed models from nango.yaml, check it, and dry-run syncs and actions.

\b
Commands find nango.yaml in this folder, in its nango-integrations, or in a folder above.
Exit status: 0 fine, 1 errors found, 2 bad usage, 3 the world failed,
4 data does not fit its model, 5 not found, 70 a bug, 130 interrupted.

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
    """The command object of a name, or the group."""
    module, _, is_group = COMMANDS[name]
    found = getattr(importlib.import_module(f"nango_cli.cli.{module}"), module)
    if is_group:
        return typer.main.get_group(found)
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, context_settings=SETTINGS)(found)
    return typer.main.get_command(app)


def group(help: str, commands: Mapping[str, Callable[..., int]]) -> typer.Typer:
    """A command with commands of its own, by name."""
    app = typer.Typer(help=help, add_completion=False, rich_markup_mode=None, context_settings=SETTINGS)
    for name, function in commands.items():
        app.command(name, context_settings=SETTINGS)(function)
    return app


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
    return guard(lambda: _dispatch(arguments, session), arguments, session)


def _dispatch(arguments: list[str], session: Session) -> int:
    if not arguments:
        from nango_cli.resources import read_text

        session.console.err(read_text("help.txt").rstrip())
        return 2
    words = spelled_out(passed_on(arguments))
    try:
        status = build().main(args=words, prog_name="nango", standalone_mode=False, obj=session)
    except _Refusal as error:
        context = getattr(error, "ctx", None)
        help = f"see `{context.command_path} --help`" if context else "see `nango --help`"
        message, near = _sentence(error.format_message())
        if context and "command" in message and (known := getattr(context.command, "commands", None)):
            help = f"commands: {', '.join(f'`{each}`' for each in known)}; {help}"
        raise UsageError(message, help=f"did you mean `{near}`? {help}" if near else help) from error
    except typer.Abort:
        raise KeyboardInterrupt from None
    except OSError as error:
        if not {"-h", "--help"} & set(arguments):
            raise
        reason = (error.strerror or str(error)).lower()
        raise FileError(f"cannot write the output: {reason}", code="NG010", help="check where it goes") from error
    return status if isinstance(status, int) else 0


def _sentence(message: str) -> tuple[str, str | None]:
    """A message of the argument parser in our manner, and the option that it thinks was meant."""
    plain = " ".join(message.split()).rstrip(".")
    if "unexpected extra argument" in plain:
        plain = plain.partition(" (")[0].replace("argument(s)", "argument")  # it may be a secret that was misplaced
    plain, _, near = (
        plain.rstrip(")").partition(" (Possible options: ") if "(Possible options" in plain else (plain, "", "")
    )
    return plain[:1].lower() + plain[1:], near.partition(",")[0] or None
