"""Everything that can be said about a project without running it: nango.yaml, its scripts, what is generated.

`nango compile` does this once, `nango dev` after every change.
"""

from __future__ import annotations

from typing import NamedTuple

from nango_cli import configuration
from nango_cli.checks.registry import RULES
from nango_cli.configuration import Configuration
from nango_cli.diagnostics.codes import SCRIPT_RULES
from nango_cli.diagnostics.diagnostic import Diagnostic, Diagnostics, has_errors
from nango_cli.diagnostics.source import Source
from nango_cli.generators import registry
from nango_cli.generators.generator import GeneratedFile
from nango_cli.ir.project import Script
from nango_cli.language.compiler import Compilation, Rule
from nango_cli.providers import project_file
from nango_cli.runners import python
from nango_cli.scripts import duplicate_name
from nango_cli.scripts.inspection import inspect, type_errors
from nango_cli.scripts.missing_script import MissingScript
from nango_cli.scripts.place import FOLDERS, SUFFIXES, Placed, placed, undeclared
from nango_cli.scripts.type_errors.registry import TYPE_ERROR
from nango_cli.workspace import Workspace


class Build(NamedTuple):
    """What a build found, the files that it generated, and the paths of those that it had to write.

    While nango.yaml has errors nothing is generated, no script is looked at, and what was written before stays.
    """

    compilation: Compilation
    diagnostics: list[Diagnostic]
    sources: dict[str, Source]
    scripts: list[Placed]
    files: list[GeneratedFile]
    written: list[str]
    configuration: Configuration

    @property
    def ok(self) -> bool:
        return not has_errors(self.diagnostics)

    def obstacles(self, script: Script | None = None) -> list[Diagnostic]:
        """The errors that keep scripts from running, or this one, by its own file. What else is wrong does not."""
        rules = RULES.keys() | SCRIPT_RULES
        errors = [each for each in self.diagnostics if each.severity == "error" and each.code not in rules]
        if script is None:
            return [each for each in errors if not each.code.startswith("NG4") and not _in_python(each)]
        path = next((each.path for each in self.scripts if each.script is script), None)
        return [each for each in errors if each.span and path and each.span.path == path]


def build(workspace: Workspace, *, types: bool = False) -> Build:
    """Generate what is out of date and check everything; with `types`, by an installed type checker too.

    Raises FileError as `Workspace.write` does.
    """
    found, misconfigured = Diagnostics(), Diagnostics()
    sources: dict[str, Source] = {}
    wanted = configuration.load(workspace, misconfigured, sources)
    project_file.check(workspace, misconfigured, sources)
    beside = workspace.files_in(FOLDERS, SUFFIXES)
    rules: list[Rule] = [
        *RULES.values(),
        duplicate_name,
        MissingScript(workspace.holds, tuple(beside), workspace.shown_file),
    ]
    compilation = workspace.compile(rules)
    project = compilation.project
    sources[compilation.source.path] = compilation.source
    found.extend(compilation.diagnostics)
    about_rules = {rule.CODE for rule in rules}
    if has_errors(each for each in found if each.code not in about_rules):
        return Build(compilation, _reported(misconfigured, found, wanted), sources, [], [], [], wanted)
    files = list(registry.generate(project, workspace.targets()))
    written = workspace.write(files)
    scripts = placed(project, workspace.holds)
    typed = type_errors(project, scripts, workspace) if types and wanted.wants(TYPE_ERROR) else None
    found.extend([typed.failure] if typed and typed.failure else ())
    for inspected in inspect(project, scripts, workspace, typed):
        sources[inspected.source.path] = inspected.source
        found.extend(inspected.diagnostics)
    found.extend(undeclared(project, beside, workspace.holds, workspace.shown_file))
    return Build(compilation, _reported(misconfigured, found, wanted), sources, scripts, files, written, wanted)


def _in_python(found: Diagnostic) -> bool:
    return found.span is not None and found.span.path.endswith(python.SUFFIX)


def _reported(misconfigured: Diagnostics, found: Diagnostics, wanted: Configuration) -> list[Diagnostic]:
    """What is reported: nango.toml decides about rules, warnings and notes, but hides nothing that cannot be built."""
    broken = [each for each in found if each.severity == "error" and each.code not in RULES.keys() | SCRIPT_RULES]
    reported = Diagnostics()
    reported.extend(broken)
    reported.extend(wanted.apply(each for each in found if each not in broken))
    return [*misconfigured, *reported]
