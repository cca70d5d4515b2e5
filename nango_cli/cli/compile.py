"""`nango compile`."""

from __future__ import annotations

import typer

from nango_cli.cli.format import ReportFormat
from nango_cli.cli.options import Directory, Format
from nango_cli.cli.report import Report, write
from nango_cli.cli.session import Session


def compile(context: typer.Context, directory: Directory = None, format: Format = ReportFormat.text) -> int:
    """Generate models.py and check that every script can be run.

    Every script that nango.yaml declares must have a file with a function that can be called as it will be. Python
    scripts are parsed, never executed; a script in TypeScript is only looked for.

    \b
    Example:
      nango compile --format github
    """
    from nango_cli import workspace
    from nango_cli.build import build
    from nango_cli.cli.build_view import outcome, summary

    session: Session = context.obj
    project_folder = workspace.find(session.start(directory), session.cwd)
    built = build(project_folder, types=True)
    data = outcome(built, project_folder)
    status = write(Report("compile", built.diagnostics, built.sources, data), format.value, session.console)
    if format is ReportFormat.text:
        session.console.say(summary(built, project_folder))
    return status
