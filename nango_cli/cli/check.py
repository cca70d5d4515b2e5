"""`nango check`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from nango_cli.cli.options import Directory, Format, Ignore, ReportFormat, Select, codes
from nango_cli.cli.report import Report, as_text, write
from nango_cli.cli.session import Session

if TYPE_CHECKING:
    from nango_cli.configuration import Configuration
    from nango_cli.diagnostics.diagnostic import Diagnostic, Diagnostics
    from nango_cli.diagnostics.source import Source
    from nango_cli.language.compiler import Compilation
    from nango_cli.workspace import Workspace


def check(
    context: typer.Context,
    directory: Directory = None,
    format: Format = ReportFormat.text,
    only: Select = None,
    ignore: Ignore = None,
    strict: Annotated[
        bool | None, typer.Option("--strict/--no-strict", help="Take warnings for errors.", show_default=False)
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Apply the fixes that do not change what the file means.")] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="With --fix or --diff: also those that change it.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; print what --fix would change.")] = False,
    print_config: Annotated[
        bool, typer.Option("--print-config", help="Print the parsed configuration as JSON; diagnostics go to stderr.")
    ] = False,
) -> int:
    """Report what is wrong with nango.yaml, and where.

    A comment `# nango: ignore[NG202]` at the end of a line silences that code there. A file nango.toml beside
    nango.yaml says what the project wants reported; the command line has the last word.

    \b
    Example:
      nango check --strict --fix
    """
    from nango_cli import workspace
    from nango_cli.checks.registry import RULES
    from nango_cli.diagnostics.diagnostic import Diagnostics
    from nango_cli.errors import UsageError

    session: Session = context.obj
    wanted, unwanted = codes(only), codes(ignore)
    if print_config and format is not ReportFormat.text:
        raise UsageError("`--print-config` is JSON already", help="leave out `--format`")
    if unsafe_fixes and not (fix or diff):
        raise UsageError("`--unsafe-fixes` alone does nothing", help="add `--fix`, or `--diff` to see them first")
    folder = workspace.find(session.start(directory), session.cwd)
    misconfigured = Diagnostics()
    configuration, sources = _configuration(folder, misconfigured)
    configuration = configuration.overridden(strict=strict, only=wanted, ignore=unwanted)
    compilation = folder.compile(RULES.values())
    data: dict[str, object] = {}
    if fix or diff:
        compilation, data = _mend(folder, compilation, configuration, write=not diff, unsafe=unsafe_fixes)
    found = [*misconfigured, *configuration.apply(compilation.diagnostics)]
    sources[compilation.source.path] = compilation.source
    counts = _counts(compilation)
    report = Report("check", found, sources, {"path": compilation.source.path, **counts, **data})
    if print_config:
        broken = [each for each in compilation.diagnostics if each.severity == "error" and each.code not in RULES]
        if not broken:
            session.console.out(_parsed(compilation))
        if shown := found or broken:  # without a configuration, why there is none is said even if it is ignored
            session.console.err(as_text(shown, sources, color=session.console.takes_color(session.console.stderr)))
        return 1 if broken else report.status
    if diff:
        patch = str(data["diff"])
        report = report._replace(
            diagnostics=found if format is not ReportFormat.text else [], exit_code=int(bool(patch))
        )
        if patch and format is ReportFormat.text:
            session.console.out(patch.rstrip("\n"))
    status = write(report, format.value, session.console, to_stdout=True)
    if format is ReportFormat.text:
        _say(session, compilation.source.path, counts, data, found, hidden=len(compilation.diagnostics))
    return status


def _configuration(folder: Workspace, found: Diagnostics) -> tuple[Configuration, dict[str, Source]]:
    """What nango.toml says, if there is one, and its text."""
    from nango_cli import configuration

    if not (folder.root / configuration.NAME).exists():
        return configuration.Configuration(), {}
    source = folder.read(configuration.NAME, found)
    settings = configuration.Configuration() if found else configuration.read(source, found)
    return settings, {source.path: source}


def _mend(
    folder: Workspace, compilation: Compilation, configuration: Configuration, *, write: bool, unsafe: bool
) -> tuple[Compilation, dict[str, object]]:
    """The compilation after its fixes, which are written, or before them with what they would change."""
    from nango_cli.checks.registry import RULES
    from nango_cli.generators.difference import Difference
    from nango_cli.generators.generator import GeneratedFile
    from nango_cli.language.repair import repair
    from nango_cli.workspace import CONFIGURATION

    before = compilation.source
    mended = repair(compilation, RULES.values(), configuration.apply, unsafe=unsafe)
    after = mended.compilation.source
    if not write:
        change = Difference(GeneratedFile(CONFIGURATION, after.text), before.path, before.text)
        return compilation, {"diff": change.patch}
    if after.text != before.text:
        folder.save(CONFIGURATION, before.text, after.text)
    fixed = [{"code": each.code, "title": each.fix.title} for each in mended.fixed if each.fix]
    return mended.compilation, {"fixed": fixed}


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
    if isinstance(fixed, list) and fixed:
        session.console.say(f"{path}: fixed {len(fixed)} problem{'s' if len(fixed) > 1 else ''}")
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
