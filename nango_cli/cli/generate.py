"""`nango generate`."""

from __future__ import annotations

import typer

from nango_cli.cli.options import Directory, Format, ReportFormat
from nango_cli.cli.report import Report, write
from nango_cli.cli.session import Session


def generate(context: typer.Context, directory: Directory = None, format: Format = ReportFormat.text) -> int:
    """Write models.py from nango.yaml.

    Nothing is written while nango.yaml has errors. A file changes only when its content does, and a file that was not
    generated is never overwritten.

    \b
    Example:
      nango generate -C nango-integrations
    """
    from nango_cli import workspace
    from nango_cli.generators.registry import TARGETS
    from nango_cli.generators.registry import generate as generate_files

    session: Session = context.obj
    project_folder = workspace.find(session.start(directory), session.cwd)
    compilation = project_folder.compile()
    files = list(generate_files(compilation.project, TARGETS)) if compilation.ok else []
    written = project_folder.write(files)
    states = [
        {"path": project_folder.shown(project_folder.root / file.path), "changed": file.path in written}
        for file in files
    ]
    report = Report(
        "generate", compilation.diagnostics, {compilation.source.path: compilation.source}, {"files": states}
    )
    status = write(report, format.value, session.console)
    if format is ReportFormat.text:
        for state in states:
            session.console.say(f"{state['path']}: {'written' if state['changed'] else 'up to date'}")
    return status
