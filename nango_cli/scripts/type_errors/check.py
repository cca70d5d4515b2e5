"""Asking a type checker about the Python of a project."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from nango_cli.checks.rule import problem
from nango_cli.diagnostics.codes import CODES
from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.diagnostics.source import Source, Span
from nango_cli.ir.project import Project
from nango_cli.runners.private_folder import private_folder
from nango_cli.runners.termination import Terminated, heeded
from nango_cli.scripts.type_errors import mirror, registry
from nango_cli.scripts.type_errors.checker import SETTINGS, Checker, Finding
from nango_cli.scripts.type_errors.program import Unanswered, answer

_IMPORT = re.compile(r"\s*(?:from|import)\s+(\w+)")


class TypeErrors(NamedTuple):
    """What a type checker says of files, by their paths from the root; `failure` is why it says nothing."""

    checker: str
    found: Mapping[str, Sequence[Finding]]
    failure: Diagnostic | None = None

    def of(self, path: str, source: Source) -> Iterator[Diagnostic]:
        """The type errors in a file."""
        for each in self.found.get(path, ()):
            number = min(each.line, len(source.lines))  # the file may have changed since
            length = len(source.line(number).rstrip())
            start = min(each.column, length + 1)
            end = each.end_column if each.end_line == each.line else length + 1
            span = Span(source.path, number, start, number, max(min(end, length + 1), start + 1))
            help = f"`{self.checker}` calls this `{each.rule}`"
            yield problem(registry.TYPE_ERROR, " ".join(each.message.split()), span, help=help)


def check(project: Project, files: Sequence[str], root: Path) -> TypeErrors | None:
    """Ask the installed type checker about files, by their paths from the root; None if there is no file."""
    if not files:
        return None
    installed = registry.installed()
    if installed is None:
        return _failure("", "no type checker is installed", "install one: `pip install 'nango-cli[check]'`")
    name, program = installed
    checker = registry.checker(name)
    found: dict[str, list[Finding]] = {}
    try:
        with heeded(), private_folder() as folder:
            place = Path(folder)
            copied = mirror.fill(place, root, files, project)
            (place / SETTINGS).touch()
            for each in _read(checker, answer([program, *checker.arguments(list(copied))], place)):
                if each.path in copied and not _is_ours(each, checker, place):
                    told = each._replace(message=mirror.unmirrored(each.message))
                    found.setdefault(copied[each.path], []).append(told)
    except Terminated as error:
        signal.raise_signal(signal.Signals[error.signal])  # nothing of ours is left, so we end as we would have
        raise
    except (Unanswered, OSError) as error:
        reason = error.strerror.lower() if isinstance(error, OSError) and error.strerror else str(error)
        help = "install the version that is known here: `pip install 'nango-cli[check]'`"
        return _failure(name, f"`{name}` checked no types: {reason}", help)
    return TypeErrors(name, found)


def _failure(name: str, message: str, help: str) -> TypeErrors:
    code = registry.UNCHECKED
    return TypeErrors(name, {}, Diagnostic(code, CODES[code].severity, message, help=help))


def _read(checker: Checker, output: bytes) -> list[Finding]:
    """The errors in the output of a program that may be another than it seems."""
    try:
        found = checker.read(output)
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise Unanswered("its answer cannot be read") from error
    numbers: list[object] = [number for each in found for number in each[1:5]]
    texts: list[object] = [text for each in found for text in (each.path, each.message, each.rule)]
    if not all(isinstance(each, int) and each > 0 for each in numbers) or not all(
        isinstance(each, str) for each in texts
    ):
        raise Unanswered("its answer cannot be read")
    return found


def _is_ours(found: Finding, checker: Checker, place: Path) -> bool:
    """Whether an import that the checker cannot resolve names a folder of the project, as scripts may."""
    if found.rule != checker.UNRESOLVED:
        return False
    text = (place / found.path).read_text(encoding="utf-8", errors="replace")
    match = _IMPORT.match(Source(found.path, text).line(found.line))
    return match is not None and (place / found.path.partition("/")[0] / match[1]).is_dir()
