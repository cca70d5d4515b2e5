"""The two streams a command writes to, and whether each takes colour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TextIO

from nango_cli.errors import FileError


class ReaderGone(Exception):
    """Whoever read our output has closed it; Typer would make exit status 1 of a BrokenPipeError."""


class Console(NamedTuple):
    """`out` carries a command's result, `err` everything said about it."""

    stdout: TextIO
    stderr: TextIO
    environ: Mapping[str, str]

    def out(self, text: str) -> None:
        self._print(text, self.stdout)

    def err(self, text: str) -> None:
        self._print(text, self.stderr)

    def say(self, text: str) -> None:
        """A remark for a person who watches; a pipe or a log does not get it."""
        if self.stderr.isatty():
            self.err(text)

    def _print(self, text: str, stream: TextIO) -> None:
        try:
            print(text, file=stream, flush=True)
        except BrokenPipeError:
            raise ReaderGone from None
        except OSError as error:
            if stream is self.stdout:
                reason = (error.strerror or str(error)).lower()
                raise FileError(
                    f"cannot write the output: {reason}", code="NG010", help="check where it goes"
                ) from None

    def takes_color(self, stream: TextIO) -> bool:
        """By the conventions of NO_COLOR and FORCE_COLOR, else whether a terminal that knows colour listens."""
        if self.environ.get("NO_COLOR"):
            return False
        if self.environ.get("FORCE_COLOR"):
            return True
        return stream.isatty() and self.environ.get("TERM") != "dumb"

    def paint(self, text: str, style: str, stream: TextIO | None = None) -> str:
        """The text in an ANSI style such as `1;32`, where colour is taken."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.takes_color(stream or self.stdout) else text
