"""`nango completion`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from nango_cli.cli.format import ResultFormat
from nango_cli.cli.options import Result
from nango_cli.cli.report import Report, write
from nango_cli.cli.session import Session

VARIABLE = "_NANGO_COMPLETE"


class Shell(StrEnum):
    bash = "bash"
    zsh = "zsh"
    fish = "fish"
    powershell = "powershell"


def completion(
    context: typer.Context,
    shell: Annotated[Shell, typer.Argument(help="The shell to complete in.", show_default=False)],
    format: Result = ResultFormat.text,
) -> int:
    """Print a script that completes commands, options, scripts and connections in a shell.

    Nothing of yours is edited: put the line that loads the script where your shell starts.

    \b
    Example:
      nango completion bash > ~/.local/share/bash-completion/completions/nango
    """
    from typer.completion import get_completion_script  # type: ignore[attr-defined]  # used, not listed, by Typer

    session: Session = context.obj
    script = get_completion_script(prog_name="nango", complete_var=VARIABLE, shell=shell.value)
    if format is ResultFormat.json:
        return write(Report("completion", [], data={"script": script}), "json", session.console)
    session.console.out(script)
    return 0
