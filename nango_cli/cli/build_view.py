"""What a build came to, for `nango compile` and `nango dev` to report."""

from __future__ import annotations

from typing import Any

from nango_cli.build import Build
from nango_cli.workspace import Workspace


def outcome(built: Build, workspace: Workspace) -> dict[str, Any]:
    """The result for `--format json`; `checked` says whether a script's content was looked at."""
    return {
        "path": built.compilation.source.path,
        "files": [
            {"path": workspace.shown_file(file.path), "changed": file.path in built.written} for file in built.files
        ],
        "scripts": [
            {
                "integration": each.integration.name.value,
                "kind": each.script.kind,
                "name": each.script.name.value,
                "path": each.path and workspace.shown_file(each.path),
                "checked": each.readable,
            }
            for each in built.scripts
        ],
    }


def summary(built: Build, workspace: Workspace) -> str:
    """One line for a person: `nango.yaml: 2 scripts; models.py written`."""
    if not built.files:
        return f"{built.compilation.source.path} has errors, so nothing is generated"
    count = len(built.scripts)
    written = ", ".join(map(workspace.shown_file, built.written))
    state = f"{written} written" if written else "generated files up to date"
    return f"{built.compilation.source.path}: {count} script{'s' if count != 1 else ''}; {state}"
