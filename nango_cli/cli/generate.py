"""`nango generate`."""

from __future__ import annotations

from typing import Annotated

import typer

from nango_cli.cli import complete
from nango_cli.cli.format import ReportFormat
from nango_cli.cli.generation import Generation, generation
from nango_cli.cli.options import Directory, Format


def generate(
    context: typer.Context,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; print what is out of date and fail if anything is.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; print what would change.")] = False,
    target: Annotated[
        list[str] | None,
        typer.Option(
            "--target",
            metavar="NAME",
            help="Generate this only; repeat for several.",
            autocompletion=complete.targets,
        ),
    ] = None,
    directory: Directory = None,
    format: Format = ReportFormat.text,
) -> int:
    """Write models and schemas from nango.yaml.

    Every project gets models.py, .nango/schema.json and .nango/nango.json; one with TypeScript scripts gets models.ts,
    .nango/schema.ts and schema.zod.ts as well. Other targets are openapi and ir.

    Nothing is written while nango.yaml has errors. A file changes only when its content does, and a file that was not
    generated is never overwritten.

    \b
    Example:
      nango generate --check
    """
    return generation(context.obj, Generation(directory, format, check, diff, target))
