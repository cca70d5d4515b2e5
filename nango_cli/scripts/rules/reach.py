"""Which calls of a file come to a method of `nango`."""

from __future__ import annotations

import ast

from nango_cli.scripts.rules.scope import functions_above
from nango_cli.scripts.rules.script_tree import ScriptTree


def reaching(script: ScriptTree, *methods: str) -> list[ast.Call]:
    """The calls of these methods, and of the file's own functions that call them."""
    found = [use.call for use in script.used(*methods)]
    known: set[str] = set()
    for call in found:  # which grows
        function = next(functions_above(call, script.tree.parents), None)
        if function and function.name not in known:
            known.add(function.name)
            found += [each for each in script.calls if getattr(each.func, "id", None) == function.name]
    return found
