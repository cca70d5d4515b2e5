"""Every script that is declared has a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.diagnostics.suggest import nearest
from nango_cli.ir.project import Project
from nango_cli.scripts.place import Exists, placed, places


@dataclass(frozen=True, slots=True)
class MissingScript:
    """The rule for one project folder; `beside` are the files in it that a missing file's name may be a slip of."""

    exists: Exists
    beside: tuple[str, ...]
    shown: Callable[[str], str]
    CODE = "NG401"

    def check(self, project: Project) -> Iterator[Diagnostic]:
        scripts = placed(project, self.exists)
        free = sorted({*self.beside} - {each.path for each in scripts})
        for integration, script, path in scripts:
            if path is None:
                message = f"the {script.kind} `{script.name.value}` of `{integration.name.value}` has no script file"
                help = self.help(places(integration, script), free)
                yield Diagnostic(self.CODE, "error", message, script.name.span, help)

    def help(self, expected: list[str], free: list[str]) -> str:
        if not expected:
            return "rename it: its name is a path"
        here = [path for path in free if PurePosixPath(path).parent == PurePosixPath(expected[0]).parent]
        slip, place = nearest(expected[0], here), self.shown(expected[0])
        return f"rename {self.shown(slip)}, or write it in {place}" if slip else f"write it in {place}"
