"""A sync has no `try` around the whole of it.

Whoever runs it reports a failure with its place; one that is swallowed counts as success.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.reach import reaching
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import SENDING, WRITING, ScriptTree
from nango_cli.scripts.rules.syntax import suppressed

CODE = "NG418"


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    if script.kind != "sync" or script.entry is None:
        return
    calls = {*reaching(script, *SENDING, *WRITING)}
    working = calls.intersection(script.tree.within(*script.entry.body))
    for statement in script.entry.body:
        if isinstance(statement, ast.Try):
            broad = next((each for each in statement.handlers if _takes_everything(each.type)), None)
            word, quiet = "try", broad is not None and script.tree.is_quiet(broad)
        elif isinstance(statement, ast.With):
            word, quiet = "with", any(_takes_everything(each) for each in suppressed(statement))
        else:
            continue
        if quiet and working and working.issubset(script.tree.within(*statement.body)):
            help = "let failures through, or catch what you can mend around the one request that fails so"
            message = f"this `{word}` is around the whole sync, and keeps its failures quiet"
            yield problem(CODE, message, script.place(statement, len(word)), help=help)


def _takes_everything(kind: ast.expr | None) -> bool:
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(
        each is None or (isinstance(each, ast.Name) and each.id in ("Exception", "BaseException")) for each in kinds
    )
