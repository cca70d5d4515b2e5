"""A field that may be left out is marked with `?` after its name, not with `| undefined` in its type."""

from __future__ import annotations

from collections.abc import Iterator

from nango_cli.checks.rule import fields, problem
from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.ir.project import Project
from nango_cli.ir.types import Primitive, Union

CODE = "NG220"


def check(project: Project) -> Iterator[Diagnostic]:
    for model in project.models:
        for field in fields(model.type):
            if not isinstance(field.type, Union):
                continue
            for member in field.type.members:
                if isinstance(member, Primitive) and member.name == "undefined":
                    name = field.name.value
                    message = f"the field `{name}` is a union with `undefined`"
                    help = "remove `undefined`" if field.optional else f"write `{name}?` and remove `undefined`"
                    yield problem(CODE, message, member.span, help=help)
                    break
