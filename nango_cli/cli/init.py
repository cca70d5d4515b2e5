"""`nango init`."""

from __future__ import annotations

from typing import Annotated

import typer

from nango_cli.cli.format import ResultFormat
from nango_cli.cli.options import Directory, Result
from nango_cli.cli.report import Report, write
from nango_cli.cli.session import Session


def init(
    context: typer.Context,
    path: Annotated[
        str, typer.Argument(metavar="[PATH]", help="The folder to create or fill.", show_default=True)
    ] = "nango-integrations",
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Start a project that works: a sync, an action, and a sample API to run them against.

    No file is ever overwritten, and if one cannot be written none is.

    \b
    Example:
      nango init
    """
    from nango_cli.errors import UsageError
    from nango_cli.scaffold.init import init as create_project

    session: Session = context.obj
    if not path:  # as of an unset variable; a Path would make the current folder of it
        raise UsageError("the folder's name is empty", help="the current folder is `.`")
    workspace, written = create_project(session.start(directory) / path, session.cwd)
    shown = [workspace.shown_file(each) for each in written]
    if format is ResultFormat.json:
        data = {"path": workspace.shown(workspace.root), "files": shown}
        return write(Report("init", [], data=data), "json", session.console)
    for each in shown:
        session.console.out(each)
    here = workspace.shown(workspace.root)
    step = "" if here == "." else f"cd {here} && "
    session.console.say(f"\nnext: {step}nango dryrun pull-requests demo")
    return 0
