"""Applying fixes: what `nango check --fix` and `--diff` do before they report."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from nango_cli.checks.registry import RULES
from nango_cli.cli.review import python_scripts
from nango_cli.configuration import Configuration
from nango_cli.diagnostics.diagnostic import Diagnostic, Diagnostics
from nango_cli.diagnostics.source import Source, Span
from nango_cli.generators.difference import Difference
from nango_cli.generators.generator import GeneratedFile
from nango_cli.language.compiler import Compilation, compile_source
from nango_cli.language.repair import repair
from nango_cli.workspace import CONFIGURATION, Workspace

if TYPE_CHECKING:
    from pathlib import Path


def mend(
    folder: Workspace, compilation: Compilation, wanted: Configuration, *, write: bool, unsafe: bool
) -> tuple[Compilation, dict[str, object], Diagnostics]:
    """The compilation after all fixes, which are written, or before them with what they would change.

    A script that leads out of the project is left alone: that is an NG010, unless it needs no fix. nango.yaml comes
    first: what scripts do wrong depends on it.
    """
    mended = repair(compilation, lambda source: compile_source(source, RULES.values()), wanted.apply, unsafe=unsafe)
    changes: list[tuple[str, Source, Source]] = [(CONFIGURATION, compilation.source, mended.after.source)]
    fixed = [*mended.fixed]
    refused = Diagnostics()
    if scripts := python_scripts(folder, mended.after):
        from nango_cli.scripts import inspection

        places: set[Path] = set()  # a link and its file are one
        for each in inspection.mend(mended.after.project, scripts, folder, wanted.apply, unsafe=unsafe):
            place = (folder.root / each.path).resolve()
            if each.before.text == each.after.text or place in places:
                continue
            places.add(place)
            if place.is_relative_to(folder.root.resolve()):
                changes.append((each.path, each.before, each.after))
                fixed += each.fixed
            else:
                message = f"{each.before.path} leads out of the project, so it is not fixed"
                help = "replace the link by a file, or fix the file that it leads to"
                refused.add("NG010", message, Span(each.before.path, 1, 1, 1, 1), help=help)
    changes = [(path, before, after) for path, before, after in changes if before.text != after.text]
    if not write:
        differences = [
            Difference(GeneratedFile(path, after.text), before.path, before.text) for path, before, after in changes
        ]
        return compilation, {"diff": "".join(each.patch for each in differences)}, refused
    folder.together((path, partial(folder.save, path, before.text, after.text)) for path, before, after in changes)
    return mended.after, {"fixed": [_fixed(each) for each in fixed]}, refused


def _fixed(found: Diagnostic) -> dict[str, object]:
    path = found.span.path if found.span else None
    return {"code": found.code, "title": found.fix.title if found.fix else None, "path": path}
