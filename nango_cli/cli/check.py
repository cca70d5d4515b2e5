"""`nango check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nango_cli.cli.options import Directory, Format, Ignore, ReportFormat, Select, codes
from nango_cli.cli.report import Report, as_text, write
from nango_cli.cli.session import Session
from nango_cli.diagnostics.diagnostic import select

if TYPE_CHECKING:
    from nango_cli.language.compiler import Compilation


def check(
    context: typer.Context,
    directory: Directory = None,
    format: Format = ReportFormat.text,
    only: Select = None,
    ignore: Ignore = None,
    print_config: Annotated[
        bool, typer.Option("--print-config", help="Print the parsed configuration as JSON; diagnostics go to stderr.")
    ] = False,
) -> int:
    """Report what is wrong with nango.yaml, and where.

    A comment `# nango: ignore[NG202]` at the end of a line silences that code there.

    \b
    Example:
      nango check --format github --ignore NG202
    """
    from nango_cli import workspace

    session: Session = context.obj
    wanted, unwanted = codes(only), codes(ignore)
    compilation = workspace.find(session.start(directory), session.cwd).compile(rules=())
    found = select(compilation.diagnostics, only=wanted, ignore=unwanted)
    project = compilation.project
    sources = {compilation.source.path: compilation.source}
    counts = {
        "integrations": len(project.integrations),
        "scripts": sum(1 for integration in project.integrations for _ in integration.scripts),
        "models": sum(1 for model in project.models if not model.anonymous),
    }
    report = Report("check", found, sources, {"path": compilation.source.path, **counts})
    if print_config:
        if compilation.ok:
            session.console.out(_configuration(compilation))
        if found:
            session.console.err(as_text(found, sources, color=session.console.takes_color(session.console.stderr)))
        return report.status
    status = write(report, format.value, session.console, to_stdout=True)
    if not found and format is ReportFormat.text:
        summary = ", ".join(f"{number} {name if number != 1 else name[:-1]}" for name, number in counts.items())
        session.console.say(f"{compilation.source.path}: no problems ({summary})")
    return status


def _configuration(compilation: Compilation) -> str:
    import json

    from nango_cli.generators import nango_json

    parsed = {
        "yamlVersion": compilation.yaml_version,
        "integrations": nango_json.integrations(compilation.project),
        "models": nango_json.models(compilation.project),
    }
    return json.dumps(parsed, indent=2, ensure_ascii=False)
