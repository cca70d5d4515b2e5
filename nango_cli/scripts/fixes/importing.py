"""Imports that a fix needs: found, extended or added."""

from __future__ import annotations

import ast
import sys

from nango_cli.diagnostics.diagnostic import Edit
from nango_cli.scripts.fixes.layout import Layout


def imported(layout: Layout, module: str, name: str) -> tuple[Edit, ...] | None:
    """The edits after which a name of a module stands for itself everywhere in the file; None if that is not sure."""
    if _is_taken(layout, module, name):
        return None
    statements = [each for each in layout.script.module.body if _is_from(each, module)]
    aliases = [alias for each in statements if isinstance(each, ast.ImportFrom) for alias in each.names]
    if any(alias.name in (name, "*") and alias.asname is None for alias in aliases):
        return ()
    for each in statements:
        if isinstance(each, ast.ImportFrom):
            return _extended(layout, each, name)
    return _added(layout, module, name) if _is_standard(module) else None


def _is_taken(layout: Layout, module: str, name: str) -> bool:
    """Whether a name is, or may be, something else somewhere in the file."""
    tree = layout.script.tree
    for node in tree.nodes:
        match node:
            case ast.alias(name="*"):
                if not _is_from(tree.parents[node], module):
                    return True
            case ast.alias():
                statement = tree.parents[node]
                ours = _is_from(statement, module) and statement in layout.script.module.body and not node.asname
                if name == (node.asname or node.name) and not ours:
                    return True
            case ast.Name(id=used, ctx=ast.Store() | ast.Del()) | ast.arg(arg=used):
                if used == name:
                    return True
            case _ if name in (getattr(node, "name", None), getattr(node, "rest", None)):
                return True
    return False


def _extended(layout: Layout, statement: ast.ImportFrom, name: str) -> tuple[Edit, ...]:
    """With another name: in its place if the names are sorted, else last."""
    names = [each.name for each in statement.names]
    following = next((each for each in statement.names if each.name > name), None) if names == sorted(names) else None
    if following is not None:
        row = layout.is_first(following)
        gap = layout.source.newline + layout.indent(following.lineno) if row else " "
        return (Edit(layout.before(following), f"{name},{gap}"),)
    last = statement.names[-1]
    row = layout.is_first(last) and last.lineno > statement.lineno
    gap = layout.source.newline + layout.indent(last.lineno) if row else " "
    return (Edit(layout.after(last), f",{gap}{name}"),)


def _added(layout: Layout, module: str, name: str) -> tuple[Edit, ...] | None:
    """A statement of its own among those of the standard library, or above all the others."""
    written, newline = f"from {module} import {name}", layout.source.newline
    imports = [each for each in layout.script.module.body if isinstance(each, ast.Import | ast.ImportFrom)]
    ours = [each for each in imports if _is_standard(_module(each)) and _module(each) != "__future__"]
    earlier = [each for each in ours if isinstance(each, ast.Import) or _module(each) < module]
    others = [each for each in imports if _module(each) != "__future__"]
    if earlier:
        line = layout.after(earlier[-1]).line
        return (Edit(layout.at(line, len(layout.source.line(line)) + 1), f"{newline}{written}"),)
    if not others or not layout.is_first(others[0]):
        return None
    return (Edit(layout.at(others[0].lineno, 1), f"{written}{newline if ours else 2 * newline}"),)


def _is_from(statement: ast.AST, module: str) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == module and not statement.level


def _module(statement: ast.Import | ast.ImportFrom) -> str:
    """The module that an import names first; of a relative one, with its dots."""
    if isinstance(statement, ast.Import):
        return statement.names[0].name
    return "." * statement.level + (statement.module or "")


def _is_standard(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names
