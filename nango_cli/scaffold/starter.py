"""The starter project: everything that `nango init` writes, as text."""

from __future__ import annotations

import json
from collections.abc import Iterator

from nango_cli.diagnostics.source import Source
from nango_cli.generators import registry
from nango_cli.language.compiler import compile_source
from nango_cli.language.json_schema import json_schema
from nango_cli.scaffold.changes import Change
from nango_cli.scaffold.templates import render

# Templates by what they become: a `.gitignore` among the templates would be one.
_FILES = {
    "nango.yaml": "nango.yaml",
    "local.yaml": "local.yaml",
    "github/syncs/pull_requests.py": "github/syncs/pull_requests.py",
    "github/actions/create_pull_request.py": "github/actions/create_pull_request.py",
    "github/mappers/to_pull_request.py": "github/mappers/to_pull_request.py",
    "github/types.py": "github/types.py",
    ".gitignore": "gitignore",
    "AGENTS.md": "AGENTS.md",
    "README.md": "README.md",
}


def starter(title: str) -> Iterator[Change]:
    """The files of a new project, the generated ones last."""
    for path, template in _FILES.items():
        yield Change(path, render(f"init/{template}", title=title))
    yield Change(".nango/nango.schema.json", json.dumps(json_schema(), indent=2) + "\n")
    compilation = compile_source(Source("nango.yaml", render("init/nango.yaml", title=title)))
    for file in registry.generate(compilation.project, registry.DEFAULT):
        yield Change(file.path, file.text)
