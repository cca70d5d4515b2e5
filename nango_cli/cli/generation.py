"""Generating files: what `nango generate` does once its command line is read."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from nango_cli.cli.format import ReportFormat
from nango_cli.cli.report import Report, write
from nango_cli.cli.session import Session


class Generation(NamedTuple):
    """The options of `nango generate`; without `target` everything that the project needs is generated."""

    directory: Path | None = None
    format: ReportFormat = ReportFormat.text
    check: bool = False
    diff: bool = False
    target: list[str] | None = None


def generation(session: Session, how: Generation) -> int:
    """Generate a project's files, report, and return the exit status."""
    from nango_cli import workspace
    from nango_cli.generators import registry
    from nango_cli.generators.generator import STDOUT

    registry.chosen(how.target)  # a wrong name is wrong in any folder
    project_folder = workspace.find(session.start(how.directory), session.cwd)
    compilation = project_folder.compile()
    made = list(registry.generate(compilation.project, project_folder.targets(how.target))) if compilation.ok else []
    printed = [file.text for file in made if file.path == STDOUT]
    files = [file for file in made if file.path != STDOUT]
    pretend = how.check or how.diff
    different = project_folder.differences(files)
    removed: list[str] = []
    if not pretend:
        project_folder.write(files)
        if compilation.ok and not how.target:
            removed = [project_folder.shown_file(path) for path in project_folder.sweep(files)]
    patches = {each.shown: each.patch for each in different} if pretend else {}
    found = [*compilation.diagnostics, *([each.diagnostic for each in different] if how.check else [])]
    changed = {each.shown for each in different}
    paths = [project_folder.shown(project_folder.root / file.path) for file in files]
    states = [
        {"path": path, "changed": path in changed, **({"diff": patches[path]} if path in patches else {})}
        for path in paths
    ]
    states += [{"path": path, "changed": True, "removed": True} for path in removed]
    sources = {compilation.source.path: compilation.source}
    data = {"files": states, **({"printed": printed} if printed else {})}
    status = write(Report("generate", found, sources, data), how.format.value, session.console)
    if how.format is ReportFormat.text:
        for text in printed:
            session.console.out(text.rstrip("\n"))
        for patch in patches.values():
            session.console.out(patch.rstrip("\n"))
        for path in paths:
            state = "up to date" if path not in changed else "out of date" if pretend else "written"
            session.console.say(f"{path}: {state}")
        for path in removed:
            session.console.say(f"{path}: removed")
    return status
