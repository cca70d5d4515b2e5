"""Running a project's tests: what `nango test` does once its command line is read."""

from __future__ import annotations

import signal
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nango_cli.cli import suite_view
from nango_cli.cli.format import ResultFormat
from nango_cli.cli.report import Report, write
from nango_cli.cli.session import Session
from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.errors import UsageError, exit_status

if TYPE_CHECKING:
    from nango_cli.testing.child import Ended
    from nango_cli.testing.selection import Suite

_PASSED, _FAILED, _BROKEN_OFF, _USAGE, _NOTHING = 0, 1, 2, 4, 5  # pytest's exit statuses


class Wanted(NamedTuple):
    """The options of `nango test`."""

    names: tuple[str, ...] = ()
    integration: str | None = None
    update: bool = False
    workers: str | None = None
    keyword: str | None = None
    fail_fast: bool = False
    timeout: float | None = None
    to_pytest: tuple[str, ...] = ()
    directory: Path | None = None
    format: ResultFormat = ResultFormat.text

    @property
    def arguments(self) -> list[str]:
        """Those of pytest. Raises UsageError NG801."""
        given = [*(["--nango-update"] if self.update else []), *(["-x"] if self.fail_fast else [])]
        if self.timeout is not None:
            given.append(f"--nango-timeout={self.timeout:g}")
        if self.keyword is not None:
            given += ["-k", self.keyword]
        if self.workers is not None:
            given += ["-n", _workers(self.workers)]
        return [*given, *self.to_pytest]


def run(session: Session, wanted: Wanted) -> int:
    """Run the tests, report, and return the exit status."""
    from nango_cli import workspace
    from nango_cli.testing import child, selection, summary

    arguments, console = wanted.arguments, session.console
    folder = workspace.find(session.start(wanted.directory), session.cwd)
    compilation = folder.compile()
    if not compilation.ok:
        source = compilation.source
        report = Report("test", compilation.diagnostics, {source.path: source})
        return write(report, wanted.format.value, console)
    suites, places = selection.select(folder, compilation.project, wanted.names, wanted.integration)
    is_text = wanted.format is ResultFormat.text
    ended = None
    if places:
        out = console.stdout if is_text else console.stderr
        ended = child.run([*arguments, *places], folder.root, session.environ, out, console.stderr)
    found = _trouble(wanted, ended, suites)
    went, others = summary.by_script(suites, ended.tests if ended else [], folder.root)
    if is_text:
        suite_view.show(console, went, others)
    failed = ended is not None and ended.status != _PASSED
    status = exit_status(found[0].code) if found else int(failed)
    data = summary.told(went, others)
    return write(Report("test", found, data=data, exit_code=status), wanted.format.value, console)


def _trouble(wanted: Wanted, ended: Ended | None, suites: list[Suite]) -> list[Diagnostic]:
    """Why there were no tests, or not all of them ran. Raises KeyboardInterrupt."""
    if ended is None:
        message = f"`{suites[0].script}` has no tests" if len(suites) == 1 else "there are no tests"
        one = suites[0] if len(suites) == 1 else None
        help = suite_view.how_to_begin(one) if one else f"record a run: {suite_view.how_to_record('SCRIPT')}"
        return [Diagnostic("NG612", "error", message, help=help)]
    if ended.status == _NOTHING:
        return [Diagnostic("NG612", "error", "no test was chosen", help="`nango test -- --collect-only` lists them")]
    if ended.status == _USAGE:
        help = f"it said why above{'; what follows `--` is handed to it' if wanted.to_pytest else ''}"
        code = "NG801" if wanted.to_pytest else "NG614"
        return [Diagnostic(code, "error", "pytest could not start its work", help=help)]
    if ended.interrupted:
        raise KeyboardInterrupt
    if ended.whole and ended.status in (_PASSED, _FAILED, _BROKEN_OFF):
        return []
    how = f"by {signal.Signals(-ended.status).name}" if ended.status < 0 else f"with status {ended.status}"
    return [Diagnostic("NG614", "error", f"pytest ended {how} in the midst of its work", help="look at what it said")]


def _workers(number: str) -> str:
    if not (number.isdecimal() or number == "auto"):
        raise UsageError(f"`--workers` cannot be `{number}`", help="it is a number, or `auto`")
    if find_spec("xdist") is None:
        raise UsageError("`--workers` needs pytest-xdist", help="install it: pip install pytest-xdist")
    return number
