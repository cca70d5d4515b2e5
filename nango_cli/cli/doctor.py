"""`nango doctor`."""

from __future__ import annotations

import typer

from nango_cli.cli.format import ResultFormat
from nango_cli.cli.options import Directory, Result
from nango_cli.cli.report import Report, write
from nango_cli.cli.session import Session

_SIGNS = {"ok": "ok", "missing": "missing", "optional": "-"}
_STYLES = {"ok": "32", "missing": "31", "optional": "2"}


def doctor(context: typer.Context, directory: Directory = None, format: Result = ResultFormat.text) -> int:
    """Show what is installed, which environment variables are seen, and what is missing.

    Of environment variables only the names are shown. Exit status 1 when something is missing that every project needs.

    \b
    Example:
      nango doctor
    """
    from nango_cli.cli.examination import examine

    session: Session = context.obj
    findings = examine(session.start(directory), session.cwd, session.environ)
    status = int(any(each.state == "missing" for each in findings))
    if format is ResultFormat.json:
        data = {"findings": [each._asdict() for each in findings]}
        return write(Report("doctor", [], data=data, exit_code=status), "json", session.console)
    console = session.console
    width = max(len(each.subject) for each in findings)
    for each in findings:
        sign = console.paint(f"{_SIGNS[each.state]:<8}", _STYLES[each.state])
        console.out(f"{sign} {each.subject:<{width}}  {each.detail}")
        if each.advice:
            console.out(f"{'':8} {'':{width}}  {each.advice}")
    return status
