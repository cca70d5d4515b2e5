"""`nango generate`."""

from __future__ import annotations

from typing import Annotated

import typer

from nango_cli.cli.options import Directory, Format, ReportFormat
from nango_cli.cli.report import Report, write
from nango_cli.cli.session import Session


def generate(
    context: typer.Context,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; print what is out of date and fail if anything is.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; print what would change.")] = False,
    target: Annotated[
        list[str] | None, typer.Option("--target", metavar="NAME", help="Generate this only; repeat for several.")
    ] = None,
    directory: Directory = None,
    format: Format = ReportFormat.text,
) -> int:
    """Write models.py from nango.yaml.

    Nothing is written while nango.yaml has errors. A file changes only when its content does, and a file that was not
    generated is never overwritten.

    \b
    Example:
      nango generate --check
    """
    from nango_cli import workspace
    from nango_cli.generators import registry

    session: Session = context.obj
    registry.chosen(target)  # a wrong name is wrong in any folder
    project_folder = workspace.find(session.start(directory), session.cwd)
    compilation = project_folder.compile()
    files = list(registry.generate(compilation.project, project_folder.targets(target))) if compilation.ok else []
    pretend = check or diff
    different = project_folder.differences(files)
    if not pretend:
        project_folder.write(files)
    patches = {each.shown: each.patch for each in different} if pretend else {}
    found = [*compilation.diagnostics, *([each.diagnostic for each in different] if check else [])]
    changed = {each.shown for each in different}
    paths = [project_folder.shown(project_folder.root / file.path) for file in files]
    states = [
        {"path": path, "changed": path in changed, **({"diff": patches[path]} if path in patches else {})}
        for path in paths
    ]
    sources = {compilation.source.path: compilation.source}
    status = write(Report("generate", found, sources, {"files": states}), format.value, session.console)
    if format is ReportFormat.text:
        for patch in patches.values():
            session.console.out(patch.rstrip("\n"))
        for path in paths:
            state = "up to date" if path not in changed else "out of date" if pretend else "written"
            session.console.say(f"{path}: {state}")
    return status
