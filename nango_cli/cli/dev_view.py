"""What `nango dev` shows: one screen that is drawn again on a terminal, lines in a pipe, a JSON object a line."""

from __future__ import annotations

import re
import shutil
from datetime import datetime

from wcwidth import wcswidth

from nango_cli.build import Build
from nango_cli.cli.build_view import outcome, summary
from nango_cli.cli.report import Report, as_text, envelope
from nango_cli.cli.session import Session
from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.errors import NangoError
from nango_cli.workspace import Workspace

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_CLEAR, _HOME, _REST_OF_LINE, _REST_OF_SCREEN = "\x1b[2J", "\x1b[H", "\x1b[K", "\x1b[J"


class DevView:
    """Shows the outcome of one build after the other."""

    def __init__(self, session: Session, workspace: Workspace, *, json: bool) -> None:
        self.console = session.console
        self.workspace = workspace
        self.json = json
        self.draws = not json and self.console.stdout.isatty() and self.console.environ.get("TERM") != "dumb"
        self.is_drawn = False

    def show(self, built: Build | NangoError) -> None:
        report, headline = self._report(built)
        if self.json:
            self.console.out(envelope(report, indent=None))
            return
        text = as_text(report.diagnostics, report.sources, color=self.console.takes_color(self.console.stdout))
        stamped = f"{datetime.now():%H:%M:%S} {headline}"
        if not self.draws:
            self.console.out("\n".join([stamped, *([text] if text else [])]))
            return
        title = f"watching {self.workspace.root}; Ctrl-C ends it"
        self._draw([self.console.paint(title, "2"), stamped, "", *text.splitlines()])

    def _report(self, built: Build | NangoError) -> tuple[Report, str]:
        if isinstance(built, NangoError):
            found = Diagnostic(built.code, "error", built.message, help=built.help)
            return Report("dev", [found], exit_code=built.exit_code), "the project cannot be read or written"
        data = outcome(built, self.workspace)
        return Report("dev", built.diagnostics, built.sources, data), summary(built, self.workspace)

    def _draw(self, lines: list[str]) -> None:
        """Write over what was drawn before, as much as the screen holds."""
        columns, rows = shutil.get_terminal_size()
        room = rows - 1
        shown: list[str] = []
        for number, line in enumerate(lines):
            room -= max(1, -(-max(wcswidth(_ANSI.sub("", line)), 0) // columns))
            if room < (1 if number < len(lines) - 1 else 0):
                shown.append(f"... {len(lines) - number} more lines: `nango compile` shows them all")
                break
            shown.append(line)
        start = _HOME if self.is_drawn else _CLEAR + _HOME
        self.is_drawn = True
        self.console.out(start + "".join(f"{line}{_REST_OF_LINE}\n" for line in shown) + _REST_OF_SCREEN)
