"""The pages of scripts where they lie: what is generated changes, and what people wrote below it stays."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from nango_cli import configuration
from nango_cli.checks import missing_description
from nango_cli.checks.registry import RULES
from nango_cli.diagnostics.diagnostic import Diagnostic, Diagnostics
from nango_cli.diagnostics.source import Source, Span
from nango_cli.errors import FileError
from nango_cli.execution.lookup import integrations_named
from nango_cli.generators import script_docs
from nango_cli.generators.difference import Difference
from nango_cli.generators.generator import GeneratedFile
from nango_cli.generators.script_docs import MARKER
from nango_cli.ir.project import Project
from nango_cli.workspace import CONFIGURATION, Workspace


class Documented(NamedTuple):
    """Pages up to the end of their generated part, none while nango.yaml has errors, and what is wrong with it."""

    pages: list[GeneratedFile]
    diagnostics: list[Diagnostic]
    sources: dict[str, Source]


def document(folder: Workspace, integration: str | None, *, flat: bool) -> Documented:
    """The pages of one integration's scripts, or of all. Raises UsageError NG802 for an unknown integration."""
    misconfigured = Diagnostics()
    sources: dict[str, Source] = {}
    wanted = configuration.load(folder, misconfigured, sources)
    compilation = folder.compile(RULES.values())
    sources[compilation.source.path] = compilation.source
    broken = [each for each in compilation.diagnostics if each.severity == "error" and each.code not in RULES]
    if broken:
        return Documented([], [*misconfigured, *broken], sources)
    chosen = Project(tuple(integrations_named(compilation.project, integration)))
    lacking = {each.span for each in missing_description.check(chosen)}
    about = [
        each
        for each in wanted.apply(compilation.diagnostics)
        if each.code == missing_description.CODE and each.span in lacking
    ]
    pages = list(script_docs.generate(compilation.project, flat=flat, of=integration))
    return Documented(pages, [*misconfigured, *about], sources)


def differences(folder: Workspace, pages: Iterable[GeneratedFile], found: Diagnostics) -> Iterator[Difference]:
    """What writing the pages would change. A file without a generated part is somebody's work, and NG501."""
    for page in pages:
        _check_place(folder, page.path)
        shown, current, unread = folder.shown_file(page.path), None, Diagnostics()
        if folder.stands(page.path):
            current = folder.read(page.path, unread).text
            found.extend(unread)
        rest = script_docs.kept(current) if current and current.strip() else "\n"
        if rest is None:
            help = f"move it out of the way, or put a line `{MARKER}` above what is to be kept"
            message = f"{page.path.rpartition('/')[2]} was not generated, so it is not overwritten"
            found.add("NG501", message, Span(shown, 1, 1, 1, 1), help=help)
            continue
        text = page.text
        if current and "\r\n" in current.removesuffix(rest):
            text = text.replace("\n", "\r\n")
        if text + rest != current and not unread:
            yield Difference(page._replace(text=text + rest), shown, current)


def _check_place(folder: Workspace, path: str) -> None:
    """Raises FileError NG010 unless a page can be read or written at a path from the root."""
    place = folder.root / path
    for each in (place, *place.parents):
        if os.path.islink(each) and not os.path.exists(each):  # noqa: PTH110, PTH114 - those of Path raise for some links
            message = f"{folder.shown(each)} is a link that leads nowhere"
            raise FileError(message, code="NG010", help="replace the link by a file or folder")
    if not place.resolve().is_relative_to(folder.root.resolve()):
        outer = "the project" if folder.stands(CONFIGURATION) else folder.shown(folder.root)
        message = f"{folder.shown(place)} leads out of {outer}"
        raise FileError(message, code="NG010", help="replace the link by a file or folder")
    if not folder.stands(path):
        folder.check_free(path)


def out_of_date(page: Difference) -> Diagnostic:
    return page.diagnostic._replace(help="run `nango generate:docs` and commit the result")
