"""`nango generate:docs`."""

from __future__ import annotations

from typing import Annotated

import typer

from nango_cli.cli.format import ReportFormat
from nango_cli.cli.options import Directory, Format, IntegrationId
from nango_cli.cli.report import Report, write
from nango_cli.cli.session import Session


def generate_docs(
    context: typer.Context,
    path: Annotated[
        str | None,
        typer.Option("-p", "--path", metavar="DIR", help="Write all pages into DIR, as DIR/<script>.md."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; print what is out of date and fail if anything is.")
    ] = False,
    integration_id: IntegrationId = None,
    integration_templates: Annotated[bool, typer.Option("--integration-templates", hidden=True)] = False,
    directory: Directory = None,
    format: Format = ReportFormat.text,
) -> int:
    """Write a page of documentation for every sync and action, from nango.yaml.

    The page of `issues` of `github` is github/syncs/issues.md. What stands in it below the line
    `<!-- END  GENERATED CONTENT -->` is yours, and stays as it is. A file without that line is never overwritten.

    \b
    Example:
      nango generate:docs --path docs
    """
    from nango_cli import workspace
    from nango_cli.diagnostics.diagnostic import Diagnostics
    from nango_cli.errors import UsageError
    from nango_cli.scaffold import docs
    from nango_cli.scaffold.changes import Change, carry_out

    if path == "":
        raise UsageError("`--path` is empty", code="NG801", help="name a folder, or leave `--path` out")
    session: Session = context.obj
    folder = workspace.find(session.start(directory), session.cwd)
    made = docs.document(folder, integration_id, flat=path is not None)
    target = workspace.Workspace(session.cwd / path, session.cwd) if path else folder
    found = Diagnostics()
    changed = {each.shown: each for each in docs.differences(target, made.pages, found)}
    refused = {each.span.path for each in found if each.span}
    if check:
        found.extend(docs.out_of_date(each) for each in changed.values())
    else:
        carry_out(target, [Change(each.file.path, each.file.text, each.current) for each in changed.values()])
    patches = {shown: each.patch for shown, each in changed.items()} if check else {}
    paths = [target.shown_file(page.path) for page in made.pages]
    states = [
        {"path": path, "changed": path in changed, **({"diff": patches[path]} if path in patches else {})}
        for path in paths
        if path not in refused
    ]
    report = Report("generate:docs", [*made.diagnostics, *found], made.sources, {"files": states})
    status = write(report, format.value, session.console)
    if format is ReportFormat.text:
        for patch in patches.values():
            session.console.out(patch.rstrip("\n"))
        for state in states:
            word = "up to date" if not state["changed"] else "out of date" if check else "written"
            session.console.say(f"{state['path']}: {word}")
    return status
