"""Pages are read with `nango.paginate`, which knows how providers page and when there is nothing left."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.scripts.rules.reach import reaching
from nango_cli.scripts.rules.rule import problem
from nango_cli.scripts.rules.script_tree import ScriptTree
from nango_cli.scripts.rules.syntax import argument, name_of, named

CODE = "NG416"

# Names that choose a page wherever they stand; `after` and `start` may as well be dates.
_PARAMETERS = ("page", "pagenumber", "pagenum", "pagetoken", "nextpagetoken", "cursor", "nextcursor", "offset", "skip")
_KEEPING = ("save_checkpoint", "update_metadata", "set_metadata")


def check(script: ScriptTree) -> Iterator[Diagnostic]:
    if script.kind != "sync":
        return
    kept = {loop for call in _keeping(script) for loop in script.tree.loops(call)}
    for use in script.used("get"):
        loop = next((each for each in script.tree.loops(use.call) if isinstance(each, ast.While)), None)
        if loop is None or loop in kept:  # `paginate` cannot start in the middle, where an earlier run has ended
            continue
        given = script.value(argument(use.call, 0, "config"), use.function)
        request = next((each for each in script.requests if each.node is given), None)
        params = request.fields.get("params") if request else None
        value = script.value(params, use.function)
        if isinstance(value, ast.Dict) and any(
            _turns(script, key, each, loop) for key, each in zip(value.keys, value.values, strict=True)
        ):
            help = "loop over `nango.paginate(config)`; its `paginate` setting says how unusual providers page"
            yield problem(
                CODE, "this loop asks for one page after the other by hand", script.method(use.call), help=help
            )


def _keeping(script: ScriptTree) -> list[ast.Call]:
    """The calls that keep where a run has come to; those that stand elsewhere and are given `nango` may."""
    own = {each.name for each in script.functions}
    names = [name for name in script.tree.of(ast.Name) if script.is_nango(name)]
    calls = [each for name in names for each in [script.tree.parents[name]] if isinstance(each, ast.Call)]
    return [*reaching(script, *_KEEPING), *(call for call in calls if name_of(call.func) not in own)]


def _turns(script: ScriptTree, key: ast.expr | None, value: ast.expr, loop: ast.While) -> bool:
    """Whether a query parameter chooses the page, by a name that the loop changes."""
    if not isinstance(key, ast.Constant) or re.sub(r"[\W_]", "", str(key.value)).lower() not in _PARAMETERS:
        return False
    changed = {
        each.id for each in script.tree.walk(loop) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    }
    return bool(named(value) & changed)
