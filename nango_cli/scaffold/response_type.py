"""An integration's `types.py`, with the type of one more answer."""

from __future__ import annotations

import ast

from nango_cli.scaffold.templates import render


def with_type(text: str | None, integration: str, type_: str) -> str:
    """The file's text with a class for the answer behind everything else; None stands for a file to be.

    A class of that name that is there already is kept. SyntaxError if the text is not Python.
    """
    added = render("create/type.py", type=type_)
    if text is None:
        return f"{render('create/types.py', integration=integration)}\n\n{added}"
    module = ast.parse(text)
    if any(isinstance(each, ast.ClassDef) and each.name == type_ for each in module.body):
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    known = any(
        isinstance(each, ast.ImportFrom) and any((alias.asname or alias.name) == "TypedDict" for alias in each.names)
        for each in module.body
    )
    lines = [*([] if known else ["from typing import TypedDict", "", ""]), *added.splitlines(), ""]
    gap = "" if not text.strip() else newline * (2 if text.endswith("\n") else 3)
    return text + gap + newline.join(lines)
