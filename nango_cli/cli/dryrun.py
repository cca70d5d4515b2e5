"""`nango dryrun`."""

from __future__ import annotations

from typing import Annotated

import typer

from nango_cli.cli import complete
from nango_cli.cli.format import ResultFormat
from nango_cli.cli.options import Directory, Result
from nango_cli.cli.report import Report, write
from nango_cli.cli.session import Session


def dryrun(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(metavar="SCRIPT", help="The sync, action or on-event script.", autocompletion=complete.scripts),
    ],
    connection: Annotated[
        str,
        typer.Argument(
            metavar="CONNECTION", help="The id of a connection in local.yaml.", autocompletion=complete.connections
        ),
    ],
    integration_id: Annotated[
        str | None,
        typer.Option(
            "--integration-id",
            metavar="ID",
            help="Look for the script in this integration only.",
            autocompletion=complete.integrations,
        ),
    ] = None,
    input: Annotated[
        str | None,
        typer.Option("-i", "--input", metavar="VALUE", help="An action's input: JSON, @file.json or plain text."),
    ] = None,
    metadata: Annotated[
        str | None,
        typer.Option(
            "-m", "--metadata", metavar="JSON", help="Metadata in place of the connection's: JSON or @file.json."
        ),
    ] = None,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Run a sync or an action without saving anything.

    The script runs in a process of its own; its requests to the provider are real, also those that write. Records are
    checked against their models and printed instead of saved. models.py is generated first.

    \b
    Example:
      nango dryrun pull-requests demo --integration-id github
    """
    from nango_cli import workspace
    from nango_cli.cli.run_view import RunView
    from nango_cli.diagnostics.diagnostic import Diagnostics, has_errors
    from nango_cli.environments import local_file
    from nango_cli.environments.dry_run import DryRun
    from nango_cli.environments.local import LocalEnvironment, LocalIntegration
    from nango_cli.errors import UsageError
    from nango_cli.execution.invocation import Invocation
    from nango_cli.execution.lookup import find_script
    from nango_cli.execution.run import run
    from nango_cli.execution.value import read_value
    from nango_cli.generators.registry import generate

    session: Session = context.obj
    project_folder = workspace.find(session.start(directory), session.cwd)
    compilation = project_folder.compile()
    sources = {compilation.source.path: compilation.source}
    found = Diagnostics()
    found.extend(compilation.diagnostics)
    connections: dict[str, LocalIntegration] = {}
    if (project_folder.root / local_file.NAME).exists():
        source = project_folder.read(local_file.NAME, found)
        sources[source.path] = source
        connections = local_file.read(source, found)
    if has_errors(found):
        return write(Report("dryrun", list(found), sources), format.value, session.console)
    integration, script = find_script(compilation.project, name, integration_id)
    given = read_value(input, "--input", session.cwd) if input is not None else None
    if given is not None and script.kind != "action":
        raise UsageError(f"`{name}` takes no input: it is a {script.kind}", help="a sync reads metadata: `--metadata`")
    stub = read_value(metadata, "--metadata", session.cwd) if metadata is not None else None
    if stub is not None and not isinstance(stub, dict):
        raise UsageError("`--metadata` is not a JSON object", help='write it as \'{"key": "value"}\'')
    project_folder.write(generate(compilation.project, project_folder.targets()))
    view = RunView(session.console, project_folder, live=format is ResultFormat.text)
    view.start(integration, script, connection)
    with LocalEnvironment(connections) as local:
        environment = DryRun(local)
        invocation = Invocation(
            root=project_folder.root,
            project=compilation.project,
            integration=integration.name.value,
            script=script,
            connection_id=connection,
            input=given,
            metadata=stub,
        )
        outcome = run(invocation, environment, listen=view.hear, output_to_stderr=format is ResultFormat.json)
    return view.finish(outcome, environment.writes, format.value)
