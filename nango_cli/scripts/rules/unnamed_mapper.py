"""A mapper is a function `to_<entity>` in a file of that name, so that it is found by what it makes."""

from __future__ import annotations

from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import ScriptTree
from nango_cli.scripts.rules.syntax import is_function

CODE = "NG433"


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    public = [each for each in script.module.body if is_function(each) and not each.name.startswith("_")]
    stem = script.file.removesuffix(".py")
    if script.kind != "mapper" or not public or stem.startswith("_"):
        return
    mappers = [each for each in public if each.name.startswith("to_")]
    if not mappers:
        first = public[0]
        help = f"name it after what it makes, as in `{stem if stem.startswith('to_') else 'to_issue'}`"
        yield problem(CODE, f"the mapper `{first.name}` does not say what it makes", script.name(first), help=help)
    elif not stem.startswith("to_"):
        help = f"rename the file to {mappers[0].name}.py"
        message = f"the mapper `{mappers[0].name}` stands in a file of another name"
        yield problem(CODE, message, script.name(mappers[0]), help=help)
