"""Checking nango.yaml and the scripts: what `nango check` does once its command line is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nango_cli.cli.format import ReportFormat
from nango_cli.cli.report import Report, as_text, write
from nango_cli.cli.session import Session

if TYPE_CHECKING:
    from nango_cli.configuration import Configuration
    from nango_cli.diagnostics.diagnostic import Diagnostic
    from nango_cli.diagnostics.source import Source
    from nango_cli.language.compiler import Compilation
    from nango_cli.scripts.place import Placed
    from nango_cli.workspace import Workspace


class Review(NamedTuple):
    """The options of `nango check`; `select` and `ignore` hold codes or beginnings of codes."""

    directory: Path | None = None
    format: ReportFormat = ReportFormat.text
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    strict: bool | None = None
    types: bool | None = None
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    print_config: bool = False


def review(session: Session, how: Review) -> int:
    """Check a project, report, and return the exit status."""
    from nango_cli import configuration, workspace
    from nango_cli.checks.registry import RULES
    from nango_cli.diagnostics.diagnostic import Diagnostics
    from nango_cli.errors import UsageError
    from nango_cli.providers import project_file

    if how.print_config and how.format is not ReportFormat.text:
        raise UsageError("`--print-config` is JSON already", help="leave out `--format`")
    if how.unsafe_fixes and not (how.fix or how.diff):
        raise UsageError("`--unsafe-fixes` alone does nothing", help="add `--fix`, or `--diff` to see them first")
    folder = workspace.find(session.start(how.directory), session.cwd)
    misconfigured = Diagnostics()
    sources: dict[str, Source] = {}
    wanted = configuration.load(folder, misconfigured, sources)
    misread = bool(misconfigured)  # then nobody knows which fixes are wanted
    project_file.check(folder, misconfigured, sources)
    types = True if "NG438" in how.select and how.types is None else how.types
    wanted = wanted.overridden(strict=how.strict, types=types, only=how.select, ignore=how.ignore)
    compilation = folder.compile(RULES.values())
    data: dict[str, object] = {}
    if misread and (how.fix or how.diff):
        data = {"diff": ""} if how.diff else {"fixed": []}
    elif how.fix or how.diff:
        from nango_cli.cli.mending import mend

        compilation, data, refused = mend(folder, compilation, wanted, write=not how.diff, unsafe=how.unsafe_fixes)
        misconfigured.extend(refused)
    heard = [*compilation.diagnostics, *([] if how.print_config else _in_scripts(folder, compilation, wanted, sources))]
    found = [*misconfigured, *wanted.apply(heard)]
    sources[compilation.source.path] = compilation.source
    counts = _counts(compilation)
    report = Report("check", found, sources, {"path": compilation.source.path, **counts, **data})
    if how.print_config:
        broken = [each for each in compilation.diagnostics if each.severity == "error" and each.code not in RULES]
        if not broken:
            session.console.out(_parsed(compilation))
        if shown := found or broken:  # without a configuration, why there is none is said even if it is ignored
            session.console.err(as_text(shown, sources, color=session.console.takes_color(session.console.stderr)))
        return 1 if broken else report.status
    if how.diff:
        patch = str(data["diff"])
        errors = [each for each in found if each.severity == "error"]  # the patch speaks for the rest
        diagnostics = errors if how.format is ReportFormat.text else found
        report = report._replace(diagnostics=diagnostics, exit_code=int(bool(patch) or report.status))
        if patch and how.format is ReportFormat.text:
            session.console.out(patch.rstrip("\n"))
    status = write(report, how.format.value, session.console, to_stdout=not how.diff)
    if how.format is ReportFormat.text:
        _say(session, compilation.source.path, counts, data, found, hidden=len(heard))
    return status


def python_scripts(folder: Workspace, compilation: Compilation) -> list[Placed]:
    """The scripts to look into: none while nango.yaml has errors, none where no file is Python."""
    from nango_cli.checks.registry import RULES
    from nango_cli.runners import python
    from nango_cli.scripts.place import FOLDERS, placed

    if any(each.severity == "error" and each.code not in RULES for each in compilation.diagnostics):
        return []
    files = frozenset(folder.files_in(FOLDERS, (python.SUFFIX,)))
    return placed(compilation.project, files.__contains__) if files else []


def _in_scripts(
    folder: Workspace, compilation: Compilation, wanted: Configuration, sources: dict[str, Source]
) -> list[Diagnostic]:
    """What is wrong in the script files that are there; their texts join the sources."""
    scripts = python_scripts(folder, compilation)
    if not scripts:  # then the rules are not loaded
        return []
    from nango_cli.scripts.inspection import inspect, type_errors
    from nango_cli.scripts.type_errors.registry import TYPE_ERROR

    asked = wanted.types and wanted.wants(TYPE_ERROR)
    types = type_errors(compilation.project, scripts, folder, asked=True) if asked else None
    found = [types.failure] if types and types.failure else []
    for each in inspect(compilation.project, scripts, folder, types):
        sources[each.source.path] = each.source
        found += each.diagnostics
    return found


def _counts(compilation: Compilation) -> dict[str, int]:
    project = compilation.project
    return {
        "integrations": len(project.integrations),
        "scripts": sum(1 for integration in project.integrations for _ in integration.scripts),
        "models": sum(1 for model in project.models if not model.anonymous),
    }


def _say(
    session: Session,
    path: str,
    counts: dict[str, int],
    data: dict[str, object],
    found: Sequence[Diagnostic],
    *,
    hidden: int,
) -> None:
    """What a person at a terminal wants to know besides the diagnostics."""
    fixed = data.get("fixed")
    for file, number in Counter(each["path"] for each in (fixed if isinstance(fixed, list) else [])).items():
        session.console.say(f"{file}: fixed {number} problem{'s' if number > 1 else ''}")
    if not found:
        summary = ", ".join(f"{number} {name if number != 1 else name[:-1]}" for name, number in counts.items())
        problems = f"nothing to report, {hidden} hidden" if hidden else "no problems"
        session.console.say(f"{path}: {problems} ({summary})")


def _parsed(compilation: Compilation) -> str:
    import json

    from nango_cli.generators import nango_json

    parsed = {
        "yamlVersion": compilation.yaml_version,
        "integrations": nango_json.integrations(compilation.project),
        "models": nango_json.models(compilation.project),
    }
    return json.dumps(parsed, indent=2, ensure_ascii=False)
