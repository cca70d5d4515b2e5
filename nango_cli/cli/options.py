"""Options that several commands share, so that each is spelled and explained once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from nango_cli.cli import complete
from nango_cli.cli.format import ReportFormat, ResultFormat

Directory: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "-C", "--directory", metavar="DIR", readable=False, help="Look for the project from DIR instead of here."
    ),
]
EnvironmentName: TypeAlias = Annotated[
    str | None,
    typer.Option("-e", "--environment", metavar="NAME", help="`local`, or a server's environment such as `dev`."),
]
IntegrationId: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--integration-id",
        metavar="ID",
        help="Only scripts of this integration.",
        autocompletion=complete.integrations,
    ),
]
Format: TypeAlias = Annotated[ReportFormat, typer.Option("--format", help="Write diagnostics as this.")]
Result: TypeAlias = Annotated[ResultFormat, typer.Option("--format", help="Write the result as this.")]
Select: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--select", metavar="CODES", help="Report only these codes, such as NG202 or NG3; repeat, or use commas."
    ),
]
Ignore: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="CODES", help="Do not report these codes; repeat, or use commas."),
]


def codes(given: list[str] | None) -> list[str]:
    """The codes of `--select` or `--ignore`, from every form they can be given in."""
    from nango_cli.diagnostics.codes import CODES, code_of
    from nango_cli.diagnostics.suggest import did_you_mean
    from nango_cli.errors import UsageError

    wanted = []
    for word in (word for each in given or () for word in each.replace(",", " ").split()):
        code = code_of(word)
        if code is None:
            names = [*CODES, *(each.name for each in CODES.values())]
            help = did_you_mean(word.upper(), CODES) or did_you_mean(word, names) or "`nango explain` lists the codes"
            raise UsageError(f"no diagnostic has the code `{word}`", help=help)
        wanted.append(code)
    return wanted
