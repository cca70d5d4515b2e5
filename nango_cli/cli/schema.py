"""`nango schema`."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from nango_cli.cli.format import ResultFormat
from nango_cli.cli.options import Directory, Result
from nango_cli.cli.report import Report, write
from nango_cli.cli.session import Session
from nango_cli.language.json_schema import json_schema

PLACE = ".nango/nango.schema.json"


def schema(
    context: typer.Context,
    save: Annotated[bool, typer.Option("--save", help=f"Write it to {PLACE} of the project instead.")] = False,
    directory: Directory = None,
    format: Result = ResultFormat.text,
) -> int:
    """Print the JSON Schema of nango.yaml, for editors.

    An editor with a YAML language server uses it when nango.yaml begins with the line
    `# yaml-language-server: $schema=./.nango/nango.schema.json`.

    \b
    Example:
      nango schema --save
    """
    session: Session = context.obj
    found = json_schema()
    text = json.dumps(found, indent=2) + "\n"
    data: dict[str, object] = {"schema": found}
    if save:
        from nango_cli import workspace
        from nango_cli.generators.generator import GeneratedFile

        project_folder = workspace.find(session.start(directory), session.cwd)
        written = project_folder.write([GeneratedFile(PLACE, text)])
        path = project_folder.shown(project_folder.root / PLACE)
        data = {"files": [{"path": path, "changed": bool(written)}]}
        session.console.say(f"{path}: {'written' if written else 'up to date'}")
    if format is ResultFormat.json:
        return write(Report("schema", [], data=data), "json", session.console)
    if not save:
        session.console.out(text.rstrip())
    return 0
