"""`nango generate:tests`."""

from __future__ import annotations

from typing import Annotated

import typer

from nango_cli.cli import complete
from nango_cli.cli.format import ReportFormat
from nango_cli.cli.options import Directory, Format
from nango_cli.cli.report import Report, write
from nango_cli.cli.session import Session


def generate_tests(
    context: typer.Context,
    integration_id: Annotated[
        str | None,
        typer.Option(
            "-i",
            "--integration-id",
            metavar="ID",
            help="Only for scripts of this integration.",
            autocompletion=complete.integrations,
        ),
    ] = None,
    sync: Annotated[
        str | None,
        typer.Option("-s", "--sync", metavar="NAME", help="Only for this sync.", autocompletion=complete.scripts),
    ] = None,
    action: Annotated[
        str | None,
        typer.Option("-a", "--action", metavar="NAME", help="Only for this action.", autocompletion=complete.scripts),
    ] = None,
    directory: Directory = None,
    format: Format = ReportFormat.text,
) -> int:
    """Write a pytest module for every script that has a recording.

    The test of github/tests/issues.test.json is github/tests/test_github_issues.py: it replays the recording, and
    compares what comes of it. It is yours from then on: a file that is there is never changed. `nango dryrun --save`
    makes recordings, `nango test` runs tests.

    \b
    Example:
      nango generate:tests --sync issues
    """
    from nango_cli import workspace
    from nango_cli.scaffold import recorded_tests
    from nango_cli.testing.belonging import FOLDER, SUFFIX, owners

    session: Session = context.obj
    folder = workspace.find(session.start(directory), session.cwd)
    compilation = folder.compile()
    if not compilation.ok:
        sources = {compilation.source.path: compilation.source}
        return write(Report("generate:tests", compilation.diagnostics, sources), format.value, session.console)
    scripts = recorded_tests.chosen(folder, compilation.project, integration_id, sync, action)
    recorded = owners(compilation.project, folder.files_in((FOLDER,), (SUFFIX,)))
    found = recorded_tests.write(folder, compilation.project, scripts, recorded)
    written, kept = ([folder.shown_file(path) for path in paths] for paths in (found.written, found.kept))
    skipped = [{"integration": each.integration.name.value, "script": each.script.name.value} for each in found.skipped]
    data = {"written": written, "kept": kept, "skipped": skipped}
    status = write(Report("generate:tests", [], data=data), format.value, session.console)
    say = session.console.say
    if format is ReportFormat.text:
        for path in written:
            say(f"{path}: written")
        for path in kept:
            say(f"{path}: kept")
        for each in skipped:
            say(f"{each['integration']}/{each['script']}: skipped, it is not in Python")
        if not (written or kept or skipped):
            say("no script has a recording; record one: nango dryrun SCRIPT CONNECTION --save")
    return status
