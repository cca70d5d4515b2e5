"""The project as JSON, printed: what an external generator reads."""

from __future__ import annotations

from collections.abc import Iterator

from nango_cli.generators.generator import STDOUT, GeneratedFile
from nango_cli.generators.json_text import json_text
from nango_cli.ir.project import Project

VERSION = 1
"""Of the shape of the JSON; within a version keys are added, never changed."""


def generate(project: Project) -> Iterator[GeneratedFile]:
    from pydantic import TypeAdapter  # only who asks for this target waits for it

    whole = {"version": VERSION, "project": TypeAdapter(Project).dump_python(project, mode="json")}
    yield GeneratedFile(STDOUT, json_text(whole) + "\n")
