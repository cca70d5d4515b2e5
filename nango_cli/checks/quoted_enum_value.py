"""The values of an enum are written without quotes, unless a value would read as something else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from nango_cli.checks.rule import fields, problem
from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.diagnostics.suggest import nearest
from nango_cli.ir.project import Project
from nango_cli.ir.types import Array, Literal, Type, Union

CODE = "NG221"

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_NOT_TEXT = frozenset(
    re.findall(
        r"\w+",
        "string char varchar number float integer int bigint boolean bool date object any array undefined void never "
        "null true false",
    )
)


def check(project: Project) -> Iterator[Diagnostic]:
    models = [model.name.value for model in project.models]
    for model in project.models:
        for field in fields(model.type):
            type_: Type = field.type
            while isinstance(type_, Array):
                type_ = type_.item
            if not isinstance(type_, Union):
                continue
            texts = [each for each in type_.members if isinstance(each, Literal) and isinstance(each.value, str)]
            quoted = [each for each in texts if each.quoted]
            # A lone text in a union is no enum, and where one value needs its quotes the others may match it.
            if len(texts) > 1 and quoted and all(_is_plain(str(each.value), models) for each in quoted):
                bare = " | ".join(str(each.value) for each in texts[:4]) + (" | ..." if len(texts) > 4 else "")
                message = f"the values of `{field.name.value}` are in quotes"
                yield problem(CODE, message, type_.span, help=f"write `{bare}`: a word that names no type is text")


def _is_plain(text: str, models: Collection[str]) -> bool:
    """Whether a word means the same text without quotes, and looks like nothing else."""
    if not _WORD.fullmatch(text) or text.lower() in _NOT_TEXT or text in models:
        return False
    return text.isupper() or text.islower() or nearest(text, models) is None
