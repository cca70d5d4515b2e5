"""`nango version`."""

from __future__ import annotations

import typer

from nango_cli import __version__
from nango_cli.cli.format import ResultFormat
from nango_cli.cli.options import Result
from nango_cli.cli.report import Report, write
from nango_cli.cli.session import Session


def version(context: typer.Context, format: Result = ResultFormat.text) -> int:
    """Print the version.

    \b
    Example:
      nango version
    """
    session: Session = context.obj
    if format is ResultFormat.json:
        return write(Report("version", [], data={"version": __version__}), "json", session.console)
    session.console.out(f"nango-cli {__version__}")
    return 0
