"""`nango explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from nango_cli.cli import complete
from nango_cli.cli.format import ResultFormat
from nango_cli.cli.options import Result
from nango_cli.cli.report import Report, write
from nango_cli.cli.session import Session
from nango_cli.diagnostics.codes import CODES
from nango_cli.diagnostics.suggest import did_you_mean
from nango_cli.errors import UsageError


def explain(
    context: typer.Context,
    code: Annotated[
        str | None,
        typer.Argument(
            help="A code or a name, such as NG201 or undefined-model.", autocompletion=complete.diagnostic_codes
        ),
    ] = None,
    format: Result = ResultFormat.text,
) -> int:
    """Explain a diagnostic code, or list them all.

    \b
    Example:
      nango explain NG201
    """
    session: Session = context.obj
    if code is None:
        listed = [{"code": key, "name": each.name, "severity": each.severity} for key, each in CODES.items()]
        if format is ResultFormat.json:
            return write(Report("explain", [], data={"codes": listed}), "json", session.console)
        for each in listed:
            session.console.out(f"{each['code']}  {each['severity']:<8} {each['name']}")
        return 0
    from nango_cli.resources import read_text

    number = _number_of(code)
    page = read_text(f"diagnostics/{number}.md")
    if format is ResultFormat.json:
        entry = CODES[number]
        data = {"code": number, "name": entry.name, "severity": entry.severity, "page": page}
        return write(Report("explain", [], data=data), "json", session.console)
    if session.console.takes_color(session.console.stdout):
        from rich.console import Console
        from rich.markdown import Markdown

        Console(file=session.console.stdout).print(Markdown(page))
    else:
        session.console.out(page.rstrip())
    return 0


def _number_of(code: str) -> str:
    names = {each.name: number for number, each in CODES.items()}
    number = names.get(code.lower(), code.upper())
    if number not in CODES:
        help = did_you_mean(code, [*CODES, *names]) or "`nango explain` lists the codes"
        raise UsageError(f"no diagnostic has the code `{code}`", help=help)
    return number
