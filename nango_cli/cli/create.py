"""`nango create`."""

from __future__ import annotations

from typing import Annotated

import typer

from nango_cli.cli import complete
from nango_cli.cli.format import ReportFormat
from nango_cli.cli.options import Directory, Format
from nango_cli.cli.report import Report, write
from nango_cli.cli.session import Session


def create(
    context: typer.Context,
    integration: Annotated[
        str | None,
        typer.Argument(
            metavar="INTEGRATION",
            help="An integration of nango.yaml, or a new one.",
            autocompletion=complete.integrations,
        ),
    ] = None,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="The name of the new script.")] = None,
    sync: Annotated[bool, typer.Option("--sync", help="Create a sync.")] = False,
    action: Annotated[bool, typer.Option("--action", help="Create an action.")] = False,
    on_event: Annotated[bool, typer.Option("--on-event", help="Create an on-event script.")] = False,
    event: Annotated[
        str | None,
        typer.Option("--event", metavar="EVENT", help="What an on-event script answers to. [post-connection-creation]"),
    ] = None,
    directory: Directory = None,
    format: Format = ReportFormat.text,
) -> int:
    """Add a sync, an action or an on-event script: its files and its entry in nango.yaml.

    Nothing that is in nango.yaml changes, no file is overwritten, and if one cannot be written none is. What is missing
    on the command line is asked for on a terminal.

    \b
    Example:
      nango create --sync github issues
    """
    from nango_cli import workspace
    from nango_cli.cli.ask import ask, choose
    from nango_cli.errors import UsageError
    from nango_cli.language.document import EVENTS
    from nango_cli.scaffold.create import create as create_script
    from nango_cli.scaffold.request import KINDS, Request

    session: Session = context.obj
    chosen = [kind for kind, given in zip(KINDS, (sync, action, on_event), strict=True) if given]
    if len(chosen) > 1:
        raise UsageError("only one of `--sync`, `--action` and `--on-event` can be created", help="choose one")
    if event is not None and chosen != ["on-event"]:
        raise UsageError("`--event` is for on-event scripts", help="add `--on-event`, or remove it")
    folder = workspace.find(session.start(directory), session.cwd)
    kinds = chosen or [choose(session, "What", "one of `--sync`, `--action` and `--on-event`", KINDS)]
    integration = integration or ask(session, "Integration", "argument `INTEGRATION`")
    name = name or ask(session, "Name", "argument `NAME`")
    created = create_script(folder, Request(kinds[0], integration, name, event or EVENTS[0]))
    shown = [folder.shown_file(path) for path in created.paths]
    sources = {created.source.path: created.source}
    status = write(Report("create", created.diagnostics, sources, {"files": shown}), format.value, session.console)
    if format is ReportFormat.text:
        for path in shown:
            session.console.out(path)
    return status
