"""A date that somebody typed is parsed before it is sent.

A slip is found here then, and the provider gets the form that it expects.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.ir.types import Primitive, Type
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import ScriptTree

CODE = "NG435"

_DATE = re.compile(r"(?:^|_)(?:date|dates|datetime|timestamp)(?:$|_)|[a-z]Date(?:$|[A-Z])|^date[A-Z]")


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    if script.kind != "action":
        return
    dates = {name for name, type_ in script.taken.items() if _DATE.search(name) and _is_text(type_)}
    if not dates:
        return
    sent = [node for each in script.requests for key in ("params", "data") for node in _values(each.fields.get(key))]
    read = {node: script.field(node) for node in script.tree.nodes if isinstance(node, ast.expr)}
    for node in sent:
        name = script.field(node)
        others = [each for each, field in read.items() if field == name and each is not node]
        if name in dates and all(each in sent for each in others) and not _checked(script):
            help = "parse it, as with `datetime.fromisoformat`, and send what `isoformat` or `strftime` makes of it"
            yield problem(CODE, f"the date `{script.text(node)}` is sent unread", script.span(node), help=help)


def _checked(script: ScriptTree) -> bool:
    """Whether the input as a whole is handed to something that may look at it."""
    passed = [each for call in script.calls for each in _passed(call)]
    return any(isinstance(each, ast.Name) and each.id == script.input for each in passed)


def _passed(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(each.value for each in call.keywords)]


def _values(node: ast.expr | None) -> list[ast.expr]:
    return node.values if isinstance(node, ast.Dict) else []


def _is_text(type_: Type) -> bool:
    return isinstance(type_, Primitive) and type_.name == "string"
