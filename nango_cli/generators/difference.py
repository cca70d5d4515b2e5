"""How a file on disk differs from the one that would be generated."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from nango_cli.diagnostics.codes import CODES
from nango_cli.diagnostics.diagnostic import Diagnostic
from nango_cli.diagnostics.source import Span
from nango_cli.generators.generator import GeneratedFile


class Difference(NamedTuple):
    """A file that would change: `current` is what stands there now, None when nothing does; `shown` its path.

    One that is `gone` would be removed, because it is no longer generated.
    """

    file: GeneratedFile
    shown: str
    current: str | None
    gone: bool = False

    @property
    def patch(self) -> str:
        """The change in the unified format, which `patch -p1` and `git apply` read."""
        import difflib  # only a file that is out of date needs it

        before = "/dev/null" if self.current is None else f"a/{self.shown}"
        names = (before, "/dev/null" if self.gone else f"b/{self.shown}")
        pieces = difflib.unified_diff(_lines(self.current or ""), _lines(self.file.text), *names)
        return "".join(
            piece if piece.endswith("\n") else f"{piece}\n\\ No newline at end of file\n" for piece in pieces
        )

    @property
    def diagnostic(self) -> Diagnostic:
        """The error that the file is out of date, at the first line that would change."""
        pairs = itertools.zip_longest(_lines(self.current or ""), _lines(self.file.text))
        line = next((number for number, (old, new) in enumerate(pairs, 1) if old != new), 1)
        state = "is missing" if self.current is None else "is not what nango.yaml generates"
        if self.gone:
            state = "is no longer generated"
        message = f"{self.shown.rpartition('/')[2]} {state}"
        span = Span(self.shown, line, 1, line, 1)
        return Diagnostic(
            "NG502", CODES["NG502"].severity, message, span, help="run `nango generate` and commit the result"
        )


def _lines(text: str) -> list[str]:
    """The lines with their ends; only line feeds count, as for the programs that read patches."""
    return [f"{line}\n" for line in text.split("\n")[:-1]] + ([last] if (last := text.rpartition("\n")[2]) else [])
