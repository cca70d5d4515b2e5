"""Generating files: what `nango generate` does once its command line is read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nango_cli.cli.format import ReportFormat
from nango_cli.cli.report import Report, write
from nango_cli.cli.session import Session

if TYPE_CHECKING:
    from nango_cli.generators.difference import Difference


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
    from nango_cli.cli import aside
    from nango_cli.generators import registry
    from nango_cli.generators.generator import STDOUT

    registry.chosen(how.target)  # a wrong name is wrong in any folder
    project_folder = workspace.find(session.start(how.directory), session.cwd)
    compilation = project_folder.compile()
    made = aside.generate(compilation.project, project_folder.targets(how.target)) if compilation.ok else []
    printed = [file.text for file in made if file.path == STDOUT]
    files = [file for file in made if file.path != STDOUT]
    pretend = how.check or how.diff
    different = project_folder.differences(files)
    if not pretend:
        project_folder.write(files)
    removed: list[Difference] = []
    if compilation.ok and not how.target:  # else what is not among the files may still be needed
        removed = project_folder.leftover(files) if pretend else project_folder.sweep(files)
    patches = {each.shown: each.patch for each in (*different, *removed)} if pretend else {}
    found = list(compilation.diagnostics)
    if how.check:
        found += [each.diagnostic for each in (*different, *removed)]
    changed = {each.shown for each in different}
    paths = [project_folder.shown_file(file.path) for file in files]
    states: list[dict[str, object]] = [
        *({"path": path, "changed": path in changed} for path in paths),
        *({"path": each.shown, "changed": True, "removed": True} for each in removed),
    ]
    for state in states:
        if state["path"] in patches:
            state["diff"] = patches[str(state["path"])]
    sources = {compilation.source.path: compilation.source}
    data = {"files": states, **({"printed": printed} if printed else {})}
    status = write(Report("generate", found, sources, data), how.format.value, session.console)
    if how.format is ReportFormat.text:
        for text in printed:
            session.console.out(text.rstrip("\n"))
        for patch in patches.values():
            session.console.out(patch.rstrip("\n"))
        for path in paths:
            word = "up to date" if path not in changed else "out of date" if pretend else "written"
            session.console.say(f"{path}: {word}")
        for each in removed:
            session.console.say(f"{each.shown}: {'no longer generated' if pretend else 'removed'}")
    return status
