"""A sync has no `try` around the whole of it.

Whoever runs it reports a failure with its place; one that is swallowed counts as success.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import SENDING, WRITING, ScriptTree
from nango_cli.scripts.rules.syntax import is_quiet

CODE = "NG418"


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    if script.kind != "sync" or script.entry is None:
        return
    working = {use.call for use in script.uses if use.method in SENDING | WRITING and use.function is script.entry}
    for statement in script.entry.body:
        if not isinstance(statement, ast.Try) or not working:
            continue
        inside = set(script.tree.within(*statement.body))
        broad = next((each for each in statement.handlers if _takes_everything(each)), None)
        if working <= inside and broad is not None and is_quiet(broad):
            help = "let failures through, or catch what you can mend around the one request that fails so"
            yield problem(
                CODE,
                "this `try` is around the whole sync, and keeps its failures quiet",
                script.place(statement, 3),
                help=help,
            )


def _takes_everything(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        each is None or (isinstance(each, ast.Name) and each.id in ("Exception", "BaseException")) for each in kinds
    )
