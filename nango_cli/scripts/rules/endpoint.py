"""Where the requests of a script go."""

from __future__ import annotations

import ast

from nango_cli.scripts.rules.request import Request
from nango_cli.scripts.rules.scope import functions_above
from nango_cli.scripts.rules.script_tree import ScriptTree


def endpoints(script: ScriptTree) -> dict[ast.expr, Request]:
    """The endpoints that can be seen, each with the first request to it; a name is what it is given, if only once."""
    found: dict[ast.expr, Request] = {}
    for request in script.requests:
        endpoint = request.fields.get("endpoint")
        function = next(functions_above(request.node, script.tree.parents), None)
        value = script.value(endpoint, function) if function else endpoint
        if value is not None:
            found.setdefault(value, request)
    return found
