"""What a provider answers is named after it, so that nobody takes it for a model of nango.yaml."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import ScriptTree

CODE = "NG432"

_WORD = re.compile(r"[a-z0-9]+")


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    words = _WORD.findall(script.integration.lower())
    if script.kind != "types" or not words or words[0][0].isdigit():
        return
    models = {each.name.value for each in script.project.models}
    for node in script.module.body:
        if not isinstance(node, ast.ClassDef) or node.name.startswith("_") or node.name in models:
            continue
        if not node.name.lower().startswith(words[0]):
            prefix = "".join(word.capitalize() for word in words)
            help = f"call it `{prefix}{node.name}`"
            yield problem(CODE, f"`{node.name}` does not say whose answer it is", script.name(node), help=help)
