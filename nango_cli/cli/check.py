"""`nango check`."""

from __future__ import annotations

from typing import Annotated

import typer

from nango_cli.cli.format import ReportFormat
from nango_cli.cli.options import Directory, Format, Ignore, Select, codes
from nango_cli.cli.review import Review, review


def check(
    context: typer.Context,
    directory: Directory = None,
    format: Format = ReportFormat.text,
    only: Select = None,
    ignore: Ignore = None,
    strict: Annotated[
        bool | None, typer.Option("--strict/--no-strict", help="Take warnings for errors.", show_default=False)
    ] = None,
    types: Annotated[
        bool | None,
        typer.Option(
            "--types/--no-types", help="Report type errors in scripts too, as compile does.", show_default=False
        ),
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
    """Report what is wrong with nango.yaml and with scripts, and where.

    A comment `# nango: ignore[NG202]` at the end of a line silences that code there. A file nango.toml beside
    nango.yaml says what the project wants reported; the command line has the last word.

    \b
    Example:
      nango check --strict --fix
    """
    how = Review(directory, format, codes(only), codes(ignore), strict, types, fix, unsafe_fixes, diff, print_config)
    return review(context.obj, how)
