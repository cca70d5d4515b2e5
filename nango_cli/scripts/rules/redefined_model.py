"""The models of nango.yaml are imported from `models`; a second definition would soon say something else."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import ScriptTree

CODE = "NG431"


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    models = {each.name.value for each in script.project.models if not each.anonymous}
    for node in script.module.body:
        if isinstance(node, ast.ClassDef) and node.name in models:
            help = f"write `from models import {node.name}`; what a provider answers gets another name"
            yield problem(CODE, f"nango.yaml declares `{node.name}` already", script.name(node), help=help)
