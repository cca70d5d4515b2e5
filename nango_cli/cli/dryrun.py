"""`nango dryrun`."""

from __future__ import annotations

from typing import Annotated

import typer

from nango_cli.cli import complete
from nango_cli.cli.format import RunFormat
from nango_cli.cli.options import Directory, EnvironmentName, IntegrationId
from nango_cli.cli.rehearsal import Rehearsal, rehearse
from nango_cli.configuration import LEAST_MEMORY, MOST_MEMORY


def dryrun(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[SCRIPT]", help="A sync, action or on-event script.", autocompletion=complete.scripts),
    ] = None,
    connection: Annotated[
        str | None,
        typer.Argument(metavar="[CONNECTION]", help="The id of a connection.", autocompletion=complete.connections),
    ] = None,
    environment: EnvironmentName = None,
    integration_id: IntegrationId = None,
    input: Annotated[
        str | None,
        typer.Option("-i", "--input", metavar="VALUE", help="An action's input: JSON, @file.json, text, or -."),
    ] = None,
    metadata: Annotated[
        str | None,
        typer.Option("-m", "--metadata", metavar="JSON", help="Metadata in place of the connection's."),
    ] = None,
    checkpoint: Annotated[
        str | None,
        typer.Option("-c", "--checkpoint", metavar="JSON", help="The checkpoint that a sync starts from."),
    ] = None,
    last_sync_date: Annotated[
        str | None,
        typer.Option(
            "-l", "--lastSyncDate", "--last-sync-date", metavar="DATE", help="When an incremental sync last ran."
        ),
    ] = None,
    variant: Annotated[str, typer.Option("--variant", metavar="NAME", help="The variant of a sync.")] = "base",
    webhook: Annotated[
        str | None,
        typer.Option("--webhook", metavar="JSON", help="Run a sync's webhook handler with this payload."),
    ] = None,
    state: Annotated[
        bool | None,
        typer.Option("--state/--no-state", help="Remember records and more for the next run.", show_default=False),
    ] = None,
    resume: Annotated[
        bool | None,
        typer.Option(
            "--resume/--fresh",
            help="Start from the last sync date and checkpoint that are known, or afresh.",
            show_default=False,
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="With --state: the next run sees this as the last sync date."),
    ] = None,
    validate: Annotated[
        bool,
        typer.Option("--validate", "--validation", help="End the run at the first value that does not fit its model."),
    ] = False,
    read_only: Annotated[
        bool,
        typer.Option("--read-only", help="Refuse requests other than GET, and writes to metadata."),
    ] = False,
    limit_pages: Annotated[
        int | None,
        typer.Option("--limit-pages", metavar="N", min=1, help="Read at most N pages of each `paginate`."),
    ] = None,
    limit_records: Annotated[
        int | None,
        typer.Option("--limit-records", metavar="N", min=1, help="Stop reading once N records were written."),
    ] = None,
    timeout: Annotated[
        float | None, typer.Option("--timeout", metavar="SECONDS", min=0.001, help="End the run after so long.")
    ] = None,
    memory: Annotated[
        int | None,
        typer.Option(
            "--memory-limit", metavar="MB", min=LEAST_MEMORY, max=MOST_MEMORY, help="What the script may use of memory."
        ),
    ] = None,
    sandbox: Annotated[
        bool | None,
        typer.Option(
            "--sandbox/--no-sandbox",
            help="Keep the script from files outside of the project and from the network, or not.",
            show_default=False,
        ),
    ] = None,
    save: Annotated[
        bool,
        typer.Option("--save", "--save-responses", help="Record the run, for --replay. Checks like --validate."),
    ] = False,
    hide: Annotated[
        list[str] | None,
        typer.Option("--hide", metavar="NAME", help="With --save: what goes under this name is a secret."),
    ] = None,
    replay: Annotated[
        str | None,
        typer.Option("--replay", metavar="[FILE]", help="Run on a recording, the script's own or this one, offline."),
    ] = None,
    diagnostics: Annotated[bool, typer.Option("--diagnostics", help="Show where time and memory went.")] = False,
    debug_http: Annotated[
        bool, typer.Option("--debug-http", "--debug", help="Show headers and bodies of every request.")
    ] = False,
    no_interactive: Annotated[
        bool, typer.Option("--no-interactive", "--auto-confirm", help="Never ask, not even at a terminal.")
    ] = False,
    no_dependency_update: Annotated[
        bool, typer.Option("--no-dependency-update", hidden=True, help="Without effect: nothing is ever updated.")
    ] = False,
    directory: Directory = None,
    format: Annotated[
        RunFormat, typer.Option("--format", help="Write the result as this; `ndjson` while it happens.")
    ] = RunFormat.text,
) -> int:
    """Run a script against a real connection without saving anything.

    The script runs in a process of its own; its requests to the provider are real, also those that write. Records are
    checked against their models and printed instead of saved. The project is compiled first. At a terminal, what is
    left out is asked for.

    \b
    Example:
      nango dryrun pull-requests demo
      nango dryrun create-issue acme -e dev --input '{"title": "Fix it"}' --validate
      nango dryrun contacts acme --lastSyncDate 2026-01-31 --limit-pages 2 --format ndjson
      nango dryrun contacts acme --save && nango dryrun contacts --replay
    """
    return rehearse(
        context.obj,
        Rehearsal(
            name=name,
            connection=connection,
            environment=environment,
            integration=integration_id,
            variant=variant,
            input=input,
            metadata=metadata,
            checkpoint=checkpoint,
            webhook=webhook,
            last_sync_date=last_sync_date,
            resume=resume,
            state=state,
            as_of=as_of,
            validate=validate,
            read_only=read_only,
            limit_pages=limit_pages,
            limit_records=limit_records,
            timeout=timeout,
            memory=memory,
            sandbox=sandbox,
            diagnostics=diagnostics,
            debug_http=debug_http,
            interactive=not no_interactive,
            save=save,
            hide=tuple(hide or ()),
            replay=replay,
            format=format,
            directory=directory,
        ),
    )
